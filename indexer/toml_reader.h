// What readers of our TOML files share: taking values strictly, and naming every mistake by line and column.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"
#include "search/schema/rules.h"

namespace toml {
inline namespace v3 {
class node;
class table;
struct source_region;
}  // namespace v3
}  // namespace toml

namespace carrel::indexer {

/// Collects mistakes while a file is read. Values that are missing or wrong are read as empty.
class TomlReader {
 public:
  /// `what` ("the rules") and `name` (of the file) are for messages.
  TomlReader(std::string what, std::string name) : what_(std::move(what)), name_(std::move(name)) {}

  /// The whole file as text. Errors: not_found, unreadable.
  static Result<std::string> text_of_file(const std::filesystem::path& file, std::string_view what);

  /// Error usage when a text is none.
  Result<void> check_utf8(std::string_view text) const;

  void mistake(const toml::source_region& where, const std::string& text);
  /// One of the file as a whole.
  void mistake(const std::string& text);
  bool has_mistakes() const { return !mistakes_.empty(); }
  /// All mistakes as one error (usage).
  std::unexpected<Error> finish() const;

  /// Names the keys of a table that are not among the known ones; `of` is put behind, as " in help card 'a'".
  void check_keys(const toml::table& table, std::span<const std::string_view> known, std::string_view of);

  std::string text(const toml::table& table, std::string_view key);
  bool flag(const toml::table& table, std::string_view key);
  /// A whole number from `least` to `most`, else `otherwise`.
  std::uint32_t number(const toml::table& table, std::string_view key, std::uint32_t least,
                       std::uint32_t most, std::uint32_t otherwise);
  /// A list of texts, none of them empty.
  std::vector<std::string> texts(const toml::table& table, std::string_view key);
  /// A text, or a table of texts by language: { en = "…", es = "…" }. A text alone is English.
  schema::LocalText local_text(const toml::table& table, std::string_view key);
  /// A day, as a TOML date or a text 2026-01-31; empty when it is missing.
  std::string day(const toml::table& table, std::string_view key);
  /// The tables of an array of tables ([[key]]).
  std::vector<const toml::table*> tables(const toml::table& table, std::string_view key);

 private:
  std::string what_;
  std::string name_;
  std::vector<std::string> mistakes_;
};

}  // namespace carrel::indexer
