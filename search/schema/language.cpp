#include "search/schema/language.h"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

namespace carrel::schema {
namespace {

/// The locale of a canonical tag.
icu::Locale locale_of(const std::string& tag) {
  UErrorCode status = U_ZERO_ERROR;
  return icu::Locale::forLanguageTag(icu::StringPiece(tag), status);
}

}  // namespace

std::string canonical_language(std::string_view tag) {
  while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
  while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
  const std::size_t letters = std::min(tag.find_first_of("-_"), tag.size());
  if (letters < 2 || letters > 3 || tag.size() > 35) return {};
  std::string spelled(tag);
  for (char& c : spelled) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '_') c = '-';
    if (!letter && c != '-') return {};
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(spelled, status);
  if (U_FAILURE(status) || locale.isBogus() || *locale.getLanguage() == '\0') return {};
  auto canonical = locale.toLanguageTag<std::string>(status);
  if (U_FAILURE(status) || canonical == "und") return {};
  return canonical;
}

std::string base_language(std::string_view tag) {
  return std::string(tag.substr(0, std::min(tag.find('-'), tag.size())));
}

std::string language_name(std::string_view tag, std::string_view ui) {
  const std::string known = canonical_language(tag);
  if (known.empty()) return std::string(tag);
  const std::string reader = canonical_language(ui);
  icu::UnicodeString name;
  locale_of(known).getDisplayName(reader.empty() ? icu::Locale::getEnglish() : locale_of(reader), name);
  std::string out;
  name.toUTF8String(out);
  return out.empty() ? std::string(tag) : out;
}

}  // namespace carrel::schema
