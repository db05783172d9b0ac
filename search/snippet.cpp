#include "search/snippet.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "search/characters.h"
#include "search/schema/text.h"

namespace carrel::search {
namespace {

constexpr std::string_view kEllipsis = "…";
/// How far back from the first match a sentence may begin to be taken, and how much is shown before it
/// otherwise, as parts of the snippet.
constexpr double kSentenceReach = 0.45;
constexpr double kLead = 0.25;
/// Repeating a word adds little beside showing another one; of two places with the same words the tighter is
/// better.
constexpr double kRepeat = 0.1;
constexpr double kLooseness = 0.5;

/// Steps over code points of a text.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}
  std::size_t forward(std::size_t at, std::size_t steps) const {
    while (steps >= kEight && at + kEight <= text_.size() && eight_of_ascii(at)) {
      at += kEight;
      steps -= kEight;
      // A mark of what is beyond ASCII belongs to the character before it.
      while (at < text_.size() && !begins_code_point(text_[at])) ++at;
    }
    for (; steps > 0 && at < text_.size(); --steps) {
      do ++at;
      while (at < text_.size() && !begins_code_point(text_[at]));
    }
    return at;
  }
  std::size_t back(std::size_t at, std::size_t steps) const {
    while (steps >= kEight && at >= kEight && eight_of_ascii(at - kEight)) {
      at -= kEight;
      steps -= kEight;
    }
    for (; steps > 0 && at > 0; --steps) {
      do --at;
      while (at > 0 && !begins_code_point(text_[at]));
    }
    return at;
  }

 private:
  static constexpr std::size_t kEight = sizeof(std::uint64_t);

  /// True when the eight bytes from `at` are a character each.
  bool eight_of_ascii(std::size_t at) const {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text_.data() + at, kEight);
    return (bytes & 0x8080808080808080) == 0;
  }

  std::string_view text_;
};

bool blank_at(std::string_view text, std::size_t at) {
  return at < text.size() && blank_length(text.substr(at)) > 0;
}

bool ends_with_one_of(std::string_view text, std::span<const std::string_view> ends, std::size_t& length) {
  for (const std::string_view end : ends) {
    if (text.ends_with(end)) {
      length = end.size();
      return true;
    }
  }
  return false;
}

/// True when a sentence or a paragraph begins at `at`.
bool sentence_begins(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 3> kWide = {"。", "！", "？"};
  static constexpr std::array<std::string_view, 4> kNarrow = {".", "!", "?", "…"};
  static constexpr std::array<std::string_view, 5> kClosing = {"\"", "”", "’", ")", "»"};
  if (at == 0) return true;
  if (blank_at(text, at)) return false;
  std::string_view before = text.substr(0, at);
  std::size_t length = 0;
  if (ends_with_one_of(before, kWide, length)) return true;
  std::size_t lines = 0;
  while (!before.empty() && static_cast<unsigned char>(before.back()) <= ' ') {
    lines += before.back() == '\n' ? 1 : 0;
    before.remove_suffix(1);
  }
  if (before.empty()) return true;
  if (before.size() == at) return false;  // no blank before it
  const char first = text[at];
  if (first >= 'a' && first <= 'z') return false;
  if (lines > 0) return true;  // a line feed ends a paragraph
  if (ends_with_one_of(before, kClosing, length)) before.remove_suffix(length);
  if (!ends_with_one_of(before, kNarrow, length)) return false;
  before.remove_suffix(length);
  // "J. Smith", "U.S. Code": initials end no sentence.
  return before.size() < 2 ||
         (blank_length(before.substr(before.size() - 2)) == 0 && before[before.size() - 2] != '.');
}

/// Index of the match that begins the best stretch of at most `width` code points.
std::size_t best_start(std::string_view text, std::span<const TextMatch> matches,
                       std::span<const double> weights, std::size_t width) {
  const Walker walker(text);
  std::size_t end = 0, from = 0;  // of the stretch that begins at `from`
  std::size_t best = 0;
  double best_score = -std::numeric_limits<double>::infinity();
  std::vector<std::size_t> last_seen(weights.size(), static_cast<std::size_t>(-1));
  for (std::size_t i = 0; i < matches.size(); ++i) {
    // As far behind the end of the stretch before as its beginning is behind the beginning of that.
    const std::size_t begin = matches[i].begin;
    end = i == 0 || begin >= end
              ? walker.forward(begin, width)
              : walker.forward(end, schema::count_code_points(text.substr(from, begin - from)));
    from = begin;
    double score = 0;
    std::size_t complete = matches[i].end;
    for (std::size_t j = i; j < matches.size() && matches[j].end <= end; ++j) {
      const std::uint32_t target = matches[j].target;
      const bool again = last_seen[target] == i;
      score += weights[target] * (again ? kRepeat : 1);
      if (!again) complete = matches[j].end;
      last_seen[target] = i;
    }
    score -= kLooseness * static_cast<double>(complete - matches[i].begin) / static_cast<double>(width + 1);
    if (score > best_score) {
      best_score = score;
      best = i;
    }
  }
  return best;
}

