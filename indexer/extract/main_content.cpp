#include "indexer/extract/main_content.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/html_furniture.h"
#include "indexer/extract/html_sections.h"

namespace carrel::indexer {
namespace {

using Index = MarkupTree::Index;

// A paragraph shorter than this says nothing about where the content is (as in Readability).
constexpr std::size_t kShortestParagraph = 25;

/// Sums over the nodes in document order, so that a subtree's share is one subtraction.
class Amounts {
 public:
  explicit Amounts(Index nodes) : sums_(std::size_t{nodes} + 1) {}
  void set_next(Index i, std::size_t amount) { sums_[i + 1] = sums_[i] + amount; }
  std::size_t between(Index begin, Index end) const { return sums_[end] - sums_[begin]; }

 private:
  std::vector<std::size_t> sums_;
};

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && (byte & 0xc0) != 0x80;
  }));
}

class ContentSelector {
 public:
  explicit ContentSelector(const MarkupTree& tree)
      : tree_(tree), keep_(tree.size(), true), text_(tree.size()), linked_(tree.size()) {}

  std::vector<bool> select() {
    if (tree_.size() == 0) return {};
    hide(false);
    measure();
    if (all_text() == 0) {
      // Some pages hide everything until a script shows it.
      std::fill(keep_.begin(), keep_.end(), true);
      hide(true);
      measure();
    }
    const std::vector<bool> visible = keep_;
    const std::size_t visible_text = all_text();
    drop_furniture();
    measure();
    const std::vector<bool> without_furniture = keep_;
    const std::size_t plain_text = all_text();
    if (const std::optional<Index> root = best_root()) {
      keep_only(*root);
      drop_link_lists(*root);
      measure();
    }
    // Little is left of much: the page is a list, a form or a table, not an article.
    if (all_text() * 5 < plain_text) keep_ = without_furniture;
    measure();
    if (all_text() * 20 < visible_text || all_text() == 0) keep_ = visible;
    return keep_;
  }

 private:
  void drop(Index i) { std::fill(keep_.begin() + i, keep_.begin() + tree_.node(i).end, false); }
  std::size_t text_of(Index i) const { return text_.between(i, tree_.node(i).end); }
  std::size_t links_of(Index i) const { return linked_.between(i, tree_.node(i).end); }
  std::size_t all_text() const { return text_.between(0, tree_.size()); }

  void hide(bool only_never_shown) {
    for (Index i = 0; i < tree_.size();) {
      const bool hidden = is_never_shown(tree_.name(i)) || (!only_never_shown && is_hidden(tree_, i));
      if (hidden) drop(i);
      i = hidden ? tree_.node(i).end : i + 1;
    }
  }

  void measure() {
    Index link_end = 0;
    for (Index i = 0; i < tree_.size(); ++i) {
      if (tree_.name(i) == "a" && tree_.has_attribute(i, "href"))
        link_end = std::max(link_end, tree_.node(i).end);
      const std::size_t letters = keep_[i] && tree_.node(i).is_text() ? letters_in(tree_.text(i)) : 0;
      text_.set_next(i, letters);
      linked_.set_next(i, i < link_end ? letters : 0);
    }
  }

  void drop_furniture() {
    const std::size_t total = all_text();
    for (Index i = 0; i < tree_.size();) {
      if (!keep_[i] || tree_.node(i).is_text()) {
        ++i;
        continue;
      }
      const Furniture kind = furniture_of(tree_, i);
      const std::size_t share = text_of(i);
      // Names lie: what holds most of the page's text is no sidebar.
      const bool drops = (kind == Furniture::certain && share * 2 < total) ||
                         (kind == Furniture::likely && share * 3 < total && !holds_content_mark(i));
      if (drops) drop(i);
      i = drops ? tree_.node(i).end : i + 1;
    }
  }

  bool holds_content_mark(Index i) const {
    for (Index k = i; k < tree_.node(i).end; ++k) {
      const std::string_view name = tree_.name(k);
      if (name == "main" || name == "article" || name == "h1") return true;
    }
    return false;
  }

