#include "benchmarks/boosted_trees.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>

#include <fmt/format.h>

namespace carrel::benchmarks {
namespace {

constexpr std::size_t kBins = 48;

struct Gradient {
  double slope = 0;      // of the loss
  double curvature = 0;  // of the loss
  void add(const Gradient& other) {
    slope += other.slope;
    curvature += other.curvature;
  }
};

class Booster {
 public:
  Booster(const std::vector<const Example*>& examples, const BoostingOptions& options)
      : examples_(examples), options_(options), features_(examples.front()->features.size()) {
    cut_into_bins();
  }

  std::string fit() {
    double yes = 0;
    double all = 0;
    for (const Example* example : examples_) {
      yes += example->answer ? example->weight : 0;
      all += example->weight;
    }
    const double bias = std::log(yes / (all - yes));
    odds_.assign(examples_.size(), bias);
    out_ = fmt::format("{:.3f}", bias);
    for (int tree = 0; tree < options_.trees; ++tree) {
      find_gradients();
      choose_features();
      std::vector<std::uint32_t> rows(examples_.size());
      for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
      out_ += '\n';
      grow(rows, options_.depth);
    }
    return out_;
  }

 private:
  void cut_into_bins() {
    bounds_.resize(features_);
    bins_.resize(features_ * examples_.size());
    std::vector<float> values(examples_.size());
    for (std::size_t f = 0; f < features_; ++f) {
      for (std::size_t i = 0; i < examples_.size(); ++i) values[i] = examples_[i]->features[f];
      std::vector<float> sorted = values;
      std::sort(sorted.begin(), sorted.end());
      std::vector<float>& bounds = bounds_[f];
      for (std::size_t k = 1; k < kBins; ++k) {
        const float bound = sorted[k * sorted.size() / kBins];
        if (bound < sorted.back() && (bounds.empty() || bound > bounds.back())) bounds.push_back(bound);
      }
      // Rare values matter too: what is almost always 0 is split there.
      if (bounds.empty() && sorted.front() < sorted.back()) bounds.push_back(sorted.front());
      for (std::size_t i = 0; i < values.size(); ++i) {
        bins_[f * examples_.size() + i] = static_cast<std::uint8_t>(
            std::lower_bound(bounds.begin(), bounds.end(), values[i]) - bounds.begin());
      }
    }
  }

  void find_gradients() {
    gradients_.resize(examples_.size());
    for (std::size_t i = 0; i < examples_.size(); ++i) {
      const double p = 1 / (1 + std::exp(-odds_[i]));
      const double weight = examples_[i]->weight;
      gradients_[i] = {(p - (examples_[i]->answer ? 1 : 0)) * weight, std::max(p * (1 - p), 1e-6) * weight};
    }
  }

  void choose_features() {
    chosen_.clear();
    for (std::size_t f = 0; f < features_; ++f) {
      if (static_cast<double>(random_() % 1000) < options_.share_of_features * 1000) chosen_.push_back(f);
    }
    if (chosen_.empty()) chosen_.push_back(0);
  }

  double gain_of(const Gradient& g) const { return g.slope * g.slope / (g.curvature + options_.shrink); }

  /// Writes the subtree of `rows` and adds its leaves to their odds.
  void grow(std::vector<std::uint32_t>& rows, int depth) {
    Gradient total;
    for (const std::uint32_t i : rows) total.add(gradients_[i]);
    double best_gain = 1e-3;
    std::size_t best_feature = 0;
    std::size_t best_bin = 0;
    if (depth > 0) {
      for (const std::size_t f : chosen_) {
        std::array<Gradient, kBins + 1> sums{};
        const std::uint8_t* bins = &bins_[f * examples_.size()];
        for (const std::uint32_t i : rows) sums[bins[i]].add(gradients_[i]);
        Gradient left;
        for (std::size_t bin = 0; bin < bounds_[f].size(); ++bin) {
          left.add(sums[bin]);
          const Gradient right{total.slope - left.slope, total.curvature - left.curvature};
          if (left.curvature < options_.least_weight / 4 || right.curvature < options_.least_weight / 4)
            continue;
          const double gain = gain_of(left) + gain_of(right) - gain_of(total);
          if (gain > best_gain) {
            best_gain = gain;
            best_feature = f;
            best_bin = bin;
          }
        }
      }
    }
    if (best_gain <= 1e-3) {
      const double value = -options_.rate * total.slope / (total.curvature + options_.shrink);
      for (const std::uint32_t i : rows) odds_[i] += value;
      out_ += fmt::format(" ={:.3f}", value);
      return;
    }
    out_ += fmt::format(" {} {:.4g}", best_feature, bounds_[best_feature][best_bin]);
    std::vector<std::uint32_t> left;
    std::vector<std::uint32_t> right;
    const std::uint8_t* bins = &bins_[best_feature * examples_.size()];
    for (const std::uint32_t i : rows) (bins[i] <= best_bin ? left : right).push_back(i);
    grow(left, depth - 1);
    grow(right, depth - 1);
  }

  const std::vector<const Example*>& examples_;
  BoostingOptions options_;
  std::size_t features_;
  std::vector<std::vector<float>> bounds_;  // of each feature's bins, the upper ends
  std::vector<std::uint8_t> bins_;          // of each feature, each example
  std::vector<double> odds_;
  std::vector<Gradient> gradients_;
  std::vector<std::size_t> chosen_;
  std::mt19937 random_{20};
  std::string out_;
};

}  // namespace

std::string fit_trees(const std::vector<const Example*>& examples, const BoostingOptions& options) {
  return Booster(examples, options).fit();
}

}  // namespace carrel::benchmarks
