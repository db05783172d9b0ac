#include "indexer/extract/language.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/locid.h>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// More text does not change the answer of CLD2, and costs time.
constexpr std::size_t kSampleBytes = 48 * 1024;
// Below this even a "reliable" answer is a guess in Latin script.
constexpr int kFewestBytes = 24;
// A page says clearly in which language it is when it has some sentences, nearly all in that language: lists
// of names and of foreign titles have misled below that.
constexpr int kFewestBytesOfPage = 250;
constexpr int kClearPercent = 90;
constexpr std::size_t kSampleOfPage = 2048;
// In less text than this, what the pages clearly say does not stand for the document without a look at the
// whole.
constexpr std::size_t kFewestBytesOfAll = 1000;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Names that people write where a tag belongs.
std::string_view tag_of_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kNames{{{"english", "en"},
                                                                                  {"spanish", "es"},
                                                                                  {"español", "es"},
                                                                                  {"espanol", "es"},
                                                                                  {"french", "fr"},
                                                                                  {"français", "fr"},
                                                                                  {"portuguese", "pt"},
                                                                                  {"german", "de"},
                                                                                  {"chinese", "zh"},
                                                                                  {"vietnamese", "vi"},
                                                                                  {"korean", "ko"},
                                                                                  {"russian", "ru"},
                                                                                  {"arabic", "ar"},
                                                                                  {"tagalog", "tl"}}};
  for (const auto& [known, tag] : kNames) {
    if (known == name) return tag;
  }
  return {};
}

std::string_view primary(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

/// Whether two tags name one language, or two that a detector cannot well tell apart.
bool same_language(std::string_view a, std::string_view b) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kFamilies{
      {{"no nb nn da", "n"}, {"tl fil", "t"}, {"hr sr bs sh", "s"}, {"id ms", "m"}}};
  const auto family = [&](std::string_view tag) {
    for (const auto& [members, name] : kFamilies) {
      for (std::string_view rest = members; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, end) == primary(tag)) return name;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return primary(tag);
  };
  return family(a) == family(b);
}

bool has_kana(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = schema::next_code_point(text, at);
    if ((code >= 0x3041 && code <= 0x30fa) || (code >= 0xff66 && code <= 0xff9d)) return true;
  }
  return false;
}

/// Text from the beginning, the middle and the end: a cover in one language must not speak for the rest.
std::string sample(const std::vector<Page>& pages) {
  std::size_t total = 0;
  for (const Page& page : pages) total += page.text.size() + 1;
  std::string out;
  const std::size_t share = total <= kSampleBytes ? total : std::max<std::size_t>(kSampleBytes / 24, 1);
  const std::size_t step = total <= kSampleBytes ? 1 : std::max<std::size_t>(pages.size() / 24, 1);
  for (std::size_t i = 0; i < pages.size() && out.size() < kSampleBytes; i += step) {
    const std::size_t room = kSampleBytes - out.size();
    const std::size_t bytes = pages.size() < 24 && total > kSampleBytes ? kSampleBytes / pages.size() : share;
    out.append(schema::cut_utf8(pages[i].text, std::min(bytes, room)));
    out.push_back('\n');
  }
  return out;
}

/// CLD2's codes that BCP 47 writes otherwise.
std::string to_bcp47(std::string_view code) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOld{
      {{"iw", "he"}, {"jw", "jv"}, {"in", "id"}, {"mo", "ro"}}};
  for (const auto& [old, current] : kOld) {
    if (old == code) return std::string(current);
  }
  return std::string(code);
}

struct Detection {
  std::string tag;  ///< empty: no language
  bool reliable = false;
  bool without_kana = false;  ///< taken for Japanese, but there is no kana in it
  int letters = 0;            ///< bytes of the text that CLD2 looked at
  int percent = 0;            ///< of them in this language
};

Detection detect(std::string_view text) {
  text = schema::cut_utf8(text, kSampleBytes);
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percent{};
  std::array<double, 3> scores{};
  int valid_bytes = 0;
  Detection found;
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &no_hints, 0, languages.data(), percent.data(),
      scores.data(), nullptr, &found.letters, &found.reliable, &valid_bytes);
  if (language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::TG_UNKNOWN_LANGUAGE) return {};
  found.tag = to_bcp47(CLD2::LanguageCode(language));
  if (found.tag.starts_with("xx") || found.tag == "un") return {};
  found.percent = languages[0] == language ? percent[0] : 0;
  // Short Chinese is taken for Japanese; without a single kana it is not.
  if (found.tag == "ja" && !has_kana(text)) {
    found.tag = "zh";
    found.without_kana = true;
  }
  return found;
}

/// For each page the language that it is clearly in; empty: nothing is clear.
std::vector<std::string> clear_languages(const std::vector<Page>& pages) {
  std::vector<std::string> languages(pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (std::ssize(pages[i].text) < kFewestBytesOfPage) continue;
    Detection found = detect(schema::cut_utf8(pages[i].text, kSampleOfPage));
    if (found.reliable && found.letters >= kFewestBytesOfPage && found.percent >= kClearPercent)
      languages[i] = std::move(found.tag);
  }
  return languages;
}

