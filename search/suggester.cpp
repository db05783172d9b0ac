#include "search/suggester.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

constexpr std::size_t kMaxTypedBytes = 200;
/// Completions looked at for each that is asked for: some find nothing, some stand there twice.
constexpr std::size_t kLookedAt = 3;
/// A count is exact up to here, an estimate beyond.
constexpr Xapian::doccount kCounted = 100;

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : schema::tokenize(text)) words.push_back(std::move(token.folded));
  return words;
}

class Suggester {
 public:
  Suggester(const Xapian::Database& database, const SuggestionIndex& index, std::string_view typed,
            std::size_t limit)
      : database_(database), index_(index), typed_(typed), limit_(limit), words_(folded_words(typed)) {}

  std::vector<Suggestion> run() {
    if (words_.empty() || limit_ == 0) return {};
    const auto found = index_.complete(words_, kLookedAt * limit_);
    // Each kind leaves room for the next; what is left over at the end is filled with titles.
    for (const bool exact : {true, false}) {
      take(found, SuggestionKind::topic, exact, (limit_ + 1) / 2);
      take(found, SuggestionKind::concept_name, exact, (limit_ + 1) / 3);
      take(found, SuggestionKind::title, exact, limit_ > 2 ? limit_ - 1 : limit_);
      take(found, SuggestionKind::identifier, exact, limit_);
      take(found, SuggestionKind::phrase, exact, limit_);
      if (words_.size() == 1) {
        take(found, SuggestionKind::word, exact, limit_);
      } else if (exact) {
        take_next_words();
      }
      take(found, SuggestionKind::title, exact, limit_);
    }
    std::ranges::stable_sort(taken_, {}, [](const Taken& one) { return std::pair(!one.exact, one.kind); });
    std::vector<Suggestion> suggestions;
    for (Taken& one : taken_) suggestions.push_back(std::move(one.suggestion));
    return suggestions;
  }

 private:
  struct Taken {
    Suggestion suggestion;
    SuggestionKind kind;
    bool exact;
  };

  /// Takes from a kind until it has `most` of its own, or there are `limit_` in all.
  void take(const std::array<std::vector<SuggestionIndex::Completion>, kSuggestionKinds>& found,
            SuggestionKind kind, bool exact, std::size_t most) {
    auto own = static_cast<std::size_t>(std::ranges::count(taken_, kind, &Taken::kind));
    for (const auto& completion : found[static_cast<std::size_t>(kind)]) {
      if (own >= most || taken_.size() >= limit_) return;
      if (completion.exact != exact) continue;
      const std::string_view text = index_.text(completion.number);
      auto words = folded_words(text);
      if (words == words_ && kind == SuggestionKind::word) continue;  // typed in full
      if (known_.contains(words)) continue;
      std::uint64_t count = index_.count(completion.number);
      if (kind == SuggestionKind::concept_name) count = count_of(Xapian::Query::OP_PHRASE, words);
      if (count == 0) continue;
      known_.insert(std::move(words));
      taken_.push_back({{std::string(text), std::string(name_of(kind)), count}, kind, exact});
      ++own;
    }
  }

  /// The last word completed, when documents have it together with those before, which stay as they were
  /// typed.
  void take_next_words() {
    const auto tokens = schema::tokenize(typed_);
    const std::string before(typed_.substr(0, tokens.back().begin));
    const std::span<const std::string> last(&words_.back(), 1);
    const auto found = index_.complete(last, kLookedAt * limit_);
    for (const auto& completion : found[static_cast<std::size_t>(SuggestionKind::word)]) {
      if (taken_.size() >= limit_) return;
      const std::string text = before + std::string(index_.text(completion.number));
      auto words = folded_words(text);
      if (!completion.exact || words == words_ || known_.contains(words)) continue;
      const std::uint64_t count = count_of(Xapian::Query::OP_AND, words);
      if (count == 0) continue;
      known_.insert(std::move(words));
      taken_.push_back(
          {{text, std::string(name_of(SuggestionKind::word)), count}, SuggestionKind::word, true});
    }
  }

  /// How many resources have the words.
  std::uint64_t count_of(Xapian::Query::op op, const std::vector<std::string>& words) const {
    Xapian::Enquire enquire(database_);
    // Only a phrase takes a window; Xapian throws for others.
    const auto window = static_cast<Xapian::termcount>(op == Xapian::Query::OP_PHRASE ? words.size() : 0);
    enquire.set_query({op, words.begin(), words.end(), window});
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    return enquire.get_mset(0, 1, kCounted).get_matches_estimated();
  }

  const Xapian::Database& database_;
  const SuggestionIndex& index_;
  std::string_view typed_;
  std::size_t limit_;
  std::vector<std::string> words_;
  std::set<std::vector<std::string>> known_;
  std::vector<Taken> taken_;
};

}  // namespace

std::vector<Suggestion> suggest(const Xapian::Database& database, const SuggestionIndex& index,
                                std::string_view typed, std::size_t limit) {
  return Suggester(database, index, typed.substr(0, kMaxTypedBytes), limit).run();
}

}  // namespace carrel::search
