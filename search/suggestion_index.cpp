#include "search/suggestion_index.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <numeric>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

#include "search/schema/tokenizer.h"
#include "search/schema/utf8.h"

namespace carrel::search {
namespace {

constexpr std::size_t kLettersForOneSlip = 4;
constexpr std::size_t kLettersForTwoSlips = 8;
/// Words that a misspelt one may stand for; more tell nothing.
constexpr std::size_t kMaxMeant = 200;

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += schema::next_code_point(text, at);
  return out;
}

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (std::size_t at = 0; at < word.size();) letters |= 1U << (schema::next_code_point(word, at) & 31U);
  return letters;
}

/// The fewest edits that make `typed` out of `word`, or out of some beginning of it.
std::size_t edits(const std::u32string& typed, const std::u32string& word, bool beginning) {
  const std::size_t width = word.size() + 1;
  std::vector<std::size_t> before_last(width), last(width), now(width);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= typed.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
        now[j] = std::min(now[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, now);
  }
  return beginning ? *std::ranges::min_element(last) : last.back();
}

std::span<const std::uint32_t> slice(const std::vector<std::uint32_t>& values,
                                     const std::vector<std::uint32_t>& ends, std::uint32_t number) {
  const std::uint32_t begin = number == 0 ? 0 : ends[number - 1];
  return std::span(values).subspan(begin, ends[number] - begin);
}

std::string_view slice(const std::string& texts, const std::vector<std::uint32_t>& ends,
                       std::uint32_t number) {
  const std::uint32_t begin = number == 0 ? 0 : ends[number - 1];
  return std::string_view(texts).substr(begin, ends[number] - begin);
}

/// In drafts; before all letters, so that words joined by it sort as their words do.
constexpr char kBetweenWords = '\0';

template <typename Take>
void for_each_word(std::string_view words, Take&& take) {
  for (const auto word : words | std::views::split(kBetweenWords)) take(std::string_view(word));
}

}  // namespace

