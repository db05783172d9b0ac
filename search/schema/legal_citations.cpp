#include "search/schema/legal_citations.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace carrel::schema {
namespace {

using Keys = std::vector<std::string>;

/// As deep as the paragraphs of a code go.
constexpr std::size_t kDeepest = 8;
/// Sections named one after the other, and sections in a range, at most.
constexpr std::size_t kLongestList = 40;

struct Section {
  std::string number;                   // "7102", "2000e-5", "214.11"
  std::vector<std::string> paragraphs;  // "11", "a"
  std::size_t end = 0;
};

/// "(11)(A)" behind a section, also with a blank before each bracket.
std::size_t read_paragraphs(const ForwardText& text, std::size_t at, std::vector<std::string>& paragraphs) {
  while (paragraphs.size() < kDeepest) {
    const std::size_t open = text.lower(at) == ' ' ? at + 1 : at;
    if (text.lower(open) != '(') break;
    std::size_t end = open + 1;
    while (end - open <= 5 && (text.digit(end) || text.letter(end))) ++end;
    if (end == open + 1 || text.lower(end) != ')') break;
    paragraphs.push_back(text.key(open, end));
    at = end + 1;
  }
  return at;
}

/// A section of the code: digits, letters, and a dash with digits behind letters (2000e-5), or, with
/// `points`, a part and a section of the regulations (214.11).
std::optional<Section> read_section(const ForwardText& text, std::size_t at, bool points) {
  const std::size_t digits = text.digits(at);
  if (digits == at || digits - at > 6) return std::nullopt;
  Section section;
  std::size_t end = digits;
  if (points && text.lower(end) == '.' && text.digit(end + 1)) {
    end = text.digits(end + 1);
    section.number = text.key(at, digits) + "." + text.key(digits, end);
  } else {
    while (end - digits < 4 && text.letter(end)) ++end;
    section.number = text.key(at, end);
    const std::size_t behind = text.dash(end);
    if (end > digits && behind > end && text.digit(behind)) {
      end = text.digits(behind);
      section.number += "-" + text.key(behind, end);
    }
  }
  if (text.word_byte(end)) return std::nullopt;
  section.end = read_paragraphs(text, end, section.paragraphs);
  return section;
}

/// usc:22:7102:11:a, usc:22:7102:11, usc:22:7102; for regulations also the part, cfr:8:214.
Keys keys_of(const std::string& code, const Section& section) {
  Keys keys;
  std::string key = code + section.number;
  if (const std::size_t point = section.number.find('.'); point != std::string::npos) {
    keys.push_back(code + section.number.substr(0, point));
  }
  keys.push_back(key);
  for (const std::string& paragraph : section.paragraphs) keys.push_back(key += ":" + paragraph);
  std::ranges::reverse(keys);
  return keys;
}

/// "section", "sections", "sec.", "part", "§§"… and blanks.
std::size_t skip_section_words(const ForwardText& text, std::size_t at) {
  constexpr std::string_view kWords[] = {"sections", "section", "secs",      "sec",
                                         "parts",    "part",    "annotated", "no"};
  for (int i = 0; i < 3; ++i) {
    std::size_t next = text.section_signs(text.blanks(at));
    for (const std::string_view word : kWords) next = text.word(next, word);
    next = text.blanks(next);
    if (text.lower(next) == '.' || text.lower(next) == ',') next = text.blanks(next + 1);
    if (next == at) break;
    at = next;
  }
  return text.section_signs(at);
}

/// Behind ", ", ", and ", " or ", "; ": where the next of a list would stand; `at` when no list goes on.
std::size_t skip_list_sign(const ForwardText& text, std::size_t at) {
  std::size_t next = at;
  if (text.lower(next) == ',' || text.lower(next) == ';') ++next;
  next = text.blanks(next);
  for (const std::string_view word : {"and", "or", "y", "&"}) {
    if (const std::size_t behind = text.word(next, word); behind > next) {
      next = text.blanks(behind);
      break;
    }
  }
  return next == at ? at : text.section_signs(next);
}

std::optional<unsigned> number_of(const std::string& text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The sections that are named from `at` on, in a list or a range, each a find of its own. True when any is.
bool read_sections(const Place& place, std::size_t first_back, const std::string& code, std::size_t at,
                   bool points, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  at = skip_section_words(text, at);
  auto section = read_section(text, at, points);
  if (!section) return false;
  for (std::size_t i = 0; i < kLongestList; ++i) {
    sink.found(first_back, section->end, keys_of(code, *section));
    const auto from = number_of(section->number);
    const std::size_t dash = text.dash(section->end);
    if (const auto last = read_section(text, dash, points); from && dash > section->end && last) {
      const auto to = number_of(last->number);
      if (to && *to > *from && *to - *from <= kLongestList) {
        for (unsigned number = *from + 1; number <= *to; ++number) {
          sink.found(first_back, last->end, {code + std::to_string(number)});
        }
        section->end = last->end;
      }
    }
    const std::size_t next = skip_list_sign(text, section->end);
    if (next == section->end) break;
    auto another = read_section(text, next, points);
    // "18 U.S.C. 1591, 22 U.S.C. 7102": a title of two digits begins a citation of its own.
    if (!another || text.digits(next) - next < 3) break;
    section = std::move(another);
  }
  return true;
}

/// How many tokens, the newest first, spell "U.S.C.", "U. S. C.", "U.S. Code", "United States Code"; 0 for
/// none.
std::size_t tokens_of_usc(const Place& place) {
  if (place.is(0, "usc") || place.is(0, "usca")) return 1;
  if (place.is(0, "c") && place.is(1, "s") && place.is(2, "u")) return 3;
  if (!place.is(0, "code")) return 0;
  if (place.is(1, "us")) return 2;
  return place.is(1, "states") && place.is(2, "united") ? 3 : 0;
}

std::size_t tokens_of_cfr(const Place& place) {
  if (place.is(0, "cfr")) return 1;
  return place.is(0, "r") && place.is(1, "f") && place.is(2, "c") ? 3 : 0;
}

bool read_code(const Place& place, IdentifierSink& sink) {
  const std::size_t usc = tokens_of_usc(place);
  const std::size_t cfr = usc > 0 ? 0 : tokens_of_cfr(place);
  const std::size_t title = usc + cfr;
  if (title == 0 || !place.is_number(title) || place.raw(title).size() > 2) return false;
  const std::string code = (usc > 0 ? "usc:" : "cfr:") + place.word(title) + ":";
  const std::size_t first = place.is(title + 1, "title") ? title + 1 : title;
  return read_sections(place, first, code, place.end(0), cfr > 0, sink);
}

bool read_immigration_act(const Place& place, IdentifierSink& sink) {
  return place.is(0, "ina") && read_sections(place, 0, "ina:", place.end(0), false, sink);
}

/// section 1591 of title 18; section 101(a)(15)(T) of the INA.
bool read_section_of(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const bool section_sign =
      place.tokens() > 0 && place.begin(0) >= 2 &&
      text.text().substr(0, place.begin(0)).find_last_not_of(' ') != std::string_view::npos &&
      text.text()
          .substr(0, text.text().substr(0, place.begin(0)).find_last_not_of(' ') + 1)
          .ends_with("\u00a7");
  const bool section_word = place.is(1, "section") || place.is(1, "sec") || place.is(1, "sections");
  if (!section_sign && !section_word) return false;
  const auto section = read_section(text, place.begin(0), false);
  if (!section) return false;
  std::size_t at = text.blanks(section->end);
  if (text.lower(at) == ',') at = text.blanks(at + 1);
  if (const std::size_t of = text.word(at, "of"); of > at) at = text.blanks(of);
  const std::size_t first = section_word ? 1 : 0;
  if (const std::size_t title = text.word(at, "title"); title > at) {
    const std::size_t number = text.blanks(title);
    const std::size_t end = text.digits(number);
    if (end == number || end - number > 2 || text.word_byte(end)) return false;
    sink.found(first, end, keys_of("usc:" + text.key(number, end) + ":", *section));
    return true;
  }
  at = text.blanks(text.word(at, "the"));
  for (const std::string_view act : {"ina", "immigration"}) {
    if (const std::size_t end = text.word(at, act); end > at) {
      sink.found(first, end, keys_of("ina:", *section));
      return true;
    }
  }
  return false;
}

/// How far back the words go that make the number a public law; 0 when they do not.
std::size_t public_law_words(const Place& place) {
  std::size_t back = place.is(1, "no") || place.is(1, "number") ? 2 : 1;
  if (place.is(back, "pl") || place.is(back, "publ")) return back;
  const bool law = place.is(back, "law") || place.is(back, "laws") || place.is(back, "l");
  ++back;
  if (law && (place.is(back, "public") || place.is(back, "pub") || place.is(back, "p"))) return back;
  return 0;
}

bool read_public_law(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::size_t congress = place.raw(0).size();
  if (!place.is_number(0) || congress < 2 || congress > 3) return false;
  const std::size_t number = text.dash(place.end(0));
  const std::size_t end = text.digits(number);
  if (number == place.end(0) || end == number || end - number > 4 || text.word_byte(end)) return false;
  const std::size_t first = public_law_words(place);
  if (first == 0) return false;
  sink.found(first, end, {"pl:" + place.word(0) + "-" + text.key(number, end)});
  return true;
}

/// "hr" and how many tokens it takes for "H.R.", "H. R.", "H.Res.", "S.J.Res."…; nothing for other words.
std::optional<std::pair<std::string, std::size_t>> chamber_before(const Place& place) {
  const std::string one = place.word(1);
  const std::string two = place.word(2);
  if (one == "res") {
    const std::string three = place.word(3);
    if (two == "h" || two == "s" || two == "hj" || two == "sj") return std::pair(two + "res", std::size_t{2});
    if (two == "con" && (three == "h" || three == "s")) return std::pair(three + "conres", std::size_t{3});
    return std::nullopt;
  }
  if (one == "r" && two == "h") return std::pair(std::string("hr"), std::size_t{2});
  constexpr std::string_view kChambers[] = {"hr",      "s",       "hres", "sres", "hjres", "sjres",
                                            "hconres", "sconres", "hb",   "sb",   "ab"};
  if (std::ranges::find(kChambers, one) == std::end(kChambers)) return std::nullopt;
  // "24 hr 7": hours.
  if (one == "hr" && !place.is_capital(1) && place.is_number(2)) return std::nullopt;
  return std::pair(one, std::size_t{1});
}

bool read_bill(const Place& place, IdentifierSink& sink) {
  if (!place.is_number(0) || place.raw(0).size() > 5 || place.tokens() < 2 || !place.joined_loosely(1)) {
    return false;
  }
  const auto chamber = chamber_before(place);
  if (!chamber) return false;
  const auto& [name, tokens] = *chamber;
  const bool amount = place.text().text().substr(place.end(1), place.begin(0) - place.end(1)).find('#') !=
                      std::string_view::npos;
  if (amount || (name == "s" && place.raw(0).size() > 4)) return false;
  sink.found(tokens, place.end(0), {"bill:" + name + place.word(0)});
  return true;
}

bool read_executive_order(const Place& place, IdentifierSink& sink) {
  const std::size_t digits = place.word(0).size();
  if (place.tokens() < 2 || !place.text().digit(place.begin(0)) || digits < 4 || digits > 5) return false;
  std::size_t back = place.is(1, "no") || place.is(1, "number") ? 2 : 1;
  const bool order =
      place.is(back, "order") && (place.is(back + 1, "executive") || place.is(back + 1, "exec"));
  const bool letters = place.is(back, "o") && place.is(back + 1, "e");
  if (order || letters) ++back;
  if (!order && !letters && !place.is(back, "eo")) return false;
  sink.found(back, place.end(0), {"eo:" + place.word(0)});
  return true;
}

/// The value of a Roman numeral up to L; 0 for what is none.
unsigned roman(std::string_view letters) {
  unsigned value = 0, last = 0;
  for (std::size_t i = letters.size(); i-- > 0;) {
    const unsigned digit = letters[i] == 'i'   ? 1
                           : letters[i] == 'v' ? 5
                           : letters[i] == 'x' ? 10
                           : letters[i] == 'l' ? 50
                                               : 0;
    if (digit == 0) return 0;
    if (digit < last) {
      value -= digit;
    } else {
      value += digit;
      last = digit;
    }
  }
  return value;
}

bool read_title(const Place& place, IdentifierSink& sink) {
  if (!place.is(1, "title") || !place.joined_loosely(1)) return false;
  const std::string number = place.word(0);
  const auto digits = number_of(number);
  const unsigned value = digits ? *digits : number.size() <= 6 ? roman(number) : 0;
  if (value == 0 || value > 60) return false;
  sink.found(1, place.end(0), {"title:" + std::to_string(value)});
  return true;
}

}  // namespace

bool read_legal_citation(const Place& place, IdentifierSink& sink) {
  if (!place.text().digit(place.begin(0))) {
    return read_code(place, sink) || read_immigration_act(place, sink) || read_title(place, sink);
  }
  return read_public_law(place, sink) || read_section_of(place, sink) || read_bill(place, sink) ||
         read_executive_order(place, sink) || read_title(place, sink);
}

}  // namespace carrel::schema
