#include "indexer/extract/content_rules.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "indexer/extract/html_furniture.h"
#include "indexer/extract/html_sections.h"
#include "indexer/extract/text_blocks.h"

namespace carrel::indexer {
namespace {

using Index = MarkupTree::Index;

// A paragraph shorter than this says nothing about where the content is (as in Readability).
constexpr std::size_t kShortestParagraph = 25;
// A paragraph of running text: about two lines of print, hardly any of it links.
constexpr std::size_t kRunningText = 60;
// A page with so much running text in one place is an article, and links beside it are not its content.
constexpr std::size_t kArticle = 1200;

/// Sums over the nodes in document order, so that a subtree's share is one subtraction.
class Amounts {
 public:
  explicit Amounts(Index nodes) : sums_(std::size_t{nodes} + 1) {}
  void set_next(Index i, std::size_t amount) { sums_[i + 1] = sums_[i] + amount; }
  std::size_t between(Index begin, Index end) const { return sums_[end] - sums_[begin]; }

 private:
  std::vector<std::size_t> sums_;
};

class ContentSelector {
 public:
  explicit ContentSelector(const MarkupTree& tree)
      : tree_(tree),
        keep_(tree.size(), true),
        text_(tree.size()),
        linked_(tree.size()),
        running_(tree.size()),
        anchors_(tree.size()),
        marks_(tree.size()),
        own_(tree.size()),
        own_linked_(tree.size()),
        letters_(tree.size()),
        in_link_(tree.size()),
        block_of_(tree.size()) {
    look_at_nodes();
  }

  RuleSelection select() {
    RuleSelection selection;
    if (tree_.size() == 0) return selection;
    hide(false);
    measure();
    if (all_text() == 0) {
      // Some pages hide everything until a script shows it.
      std::fill(keep_.begin(), keep_.end(), true);
      hide(true);
      measure();
    }
    const std::vector<bool> visible = keep_;
    selection.visible = visible;
    const std::size_t visible_text = all_text();
    drop_furniture(Furniture::likely);
    measure();
    if (all_text() * 10 < visible_text) {
      // Names have led astray: believe only elements.
      keep_ = visible;
      measure();
      drop_furniture(Furniture::certain);
      measure();
    }
    const std::vector<bool> without_furniture = keep_;
    const std::size_t plain_text = all_text();
    selection.without_furniture = without_furniture;
    if (const std::optional<Index> root = best_root()) {
      selection.root = *root;
      keep_only(*root);
      drop_link_lists(*root);
      drop_repeats();
      measure();
    }
    // Little is left of much, and it is no article: the page is a list, a form or a table.
    const std::size_t running = running_.between(0, tree_.size());
    if (all_text() * 5 < plain_text && running < kArticle / 3) keep_ = without_furniture;
    measure();
    if (all_text() * 20 < visible_text || all_text() == 0) keep_ = visible;
    selection.kept = keep_;
    selection.heading = main_heading_;
    return selection;
  }

 private:
  void drop(Index i) { std::fill(keep_.begin() + i, keep_.begin() + tree_.node(i).end, false); }
  std::size_t text_of(Index i) const { return text_.between(i, tree_.node(i).end); }
  std::size_t links_of(Index i) const { return linked_.between(i, tree_.node(i).end); }
  std::size_t running_of(Index i) const { return running_.between(i, tree_.node(i).end); }
  std::size_t all_text() const { return text_.between(0, tree_.size()); }

  void hide(bool only_never_shown) {
    std::unordered_set<std::string_view> opened;
    for (Index i = 0; i < tree_.size(); ++i) {
      if (const auto id = tree_.attribute(i, "aria-controls")) opened.insert(*id);
    }
    for (Index i = 0; i < tree_.size();) {
      // The panels of accordions and tabs are hidden until somebody opens them; they are content all the
      // same.
      const bool panel = !opened.empty() && opened.contains(tree_.attribute(i, "id").value_or(""));
      const bool hidden = !only_never_shown && !panel && is_hidden(tree_, i);
      const bool frame = tree_.name(i) == "iframe" && tree_.has_attribute(i, "srcdoc");
      const bool drops = hidden || (is_never_shown(tree_.name(i)) && !frame);
      if (drops) drop(i);
      i = drops ? tree_.node(i).end : i + 1;
    }
  }

