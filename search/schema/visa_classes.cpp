#include "search/schema/visa_classes.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace carrel::schema {
namespace {

struct VisaClass {
  char letter;
  unsigned last;  ///< the highest number of the class
};

/// 8 CFR 214.1(a)(1) and (2), 22 CFR 41.12.
constexpr std::array<VisaClass, 21> kClasses{{{'a', 3}, {'b', 2}, {'c', 4}, {'d', 2}, {'e', 3}, {'f', 3},
                                              {'g', 5}, {'h', 4}, {'j', 2}, {'k', 4}, {'l', 2}, {'m', 3},
                                              {'n', 9}, {'o', 3}, {'p', 4}, {'q', 3}, {'r', 2}, {'s', 7},
                                              {'t', 6}, {'u', 5}, {'v', 3}}};

/// Classes whose letter is also a word of English, or of Spanish: they need their number, or a capital.
constexpr std::string_view kAlsoWords = "aeoy";

bool is_class(char letter) {
  return std::ranges::find(kClasses, letter, &VisaClass::letter) != kClasses.end();
}

/// "1", "2a", "1b1" as they follow the letter of a class.
bool is_class_number(char letter, std::string_view number) {
  const auto* found = std::ranges::find(kClasses, letter, &VisaClass::letter);
  if (found == kClasses.end() || number.empty() || number.size() > 3) return false;
  const unsigned first = static_cast<unsigned>(number.front()) - '0';
  if (first == 0 || first > found->last) return false;
  if (number.size() == 1) return true;
  const bool letters = number[1] == 'a' || number[1] == 'b' || number[1] == 'c';
  if (!letters || (letter != 'h' && letter != 'l')) return false;
  return number.size() == 2 || number == "1b1";
}

/// visa:h2a, visa:h2, visa:h.
std::vector<std::string> class_keys(char letter, std::string_view number) {
  std::vector<std::string> keys;
  for (std::size_t size = number.size(); size > 0; --size) {
    const bool digit = number[size - 1] >= '0' && number[size - 1] <= '9';
    if (size == number.size() || digit)
      keys.push_back(std::string("visa:") + letter + std::string(number.substr(0, size)));
  }
  keys.push_back(std::string("visa:") + letter);
  return keys;
}

/// Words behind a class that make it one; `at` moved behind them, or the same when there are none.
std::size_t skip_visa_words(const ForwardText& text, std::size_t at) {
  constexpr std::string_view kWords[] = {"visas",  "visa",      "nonimmigrants", "nonimmigrant",
                                         "non",    "immigrant", "status",        "workers",
                                         "worker", "petition",  "program"};
  std::size_t behind = at;
  for (int i = 0; i < 4; ++i) {
    const std::size_t next = std::max(text.blanks(behind), text.dash(behind));
    std::size_t end = next;
    for (const std::string_view word : kWords) {
      if (end = text.word(next, word); end > next) break;
    }
    if (end == next) break;
    behind = end;
  }
  return behind;
}

/// T-1, H-2A; H2A; T1 visa.
bool read_numbered_class(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::string word = place.word(0);
  const bool goes_on = text.dash(place.end(0)) > place.end(0) && text.digit(text.dash(place.end(0)));
  if (goes_on) return false;
  if (const char letter = place.single_letter(1); letter != 0) {
    const bool dashed = place.joined_by_dash(1);
    const bool inside =
        place.begin(1) > 0 && (text.word_byte(place.begin(1) - 1) || text.lower(place.begin(1) - 1) == '-');
    const std::size_t behind = skip_visa_words(text, place.end(0));
    const bool spaced = place.gap(1) == " " && behind > place.end(0);
    if (inside || (!dashed && !spaced) || !is_class_number(letter, word)) return false;
    sink.found(1, behind, class_keys(letter, word));
    return true;
  }
  if (word.size() < 2 || word.size() > 4 || !is_class_number(word.front(), std::string_view(word).substr(1)))
    return false;
  const bool sure = word.starts_with("h2a") || word.starts_with("h2b") || word.starts_with("h1b");
  const std::size_t behind = skip_visa_words(text, place.end(0));
  if (!sure && behind == place.end(0)) return false;
  sink.found(0, behind, class_keys(word.front(), std::string_view(word).substr(1)));
  return true;
}

bool joins_classes(std::string_view word) {
  return word == "and" || word == "or" || word == "y" || word == "o" || word == "et" || word == "e" ||
         word == "ou";
}

/// "T visa", "T and U visas", "T nonimmigrant status", "T/U visa": the letters before the newest token.
bool read_class_before(const Place& place, std::size_t noun_tokens, bool needs_capital,
                       IdentifierSink& sink) {
  std::size_t back = noun_tokens;
  bool found = false;
  std::size_t end = skip_visa_words(place.text(), place.end(0));
  // At most as many letters as a list of classes has.
  for (int i = 0; i < 6; ++i) {
    const char letter = place.single_letter(back);
    if (letter == 0 || letter == 'a' || !is_class(letter)) break;
    const bool capital = place.is_capital(back);
    const bool doubtful = needs_capital || found || kAlsoWords.find(letter) != std::string_view::npos;
    if (doubtful && !capital) break;
    const bool spaced = place.text().blanks(place.end(back)) == place.begin(back - 1);
    if (i == 0 && !spaced && !place.joined_by_dash(back)) break;
    sink.found(back, found ? place.end(back) : end, class_keys(letter, {}), true);
    found = true;
    if (back + 1 < place.tokens() && joins_classes(place.word(back + 1))) {
      back += 2;
    } else if (back + 1 < place.tokens() && (place.gap(back + 1) == "/" || place.gap(back + 1) == ", ")) {
      ++back;
    } else {
      break;
    }
  }
  return found;
}

/// "visa T", "visas T y U": the letters behind the newest token.
bool read_class_behind(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  std::size_t at = text.blanks(place.end(0));
  bool found = false;
  for (int i = 0; i < 6 && text.letter(at) && !text.word_byte(at + 1); ++i) {
    const char letter = text.lower(at);
    const bool capital = text.text()[at] != letter;
    const bool sure = capital && letter != 'a' && letter != 'i';
    if (!is_class(letter) || !(sure || std::string_view("tuhj").find(letter) != std::string_view::npos))
      break;
    // "visa U.S. citizens": initials.
    if (text.lower(at + 1) == '.' && text.letter(at + 2)) break;
    const std::size_t dash = text.dash(at + 1);
    std::size_t number = dash;
    while (number - dash < 3 && (text.digit(number) || text.letter(number))) ++number;
    const std::string digits = text.key(dash, number);
    if (dash > at + 1 && is_class_number(letter, digits) && !text.word_byte(number)) {
      sink.found(0, number, class_keys(letter, digits), true);
      at = number;
    } else {
      sink.found(0, at + 1, class_keys(letter, {}), true);
      ++at;
    }
    found = true;
    std::size_t next = text.blanks(at);
    if (text.lower(next) == '/' || text.lower(next) == ',') next = text.blanks(next + 1);
    for (const std::string_view word : {"y", "o", "and", "or", "et", "ou", "e"}) {
      if (const std::size_t behind = text.word(next, word); behind > next) {
        next = text.blanks(behind);
        break;
      }
    }
    if (next == at) break;
    at = next;
  }
  return found;
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// Numbers of forms that also stand behind a blank, "I 914"; other numbers there are numbers.
constexpr std::array<unsigned, 36> kSpacedForms{90,  94,  102, 129, 130, 131, 134, 140, 191, 192, 193, 212,
                                                246, 290, 360, 485, 526, 539, 589, 600, 601, 687, 693, 730,
                                                751, 765, 817, 821, 824, 864, 881, 912, 914, 918, 924, 929};

bool is_form_word(const std::string& word) {
  return is_any(word, {"form", "forms", "formulario", "formularios", "formulaire"});
}

/// Where "Supplement B" behind a form ends; sets `letter`. `at` when there is none.
std::size_t read_supplement(const ForwardText& text, std::size_t at, char& letter) {
  std::size_t next = text.blanks(at);
  if (text.lower(next) == ',' || text.lower(next) == '(') next = text.blanks(next + 1);
  std::size_t end = next;
  for (const std::string_view word : {"supplement", "supp", "suppl", "suplemento"}) {
    if (end = text.word(next, word); end > next) break;
  }
  if (end == next) return at;
  if (text.lower(end) == '.') ++end;
  end = text.blanks(end);
  if (!text.letter(end) || text.word_byte(end + 1)) return at;
  letter = text.lower(end);
  return end + 1;
}

}  // namespace

bool read_visa_class(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::string word = place.word(0);
  if (text.digit(place.end(0) - 1) || (word.size() > 1 && text.digit(place.begin(0) + 1)) ||
      text.digit(place.begin(0))) {
    return read_numbered_class(place, sink);
  }
  if (is_any(word, {"visa", "visas"})) {
    return read_class_before(place, 1, false, sink) || read_class_behind(place, sink);
  }
  if (is_any(word, {"visado", "visados", "visto", "estatus", "thuc", "thc"})) return read_class_behind(place, sink);
  if (is_any(word, {"nonimmigrant", "nonimmigrants"})) return read_class_before(place, 1, false, sink);
  if (is_any(word, {"immigrant", "immigrants"}) && place.is(1, "non"))
    return read_class_before(place, 2, false, sink);
  if (word == "status" && is_any(place.word(1), {"t", "u"})) return read_class_before(place, 1, true, sink);
  const std::string_view raw = place.raw(0);
  const bool han = raw == "\u7b7e" || raw == "\u7c3d";  // 签, 簽: the first of 签证, visa
  if (han && is_class(place.single_letter(1)) && place.end(1) == place.begin(0)) {
    sink.found(1, std::min(place.end(0) + 3, text.text().size()), class_keys(place.single_letter(1), {}),
               true);
    return true;
  }
  return false;
}

bool read_form_number(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::string word = place.word(0);
  std::string series, number;
  std::size_t first = 0;
  if (text.digit(place.begin(0))) {
    number = word;
    series = place.word(1);
    first = 1;
    if (place.tokens() < 2 ||
        !is_any(series, {"i", "g", "n", "ar", "ds", "eoir", "sf", "w", "cbp", "ice", "va", "opm"}))
      return false;
    unsigned value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    const bool named = is_form_word(place.word(2));
    const bool known =
        series == "i" && place.is_capital(1) && std::ranges::binary_search(kSpacedForms, value);
    const bool spaced = place.gap(1) == " " && (named || known);
    if (!place.joined_by_dash(1) && !spaced) return false;
  } else {
    std::size_t letters = 0;
    while (letters < word.size() && word[letters] >= 'a') ++letters;
    series = word.substr(0, letters);
    number = word.substr(letters);
    const bool named = is_form_word(place.word(1));
    const bool sure = is_any(series, {"i", "g", "n"}) && number.size() >= (series == "i" ? 3U : 2U);
    if (!named && !(sure && number.size() <= 4 && is_any(series, {"i"}))) return false;
    if (!is_any(series, {"i", "g", "n", "ar", "ds", "eoir", "sf", "w"})) return false;
  }
  std::size_t digits = 0;
  while (digits < number.size() && number[digits] >= '0' && number[digits] <= '9') ++digits;
  if (digits == 0 || digits > 4 || number.size() > digits + 1) return false;
  const std::string key = "form:" + series + number.substr(0, digits);
  std::vector<std::string> keys{key};
  char letter = number.size() > digits ? number[digits] : '\0';
  std::size_t end = letter != 0 ? place.end(0) : read_supplement(text, place.end(0), letter);
  if (is_form_word(place.word(first + 1))) ++first;
  // "Supplement B of Form I-914".
  const bool of = is_any(place.word(first + 1), {"of", "to", "del", "de"});
  if (letter == 0 && of && place.single_letter(first + 2) != 0 && place.word(first + 3).starts_with("sup")) {
    letter = place.single_letter(first + 2);
    first += 3;
  }
  if (letter != 0) keys.insert(keys.begin(), key + ":" + letter);
  sink.found(first, std::max(end, place.end(0)), std::move(keys));
  return true;
}

}  // namespace carrel::schema
