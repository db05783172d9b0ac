#include "query-server/page/words.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <unicode/locdspnm.h>
#include <unicode/unistr.h>

#include "search/schema/fields.h"

namespace carrel::query_server::page {

std::string size_in_words(const Messages& messages, std::uint64_t bytes) {
  if (bytes == 0) return {};
  if (bytes < 1'000'000) {
    return messages.text("kilobytes",
                         {{"number", messages.number(std::max<std::uint64_t>(1, (bytes + 500) / 1000))}});
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  return messages.text("megabytes",
                       {{"number", megabytes < 9.95 ? messages.decimal(megabytes)
                                                    : messages.number(static_cast<std::uint64_t>(megabytes + 0.5))}});
}

std::string time_in_words(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::max(0.0, std::floor(seconds)));
  const auto hours = whole / 3600;
  const auto minutes = whole / 60 % 60;
  return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60)
                   : fmt::format("{}:{:02}", minutes, whole % 60);
}

std::string language_name(std::string_view tag, std::string_view in) {
  const icu::Locale reader(std::string(in).c_str());
  UDisplayContext contexts[] = {UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU, UDISPCTX_STANDARD_NAMES};
  const std::unique_ptr<icu::LocaleDisplayNames> names(
      icu::LocaleDisplayNames::createInstance(reader, contexts, 2));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale language =
      icu::Locale::forLanguageTag({tag.data(), static_cast<int32_t>(tag.size())}, status);
  if (U_FAILURE(status) || !names || language.getLanguage()[0] == '\0') return std::string(tag);
  icu::UnicodeString name;
  names->localeDisplayName(language, name);
  std::string utf8;
  name.toUTF8String(utf8);
  return utf8.empty() ? std::string(tag) : utf8;
}

std::string capitalised(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  return result;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  const auto space = text.substr(0, end).rfind(' ');
  if (space != std::string_view::npos && space > end / 2) end = space;
  return std::string(text.substr(0, end)) + "…";
}

std::string value_label(const search::Answer& answer, schema::FieldId field, std::string_view value,
                        std::string_view ui) {
  const Messages& messages = Messages::of(ui);
  std::string lower(value);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::string name = fmt::format("value.{}.{}", schema::field(field).name, lower);
  if (std::string own = messages.text_or(name, ""); !own.empty()) return own;
  if (field == schema::FieldId::format) {
    if (std::string own = messages.text_or(fmt::format("format.{}", value), ""); !own.empty()) return own;
  }
  for (const search::Facet& facet : answer.facets) {
    if (facet.field != field) continue;
    const auto found = std::ranges::find(facet.values, value, &search::FacetValue::value);
    if (found != facet.values.end() && !found->label.empty() && found->label != value) return found->label;
  }
  if (field == schema::FieldId::language) return language_name(value, ui);
  if (field == schema::FieldId::format) {
    return Messages::of("en").text_or(fmt::format("format.{}", value), capitalised(value));
  }
  return capitalised(value);
}

}  // namespace carrel::query_server::page
