#include "search/notices.h"

#include <algorithm>

#include <fmt/format.h>

namespace carrel::search::notices {
namespace {

constexpr const char* kRelaxed = "relaxed";
constexpr const char* kWidened = "widened";
constexpr const char* kCut = "cut";
constexpr const char* kTakenAsWords = "taken-as-words";
constexpr const char* kUnknownField = "unknown-field";

}  // namespace

Notice relaxed() {
  return {kRelaxed, "No resource has all of these words; shown are those that have some of them."};
}

Notice widened() {
  return {kWidened, "Few resources have all of these words; those that have most of them are listed too."};
}

Notice cut_bytes(std::size_t limit) {
  return {kCut, fmt::format("The query is longer than {} bytes; only its beginning was searched.", limit)};
}

Notice cut_words(std::size_t limit) {
  return {kCut,
          fmt::format("The query has more than {} words; only the first {} were searched.", limit, limit)};
}

Notice cut_nesting(std::size_t limit) {
  return {kCut, fmt::format("Brackets deeper than {} were ignored.", limit)};
}

Notice cut_wildcard(std::string_view typed, std::size_t limit) {
  return {kCut,
          fmt::format("“{}” stands for very many words; the {} most frequent were searched.", typed, limit)};
}

Notice operator_as_word(std::string_view typed) {
  return {kTakenAsWords, fmt::format("“{}” has nothing to join here and was taken as a word.", typed)};
}

Notice capitals_as_words() {
  return {kTakenAsWords, "The query is all in capitals, so AND, OR and NOT were taken as words."};
}

Notice unbalanced_brackets() {
  return {kTakenAsWords, "The brackets do not match; those without a partner were ignored."};
}

Notice short_wildcard(std::string_view typed) {
  return {kTakenAsWords,
          fmt::format("“{}” needs three letters before the asterisk; it was taken as a word.", typed)};
}

Notice unknown_field(std::string_view name) {
  return {kUnknownField,
          fmt::format("“{}:” is no field of this library; what follows was searched as words.", name)};
}

Notice unreadable_value(std::string_view typed, std::string_view why) {
  return {kTakenAsWords, fmt::format("“{}” was searched as words: {}.", typed, why)};
}

void add(std::vector<Notice>& to, Notice notice) {
  const bool known = std::ranges::any_of(to, [&](const Notice& one) { return one.text == notice.text; });
  if (!known) to.push_back(std::move(notice));
}

}  // namespace carrel::search::notices
