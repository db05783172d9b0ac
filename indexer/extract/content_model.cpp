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
        continue;
      }
      if (waiting.empty()) break;
      model.nodes_[waiting.back()].other = static_cast<std::uint16_t>(model.nodes_.size() - root);
      waiting.pop_back();
    }
  }
  return model;
}

float ContentModel::log_odds(const BlockFeatures& features) const {
  float sum = bias_;
  for (const std::uint32_t root : trees_) {
    std::size_t at = root;
    while (nodes_[at].feature != kLeaf) {
      at = features[nodes_[at].feature] <= nodes_[at].value ? at + 1 : root + nodes_[at].other;
    }
    sum += nodes_[at].value;
  }
  return sum;
}

}  // namespace carrel::indexer
