// Texts to complete what is being typed from, in memory: titles, topics, names of concepts, phrases, words.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace carrel::search {

/// Where a suggestion comes from, in the order in which they are shown.
enum class SuggestionKind : std::uint8_t { topic, concept_name, title, identifier, phrase, word };
inline constexpr std::size_t kSuggestionKinds = 6;

/// The name of a kind in answers.
std::string_view name_of(SuggestionKind kind);

/// Texts by the beginnings of their words. About 100 bytes and 16 bytes a word each. Immutable once finished,
/// so threads may share it.
///
/// Words have numbers in the order of the alphabet, so the words that begin alike are a range, and the texts
/// of a kind that begin alike are one too. Texts have numbers by kind and importance, so the best ones of a
/// list are its first.
class SuggestionIndex {
 public:
  /// Adds a text; the same text (by its words) of the same kind adds to its count.
  void add(SuggestionKind kind, std::string_view text, std::uint32_t count);

  /// To be called once after the last text.
  void finish();

  /// A text that completes what was typed.
  struct Completion {
    std::uint32_t number = 0;
    bool exact = true;  ///< false: some word was taken with slips
  };

  /// The best completions of each kind, at most `limit` a kind. All `words` (folded) must be in a text, the
  /// last as a beginning; in a word of 4 letters or more one slip is allowed, of 8 or more two, which come
  /// behind. Texts that begin with the words come first, then the more frequent ones.
  std::array<std::vector<Completion>, kSuggestionKinds> complete(std::span<const std::string> words,
                                                                 std::size_t limit) const;

  std::string_view text(std::uint32_t number) const;
  std::uint32_t count(std::uint32_t number) const { return counts_[number]; }
  std::size_t size() const { return counts_.size(); }

  /// Bytes in memory.
  std::size_t bytes() const;

 private:
  /// Words that a typed word may stand for: numbers, sorted.
  using WordSet = std::vector<std::uint32_t>;
  struct Draft {
    SuggestionKind kind;
    std::uint32_t count;
    std::string text;
    std::string words;  ///< folded, with a separator between them
  };
  class Best;

  void merge_equal_drafts();
  void number_words();
  /// `texts_with_word`: by word, how many texts have it.
  void fill_lists(std::span<const std::uint32_t> texts_with_word);

  std::string_view word(std::uint32_t number) const;
  /// The number of a word that is there; else of the next one in the order of the alphabet.
  std::uint32_t first_not_before(std::string_view wanted) const;
  std::pair<std::uint32_t, std::uint32_t> beginning_with(std::string_view typed) const;
  WordSet meant(std::string_view typed, bool beginning) const;
  std::span<const std::uint32_t> texts_with(std::uint32_t word) const;
  std::span<const std::uint32_t> words_of(std::uint32_t text) const;
  std::size_t kind_of(std::uint32_t text) const;
  void collect_beginnings(std::span<const std::string> words, Best& best) const;
  void collect(std::span<const WordSet> sets, Best& best) const;

  std::vector<Draft> drafts_;

  std::string texts_;
  std::vector<std::uint32_t> text_ends_;
  std::vector<std::uint32_t> counts_;
  std::array<std::uint32_t, kSuggestionKinds + 1> kind_begins_{};
  std::string words_;
  std::vector<std::uint32_t> word_ends_;
  std::vector<std::uint32_t> letters_;     // by word: the set of its letters
  std::vector<std::uint32_t> list_ends_;   // by word, into lists_
  std::vector<std::uint32_t> lists_;       // texts with the word, best first
  std::vector<std::uint32_t> order_ends_;  // by text, into order_
  std::vector<std::uint32_t> order_;       // the words of a text in order
  std::vector<std::uint32_t> by_words_;    // texts in the order of their words
};

}  // namespace carrel::search
