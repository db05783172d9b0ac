#include "indexer/extract/block_features.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "indexer/extract/block_names.h"
#include "indexer/extract/block_phrases.h"

namespace carrel::indexer {
namespace {

using Index = MarkupTree::Index;
using F = BlockFeature;

// A block of running text: about two lines of print, hardly any of it links.
constexpr std::uint32_t kRunningText = 60;

bool is_running(const TextBlock& block) {
  return block.letters >= kRunningText && block.linked * 3 < block.letters;
}

float ratio(double part, double whole) {
  return whole > 0 ? static_cast<float>(part / whole) : 0.0F;
}

/// Large numbers differ by factors.
float log_of(double amount) {
  return static_cast<float>(std::log2(1.0 + amount));
}

/// Blocks that stand in elements of the same names, all the way up three levels.
struct Alike {
  std::uint32_t count = 0;
  std::uint64_t letters = 0;
  std::uint64_t linked = 0;
};

class FeatureReader {
 public:
  FeatureReader(const MarkupTree& tree, const std::vector<bool>& visible,
                const std::vector<TextBlock>& blocks, const RuleVerdict& rules)
      : tree_(tree),
        visible_(visible),
        blocks_(blocks),
        rules_(rules),
        names_(names_around(tree)),
        letters_(blocks.size() + 1),
        linked_(blocks.size() + 1),
        running_(blocks.size() + 1),
        signature_(blocks.size()),
        first_block_(tree.size() + 1),
        pictures_(tree.size() + 1),
        packed_(blocks.size()) {}

  std::vector<BlockFeatures> read() {
    sum_up();
    find_alike();
    read_notes();
    read_headings();
    std::vector<BlockFeatures> features(blocks_.size());
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      now_ = &features[b];
      now_->fill(0);
      read_text(b);
      read_names(b);
      read_position(b);
      read_surroundings(b);
      read_containers(b);
      read_page();
    }
    return features;
  }

 private:
  void set(F feature, float value) { (*now_)[static_cast<std::size_t>(feature)] = value; }
  void set_flag(F feature, bool value) { set(feature, value ? 1.0F : 0.0F); }

  void sum_up() {
    std::size_t b = 0;
    for (Index i = 0; i < tree_.size(); ++i) {
      while (b < blocks_.size() && blocks_[b].first < i) ++b;
      first_block_[i] = static_cast<std::uint32_t>(b);
      articles_ += tree_.name(i) == "article" ? 1 : 0;
      pictures_[i + 1] = pictures_[i] + (tree_.name(i) == "img" || tree_.name(i) == "picture" ? 1 : 0);
    }
    first_block_[tree_.size()] = static_cast<std::uint32_t>(blocks_.size());
    for (b = 0; b < blocks_.size(); ++b) {
      letters_[b + 1] = letters_[b] + blocks_[b].letters;
      linked_[b + 1] = linked_[b] + blocks_[b].linked;
      running_[b + 1] = running_[b] + (is_running(blocks_[b]) ? blocks_[b].letters : 0);
    }
    const auto count = blocks_.size();
    last_running_.assign(count, kFar);
    next_running_.assign(count, kFar);
    std::size_t distance = kFar;
    for (b = 0; b < count; ++b) {
      last_running_[b] = distance;
      distance = is_running(blocks_[b]) ? 1 : std::min(distance + 1, kFar);
    }
    distance = kFar;
    for (b = count; b-- > 0;) {
      next_running_[b] = distance;
      distance = is_running(blocks_[b]) ? 1 : std::min(distance + 1, kFar);
    }
    if (rules_.heading != MarkupTree::kNone) {
      heading_block_ = first_block_[rules_.heading];
      has_heading_ = true;
      if (heading_block_ < count) title_ = text_of(tree_, visible_, blocks_[heading_block_]);
    }
  }

