// Gradient boosting of small decision trees for a yes-or-no question (Friedman 2001, with the second-order
// leaves and splits of Chen and Guestrin 2016). Deterministic.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace carrel::benchmarks {

struct Example {
  std::vector<float> features;
  bool answer = false;
  double weight = 1;
};

struct BoostingOptions {
  int trees = 60;
  int depth = 4;
  double rate = 0.12;
  double least_weight = 3;         ///< of the examples in a leaf, times p(1-p)
  double shrink = 2;               ///< added to a leaf's weight: small leaves say little
  double share_of_features = 0.5;  ///< that each tree may look at
};

/// The model as ContentModel::parse() reads it.
std::string fit_trees(const std::vector<const Example*>& examples, const BoostingOptions& options);

}  // namespace carrel::benchmarks
