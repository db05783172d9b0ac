#include "search/cli/completion.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "search/cli/answer_source.h"
#include "search/cli/command_line.h"
#include "search/cli/completion_scripts.h"
#include "search/cli/raw_options.h"
#include "search/cli/saved_searches.h"
#include "search/cli/terminal.h"
#include "search/schema/fields.h"
#include "search/schema/text.h"

namespace carrel::search::cli {
namespace {

struct Candidate {
  std::string text, meaning;
};
using Candidates = std::vector<Candidate>;

/// More than a shell shows without asking.
constexpr std::size_t kMostValues = 200;

class Completion {
 public:
  explicit Completion(std::vector<std::string> words) : words_(std::move(words)) {
    std::error_code error;
    if (auto settings = read_settings(process_environment(), std::filesystem::current_path(error))) {
      settings_ = *std::move(settings);
    }
  }

  Candidates of_last_word() const {
    const std::string& current = words_.back();
    const std::string& before = words_.size() > 2 ? words_[words_.size() - 2] : current;
    const std::size_t equals = current.find('=');
    if (current.starts_with("--") && equals != std::string::npos) {
      const std::string option = current.substr(0, equals);
      Candidates found = values_of(option, current.substr(equals + 1));
      for (Candidate& one : found) one.text = option + "=" + one.text;
      return found;
    }
    if (words_.size() > 2 && takes_next_word(before)) return values_of(before, current);
    if (current.starts_with('-')) return options_like(current);
    return fields_like(current);
  }

 private:
  static bool takes_next_word(const std::string& option) {
    if (option == "--facets" || option == "--no-expand") return false;  // their values stand behind '='
    return std::ranges::any_of(all_options(), [&](const OptionHelp& one) {
      return one.takes_value && std::ranges::find(one.names, option) != one.names.end();
    });
  }

  static Candidates options_like(const std::string& typed) {
    Candidates found;
    for (const OptionHelp& one : all_options()) {
      for (const std::string& name : one.names) {
        const bool whole = name.starts_with("--") || typed.size() < 2;
        if (whole && name.starts_with(typed)) found.push_back({name, one.meaning});
      }
    }
    return found;
  }

  static std::optional<schema::FieldId> facet_of(std::string_view name) {
    const auto field = schema::find_field(name);
    return field && schema::field(*field).is(schema::kFacet) ? field : std::nullopt;
  }

  Candidates values_of(const std::string& option, const std::string& typed) const {
    if (!option.starts_with("--")) return {};
    const std::string name = option.substr(2);
    Candidates found;
    if (option == "--facets") {
      const std::size_t comma = typed.rfind(',');
      const std::string done = comma == std::string::npos ? "" : typed.substr(0, comma + 1);
      for (const schema::Field& field : schema::kFields) {
        const bool fits = field.is(schema::kFacet) && field.name.starts_with(typed.substr(done.size()));
        if (fits) found.push_back({done + std::string(field.name), std::string(field.meaning)});
      }
    } else if (option == "--saved") {
      for (const SavedSearch& one : saved()) {
        std::string meaning;
        for (const std::string& argument : one.arguments) meaning += (meaning.empty() ? "" : " ") + argument;
        if (one.name.starts_with(typed)) found.push_back({one.name, meaning});
      }
    } else if (const auto choices = choices_of(option); !choices.empty()) {
      for (const std::string& one : choices) {
        if (one.starts_with(typed)) found.push_back({one, ""});
      }
    } else if (const auto field = facet_of(name)) {
      found = facet_values(*field, typed);
    }
    return found;
  }

  std::vector<SavedSearch> saved() const {
    const std::string own = (user_configuration_folder(process_environment()) / kSearchesFile).string();
    return read_saved_searches(value_on_line("--searches").value_or(settings_.searches.value_or(own)))
        .value_or(std::vector<SavedSearch>());
  }

  std::optional<std::string> value_on_line(const std::string& option) const {
    for (std::size_t i = 1; i + 1 < words_.size(); ++i) {
      if (words_[i] == option && i + 2 < words_.size()) return words_[i + 1];
      if (words_[i].starts_with(option + "=")) return words_[i].substr(option.size() + 1);
    }
    return std::nullopt;
  }

  Place place() const {
    if (auto server = value_on_line("--server")) return {.index = {}, .server = *std::move(server)};
    if (auto index = value_on_line("--index")) return {.index = *std::move(index), .server = {}};
    return {.index = settings_.index.value_or(""), .server = settings_.server.value_or("")};
  }

  /// Values whose label, value or one of its words begins as typed.
  Candidates facet_values(schema::FieldId field, const std::string& typed) const {
    const Place where = place();
    if (where.index.empty() && where.server.empty()) return {};
    auto source = open_source(where);
    if (!source) return {};
    const auto facet = (*source)->facet(Request{}, field);
    if (!facet) return {};
    const std::string wanted = schema::folded_form(typed);
    Candidates found;
    for (const FacetValue& one : facet->values) {
      const bool fits = (" " + schema::folded_form(one.value)).find(" " + wanted) != std::string::npos ||
                        (" " + schema::folded_form(one.label)).find(" " + wanted) != std::string::npos;
      if (!fits || found.size() == kMostValues) continue;
      const std::string label = one.label == one.value ? "" : one.label + ", ";
      found.push_back(
          {one.value, fmt::format("{}{} resource{}", label, one.count, one.count == 1 ? "" : "s")});
    }
    return found;
  }

  Candidates fields_like(const std::string& typed) const {
    Candidates found;
    if (const std::size_t colon = typed.find(':'); colon != std::string::npos) {
      const std::string name = typed.substr(0, colon);
      const auto field = facet_of(name);
      if (!field) return {};
      std::string value = typed.substr(colon + 1);
      std::erase(value, '"');
      found = facet_values(*field, value);
      for (Candidate& one : found) {
        const bool quoted = one.text.find(' ') != std::string::npos;
        one.text = name + ":" + (quoted ? '"' + one.text + '"' : one.text);
      }
      return found;
    }
    if (typed.empty()) return {};
    for (const schema::Field& field : schema::kFields) {
      const bool in_queries =
          field.is(schema::kFilter) || field.is(schema::kWords) || field.is(schema::kRange);
      for (const std::string_view name : {field.name, field.alias}) {
        if (in_queries && !name.empty() && name.starts_with(typed)) {
          found.push_back({std::string(name) + ":", std::string(field.meaning)});
        }
      }
    }
    return found;
  }

  std::vector<std::string> words_;  // up to the one being typed
  Settings settings_;
};

}  // namespace

int complete(int argc, const char* const* argv) {
  std::size_t current = 0;
  const std::string_view number = argc > 2 ? argv[2] : "";
  std::from_chars(number.data(), number.data() + number.size(), current);
  if (argc < 5 || current == 0) return 0;
  std::vector<std::string> words(argv + 4, argv + argc);
  words.resize(current + 1);
  for (const Candidate& one : Completion(std::move(words)).of_last_word()) {
    fmt::print("{}\t{}\n", printable(one.text), printable(one.meaning));
  }
  return 0;
}

std::string_view completion_script(std::string_view shell) {
  return asset("carrel-search." + std::string(shell));
}

}  // namespace carrel::search::cli
