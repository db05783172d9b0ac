#include "indexer/extract/content_model.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <stdexcept>

namespace carrel::indexer {
namespace {

/// The next blank-separated word of `text`, taken off it.
std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \n"));
  text.remove_prefix(word.size());
  return word;
}

bool read_number(std::string_view word, float& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc{} && end == word.data() + word.size();
}

}  // namespace

const ContentModel& ContentModel::built_in() {
  static const ContentModel model = [] {
    auto parsed = parse(kContentModelText);
    if (!parsed) throw std::logic_error("the built-in model of main content is malformed");
    return *parsed;
  }();
  return model;
}

std::optional<ContentModel> ContentModel::parse(std::string_view text) {
  ContentModel model;
  if (!read_number(take_word(text), model.bias_)) return std::nullopt;
  while (text.find_first_not_of(" \n") != std::string_view::npos) {
    const std::size_t root = model.nodes_.size();
    model.trees_.push_back(static_cast<std::uint32_t>(root));
    // Inner nodes whose second branch is still to come.
    std::vector<std::size_t> waiting;
    std::vector<std::uint32_t> levels;  // theirs
    std::uint32_t level = 0;            // of the node to come
    for (;;) {
      const std::string_view word = take_word(text);
      Node node;
      if (word.starts_with('=')) {
        node.feature = kLeaf;
        if (!read_number(word.substr(1), node.value)) return std::nullopt;
      } else {
        unsigned feature = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), feature);
        if (error != std::errc{} || end != word.data() + word.size() || feature >= kBlockFeatures) {
          return std::nullopt;
        }
        node.feature = static_cast<std::uint16_t>(feature);
        if (!read_number(take_word(text), node.value)) return std::nullopt;
      }
      model.nodes_.push_back(node);
      if (node.feature != kLeaf) {
        waiting.push_back(model.nodes_.size() - 1);
        levels.push_back(level++);
        if (level > kDeepest) return std::nullopt;
        model.depth_ = std::max(model.depth_, level);
        continue;
      }
      if (waiting.empty()) break;
      model.nodes_[waiting.back()].other = static_cast<std::uint16_t>(model.nodes_.size() - root);
      waiting.pop_back();
      level = levels.back() + 1;
      levels.pop_back();
    }
  }
  model.complete();
  return model;
}

/// Places in a complete tree are numbered level by level: those below `place` are 2 * place + 1 and + 2.
void ContentModel::complete(std::size_t root, std::size_t node, std::size_t place, std::uint32_t level) {
  const std::size_t inner = (std::size_t{1} << depth_) - 1;
  const bool leaf = nodes_[node].feature == kLeaf;
  if (level == depth_) {
    leaves_[leaves_.size() - inner - 1 + (place - inner)] = nodes_[node].value;
    return;
  }
  // Below a leaf there are leaves of its value, whatever is asked on the way.
  if (!leaf) questions_[questions_.size() - inner + place] = {nodes_[node].feature, nodes_[node].value};
  complete(root, leaf ? node : node + 1, 2 * place + 1, level + 1);
  complete(root, leaf ? node : root + nodes_[node].other, 2 * place + 2, level + 1);
}

void ContentModel::complete() {
  for (const std::uint32_t root : trees_) {
    questions_.resize(questions_.size() + (std::size_t{1} << depth_) - 1);
    leaves_.resize(leaves_.size() + (std::size_t{1} << depth_));
    complete(root, root, 0, 0);
  }
  nodes_.clear();
}

float ContentModel::log_odds(const BlockFeatures& features) const {
  const std::size_t inner = (std::size_t{1} << depth_) - 1;
  float sum = bias_;
  const Question* tree = questions_.data();
  const float* leaves = leaves_.data();
  for (std::size_t i = 0; i < trees_.size(); ++i, tree += inner, leaves += inner + 1) {
    std::size_t place = 0;
    for (std::uint32_t level = 0; level < depth_; ++level) {
      const Question& asked = tree[place];
      place = 2 * place + 2 - static_cast<std::size_t>(features[asked.feature] <= asked.threshold);
    }
    sum += leaves[place - inner];
  }
  return sum;
}

}  // namespace carrel::indexer
