#include "search/cli/saved_searches.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "search/schema/nearest_name.h"

namespace carrel::search::cli {
namespace {

Result<std::vector<std::string>> arguments_of(const toml::node& node, const std::string& place) {
  // A text is a query; behind "--query" it is taken as it is, whatever it begins with.
  if (const auto* query = node.as_string()) return std::vector<std::string>{"--query=" + query->get()};
  std::vector<std::string> arguments;
  const auto* list = node.as_array();
  bool texts = list != nullptr && !list->empty();
  for (std::size_t i = 0; texts && i < list->size(); ++i) {
    const auto* text = list->get(i)->as_string();
    texts = text != nullptr;
    if (texts) arguments.push_back(text->get());
  }
  if (!texts) {
    return fail(ErrorKind::usage, place + "a saved search is a query or a list of arguments",
                "write name = \"a query\" or name = [\"--topic\", \"housing\"]");
  }
  for (const std::string& one : arguments) {
    if (one == "--saved" || one.starts_with("--saved=")) {
      return fail(ErrorKind::usage, place + "a saved search cannot call another", "write out what it asks");
    }
  }
  return arguments;
}

}  // namespace

Result<std::vector<SavedSearch>> read_saved_searches(const std::string& file) {
  constexpr const char* kHint =
      "write a line as name = \"a query\" into it, or name another file with --searches";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return fail(ErrorKind::not_found, "there are no saved searches in " + file, kHint);
  }
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream)
    return fail(ErrorKind::unreadable, "cannot read the saved searches " + file, "check its rights");
  const auto place = [&](const toml::source_region& source) {
    return fmt::format("{}:{}:{}: ", file, source.begin.line, source.begin.column);
  };
  std::vector<SavedSearch> searches;
  try {
    for (const auto& [key, node] : toml::parse(text)) {
      auto arguments = arguments_of(node, place(node.source()));
      if (!arguments) return std::unexpected(arguments.error());
      searches.push_back({std::string(key.str()), *std::move(arguments)});
    }
  } catch (const toml::parse_error& fault) {
    return fail(ErrorKind::usage, place(fault.source()) + std::string(fault.description()),
                "the file is TOML, see https://toml.io");
  }
  std::ranges::sort(searches, {}, &SavedSearch::name);
  return searches;
}

Result<SavedSearch> find_saved_search(const std::string& file, std::string_view name) {
  auto searches = read_saved_searches(file);
  if (!searches) return std::unexpected(searches.error());
  std::vector<std::string_view> names;
  for (const SavedSearch& one : *searches) {
    if (one.name == name) return one;
    names.push_back(one.name);
  }
  const auto nearest = schema::nearest_name(name, names);
  return fail(ErrorKind::not_found, fmt::format("no search is saved as '{}' in {}", name, file),
              nearest ? fmt::format("did you mean {}?", *nearest) : "--list-saved lists them");
}

}  // namespace carrel::search::cli
