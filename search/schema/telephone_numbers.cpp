#include <algorithm>

#include "search/schema/number_identifiers.h"

namespace carrel::schema {
namespace {

/// The digit of a letter on a telephone (ITU-T E.161).
char keypad(char letter) {
  constexpr std::string_view kDigits = "22233344455566677778889999";
  return kDigits[static_cast<std::size_t>(letter - 'a')];
}

/// Short numbers of North America: N11, and 988.
bool is_short_number(std::string_view digits) {
  return digits == "988" || (digits.size() == 3 && digits.front() >= '2' && digits.substr(1) == "11");
}

struct Dialled {
  std::string digits;
  std::size_t groups = 0;
  std::size_t end = 0;
  bool letters = false;
};

/// Digits in groups from `at` on, with one or two of " -./()" between; letters stand for digits once four are
/// dialled and they are capitals.
Dialled read_groups(const ForwardText& text, std::size_t at, std::size_t most) {
  Dialled dialled;
  bool in_group = false;
  while (!text.ended(at) && dialled.digits.size() < most) {
    const bool vanity = dialled.digits.size() >= 3 && text.letter(at) && text.text()[at] != text.lower(at);
    if (text.digit(at) || vanity) {
      if (!in_group) ++dialled.groups;
      in_group = true;
      dialled.letters = dialled.letters || vanity;
      dialled.digits += vanity ? keypad(text.lower(at)) : text.lower(at);
      dialled.end = ++at;
      continue;
    }
    in_group = false;
    std::size_t next = at;
    for (int i = 0; i < 3; ++i) {
      const std::size_t dash = text.dash(next);
      const std::size_t blank = text.blanks(next);
      const char c = text.lower(next);
      if (dash > next) {
        next = dash;
      } else if (blank > next) {
        next = blank;
      } else if (c == '.' || c == '(' || c == ')' || c == '/') {
        ++next;
      } else {
        break;
      }
    }
    const bool goes_on = text.digit(next) || (text.letter(next) && next < text.text().size() &&
                                              text.text()[next] != text.lower(next));
    if (next == at || !goes_on) break;
    at = next;
  }
  return dialled;
}

/// A number that begins with the area code, as NANP has it: [2-9]xx [2-9]xx xxxx.
bool is_north_american(std::string_view digits) {
  return digits.size() == 10 && digits[0] >= '2' && digits[3] >= '2';
}

bool read_long_number(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::size_t begin = place.begin(0);
  const std::string_view before = text.text().substr(0, begin);
  if (before.ends_with('+')) {
    const Dialled dialled = read_groups(text, begin, 15);
    if (dialled.digits.size() < 8 || dialled.letters || text.word_byte(dialled.end)) return false;
    const bool american = dialled.digits.size() == 11 && dialled.digits.front() == '1';
    sink.found(0, dialled.end, {"tel:" + (american ? dialled.digits.substr(1) : "+" + dialled.digits)});
    return true;
  }
  const bool inside =
      before.ends_with('-') || before.ends_with('$') || before.ends_with('/') || before.ends_with('.');
  if (inside || place.raw(0).size() < 1) return false;
  const bool country = text.lower(begin) == '1';
  const Dialled dialled = read_groups(text, begin, country ? 11 : 10);
  const std::string_view digits = std::string_view(dialled.digits).substr(country ? 1 : 0);
  const bool decimals = text.lower(dialled.end) == '.' && text.digit(dialled.end + 1);
  if (!is_north_american(digits) || text.word_byte(dialled.end) || decimals) return false;
  // Ten digits in one are a telephone only where they cannot be a count or a price.
  if (dialled.groups == 2 && !country) return false;
  if (dialled.letters && dialled.groups < 3) return false;
  sink.found(0, dialled.end, {"tel:" + std::string(digits)});
  return true;
}

/// 911; 9-1-1.
bool read_short_number(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::size_t begin = place.begin(0);
  const char before = begin > 0 ? text.lower(begin - 1) : ' ';
  if (before == '-' || before == '$' || before == '.' || before == '/') return false;
  std::size_t end = place.end(0);
  std::string digits = place.word(0);
  for (int i = 0; i < 2 && digits.size() < 3; ++i) {
    const std::size_t next = text.dash(end);
    if (next == end || !text.digit(next) || text.digit(next + 1)) break;
    digits += text.lower(next);
    end = next + 1;
  }
  const bool goes_on = text.dash(end) > end && text.word_byte(text.dash(end));
  if (!is_short_number(digits) || goes_on || text.word_byte(end) || text.lower(end) == '%') return false;
  sink.found(0, end, {"tel:" + digits});
  return true;
}

/// "Text HELP to 233733": a number of five or six digits where text messages are spoken of.
bool read_message_number(const Place& place, IdentifierSink& sink) {
  const std::size_t size = place.raw(0).size();
  if (!place.is_number(0) || size < 5 || size > 6) return false;
  constexpr std::string_view kWords[] = {"text",   "texting", "texts", "txt",     "sms",   "texto",
                                         "textos", "envie",   "enva",  "mensaje", "befree"};
  for (std::size_t back = 1; back < std::min<std::size_t>(place.tokens(), 8); ++back) {
    if (std::ranges::find(kWords, place.word(back)) == std::end(kWords)) continue;
    sink.found(0, place.end(0), {"sms:" + place.word(0)});
    return true;
  }
  return false;
}

/// BeFree: a word of five or six letters with a capital inside, as such numbers are written.
bool read_message_word(const Place& place, IdentifierSink& sink) {
  const std::string_view raw = place.raw(0);
  const std::string word = place.word(0);
  if (word.size() != raw.size() || word.size() < 5 || word.size() > 6) return false;
  if (!std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) return false;
  std::string digits = "sms:";
  for (const char letter : word) digits += keypad(letter);
  sink.found(0, place.end(0), {std::move(digits)});
  return true;
}

}  // namespace

bool read_telephone(const Place& place, IdentifierSink& sink) {
  if (!place.text().digit(place.begin(0))) return read_message_word(place, sink);
  return read_long_number(place, sink) || read_short_number(place, sink) || read_message_number(place, sink);
}

}  // namespace carrel::schema
