#include "search/scored_words.h"

#include <algorithm>
#include <utility>

namespace carrel::search {
namespace {

/// Bounds the memory of FamilySizes to a few megabytes.
constexpr std::size_t kMaxRemembered = 20'000;

void count(const Xapian::Database& database, ScoredWord& word, FamilySizes& sizes,
           TermFrequencies& frequencies) {
  for (std::size_t slot = 0; slot < word.slots.size(); ++slot) {
    double frequency = 0;
    for (const std::string& form : word.slots[slot]) {
      frequency += static_cast<double>(frequencies.of(database, form).occurrences);
    }
    const double documents = sizes.of(database, word.slots[slot], frequencies);
    // Of a phrase no more is known than that it is as rare as its rarest word.
    word.frequency = slot == 0 ? frequency : std::min(word.frequency, frequency);
    word.documents = slot == 0 ? documents : std::min(word.documents, documents);
  }
}

}  // namespace

double FamilySizes::of(const Xapian::Database& database, const std::vector<std::string>& forms,
                       TermFrequencies& frequencies) {
  if (forms.size() == 1) return frequencies.of(database, forms.front()).documents;
  std::string key;
  for (const std::string& form : forms) key.append(form).push_back(' ');
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  std::vector<bool> seen(database.get_lastdocid() + std::size_t{1}, false);
  double size = 0;
  for (const std::string& form : forms) {
    for (auto it = database.postlist_begin(form); it != database.postlist_end(form); ++it) {
      if (!seen[*it]) ++size;
      seen[*it] = true;
    }
  }
  if (known_.size() >= kMaxRemembered) known_.clear();
  known_.emplace(std::move(key), size);
  return size;
}

std::vector<ScoredWord> scored_words(const Xapian::Database& database, std::span<const Target> targets,
                                     FamilySizes& sizes, TermFrequencies& frequencies) {
  std::vector<ScoredWord> words;
  const auto add = [&](std::vector<std::vector<std::string>> slots, const Target& target) {
    const auto known = std::ranges::find(words, slots, &ScoredWord::slots);
    if (known != words.end()) {
      known->times += target.weight * target.times;
      known->other = known->other && target.weight < 1;
      return;
    }
    words.push_back({.slots = std::move(slots),
                     .typed = target.soft ? std::string() : target.typed,
                     .times = target.weight * target.times,
                     .other = target.weight < 1});
  };
  for (const Target& target : targets) {
    if (target.soft) {
      for (const auto& forms : target.slots) add({forms}, target);
    } else {
      add(target.slots, target);
    }
  }
  for (ScoredWord& word : words) count(database, word, sizes, frequencies);
  return words;
}

}  // namespace carrel::search
