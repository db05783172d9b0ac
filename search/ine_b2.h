// IneB2 of the divergence-from-randomness models: how much a word that occurs so often in a text of such a
// length tells. G. Amati and C. J. van Rijsbergen, Probabilistic models of information retrieval based on
// measuring the divergence from randomness, ACM TOIS 20(4), 2002.
#pragma once

#include <algorithm>
#include <cmath>

namespace carrel::search {

/// How often a word occurs in a collection of texts ("units").
struct WordStatistics {
  double frequency = 0;   ///< in all units together
  double units_with = 0;  ///< in how many units it occurs
  double units = 1;
};

/// What occurrences are multiplied by in a text of `length` words, when texts have `mean_length` on average
/// (normalisation 2; `c` is its constant).
inline double length_normal(double c, double mean_length, double length) {
  return std::log2(1 + c * mean_length / std::max(length, 1.0));
}

/// The score of one word.
class IneB2 {
 public:
  explicit IneB2(const WordStatistics& word) {
    const double units = std::max(word.units, 2.0);
    // In how many units it would occur, were its occurrences spread by chance.
    const double expected = units * (1 - std::pow((units - 1) / units, word.frequency));
    rarity_ = std::log2((units + 1) / (expected + 0.5));
    after_effect_ = (word.frequency + 1) / std::max(word.units_with, 1.0);
  }

  /// What `normalised` occurrences (times length_normal) tell.
  double score(double normalised) const {
    return rarity_ * after_effect_ * normalised / (normalised + 1);
  }

  /// What one occurrence tells in bits: how rare the word is.
  double rarity() const { return rarity_; }

 private:
  double rarity_ = 0;
  double after_effect_ = 0;
};

}  // namespace carrel::search
