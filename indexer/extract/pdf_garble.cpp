#include "indexer/extract/pdf_garble.h"

#include <algorithm>
#include <array>
#include <string>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "indexer/extract/characters.h"
#include "indexer/extract/language.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

/// Fewer characters prove nothing: page numbers, bullets, a formula.
constexpr std::size_t kFewestCharacters = 40;
/// Fonts of bullets and check boxes stay far below this share of a page.
constexpr double kMostNameless = 0.3;
/// Text enough to judge letters by. More would only cost time.
constexpr std::size_t kSampleBytes = 1500;
/// A page with this share of words from the list below is text.
constexpr double kCommonWords = 0.08;
/// Vietnamese has most accents, on about a quarter of its letters.
constexpr double kMostAccents = 0.55;
constexpr double kMostMixedWords = 0.3;
constexpr double kFewestVowels = 0.27;
constexpr double kMostVowels = 0.68;
/// Letters in runs of four and more consonants.
constexpr double kMostCrowded = 0.12;
constexpr double kMostOddWords = 0.4;
constexpr std::size_t kFewestWords = 15;
constexpr std::size_t kFewestLetters = 60;

bool is_more(std::size_t part, double share, std::size_t whole) {
  return static_cast<double>(part) > share * static_cast<double>(whole);
}

bool is_blank(char32_t code) {
  return code == ' ' || (code >= 0x09 && code <= 0x0d) || code == 0xa0 || code == 0x3000 || code == 0xad;
}

bool is_nameless(char32_t code) {
  if (code == schema::kReplacement || code < 0x20) return true;
  if (code < 0x7f) return false;
  const auto kind = u_charType(static_cast<UChar32>(code));
  return kind == U_PRIVATE_USE_CHAR || kind == U_CONTROL_CHAR || kind == U_UNASSIGNED || kind == U_SURROGATE;
}

struct Characters {
  std::size_t all = 0;  ///< blanks apart
  std::size_t nameless = 0;
};

Characters count_characters(std::string_view raw) {
  Characters counts;
  for (std::size_t at = 0; at < raw.size();) {
    const char32_t code = schema::next_code_point(raw, at);
    if (is_blank(code)) continue;
    ++counts.all;
    if (code < 0x20 || code >= 0x7f) counts.nameless += is_nameless(code) ? 1 : 0;
  }
  return counts;
}

/// The most frequent words of the languages that are met most. Pages that have them need not be asked of the
/// language detector, which costs a hundred times as much.
bool is_common_word(std::string_view word) {
  constexpr std::array<std::string_view, 40> kWords{
      "and",  "are", "as",  "be",   "by",   "con", "das",  "de",  "del", "der", "des", "die", "el", "en",
      "est",  "et",  "for", "from", "in",   "is",  "la",   "las", "les", "los", "not", "of",  "on", "or",
      "para", "por", "que", "se",   "that", "the", "this", "to",  "un",  "und", "una", "with"};
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

bool has_common_words(std::string_view text) {
  std::size_t words = 0;
  std::size_t common = 0;
  std::string word;
  const auto finish = [&] {
    if (word.empty()) return;
    ++words;
    common += is_common_word(word) ? 1 : 0;
    word.clear();
  };
  for (const char c : text) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
    if (letter) {
      word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    } else {
      finish();
    }
  }
  finish();
  return is_more(common, kCommonWords, words);
}

/// The letter under the accents, lower case.
char32_t base_letter(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString parts;
  while (code >= 0x80 && U_SUCCESS(status) && nfc->getRawDecomposition(static_cast<UChar32>(code), parts)) {
    code = static_cast<char32_t>(parts.char32At(0));
  }
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
}

bool is_vowel(char32_t code) {
  const char32_t base = base_letter(code);
  return base == 'a' || base == 'e' || base == 'i' || base == 'o' || base == 'u' || base == 'y' ||
         base == 0xe6 || base == 0xf8 || base == 0x153 || base == 0x131;
}

/// Han and the Japanese scripts are written together.
UScriptCode script_of(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(code), &status);
  if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_BOPOMOFO)
    return USCRIPT_HAN;
  return script == USCRIPT_INHERITED ? USCRIPT_COMMON : script;
}

/// Vowels and consonants of the longer words of a text.
struct Syllables {
  std::size_t words = 0;
  std::size_t letters = 0;
  std::size_t vowels = 0;
  std::size_t crowded = 0;  ///< letters in long runs of consonants

  Syllables& operator+=(const Syllables& more) {
    words += more.words;
    letters += more.letters;
    vowels += more.vowels;
    crowded += more.crowded;
    return *this;
  }
};