  void find_alike() {
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      std::size_t hash = 17;
      Index at = blocks_[b].element;
      for (int level = 0; level < 3 && at != MarkupTree::kNone; ++level, at = tree_.node(at).parent) {
        const auto mix = [&](std::string_view text) {
          hash = hash * 1'000'003 ^ std::hash<std::string_view>()(text);
        };
        mix(tree_.name(at));
        mix(tree_.attribute(at, "class").value_or(""));
      }
      signature_[b] = hash;
      Alike& alike = alike_[hash];
      ++alike.count;
      alike.letters += blocks_[b].letters;
      alike.linked += blocks_[b].linked;
    }
  }

  /// What the page's meta tags say of its abstract and its author.
  void read_notes() {
    for (Index i = 0; i < tree_.size(); ++i) {
      if (tree_.name(i) != "meta") continue;
      const std::string_view content = tree_.attribute(i, "content").value_or("");
      if (content.size() < 3) continue;
      for (const MarkupName& key : {MarkupName("name"), MarkupName("property")}) {
        const std::string_view name = tree_.attribute(i, key).value_or("");
        const bool description =
            name == "description" || name == "og:description" || name == "twitter:description";
        if (description) descriptions_.push_back(letters_only(content));
        if (name == "author" || name == "article:author" || name == "dc.creator" ||
            name == "parsely-author") {
          authors_.push_back(letters_only(content));
        }
      }
    }
  }

  static std::string letters_only(std::string_view text) {
    std::string out;
    for (const char c : text) {
      const bool upper = c >= 'A' && c <= 'Z';
      const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
      if (kept) out.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return out;
  }

  /// For each block what the heading above it says, within the element that the heading opens.
  void read_headings() {
    texts_.resize(blocks_.size());
    phrases_.assign(blocks_.size(), 0);
    heading_phrases_.assign(blocks_.size(), 0);
    heading_distance_.assign(blocks_.size(), 0);
    int phrases = 0;
    std::size_t at = 0;
    Index end = 0;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      texts_[b] = text_of(tree_, visible_, blocks_[b]);
      packed_[b] = letters_only(texts_[b]);
      if (packed_[b].size() >= 12) ++told_[packed_[b]];
      const TextBlock& block = blocks_[b];
      if (block.first >= end) phrases = 0;
      heading_phrases_[b] = phrases;
      heading_distance_[b] = phrases > 0 ? b - at : 0;
      const MarkupName& tag = tree_.name(block.element);
      const bool heading = is_heading_name(tag);
      phrases_[b] = furniture_phrases_in(texts_[b]);
      const int own = texts_[b].size() < 80 ? phrases_[b] : 0;
      if (!heading && own == 0) continue;
      if (!heading && block.linked > 0) continue;
      phrases = own;
      at = b;
      Index above = block.element;
      for (int level = 0; level < 8; ++level) {
        const Index parent = tree_.node(above).parent;
        if (parent == MarkupTree::kNone) break;
        above = parent;
        if (first_block_[tree_.node(above).end] - first_block_[above] > 1) break;
      }
      end = tree_.node(above).end;
    }
  }

