// The librarians' rules for searches as a file: help cards, best bets, redirects, hidden documents, and what
// they are expected to do. docs/rules.md has the form of the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "search/schema/result.h"
#include "search/schema/rules.h"

namespace carrel::indexer {

/// Reads rules. Errors: not_found, unreadable, and usage, which names each mistake with its line and column:
/// no TOML, an unknown key, a wrong type, a card without a title, a rule without words, an id used twice, an
/// address that is neither http nor https, a day that is none, a help card that there is none of.
Result<schema::Rules> read_rules(const std::filesystem::path& file);

/// The same of a text; `name` stands for the file.
Result<schema::Rules> parse_rules(std::string_view text, const std::string& name);

/// The rules that an index gets, encoded: `wish`, or without one those that it has (`stored`, encoded, may be
/// empty). Error damaged when these cannot be read: what they hid must not show again by accident.
Result<std::string> chosen_rules(const std::optional<schema::Rules>& wish, const std::string& stored);

/// "version 2, 3 help cards, 1 best bet, 12 expectations (rules.toml)" of encoded rules, "none" for none.
std::string rules_line(const std::string& stored);

}  // namespace carrel::indexer