  /// What does not depend on what is kept.
  void look_at_nodes() {
    Index link_end = 0;
    for (Index i = 0; i < tree_.size(); ++i) {
      const bool anchor = tree_.name(i) == "a";
      if (anchor && tree_.has_attribute(i, "href")) link_end = std::max(link_end, tree_.node(i).end);
      in_link_[i] = i < link_end;
      anchors_.set_next(i, anchor ? 1 : 0);
      if (tree_.node(i).is_text()) letters_[i] = static_cast<std::uint32_t>(letters_in(tree_.text(i)));
      const Index parent = tree_.node(i).parent;
      const bool passes = tree_.node(i).is_text() || is_inline_element(tree_.name(i));
      block_of_[i] = passes ? (parent == MarkupTree::kNone ? i : block_of_[parent]) : i;
    }
  }

  void measure() {
    for (Index i = 0; i < tree_.size(); ++i) {
      const std::size_t letters = keep_[i] ? letters_[i] : 0;
      text_.set_next(i, letters);
      linked_.set_next(i, in_link_[i] ? letters : 0);
    }
    measure_own_text();
    for (Index i = 0; i < tree_.size(); ++i) {
      running_.set_next(i, own_[i] >= kRunningText && own_linked_[i] * 3 < own_[i] ? own_[i] : 0);
    }
  }

  /// The text that belongs to each block element itself, in whatever inline elements it may stand.
  void measure_own_text() {
    std::fill(own_.begin(), own_.end(), 0);
    std::fill(own_linked_.begin(), own_linked_.end(), 0);
    for (Index i = 0; i < tree_.size(); ++i) {
      const std::size_t letters = text_.between(i, i + 1);
      if (letters == 0) continue;
      own_[block_of_[i]] += letters;
      own_linked_[block_of_[i]] += linked_.between(i, i + 1);
    }
  }

  void drop_furniture(Furniture least) {
    const std::size_t total = all_text();
    const std::size_t running = running_.between(0, tree_.size());
    find_main_heading();
    count_content_marks();
    for (Index i = 0; i < tree_.size();) {
      if (!keep_[i] || tree_.node(i).is_text()) {
        ++i;
        continue;
      }
      const std::size_t share = text_of(i);
      bool drops = false;
      // Names lie: what holds most of the page's text is no sidebar.
      const Furniture kind = furniture_of(tree_, i);
      switch (least == Furniture::certain && kind != least ? Furniture::none : kind) {
        case Furniture::none:
          break;
        case Furniture::certain:
          drops = share * 2 < total;
          break;
        case Furniture::likely:
          drops = share * 3 < total && !holds_content_mark(i);
          break;
        case Furniture::comments:
          drops = (share * 3 < total || running - running_of(i) > kArticle / 4) && !holds_content_mark(i);
          break;
      }
      if (drops) drop(i);
      i = drops ? tree_.node(i).end : i + 1;
    }
  }

  /// The `<h1>`, when there is only one: widgets and teasers have some too.
  void find_main_heading() {
    for (Index i = 0; i < tree_.size(); ++i) {
      if (tree_.name(i) != "h1" || !keep_[i] || text_of(i) == 0) continue;
      if (main_heading_ != MarkupTree::kNone) {
        main_heading_ = MarkupTree::kNone;
        return;
      }
      main_heading_ = i;
    }
  }

  /// Elements that a piece of furniture does not hold: the main heading, `<main>`, a long article.
  void count_content_marks() {
    for (Index i = 0; i < tree_.size(); ++i) {
      const MarkupName& name = tree_.name(i);
      const bool mark =
          name == "main" || i == main_heading_ || (name == "article" && running_of(i) > kArticle);
      marks_.set_next(i, mark ? 1 : 0);
    }
  }

  bool holds_content_mark(Index i) const { return marks_.between(i, tree_.node(i).end) > 0; }