  void read_text(std::size_t b) {
    const TextBlock& block = blocks_[b];
    const std::string& text = texts_[b];
    const TextShape shape = shape_of(text);
    set(F::letters, log_of(block.letters));
    set(F::words, log_of(shape.words));
    set(F::link_density, ratio(block.linked, block.letters));
    set(F::word_length, ratio(block.letters, shape.words));
    set(F::sentence_ends, static_cast<float>(std::min(shape.sentence_ends, 8U)));
    set(F::commas, static_cast<float>(std::min(shape.commas, 8U)));
    set(F::capitals, ratio(shape.capitals, shape.words));
    set(F::digits, ratio(shape.digits, block.letters));
    set_flag(F::ends_sentence, shape.ends_sentence);
    set(F::phrase_furniture, static_cast<float>(phrases_[b]));
    set_flag(F::phrase_byline, begins_as_byline(text));
    set_flag(F::names_date, shape.names_date);
    set_flag(F::is_title, !title_.empty() && b != heading_block_ && text == title_);
    const std::string& packed = packed_[b];
    set_flag(F::is_repeat, block.letters >= 20 && !seen_.insert(packed).second);
    const auto told = told_.find(packed);
    set(F::times_told, told == told_.end() ? 1.0F : static_cast<float>(std::min(told->second, 4)));
    set(F::heading_phrases, static_cast<float>(heading_phrases_[b]));
    set(F::heading_distance, log_of(static_cast<double>(heading_distance_[b])));
    set_flag(F::is_description,
             packed.size() >= 25 &&
                 std::any_of(descriptions_.begin(), descriptions_.end(), [&](const std::string& one) {
                   return one.size() >= 25 && (one.find(packed.substr(0, 80)) != std::string::npos ||
                                               packed.find(one.substr(0, 80)) != std::string::npos);
                 }));
    set_flag(F::names_author,
             packed.size() < 80 && std::any_of(authors_.begin(), authors_.end(), [&](const std::string& one) {
               return one.size() >= 4 && packed.find(one) != std::string::npos;
             }));
    std::size_t links = 0;
    bool bold = true;
    for (Index i = block.first; i <= block.last; ++i) {
      if (tree_.name(i) == "a") ++links;
      if (!tree_.node(i).is_text() || !visible_[i]) continue;
      bool strong = false;
      for (Index up = tree_.node(i).parent; up != MarkupTree::kNone && up > block.element;
           up = tree_.node(up).parent) {
        strong = strong || tree_.name(up) == "b" || tree_.name(up) == "strong";
      }
      bold = bold && strong;
    }
    set(F::links, static_cast<float>(std::min<std::size_t>(links, 16)));
    set_flag(F::is_all_bold, bold);
  }

  void read_names(std::size_t b) {
    const TextBlock& block = blocks_[b];
    const MarkupName& tag = tree_.name(block.element);
    set_flag(F::is_paragraph, tag == "p");
    const bool heading = is_heading_name(tag);
    set(F::heading_level, heading ? static_cast<float>(tag[1] - '0') : 0.0F);
    set_flag(F::is_item, tag == "li" || tag == "dt" || tag == "dd");
    set_flag(F::is_cell, tag == "td" || tag == "th");
    set_flag(F::is_caption, tag == "figcaption" || tag == "caption");
    set_flag(F::is_plain_box, tag == "div" || tag == "section");
    // The names of the text's own inline elements count as well.
    const NamesAround around = names_[block.first];
    constexpr std::size_t kFirst = static_cast<std::size_t>(F::in_article);
    for (std::size_t bit = 0; bit < 25; ++bit) {
      (*now_)[kFirst + bit] = (around.bits >> bit & 1U) != 0 ? 1.0F : 0.0F;
    }
    set(F::bad_names_levels, static_cast<float>(around.bad_levels));
    set(F::depth, static_cast<float>(depth_of(block.element)));
  }

  float depth_of(Index i) const {
    int depth = 0;
    for (; i != MarkupTree::kNone && depth < 64; i = tree_.node(i).parent) ++depth;
    return static_cast<float>(depth);
  }

