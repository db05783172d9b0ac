#include "indexer/toml_reader.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "search/schema/date.h"
#include "search/schema/language.h"
#include "search/schema/nearest_name.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kMostMistakesShown = 10;

}  // namespace

Result<std::string> TomlReader::text_of_file(const std::filesystem::path& file, std::string_view what) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return fail(ErrorKind::not_found,
                fmt::format("cannot read {} {}: there is no such file", what, file.string()),
                "check the name");
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in && !std::filesystem::is_directory(file, error)) {
    text << in.rdbuf();
    if (in && (text || file_size(file, error) == 0)) return text.str();
  }
  return fail(ErrorKind::unreadable, fmt::format("{} {} cannot be read", what, file.string()),
              "check that it is a file and its rights");
}

Result<void> TomlReader::check_utf8(std::string_view text) const {
  if (schema::is_valid_utf8(text)) return {};
  return fail(ErrorKind::usage, fmt::format("{} {} is not UTF-8", what_, name_), "save it as UTF-8");
}

void TomlReader::mistake(const toml::source_region& where, const std::string& text) {
  mistakes_.push_back(fmt::format("line {}, column {}: {}", where.begin.line, where.begin.column, text));
}

void TomlReader::mistake(const std::string& text) {
  mistakes_.push_back(text);
}

std::unexpected<Error> TomlReader::finish() const {
  std::string all;
  for (std::size_t i = 0; i < mistakes_.size() && i < kMostMistakesShown; ++i) {
    all += (i == 0 ? "" : "; ") + mistakes_[i];
  }
  if (mistakes_.size() > kMostMistakesShown) {
    all += fmt::format("; and {} more", mistakes_.size() - kMostMistakesShown);
  }
  return fail(ErrorKind::usage, fmt::format("{} {}, {}", what_, name_, all),
              "mend the file; the index was not changed");
}

void TomlReader::check_keys(const toml::table& table, std::span<const std::string_view> known,
                            std::string_view of) {
  for (const auto& [key, value] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    const auto nearest = schema::nearest_name(key.str(), known);
    mistake(key.source(), fmt::format("unknown key '{}'{}{}", key.str(), of,
                                      nearest ? fmt::format(", did you mean '{}'?", *nearest) : ""));
  }
}

std::string TomlReader::text(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  if (const auto value = node->value_exact<std::string>()) return *value;
  mistake(node->source(), fmt::format("'{}' must be a text in quotation marks", key));
  return {};
}

bool TomlReader::flag(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return false;
  if (const auto value = node->value_exact<bool>()) return *value;
  mistake(node->source(), fmt::format("'{}' must be true or false", key));
  return false;
}

std::uint32_t TomlReader::number(const toml::table& table, std::string_view key, std::uint32_t least,
                                 std::uint32_t most, std::uint32_t otherwise) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<std::int64_t>();
  if (value && *value >= least && *value <= most) return static_cast<std::uint32_t>(*value);
  mistake(node->source(), fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
  return otherwise;
}

std::vector<std::string> TomlReader::texts(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    mistake(node->source(), fmt::format("'{}' must be a list of texts, as [\"…\", \"…\"]", key));
    return {};
  }
  std::vector<std::string> out;
  for (const toml::node& one : *list) {
    const auto value = one.value_exact<std::string>();
    if (value && !value->empty()) {
      out.push_back(*value);
    } else {
      mistake(one.source(), fmt::format("'{}' holds something that is no text in quotation marks", key));
    }
  }
  return out;
}

schema::LocalText TomlReader::local_text(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  schema::LocalText out;
  if (const auto value = node->value_exact<std::string>()) {
    if (!value->empty()) out.by_language.emplace_back("en", *value);
    return out;
  }
  const toml::table* by_language = node->as_table();
  if (by_language == nullptr) {
    mistake(node->source(),
            fmt::format("'{}' must be a text, or texts by language as {{ en = \"…\" }}", key));
    return out;
  }
  for (const auto& [language, value] : *by_language) {
    const std::string tag = schema::canonical_language(language.str());
    const auto words = value.value_exact<std::string>();
    if (tag.empty() || tag != schema::base_language(tag)) {
      mistake(language.source(), fmt::format("'{}' is no language such as en or es", language.str()));
    } else if (!words) {
      mistake(value.source(), fmt::format("'{}' must be a text in quotation marks", key));
    } else {
      out.by_language.emplace_back(tag, *words);
    }
  }
  return out;
}

std::string TomlReader::day(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  if (const auto date = node->value_exact<toml::date>()) {
    return fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
  }
  const auto value = node->value_exact<std::string>();
  if (value && value->size() == 10 && schema::PartialDate::parse(*value)) return *value;
  mistake(node->source(), fmt::format("'{}' must be a day, as 2026-01-31", key));
  return {};
}

std::vector<const toml::table*> TomlReader::tables(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  std::vector<const toml::table*> out;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    mistake(node->source(), fmt::format("'{0}' must be written as [[{0}]], once for each", key));
    return out;
  }
  for (const toml::node& one : *list) {
    if (const toml::table* inner = one.as_table()) {
      out.push_back(inner);
    } else {
      mistake(one.source(), fmt::format("'{0}' must be written as [[{0}]], once for each", key));
    }
  }
  return out;
}

}  // namespace carrel::indexer
