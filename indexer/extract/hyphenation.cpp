#include "indexer/extract/hyphenation.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <unicode/uchar.h>

#include "indexer/extract/characters.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// No word of a language that hyphenates is longer; what is longer is not decided.
constexpr std::size_t kLongestHalf = 64;

struct LineEndHyphen {
  std::size_t at;      // of the hyphen in its page
  std::size_t length;  // of the hyphen with the line end
  std::string left;    // the letters before it, folded
  std::string right;   // the letters behind it, folded
  bool soft = false;
  bool keep = false;  // decided by the halves alone: beside digits, before a capital…
};

bool begins_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

void append_folded(std::string& out, char32_t code) {
  schema::append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(code))));
}

/// The letters that end right before `end`, folded; empty when there are none or too many.
std::string letters_before(std::string_view text, std::size_t end, bool& all_capitals, std::size_t& count) {
  std::size_t begin = end;
  count = 0;
  all_capitals = true;
  while (begin > 0 && count <= kLongestHalf) {
    std::size_t at = begin - 1;
    while (at > 0 && !begins_code_point(text[at])) --at;
    std::size_t after = at;
    const char32_t code = schema::next_code_point(text, after);
    if (!is_letter(code)) break;
    all_capitals = all_capitals && u_islower(static_cast<UChar32>(code)) == 0;
    begin = at;
    ++count;
  }
  std::string folded;
  for (std::size_t at = begin; at < end;) append_folded(folded, schema::next_code_point(text, at));
  return count > kLongestHalf ? std::string() : folded;
}

std::string letters_after(std::string_view text, std::size_t begin, bool& first_capital, bool& all_capitals) {
  std::string folded;
  first_capital = false;
  all_capitals = true;
  for (std::size_t at = begin; at < text.size() && folded.size() <= 4 * kLongestHalf;) {
    const char32_t code = schema::next_code_point(text, at);
    if (!is_letter(code)) break;
    if (folded.empty()) first_capital = u_isupper(static_cast<UChar32>(code)) != 0;
    all_capitals = all_capitals && u_islower(static_cast<UChar32>(code)) == 0;
    append_folded(folded, code);
  }
  return folded;
}

/// The hyphen (as '-', U+2010 or a mark of a soft one) that ends the line at `line_end`; length 0 when none.
std::pair<std::size_t, std::size_t> hyphen_before(std::string_view page, std::size_t line_end) {
  std::size_t end = line_end;
  while (end > 0 && page[end - 1] == ' ') --end;
  if (end > 0 && (page[end - 1] == '-' || page[end - 1] == kSoftBreak)) return {end - 1, 1};
  if (end >= 3 && page.substr(end - 3, 3) == "\u2010") return {end - 3, 3};
  return {end, 0};
}

std::vector<LineEndHyphen> find_hyphens(std::string_view page) {
  std::vector<LineEndHyphen> found;
  for (std::size_t end = page.find('\n'); end != std::string_view::npos; end = page.find('\n', end + 1)) {
    const auto [at, length] = hyphen_before(page, end);
    if (length == 0) continue;
    std::size_t next = end + 1;
    while (next < page.size() && page[next] == ' ') ++next;
    LineEndHyphen hyphen{at, next - at, {}, {}};
    hyphen.soft = page[at] == kSoftBreak;
    bool left_capitals = false;
    bool right_capital = false;
    bool right_capitals = false;
    std::size_t letters = 0;
    hyphen.left = letters_before(page, at, left_capitals, letters);
    hyphen.right = letters_after(page, next, right_capital, right_capitals);
    const bool digit = next < page.size() && page[next] >= '0' && page[next] <= '9';
    if (hyphen.left.empty() && !digit) continue;  // a dash or a bullet, not a hyphen
    if (hyphen.right.empty() && !digit) continue;
    hyphen.keep =
        digit || hyphen.left.empty() || letters == 1 || (right_capital && !(left_capitals && right_capitals));
    found.push_back(std::move(hyphen));
  }
  return found;
}

/// How often the words that matter occur in the document, letters folded, as words of their own.
class WordCounts {
 public:
  void want(std::string word) { counts_.emplace(std::move(word), 0); }

  void count(std::string_view page) {
    std::string token;
    const auto finish = [&] {
      if (!token.empty() && token.back() == '-') token.pop_back();
      add(token);
      token.clear();
    };
    for (std::size_t at = 0; at < page.size();) {
      const char32_t code = schema::next_code_point(page, at);
      if (is_letter(code)) {
        if (token.size() < 4 * kLongestHalf) append_folded(token, code);
      } else if ((code == '-' || code == 0x2010) && !token.empty() && token.back() != '-' &&
                 at < page.size() && page[at] != '\n' && page[at] != ' ') {
        token.push_back('-');
      } else if (code == '-' || code == 0x2010 || code == static_cast<char32_t>(kSoftBreak)) {
        // The half before a hyphen at a line's end is no word of its own; neither is the half behind it.
        token.clear();
        while (at < page.size() && (page[at] == ' ' || page[at] == '\n')) ++at;
        while (at < page.size()) {
          std::size_t after = at;
          if (!is_letter(schema::next_code_point(page, after))) break;
          at = after;
        }
      } else {
        finish();
      }
    }
    finish();
  }

  std::uint32_t of(const std::string& word) const {
    const auto found = counts_.find(word);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  void add(const std::string& token) {
    if (token.empty()) return;
    if (const auto found = counts_.find(token); found != counts_.end()) ++found->second;
  }

  std::unordered_map<std::string, std::uint32_t> counts_;
};

bool keeps_hyphen(const LineEndHyphen& hyphen, const WordCounts& words) {
  if (hyphen.soft) return false;
  const std::uint32_t joined = words.of(hyphen.left + hyphen.right);
  if (hyphen.keep) return joined == 0;
  const std::uint32_t hyphenated = words.of(hyphen.left + "-" + hyphen.right);
  if (joined != hyphenated) return hyphenated > joined;
  if (hyphenated > 0) return true;
  return words.of(hyphen.left) > 0 && words.of(hyphen.right) > 0;
}

std::string without_breaks(std::string_view page, const std::vector<LineEndHyphen>& hyphens,
                           const WordCounts& words) {
  std::string out;
  out.reserve(page.size());
  std::size_t from = 0;
  for (const LineEndHyphen& hyphen : hyphens) {
    out.append(page.substr(from, hyphen.at - from));
    if (keeps_hyphen(hyphen, words)) out.push_back('-');
    from = hyphen.at + hyphen.length;
  }
  out.append(page.substr(from));
  return out;
}

}  // namespace

void undo_hyphenation(std::vector<std::string>& pages) {
  std::vector<std::vector<LineEndHyphen>> hyphens(pages.size());
  WordCounts words;
  bool any = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    hyphens[i] = find_hyphens(pages[i]);
    for (const LineEndHyphen& hyphen : hyphens[i]) {
      any = true;
      if (hyphen.soft) continue;
      words.want(hyphen.left + hyphen.right);
      words.want(hyphen.left + "-" + hyphen.right);
      words.want(hyphen.left);
      words.want(hyphen.right);
    }
  }
  if (!any) return;
  for (const std::string& page : pages) words.count(page);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!hyphens[i].empty()) pages[i] = without_breaks(pages[i], hyphens[i], words);
  }
}

}  // namespace carrel::indexer