  void read_position(std::size_t b) {
    const auto count = static_cast<double>(blocks_.size());
    const auto here = static_cast<double>(b);
    set(F::block_position, ratio(here, count));
    set(F::text_position, ratio(static_cast<double>(letters_[b]), static_cast<double>(letters_.back())));
    set_flag(F::has_heading, has_heading_);
    const auto apart = static_cast<double>(heading_block_) - here;
    set(F::after_heading, !has_heading_ ? 0.0F : apart > 0 ? -log_of(apart) : log_of(-apart));
    const bool rooted = rules_.root != MarkupTree::kNone;
    const std::size_t root_begin = rooted ? first_block_[rules_.root] : 0;
    const std::size_t root_end = rooted ? first_block_[tree_.node(rules_.root).end] : blocks_.size();
    const bool inside = b >= root_begin && b < root_end;
    set_flag(F::in_root, rooted && inside);
    const double outside = b < root_begin ? static_cast<double>(b) - static_cast<double>(root_begin)
                           : inside       ? 0.0
                                          : here - static_cast<double>(root_end) + 1;
    set(F::root_distance, outside < 0 ? -log_of(-outside) : log_of(outside));
    const double root_text = static_cast<double>(letters_[root_end] - letters_[root_begin]);
    set(F::root_position,
        ratio(static_cast<double>(letters_[b]) - static_cast<double>(letters_[root_begin]), root_text));
    set(F::root_share, ratio(root_text, static_cast<double>(letters_.back())));
    set(F::root_running, ratio(static_cast<double>(running_[root_end] - running_[root_begin]), root_text));
    int below = 0;
    if (inside) {
      for (Index i = blocks_[b].element; i != MarkupTree::kNone && i != rules_.root && below < 32;
           i = tree_.node(i).parent) {
        ++below;
      }
    }
    set(F::below_root, static_cast<float>(below));
    set_flag(F::kept_by_rules, rules_.kept == nullptr || (*rules_.kept)[blocks_[b].first]);
  }

  void read_surroundings(std::size_t b) {
    // Pictures since the last text and up to the next one.
    const Index begin = b > 0 ? blocks_[b - 1].last : 0;
    const Index until = b + 1 < blocks_.size() ? blocks_[b + 1].first : tree_.size();
    set(F::pictures_beside,
        static_cast<float>(std::min(pictures_[blocks_[b].first] - pictures_[begin], 3U) +
                           4 * std::min(pictures_[until] - pictures_[blocks_[b].first], 3U)));
    if (b > 1) set(F::second_previous, log_of(blocks_[b - 2].letters - blocks_[b - 2].linked));
    if (b + 2 < blocks_.size()) set(F::second_next, log_of(blocks_[b + 2].letters - blocks_[b + 2].linked));
    if (b > 0) {
      set(F::previous_letters, log_of(blocks_[b - 1].letters));
      set(F::previous_density, ratio(blocks_[b - 1].linked, blocks_[b - 1].letters));
    }
    if (b + 1 < blocks_.size()) {
      set(F::next_letters, log_of(blocks_[b + 1].letters));
      set(F::next_density, ratio(blocks_[b + 1].linked, blocks_[b + 1].letters));
    }
    const std::size_t before = b > 3 ? b - 3 : 0;
    const std::size_t behind = std::min(b + 4, blocks_.size());
    set(F::running_around, share(running_, before, behind));
    set(F::running_before, log_of(static_cast<double>(running_[b])));
    set(F::running_behind, log_of(static_cast<double>(running_.back() - running_[b + 1])));
    set(F::gap_to_running,
        log_of(static_cast<double>(last_running_[b])) + log_of(static_cast<double>(next_running_[b])));
  }

  float share(const std::vector<std::uint64_t>& part, std::size_t begin, std::size_t end) const {
    return ratio(static_cast<double>(part[end] - part[begin]),
                 static_cast<double>(letters_[end] - letters_[begin]));
  }