/// How the words of a text are built.
class WordShapes {
 public:
  explicit WordShapes(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) add(schema::next_code_point(text, at));
    finish_token();
  }

  bool mixes_scripts() const { return words_ >= kFewestWords && is_more(mixed_, kMostMixedWords, words_); }
  bool is_all_accents() const { return latin_ >= kFewestLetters && is_more(accented_, kMostAccents, latin_); }

  bool has_no_syllables() const {
    // Short words in capitals are acronyms, unless most words or most longer ones are in capitals.
    Syllables all = words_in_print_;
    if (acronyms_.words > all.words || 2 * in_capitals_ > all.words) all += acronyms_;
    if (all.words < kFewestWords) return false;
    return !is_more(all.vowels, kFewestVowels, all.letters) ||
           is_more(all.vowels, kMostVowels, all.letters) || is_more(all.crowded, kMostCrowded, all.letters);
  }

  bool has_symbols_inside() const { return tokens_ >= kFewestWords && is_more(odd_, kMostOddWords, tokens_); }

 private:
  void add(char32_t code) {
    if (is_blank(code)) {
      finish_token();
    } else if (is_letter(code)) {
      add_letter(code);
    } else {
      finish_word();
      // What stands inside of no word: not the marks of compounds, paths, addresses and numbers.
      const bool odd =
          (code >= '0' && code <= '9') ||
          (code < 0x80 && std::string_view("[]\\^`{}|~#$%*+<=>!?;\"()").find(static_cast<char>(code)) !=
                              std::string_view::npos);
      if (token_letters_ > 0) pending_odd_ = pending_odd_ || odd;
    }
  }

  void add_letter(char32_t code) {
    if (pending_odd_) token_odd_ = true;
    ++token_letters_;
    const UScriptCode script = script_of(code);
    if (script != USCRIPT_COMMON) {
      if (word_script_ != USCRIPT_COMMON && word_script_ != script) word_mixed_ = true;
      word_script_ = script;
    }
    if (script == USCRIPT_LATIN) {
      ++latin_;
      accented_ += code >= 0x80 ? 1 : 0;
    }
    word_.push_back(code);
  }

  void finish_word() {
    if (word_.empty()) return;
    ++words_;
    mixed_ += word_mixed_ ? 1 : 0;
    const bool capitals = std::all_of(word_.begin(), word_.end(), [](char32_t code) {
      return u_isupper(static_cast<UChar32>(code)) != 0;
    });
    const bool acronym = capitals && word_.size() < 6;
    if (word_script_ == USCRIPT_LATIN && word_.size() >= 3) {
      judge_word(acronym ? acronyms_ : words_in_print_);
      in_capitals_ += capitals && !acronym ? 1 : 0;
    }
    word_.clear();
    word_mixed_ = false;
    word_script_ = USCRIPT_COMMON;
  }

  void judge_word(Syllables& sum) const {
    ++sum.words;
    sum.letters += word_.size();
    std::size_t run = 0;
    const auto end_run = [&] {
      if (run >= 4) sum.crowded += run;
      run = 0;
    };
    for (const char32_t code : word_) {
      if (is_vowel(code)) {
        ++sum.vowels;
        end_run();
      } else {
        ++run;
      }
    }
    end_run();
  }

  void finish_token() {
    finish_word();
    if (token_letters_ > 1) {
      ++tokens_;
      odd_ += token_odd_ ? 1 : 0;
    }
    token_letters_ = 0;
    token_odd_ = false;
    pending_odd_ = false;
  }

  std::u32string word_;
  UScriptCode word_script_ = USCRIPT_COMMON;
  bool word_mixed_ = false;
  std::size_t token_letters_ = 0;
  bool token_odd_ = false;
  bool pending_odd_ = false;

  std::size_t words_ = 0;
  std::size_t mixed_ = 0;
  std::size_t latin_ = 0;
  std::size_t accented_ = 0;
  Syllables words_in_print_;
  std::size_t in_capitals_ = 0;  ///< of words_in_print_
  Syllables acronyms_;
  std::size_t tokens_ = 0;
  std::size_t odd_ = 0;
};

/// From the second quarter on: pages begin with heads and titles.
std::string_view sample_of(std::string_view raw) {
  std::size_t from = raw.size() > 2 * kSampleBytes ? raw.size() / 4 : 0;
  while (from > 0 && from < raw.size() && (static_cast<unsigned char>(raw[from]) & 0xc0) == 0x80) ++from;
  return schema::cut_utf8(raw.substr(from), kSampleBytes);
}

}  // namespace

bool is_garbled(std::string_view raw, std::size_t glyphs, std::size_t unmapped) {
  if (glyphs >= kFewestCharacters && is_more(unmapped, kMostNameless, glyphs)) return true;
  const Characters characters = count_characters(raw);
  if (characters.all < kFewestCharacters) return false;
  if (is_more(characters.nameless, kMostNameless, characters.all)) return true;
  const std::string_view sample = sample_of(raw);
  if (has_common_words(sample)) return false;
  const WordShapes shapes(sample);
  if (shapes.mixes_scripts() || shapes.is_all_accents()) return true;
  return (shapes.has_no_syllables() || shapes.has_symbols_inside()) && fits_no_language(sample);
}

bool is_readable_line(std::string_view line) {
  const Characters characters = count_characters(line);
  return !is_more(characters.nameless, kMostNameless, characters.all);
}

}  // namespace carrel::indexer