std::string_view name_of(SuggestionKind kind) {
  static constexpr std::string_view kNames[] = {"topic", "concept", "title", "identifier", "phrase", "word"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// Keeps the smallest numbers of each kind.
class SuggestionIndex::Best {
 public:
  Best(const SuggestionIndex& index, std::size_t limit) : index_(index), limit_(limit) {}

  void offer(std::uint32_t text) {
    auto& heap = numbers_[index_.kind_of(text)];
    if (heap.size() >= limit_ && text >= heap.front()) return;
    if (std::ranges::find(heap, text) != heap.end()) return;
    heap.push_back(text);
    std::ranges::push_heap(heap);
    if (heap.size() <= limit_) return;
    std::ranges::pop_heap(heap);
    heap.pop_back();
  }

  /// Appends what was kept to what there is, without what is there already.
  void append_to(std::array<std::vector<Completion>, kSuggestionKinds>& completions, bool exact) {
    for (std::size_t kind = 0; kind < kSuggestionKinds; ++kind) {
      std::ranges::sort(numbers_[kind]);
      for (const std::uint32_t number : numbers_[kind]) {
        auto& list = completions[kind];
        if (list.size() < limit_ && std::ranges::find(list, number, &Completion::number) == list.end())
          list.push_back({number, exact});
      }
    }
  }

 private:
  const SuggestionIndex& index_;
  std::size_t limit_;
  std::array<std::vector<std::uint32_t>, kSuggestionKinds> numbers_;
};

void SuggestionIndex::add(SuggestionKind kind, std::string_view text, std::uint32_t count) {
  std::string words;
  schema::for_each_token(text, [&](const schema::Token& token) {
    if (!words.empty()) words += kBetweenWords;
    words += token.folded;
  });
  if (words.empty()) return;
  drafts_.push_back({kind, count, std::string(text), std::move(words)});
}

void SuggestionIndex::finish() {
  merge_equal_drafts();
  number_words();
  std::vector<std::uint32_t> texts_with_word(word_ends_.size(), 0);
  std::vector<std::uint32_t> last_text(word_ends_.size(), 0);  // one more than its number
  for (std::uint32_t number = 0; number < drafts_.size(); ++number) {
    const Draft& draft = drafts_[number];
    texts_ += draft.text;
    text_ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
    counts_.push_back(draft.count);
    for (std::size_t kind = static_cast<std::size_t>(draft.kind) + 1; kind <= kSuggestionKinds; ++kind)
      kind_begins_[kind] = number + 1;
    for_each_word(draft.words, [&](std::string_view one) {
      const std::uint32_t word_number = first_not_before(one);
      order_.push_back(word_number);
      if (std::exchange(last_text[word_number], number + 1) != number + 1) ++texts_with_word[word_number];
    });
    order_ends_.push_back(static_cast<std::uint32_t>(order_.size()));
  }
  drafts_ = {};
  fill_lists(texts_with_word);
  by_words_.resize(counts_.size());
  std::iota(by_words_.begin(), by_words_.end(), 0);
  std::ranges::sort(by_words_, [&](std::uint32_t a, std::uint32_t b) {
    const auto first = words_of(a);
    const auto second = words_of(b);
    return std::ranges::lexicographical_compare(first, second);
  });
}

void SuggestionIndex::merge_equal_drafts() {
  std::ranges::stable_sort(drafts_, {}, [](const Draft& one) { return std::tie(one.kind, one.words); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    if (kept > 0 && drafts_[kept - 1].kind == drafts_[i].kind &&
        drafts_[kept - 1].words == drafts_[i].words) {
      drafts_[kept - 1].count += drafts_[i].count;
    } else {
      if (kept != i) drafts_[kept] = std::move(drafts_[i]);
      ++kept;
    }
  }
  drafts_.resize(kept);
  std::ranges::stable_sort(drafts_, [](const Draft& a, const Draft& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.count > b.count;
  });
}

void SuggestionIndex::number_words() {
  std::set<std::string_view> distinct;
  for (const Draft& draft : drafts_) {
    for_each_word(draft.words, [&](std::string_view one) { distinct.insert(one); });
  }
  for (const std::string_view one : distinct) {
    words_ += one;
    word_ends_.push_back(static_cast<std::uint32_t>(words_.size()));
    letters_.push_back(letters_of(one));
  }
}

void SuggestionIndex::fill_lists(std::span<const std::uint32_t> texts_with_word) {
  std::vector<std::uint32_t> free;  // by word: where its next text goes
  std::uint32_t end = 0;
  for (const std::uint32_t texts : texts_with_word) {
    free.push_back(end);
    list_ends_.push_back(end += texts);
  }
  lists_.resize(end);
  for (std::uint32_t text = 0; text < counts_.size(); ++text) {
    for (const std::uint32_t word : words_of(text)) {
      const std::uint32_t begin = word == 0 ? 0 : list_ends_[word - 1];
      if (free[word] == begin || lists_[free[word] - 1] != text) lists_[free[word]++] = text;
    }
  }
}

std::string_view SuggestionIndex::text(std::uint32_t number) const {
  return slice(texts_, text_ends_, number);
}

std::string_view SuggestionIndex::word(std::uint32_t number) const {
  return slice(words_, word_ends_, number);
}

std::span<const std::uint32_t> SuggestionIndex::texts_with(std::uint32_t number) const {
  return slice(lists_, list_ends_, number);
}

std::span<const std::uint32_t> SuggestionIndex::words_of(std::uint32_t number) const {
  return slice(order_, order_ends_, number);
}

std::size_t SuggestionIndex::kind_of(std::uint32_t number) const {
  std::size_t kind = 0;
  while (number >= kind_begins_[kind + 1]) ++kind;
  return kind;
}

std::uint32_t SuggestionIndex::first_not_before(std::string_view wanted) const {
  const auto all = std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(word_ends_.size()));
  const auto found = std::ranges::lower_bound(all, wanted, {}, [&](std::uint32_t i) { return word(i); });
  return static_cast<std::uint32_t>(found - all.begin());
}

std::pair<std::uint32_t, std::uint32_t> SuggestionIndex::beginning_with(std::string_view typed) const {
  const std::uint32_t first = first_not_before(typed);
  const auto rest = std::views::iota(first, static_cast<std::uint32_t>(word_ends_.size()));
  const auto last = std::ranges::partition_point(
      rest, [&](std::uint32_t i) { return word(i).substr(0, typed.size()) == typed; });
  return {first, first + static_cast<std::uint32_t>(last - rest.begin())};
}

SuggestionIndex::WordSet SuggestionIndex::meant(std::string_view typed, bool beginning) const {
  const std::u32string points = code_points(typed);
  const std::size_t slips = points.size() >= kLettersForTwoSlips  ? 2
                            : points.size() >= kLettersForOneSlip ? 1
                                                                  : 0;
  const std::uint32_t letters = letters_of(typed);
  std::vector<std::pair<std::size_t, std::uint32_t>> found;
  for (std::uint32_t i = 0; i < word_ends_.size(); ++i) {
    // A slip brings in one letter at most that the word does not have.
    if (static_cast<std::size_t>(std::popcount(letters & ~letters_[i])) > slips) continue;
    const std::string_view candidate = word(i);
    if (candidate.size() + 4 * slips < typed.size()) continue;
    if (!beginning && candidate.size() > typed.size() + 4 * slips) continue;
    // Only the part that can matter: a beginning with some letters more.
    const std::u32string part =
        code_points(schema::cut_utf8(candidate, beginning ? typed.size() + 4 * slips : candidate.size()));
    const std::size_t needed = edits(points, part, beginning);
    if (needed <= slips) found.emplace_back(needed, i);
  }
  std::ranges::sort(found);
  if (found.size() > kMaxMeant) found.resize(kMaxMeant);
  WordSet words;
  for (const auto& [needed, number] : found) words.push_back(number);
  std::ranges::sort(words);
  return words;
}

void SuggestionIndex::collect_beginnings(std::span<const std::string> words, Best& best) const {
  std::vector<std::uint32_t> whole;
  for (const std::string& one : words.first(words.size() - 1)) {
    const auto [first, last] = beginning_with(one);
    if (first == last || word(first) != one) return;
    whole.push_back(first);
  }
  const auto [first, last] = beginning_with(words.back());
  if (first == last) return;
  const auto before = [&](std::uint32_t number, std::uint32_t end) {
    std::vector<std::uint32_t> bound = whole;
    bound.push_back(end);
    return std::ranges::lexicographical_compare(words_of(number), bound);
  };
  const auto from =
      std::ranges::partition_point(by_words_, [&](std::uint32_t one) { return before(one, first); });
  const auto to = std::ranges::partition_point(from, by_words_.end(),
                                               [&](std::uint32_t one) { return before(one, last); });
  for (auto it = from; it != to; ++it) best.offer(*it);
}

void SuggestionIndex::collect(std::span<const WordSet> sets, Best& best) const {
  const auto texts_in = [&](const WordSet& set) {
    std::size_t all = 0;
    for (const std::uint32_t one : set) all += texts_with(one).size();
    return all;
  };
  const auto rarest = std::ranges::min_element(sets, {}, texts_in);
  for (const std::uint32_t one : *rarest) {
    for (const std::uint32_t text : texts_with(one)) {
      const auto words = words_of(text);
      const bool all = std::ranges::all_of(sets, [&](const WordSet& set) {
        return &set == &*rarest || std::ranges::any_of(words, [&](std::uint32_t number) {
          return std::ranges::binary_search(set, number);
        });
      });
      if (all) best.offer(text);
    }
  }
}

std::array<std::vector<SuggestionIndex::Completion>, kSuggestionKinds> SuggestionIndex::complete(
    std::span<const std::string> words, std::size_t limit) const {
  std::array<std::vector<Completion>, kSuggestionKinds> completions;
  if (words.empty() || limit == 0 || counts_.empty()) return completions;
  Best beginnings(*this, limit);
  collect_beginnings(words, beginnings);
  beginnings.append_to(completions, true);

  std::vector<WordSet> sets;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto [first, last] = beginning_with(words[i]);
    if (i + 1 < words.size()) last = first < last && word(first) == words[i] ? first + 1 : first;
    WordSet& set = sets.emplace_back(last - first);
    std::iota(set.begin(), set.end(), first);
  }
  Best inside(*this, limit);
  collect(sets, inside);
  inside.append_to(completions, true);

  std::size_t found = 0;
  for (const auto& list : completions) found += list.size();
  if (found >= limit) return completions;
  bool other = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    WordSet wider = meant(words[i], i + 1 == words.size());
    std::ranges::set_union(WordSet(std::exchange(sets[i], {})), wider, std::back_inserter(sets[i]));
    other = other || !wider.empty();
  }
  if (!other) return completions;
  Best misspelt(*this, limit);
  collect(sets, misspelt);
  misspelt.append_to(completions, false);
  return completions;
}

std::size_t SuggestionIndex::bytes() const {
  const std::size_t numbers = text_ends_.capacity() + counts_.capacity() + word_ends_.capacity() +
                              letters_.capacity() + list_ends_.capacity() + lists_.capacity() +
                              order_ends_.capacity() + order_.capacity() + by_words_.capacity();
  return texts_.capacity() + words_.capacity() + numbers * sizeof(std::uint32_t);
}

}  // namespace carrel::search
