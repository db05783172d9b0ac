#include "search/query_text.h"

#include <algorithm>

#include "search/characters.h"

namespace carrel::search {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool QueryText::starts_something(std::size_t at) const {
  if (at == 0 || text_[at - 1] == '(') return true;
  std::size_t begin = at - 1;
  while (begin > 0 && !begins_code_point(text_[begin])) --begin;
  return blank_length(text_.substr(begin)) > 0;
}

std::size_t QueryText::end_of_run(std::size_t at, bool commas_stay) const {
  std::size_t end = at;
  std::size_t opened = 0;
  // A bracket belongs to the run when it is closed before the next blank; looked for once a blank.
  std::size_t searched_to = at;
  std::size_t last_close = at;
  while (end < text_.size()) {
    const char c = text_[end];
    const std::string_view rest = text_.substr(end);
    if (c == '|' || blank_length(rest) > 0 || quote_length(rest) > 0) break;
    if (c == '(') {
      if (searched_to <= end) {
        searched_to = std::min(text_.find(' ', end), text_.size());
        last_close = text_.substr(0, searched_to).rfind(')');
      }
      if (end == at || last_close == std::string_view::npos || last_close < end) break;
      ++opened;
    }
    if (c == ')' && opened-- == 0) break;
    const bool divides = c == ';' || (c == ',' && !commas_stay);
    const bool between_digits =
        end > at && is_digit(text_[end - 1]) && end + 1 < text_.size() && is_digit(text_[end + 1]);
    if (divides && !between_digits) break;
    ++end;
  }
  return end;
}

std::size_t QueryText::end_of_quoted(std::size_t inside) const {
  while (inside < text_.size() && quote_length(text_.substr(inside)) == 0) ++inside;
  return inside;
}

}  // namespace carrel::search