/// The language of a document nearly all of whose text stands on pages that are clearly in one and the same,
/// none in another. Then nobody needs to look at the text once more.
std::optional<std::string> language_of_pages(const std::vector<Page>& pages,
                                             const std::vector<std::string>& clear) {
  std::size_t all = 0;
  std::size_t told = 0;
  const std::string* language = nullptr;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    all += pages[i].text.size();
    if (clear[i].empty()) continue;
    if (language != nullptr && *language != clear[i]) return std::nullopt;
    language = &clear[i];
    told += pages[i].text.size();
  }
  return language != nullptr && all >= kFewestBytesOfAll && told * 5 >= all * 4 ? std::optional(*language)
                                                                                : std::nullopt;
}

void add_language(Extraction& extraction, const std::optional<std::string>& detected) {
  std::string declared;
  for (const FoundField& found : extraction.found) {
    if (found.field == schema::FieldId::language && declared.empty()) declared = found.value;
  }
  if (declared.empty()) {
    extraction.warnings.push_back({"no-language", "The document does not say in which language it is"});
  }
  if (!detected) return;
  if (!declared.empty() && !same_language(declared, *detected)) {
    extraction.warnings.push_back(
        {"language-mismatch",
         fmt::format("The document says it is in {}, its text looks like {}", declared, *detected)});
  }
  extraction.found.push_back({schema::FieldId::language, *detected, "detected"});
}

void note_pages(Extraction& extraction, const std::vector<std::string>& clear) {
  const auto declared =
      std::find_if(extraction.found.begin(), extraction.found.end(),
                   [](const FoundField& found) { return found.field == schema::FieldId::language; });
  const std::string document = declared == extraction.found.end() ? std::string() : declared->value;
  for (std::size_t i = 0; i < clear.size(); ++i) {
    Page& page = extraction.pages[i];
    if (!clear[i].empty() && (page.language.empty() || !same_language(page.language, clear[i])))
      page.language = clear[i];
    if (same_language(page.language, document)) page.language.clear();
  }
}

}  // namespace

std::optional<std::string> canonical_language(std::string_view declared) {
  std::string tag = lower(declared);
  std::erase_if(tag, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0'; });
  if (const std::size_t end = tag.find_first_of(",;"); end != std::string::npos) tag.resize(end);
  std::replace(tag.begin(), tag.end(), '_', '-');
  if (const std::string_view named = tag_of_name(tag); !named.empty()) return std::string(named);
  if (tag.empty() || tag.size() > 35) return std::nullopt;
  const std::string_view language = primary(tag);
  if (language.size() < 2 || language.size() > 3 || language == "und" || language == "zxx" ||
      language == "mul" || language == "mis") {
    return std::nullopt;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
  if (U_FAILURE(status) || locale.isBogus() || *locale.getISO3Language() == '\0') return std::nullopt;
  auto canonical = locale.toLanguageTag<std::string>(status);
  if (U_FAILURE(status) || canonical.empty() || canonical.starts_with("und")) return std::nullopt;
  return canonical;
}

std::optional<std::string> detect_language(std::string_view text) {
  const Detection detection = detect(text);
  const std::string& code = detection.tag;
  if (code.empty()) return std::nullopt;
  if (detection.reliable && detection.letters >= kFewestBytes) return code;
  // Few characters say much where each is a word.
  const bool ideographic = code == "zh" || code == "ja" || code == "ko";
  if (ideographic && (detection.without_kana || (detection.reliable && detection.letters > 0))) return code;
  return std::nullopt;
}

bool fits_no_language(std::string_view text) {
  // Fewer letters are too few for the tables of CLD2.
  constexpr int kFewestLetterBytes = 100;
  text = schema::cut_utf8(text, kSampleBytes);
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percent{};
  std::array<double, 3> scores{};
  int text_bytes = 0;
  int valid_bytes = 0;
  bool reliable = false;
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &no_hints, 0, languages.data(), percent.data(),
      scores.data(), nullptr, &text_bytes, &reliable, &valid_bytes);
  return text_bytes >= kFewestLetterBytes &&
         (!reliable || language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::TG_UNKNOWN_LANGUAGE);
}

void add_detected_language(Extraction& extraction) {
  add_language(extraction, detect_language(sample(extraction.pages)));
}

void note_languages_of_pages(Extraction& extraction) {
  note_pages(extraction, clear_languages(extraction.pages));
}

void note_languages(Extraction& extraction) {
  const std::vector<std::string> clear = clear_languages(extraction.pages);
  std::optional<std::string> language = language_of_pages(extraction.pages, clear);
  if (!language) language = detect_language(sample(extraction.pages));
  add_language(extraction, language);
  note_pages(extraction, clear);
}

}  // namespace carrel::indexer