  /// The element whose own paragraphs carry most, by Readability's scores: each paragraph gives to its parent
  /// in full and to its grandparent half.
  std::optional<Index> best_root() const {
    std::vector<float> score(tree_.size(), 0.0F);
    for (Index i = 0; i < tree_.size(); ++i) {
      const std::size_t letters = own_[i] - own_linked_[i];
      if (letters < kShortestParagraph) continue;
      const float points = 1.0F + std::min(static_cast<float>(letters) / 80.0F, 6.0F);
      // What stands between a container's own blocks speaks for the container.
      Index receiver = has_block_child(i) ? i : tree_.node(i).parent;
      for (const float part : {1.0F, 0.5F, 0.2F}) {
        if (receiver == MarkupTree::kNone) break;
        score[receiver] += points * part;
        receiver = tree_.node(receiver).parent;
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

  /// Upwards while the parents add running text, as where an article is divided, or next to nothing, as a
  /// heading.
  Index widen(Index root) const {
    Index chosen = root;
    for (Index parent = tree_.node(root).parent; parent != MarkupTree::kNone;
         parent = tree_.node(parent).parent) {
      if (tree_.name(parent) == "html") break;
      const std::size_t gained = text_of(parent) - text_of(chosen);
      const std::size_t gained_running = running_of(parent) - running_of(chosen);
      const bool running = gained_running * 10 > gained * 6;
      const bool little = gained * 20 < text_of(chosen);
      const bool more_articles = running && (gained_running * 3 > running_of(chosen) ||
                                             (holds_heading(parent) && !holds_heading(chosen)));
      if ((tree_.name(chosen) == "article" || tree_.name(chosen) == "main") && !more_articles) break;
      const bool marked = is_content_mark(tree_, parent);
      const std::size_t gained_links = links_of(parent) - links_of(chosen);
      const bool plain = gained_links * 4 < gained && gained * 2 < text_of(chosen);
      const bool link_farm = gained_links * 2 > gained && gained * 5 > text_of(chosen);
      const bool body = tree_.name(parent) == "body";
      const bool joins = body ? running && gained_running * 3 > running_of(chosen)
                              : running || little || plain || (marked && !link_farm);
      if (joins) chosen = parent;
      // A parent that adds a menu may have one that adds the rest of the article; look no further than twice.
      if (gained > 3 * text_of(root) && !running) break;
    }
    return with_its_siblings(chosen);
  }

  /// Some pages cut one text into several articles: then `<main>` holds it, if it is not mostly links.
  Index with_its_siblings(Index article) const {
    if (tree_.name(article) != "article") return article;
    for (Index i = tree_.node(article).parent; i != MarkupTree::kNone; i = tree_.node(i).parent) {
      if (tree_.name(i) != "main") continue;
      const bool divided = text_of(article) * 2 < text_of(i) && links_of(i) * 10 < text_of(i) * 3;
      return divided ? i : article;
    }
    return article;
  }

  bool holds_heading(Index i) const {
    return main_heading_ != MarkupTree::kNone && main_heading_ >= i && main_heading_ < tree_.node(i).end;
  }

  bool has_block_child(Index i) const {
    for (Index k = i + 1; k < tree_.node(i).end; k = tree_.node(k).end) {
      const MarkupName& name = tree_.name(k);
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
      const MarkupName& name = tree_.name(i);
      const bool box = name == "ul" || name == "ol" || name == "div" || name == "table" || name == "section";
      const std::size_t text = text_of(i);
      const bool drops = keep_[i] && box && text > 0 && links_of(i) * 10 > text * 7 && count_links(i) > 2 &&
                         text * 4 < text_of(root);
      if (drops) drop(i);
      i = drops ? tree_.node(i).end : i + 1;
    }
  }

  /// Blocks that say word for word what an earlier one has said: captions cut short and in full, texts for
  /// print.
  void drop_repeats() {
    std::unordered_set<std::string> seen;
    for (Index i = 0; i < tree_.size(); ++i) {
      if (!keep_[i] || own_[i] < kRunningText || has_block_child(i)) continue;
      std::string words = tree_.text_below(i);
      std::erase_if(words, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
      if (!seen.insert(std::move(words)).second) drop(i);
    }
  }

  std::size_t count_links(Index i) const { return anchors_.between(i, tree_.node(i).end); }

  const MarkupTree& tree_;
  std::vector<bool> keep_;
  Amounts text_;                         // letters
  Amounts linked_;                       // letters in links
  Amounts running_;                      // letters in paragraphs of running text
  Amounts anchors_;                      // links themselves
  Amounts marks_;                        // content marks
  std::vector<std::size_t> own_;         // letters of a block outside the blocks in it
  std::vector<std::size_t> own_linked_;  // those of them in links
  std::vector<std::uint32_t> letters_;   // of each text, kept or not
  std::vector<bool> in_link_;
  std::vector<Index> block_of_;  // the innermost block element of each node
  Index main_heading_ = MarkupTree::kNone;
};

}  // namespace

RuleSelection select_by_rules(const MarkupTree& tree) {
  return ContentSelector(tree).select();
}

}  // namespace carrel::indexer