  /// The element whose own paragraphs carry most, by Readability's scores: each paragraph gives to its parent
  /// in full and to its grandparent half.
  std::optional<Index> best_root() const {
    std::vector<float> score(tree_.size(), 0.0F);
    for (Index i = 0; i < tree_.size(); ++i) {
      if (!keep_[i] || !is_paragraph(i)) continue;
      const std::size_t letters = text_of(i) - links_of(i);
      if (letters < kShortestParagraph) continue;
      const float points = 1.0F + std::min(static_cast<float>(letters) / 80.0F, 6.0F);
      Index parent = tree_.node(i).parent;
      for (const float part : {1.0F, 0.5F, 0.2F}) {
        if (parent == MarkupTree::kNone) break;
        score[parent] += points * part;
        parent = tree_.node(parent).parent;
      }
    }
    std::optional<Index> best;
    float best_score = 0;
    for (Index i = 0; i < tree_.size(); ++i) {
      if (score[i] <= 0) continue;
      const float density =
          static_cast<float>(links_of(i)) / static_cast<float>(std::max<std::size_t>(text_of(i), 1));
      const float value = score[i] * (1.0F - density);
      if (value > best_score) {
        best_score = value;
        best = i;
      }
    }
    return best ? std::optional(widen(*best)) : std::nullopt;
  }

  /// Upwards while the parents add text of the same kind: other parts of a divided article, its heading.
  Index widen(Index root) const {
    for (Index parent = tree_.node(root).parent; parent != MarkupTree::kNone;
         parent = tree_.node(root).parent) {
      const std::string_view name = tree_.name(parent);
      if (name == "html") break;
      const std::size_t gained = text_of(parent) - text_of(root);
      const std::size_t gained_links = links_of(parent) - links_of(root);
      const bool marked = is_content_mark(tree_, parent);
      const bool same_kind = gained_links * 3 < gained || gained < 200;
      if (!marked && !same_kind) break;
      root = parent;
    }
    return root;
  }

  bool is_paragraph(Index i) const {
    const std::string_view name = tree_.name(i);
    constexpr std::array<std::string_view, 8> kNames{"p",  "pre", "blockquote", "li",
                                                     "td", "dd",  "figcaption", "center"};
    if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) return !has_block_child(i);
    return (name == "div" || name == "section" || name == "article" || name == "span") && !has_block_child(i);
  }

  bool has_block_child(Index i) const {
    for (Index k = i + 1; k < tree_.node(i).end; k = tree_.node(k).end) {
      const std::string_view name = tree_.name(k);
      if (!name.empty() && name != "br" && !is_inline_element(name)) return true;
    }
    return false;
  }

  void keep_only(Index root) {
    const std::vector<bool> before = keep_;
    std::fill(keep_.begin(), keep_.end(), false);
    std::copy(before.begin() + root, before.begin() + tree_.node(root).end, keep_.begin() + root);
    // The main heading belongs to the content wherever it stands.
    for (Index i = 0; i < tree_.size(); ++i) {
      if (tree_.name(i) != "h1" || !before[i] || keep_[i]) continue;
      std::copy(before.begin() + i, before.begin() + tree_.node(i).end, keep_.begin() + i);
    }
  }

  /// Lists and boxes of nothing but links.
  void drop_link_lists(Index root) {
    for (Index i = root + 1; i < tree_.node(root).end;) {
      const std::string_view name = tree_.name(i);
      const bool box = name == "ul" || name == "ol" || name == "div" || name == "table" || name == "section";
      const std::size_t text = text_of(i);
      const bool drops = keep_[i] && box && text > 0 && links_of(i) * 10 > text * 7 && count_links(i) > 2 &&
                         text * 4 < text_of(root);
      if (drops) drop(i);
      i = drops ? tree_.node(i).end : i + 1;
    }
  }

  std::size_t count_links(Index i) const {
    std::size_t links = 0;
    for (Index k = i; k < tree_.node(i).end; ++k) links += tree_.name(k) == "a" ? 1 : 0;
    return links;
  }

  const MarkupTree& tree_;
  std::vector<bool> keep_;
  Amounts text_;
  Amounts linked_;
};

}  // namespace

std::vector<bool> select_main_content(const MarkupTree& tree) {
  return ContentSelector(tree).select();
}

}  // namespace carrel::indexer