  void read_containers(std::size_t b) {
    const TextBlock& block = blocks_[b];
    // The nearest elements that hold more than this block.
    Index parent = block.element;
    Index outer = MarkupTree::kNone;
    int levels = 0;
    for (; parent != MarkupTree::kNone && levels < 64; parent = tree_.node(parent).parent, ++levels) {
      if (first_block_[tree_.node(parent).end] - first_block_[parent] > 1) break;
    }
    if (parent == MarkupTree::kNone || levels == 64) return;
    const std::size_t begin = first_block_[parent];
    const std::size_t end = first_block_[tree_.node(parent).end];
    set(F::parent_letters, log_of(static_cast<double>(letters_[end] - letters_[begin])));
    set(F::parent_density, share(linked_, begin, end));
    set(F::parent_running, share(running_, begin, end));
    set(F::parent_blocks, log_of(static_cast<double>(end - begin)));
    for (outer = tree_.node(parent).parent, levels = 0; outer != MarkupTree::kNone && levels < 64;
         outer = tree_.node(outer).parent, ++levels) {
      if (first_block_[tree_.node(outer).end] - first_block_[outer] > end - begin) break;
    }
    if (outer != MarkupTree::kNone && levels < 64) {
      const std::size_t outer_begin = first_block_[outer];
      const std::size_t outer_end = first_block_[tree_.node(outer).end];
      set(F::outer_letters, log_of(static_cast<double>(letters_[outer_end] - letters_[outer_begin])));
      set(F::outer_density, share(linked_, outer_begin, outer_end));
      set(F::outer_running, share(running_, outer_begin, outer_end));
    }
    for (Index i = block.element; i != MarkupTree::kNone; i = tree_.node(i).parent) {
      const MarkupName& name = tree_.name(i);
      if (name == "ul" || name == "ol" || name == "table" || name == "dl") {
        set(F::list_density, share(linked_, first_block_[i], first_block_[tree_.node(i).end]));
        break;
      }
      if (++levels > 64) break;
    }
    const Alike& alike = alike_[signature_[b]];
    set(F::alike_count, log_of(alike.count));
    set(F::alike_letters, log_of(static_cast<double>(alike.letters) / alike.count));
    set(F::alike_density, ratio(static_cast<double>(alike.linked), static_cast<double>(alike.letters)));
    set(F::alike_share, ratio(static_cast<double>(alike.letters), static_cast<double>(letters_.back())));
  }

  void read_page() {
    set(F::page_letters, log_of(static_cast<double>(letters_.back())));
    set(F::page_running, log_of(static_cast<double>(running_.back())));
    set(F::page_density, share(linked_, 0, blocks_.size()));
    set(F::page_articles, static_cast<float>(std::min(articles_, 10)));
  }

  static constexpr std::size_t kFar = 30;

  const MarkupTree& tree_;
  const std::vector<bool>& visible_;
  const std::vector<TextBlock>& blocks_;
  const RuleVerdict& rules_;
  const std::vector<NamesAround> names_;
  std::vector<std::uint64_t> letters_;  // sums over the blocks before
  std::vector<std::uint64_t> linked_;
  std::vector<std::uint64_t> running_;
  std::vector<std::size_t> last_running_;  // blocks to the nearest running text before
  std::vector<std::size_t> next_running_;
  std::vector<std::size_t> signature_;
  std::vector<std::uint32_t> first_block_;  // for each node the first block at or behind it
  std::vector<std::uint32_t> pictures_;     // sums over the nodes before
  std::vector<std::string> texts_;
  std::vector<std::string> packed_;  // the same, letters and digits alone
  std::vector<int> phrases_;         // of furniture, in each block
  std::vector<int> heading_phrases_;
  std::vector<std::size_t> heading_distance_;
  std::vector<std::string> descriptions_;
  std::vector<std::string> authors_;
  std::unordered_map<std::string_view, int> told_;
  std::unordered_map<std::size_t, Alike> alike_;
  std::unordered_set<std::string> seen_;
  std::string title_;
  std::size_t heading_block_ = 0;
  bool has_heading_ = false;
  int articles_ = 0;
  BlockFeatures* now_ = nullptr;
};

}  // namespace

std::vector<BlockFeatures> block_features(const MarkupTree& tree, const std::vector<bool>& visible,
                                          const std::vector<TextBlock>& blocks, const RuleVerdict& rules) {
  return FeatureReader(tree, visible, blocks, rules).read();
}

}  // namespace carrel::indexer
