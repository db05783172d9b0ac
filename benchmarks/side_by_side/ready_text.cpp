#include "benchmarks/side_by_side/ready_text.h"

#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace carrel::benchmarks {
namespace {

namespace json = boost::json;
using schema::FieldId;

std::unexpected<Error> bad_line(std::string_view what) {
  return fail(ErrorKind::damaged, fmt::format("a line of the ready text is {}", what),
              "each line is a JSON object with id, text and fields");
}

void add_field(indexer::Resource& resource, FieldId field, const json::value& value) {
  if (value.is_string()) {
    resource.record.add(field, std::string(value.get_string()));
  } else if (value.is_array()) {
    for (const json::value& one : value.get_array()) add_field(resource, field, one);
  }
}

void add_pages(indexer::Resource& resource, std::string_view text) {
  while (true) {
    const std::size_t end = text.find('\f');
    resource.pages.emplace_back().text = std::string(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

Result<indexer::Resource> parse_ready_text(std::string_view line) {
  boost::system::error_code error;
  const json::value parsed = json::parse(line, error);
  if (error || !parsed.is_object()) return bad_line("no JSON object");
  indexer::Resource resource;
  for (const auto& [name, value] : parsed.get_object()) {
    if (name == "text" && value.is_string()) {
      add_pages(resource, value.get_string());
    } else if (const auto field = schema::find_field(name)) {
      add_field(resource, *field, value);
    }
  }
  if (resource.record.get(FieldId::id).empty()) return bad_line("without id");
  resource.record.set(FieldId::pages, fmt::format("{}", resource.pages.size()));
  return resource;
}

std::vector<std::string> LineSource::take(std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  for (std::string line; lines.size() < most && std::getline(in_, line);) {
    if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace carrel::benchmarks