std::size_t start_of_snippet(std::string_view text, std::size_t match, std::size_t limit) {
  const Walker walker(text);
  const auto reach = static_cast<std::size_t>(static_cast<double>(limit) * kSentenceReach);
  const auto lead = static_cast<std::size_t>(static_cast<double>(limit) * kLead);
  const std::size_t earliest = walker.back(match, reach);
  for (std::size_t at = match; at > earliest; at = walker.back(at, 1)) {
    if (sentence_begins(text, at)) return at;
  }
  if (sentence_begins(text, earliest)) return earliest;
  std::size_t at = walker.back(match, lead);
  while (at > 0 && at < match && !blank_at(text, at)) at = walker.forward(at, 1);
  while (at < match && blank_at(text, at)) at += blank_length(text.substr(at));
  return at;
}

/// Writes text with white space collapsed, counting code points and carrying the matches over.
class Writer {
 public:
  Writer(std::string_view text, std::span<const TextMatch> matches) : text_(text), matches_(matches) {}

  Snippet write(std::size_t begin, std::size_t limit) {
    const Walker walker(text_);
    if (!sentence_begins(text_, begin)) put(kEllipsis);
    std::size_t match = 0;
    while (match < matches_.size() && matches_[match].begin < begin) ++match;
    std::size_t at = begin;
    while (at < text_.size()) {
      if (const std::size_t blank = blank_length(text_.substr(at)); blank > 0) {
        at += blank;
        pending_blank_ = !snippet_.text.empty() && snippet_.text != kEllipsis;
        if (pending_blank_) remember_word_end();
        continue;
      }
      // Room for the character and, where another follows, for the ellipsis.
      const std::size_t with_it = characters_ + (pending_blank_ ? 1 : 0) + 1;
      if (with_it > limit || (with_it == limit && !all_blank_behind(at, walker))) {
        cut_at_word(limit);
        return std::move(snippet_);
      }
      if (pending_blank_) put(" ");
      pending_blank_ = false;
      if (const std::size_t plain = plain_run(at, match, limit); plain > 0) {
        snippet_.text.append(text_, at, plain);
        characters_ += static_cast<std::uint32_t>(plain);
        at += plain;
        continue;
      }
      const std::size_t next = walker.forward(at, 1);
      if (match < matches_.size() && matches_[match].begin == at) {
        snippet_.marks.emplace_back(characters_, characters_);
        open_ = true;
      }
      put(text_.substr(at, next - at));
      at = next;
      if (open_ && matches_[match].end <= at) {
        snippet_.marks.back().second = characters_;
        open_ = false;
        ++match;
      }
    }
    return std::move(snippet_);
  }

 private:
  void put(std::string_view piece) {
    snippet_.text += piece;
    characters_ += static_cast<std::uint32_t>(schema::count_code_points(piece));
  }

  /// How many characters from `at` on are letters and signs of ASCII that need no further thought: none of
  /// them is blank or the border of a match, and there is room for all of them and more.
  std::size_t plain_run(std::size_t at, std::size_t match, std::size_t limit) const {
    constexpr std::size_t kRoom = 3;
    std::size_t end =
        std::min(text_.size(), at + (limit > characters_ + kRoom ? limit - characters_ - kRoom : 0));
    if (match < matches_.size()) {
      const std::size_t border = open_ ? matches_[match].end - 1 : matches_[match].begin;
      end = std::min(end, border);
    }
    std::size_t next = at;
    while (next < end && text_[next] > ' ' && static_cast<unsigned char>(text_[next]) < 0x80) ++next;
    return next - at;
  }

  bool all_blank_behind(std::size_t at, const Walker& walker) const {
    at = walker.forward(at, 1);
    while (blank_at(text_, at)) at += blank_length(text_.substr(at));
    return at >= text_.size();
  }

  void remember_word_end() {
    word_end_ = snippet_.text.size();
    word_end_characters_ = characters_;
  }

  /// Takes back the word that did not fit, when it is not most of the snippet (scripts without blanks).
  void cut_at_word(std::size_t limit) {
    if (!pending_blank_ && word_end_characters_ * 2 > limit) {
      snippet_.text.resize(word_end_);
      characters_ = word_end_characters_;
    }
    std::erase_if(snippet_.marks, [&](const Mark& mark) { return mark.first >= characters_; });
    for (Mark& mark : snippet_.marks) {
      if (mark.second > characters_ || mark.second == mark.first) mark.second = characters_;
    }
    put(kEllipsis);
  }

  std::string_view text_;
  std::span<const TextMatch> matches_;
  Snippet snippet_;
  std::uint32_t characters_ = 0;
  bool pending_blank_ = false;
  bool open_ = false;
  std::size_t word_end_ = 0;
  std::uint32_t word_end_characters_ = 0;
};

}  // namespace

Snippet cut_snippet(std::string_view text, std::span<const TextMatch> matches,
                    std::span<const double> weights, std::size_t limit) {
  std::size_t begin = 0;
  if (!matches.empty()) {
    const auto width = static_cast<std::size_t>(static_cast<double>(limit) * (1 - kLead));
    begin = start_of_snippet(text, matches[best_start(text, matches, weights, width)].begin, limit);
  }
  while (blank_at(text, begin)) begin += blank_length(text.substr(begin));
  return Writer(text, matches).write(begin, limit);
}

}  // namespace carrel::search
