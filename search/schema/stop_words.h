// Words that carry the grammar and not the matter of a query.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

namespace carrel::schema {

/// Snowball's stop words of a language (base tag), case folded with their accents; empty for a language
/// without a list.
const std::unordered_set<std::string_view>& stop_words(std::string_view language);

/// The one of `languages` in which most of `words` (exact forms) are stop words, English when none is better;
/// for a query whose language nobody has said.
std::string_view likely_language(std::span<const std::string> words, std::span<const std::string> languages);

}  // namespace carrel::schema
