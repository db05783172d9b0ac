#include "search/schema/language.h"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

namespace carrel::schema {

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
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale =
      icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<int>(tag.size())), status);
  const icu::Locale reader =
      icu::Locale::forLanguageTag(icu::StringPiece(ui.data(), static_cast<int>(ui.size())), status);
  if (U_FAILURE(status) || locale.isBogus()) return std::string(tag);
  icu::UnicodeString name;
  locale.getDisplayName(reader.isBogus() ? icu::Locale::getEnglish() : reader, name);
  std::string out;
  name.toUTF8String(out);
  return out.empty() ? std::string(tag) : out;
}

}  // namespace carrel::schema
