#include <algorithm>

#include "search/schema/number_identifiers.h"

namespace carrel::schema {
namespace {

/// Letters and digits in groups joined by single dashes; three and more of them with digits in two are the
/// number of a grant, a contract or a report: 2019-VT-BX-K003, 15POVC-21-GG-00875-HT.
bool read_grant(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  std::size_t first = 0;
  while (first + 1 < place.tokens() && first < 8 && place.joined_by_dash(first + 1)) ++first;
  std::size_t at = place.begin(first);
  std::size_t end = at;
  std::size_t groups = 0, with_digits = 0;
  bool letters = false;
  std::string key = "no:";
  while (groups < 12) {
    std::size_t group_end = at;
    bool digits = false;
    while (text.digit(group_end) || text.letter(group_end)) {
      digits = digits || text.digit(group_end);
      letters = letters || text.letter(group_end);
      ++group_end;
    }
    if (group_end == at || group_end - at > 12 || text.word_byte(group_end)) break;
    key += text.key(at, group_end);
    ++groups;
    with_digits += digits ? 1 : 0;
    end = group_end;
    const std::size_t next = text.dash(end);
    if (next == end) break;
    at = next;
  }
  if (groups < 3 || with_digits < 2 || !letters || key.size() < 11) return false;
  sink.found(first, end, {std::move(key)});
  return true;
}

/// 24/7, 24-7.
bool read_around_the_clock(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  if (place.raw(0) != "24") return false;
  const std::size_t at = text.lower(place.end(0)) == '/' ? place.end(0) + 1 : text.dash(place.end(0));
  const bool seven = at > place.end(0) && text.lower(at) == '7' && !text.word_byte(at + 1);
  const bool longer =
      text.lower(at + 1) == '/' || (text.dash(at + 1) > at + 1 && text.digit(text.dash(at + 1)));
  if (!seven || longer) return false;
  sink.found(0, at + 1, {"no:24/7"});
  return true;
}

}  // namespace

bool read_number_with_signs(const Place& place, IdentifierSink& sink) {
  return read_around_the_clock(place, sink) || read_grant(place, sink);
}

bool read_name_with_sign(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::string word = place.word(0);
  const std::size_t end = place.end(0);
  if (word.empty() || word.size() != end - place.begin(0)) return false;
  const char sign = text.lower(end);
  if (word.find("lgb") < 3 || word.starts_with("glbt")) {
    sink.found(0, sign == '+' ? end + 1 : end, {"lgbtq"});
    return true;
  }
  if (sign == '+' || (sign == '#' && word.size() <= 2)) {
    std::size_t behind = end;
    while (text.lower(behind) == sign && behind - end < 2) ++behind;
    if (text.word_byte(behind)) return false;
    sink.found(0, behind, {"name:" + word + std::string(behind - end, sign)}, !text.digit(place.begin(0)));
    return true;
  }
  if (sign != '&' || word.size() > 3) return false;
  std::size_t behind = end + 1;
  while (text.letter(behind) && behind - end <= 3) ++behind;
  if (behind == end + 1 || text.word_byte(behind)) return false;
  sink.found(0, behind, {"name:" + word + "&" + text.key(end, behind)}, true);
  return true;
}

}  // namespace carrel::schema
