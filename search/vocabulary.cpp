#include "search/vocabulary.h"

#include <algorithm>
#include <tuple>

#include <xapian.h>

namespace carrel::search {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > bound) return bound + 1;
  std::vector<std::size_t> before_last, last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        now[j] = std::min(now[j], before_last[j - 2] + 1);
      }
      least = std::min(least, now[j]);
    }
    if (least > bound) return bound + 1;
    before_last = last;
    std::swap(last, now);
  }
  return std::min(last[b.size()], bound + 1);
}

Vocabulary Vocabulary::load(const Xapian::Database& database) {
  Vocabulary vocabulary;
  for (auto it = database.allterms_begin(); it != database.allterms_end();) {
    const std::string term = *it;
    // Prefixed terms begin with an ASCII capital, body words never do: one jump passes all of them by.
    if (!term.empty() && term.front() >= 'A' && term.front() <= 'Z') {
      it.skip_to("[");
      continue;
    }
    const bool is_word =
        term.size() >= 3 && term.size() <= kMaxBytes && (term.front() < '0' || term.front() > '9');
    if (is_word) vocabulary.by_length_[term.size()].push_back({term, it.get_termfreq(), 0});
    ++it;
  }
  return vocabulary;
}

std::vector<Vocabulary::Word> Vocabulary::similar(std::string_view word, std::size_t bound,
                                                  std::uint32_t documents, std::size_t limit) const {
  std::vector<Word> found;
  const std::size_t shortest = word.size() > bound ? word.size() - bound : 0;
  const std::size_t longest = std::min(word.size() + bound, kMaxBytes);
  for (std::size_t length = shortest; length <= longest; ++length) {
    for (const Word& candidate : by_length_[length]) {
      if (candidate.documents < documents) continue;
      const std::size_t distance = edit_distance(word, candidate.text, bound);
      if (distance == 0 || distance > bound) continue;
      found.push_back({candidate.text, candidate.documents, static_cast<std::uint8_t>(distance)});
    }
  }
  // People rarely miss the first letter (Pollock and Zamora 1984 found it wrong in 8 % of misspellings).
  std::ranges::sort(found, {}, [&](const Word& candidate) {
    const bool other_start = word.empty() || candidate.text.front() != word.front();
    return std::tuple(candidate.distance, other_start, ~candidate.documents, candidate.text);
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace carrel::search
