#include "indexer/extract/html_sections.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/language.h"
#include "indexer/extract/name_set.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

using Index = MarkupTree::Index;

constexpr std::size_t kLongestHeading = 500;
// More languages in one section are noise.
constexpr std::size_t kMostLanguages = 8;

/// A section as raw text.
struct Section {
  std::string text;         // raw, the heading's line included
  std::size_t body_at = 0;  // where the text behind the heading begins
  std::string heading;
  std::string anchor;
  std::vector<std::pair<std::string_view, std::size_t>> languages;  // bytes under each lang attribute

  void add_language(std::string_view language, std::size_t bytes) {
    const auto known = std::find_if(languages.begin(), languages.end(),
                                    [&](const auto& one) { return one.first == language; });
    if (known != languages.end()) {
      known->second += bytes;
    } else if (languages.size() < kMostLanguages) {
      languages.emplace_back(language, bytes);
    }
  }

  /// The language that most of the text stands under; empty when the markup says nothing.
  std::string language() const {
    const auto most = std::max_element(languages.begin(), languages.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == languages.end()) return {};
    return canonical_language(most->first).value_or("");
  }

  bool has_body() const { return text.find_first_not_of(" \n", body_at) != std::string::npos; }
};

class SectionBuilder {
 public:
  SectionBuilder(const MarkupTree& tree, const std::vector<bool>& content) : tree_(tree), content_(content) {}

  std::vector<Page> build() {
    sections_.emplace_back();
    std::vector<Index> open_blocks;  // where block elements end
    for (Index i = 0; i < tree_.size(); ++i) {
      while (!open_blocks.empty() && open_blocks.back() <= i) {
        end_block(open_blocks.back());
        open_blocks.pop_back();
      }
      while (!open_languages_.empty() && open_languages_.back().end <= i) open_languages_.pop_back();
      if (tree_.node(i).attributes > 0) note_language(i);
      if (!content_[i]) continue;
      if (tree_.node(i).is_text()) {
        add_text(tree_.text(i));
        sections_.back().add_language(open_languages_.empty() ? "" : open_languages_.back().tag,
                                      tree_.text(i).size());
        continue;
      }
      const MarkupName& name = tree_.name(i);
      if (is_heading_name(name) && !in_heading()) begin_section(i);
      if (name == "img" || name == "area") {
        add_picture(tree_.attribute(i, "alt").value_or(""));
      } else if (name == "td" || name == "th") {
        add_text(" ");
      } else if (!is_inline_element(name)) {
        add_break();
        open_blocks.push_back(tree_.node(i).end);
      }
    }
    return finish();
  }

 private:
  /// An element whose text is in a language of its own.
  struct OpenLanguage {
    std::string_view tag;
    Index end = 0;
  };

  void note_language(Index i) {
    for (const MarkupName& key : {MarkupName("lang"), MarkupName("xml:lang")}) {
      const auto tag = tree_.attribute(i, key);
      if (!tag || tag->empty()) continue;
      open_languages_.push_back({*tag, tree_.node(i).end});
      return;
    }
  }

  bool in_heading() const { return heading_end_ != 0; }

  void end_block(Index end) {
    add_break();
    if (in_heading() && heading_end_ == end) {
      sections_.back().body_at = sections_.back().text.size();
      heading_end_ = 0;
    }
  }

  void add_text(std::string_view text) {
    std::string& out = sections_.back().text;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (!blank) {
        out.push_back(c);
      } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
        out.push_back(' ');
      }
    }
  }

  /// A picture says once what it shows, and not the name of its file.
  void add_picture(std::string_view alt) {
    const bool file = alt.find(' ') == std::string_view::npos &&
                      (alt.ends_with(".jpg") || alt.ends_with(".png") || alt.ends_with(".jpeg") ||
                       alt.ends_with(".gif") || alt.ends_with(".webp") || alt.ends_with(".svg"));
    add_text(" ");
    if (!file && pictures_.insert(alt).second) add_text(alt);
    add_text(" ");
  }

  void add_break() {
    std::string& out = sections_.back().text;
    if (!out.empty() && out.back() != '\n') out.push_back('\n');
  }

  void begin_section(Index heading) {
    std::string title = clean_line(tree_.text_below(heading));
    if (title.empty()) return;
    add_break();
    Section next;
    if (!sections_.back().has_body()) {
      next = std::move(sections_.back());
      sections_.pop_back();
    }
    next.heading = schema::cut_utf8(title, kLongestHeading);
    next.anchor = anchor_of(heading);
    sections_.push_back(std::move(next));
    heading_end_ = tree_.node(heading).end;
  }

  /// The id of the heading, of an anchor inside or right before it, or of the section that it opens.
  std::string anchor_of(Index heading) const {
    const auto id_of = [&](Index i) -> std::string {
      for (const MarkupName& key : {MarkupName("id"), MarkupName("name")}) {
        if (key == "name" && tree_.name(i) != "a") continue;
        const auto value = tree_.attribute(i, key);
        if (value && !value->empty() && value->size() < 200) return std::string(*value);
      }
      return {};
    };
    for (Index i = heading; i < tree_.node(heading).end; ++i) {
      if (!tree_.node(i).is_text() && (i == heading || tree_.name(i) == "a" || tree_.name(i) == "span")) {
        if (std::string id = id_of(i); !id.empty()) return id;
      }
    }
    // Upwards as long as nothing but blanks stands between, a few steps.
    Index first = heading;
    for (int steps = 0; first > 0 && steps < 16; ++steps) {
      const Index before = first - 1;
      if (tree_.node(before).is_text()) {
        if (tree_.text(before).find_first_not_of(" \t\r\n") != std::string_view::npos) return {};
      } else if (tree_.name(before) == "a" || tree_.node(before).end > heading) {
        if (tree_.name(before) == "body" || tree_.name(before) == "main") return {};
        if (std::string id = id_of(before); !id.empty()) return id;
      } else {
        return {};
      }
      first = before;
    }
    return {};
  }

  std::vector<Page> finish() {
    if (sections_.size() > 1 && !sections_.back().has_body()) {
      Section last = std::move(sections_.back());
      sections_.pop_back();
      sections_.back().text += last.text;
    }
    std::vector<Page> pages;
    for (Section& section : sections_) {
      Page page;
      page.text = clean_text(section.text);
      page.heading = std::move(section.heading);
      page.anchor = std::move(section.anchor);
      page.language = section.language();
      pages.push_back(std::move(page));
    }
    return pages;
  }

  const MarkupTree& tree_;
  const std::vector<bool>& content_;
  std::vector<Section> sections_;
  std::vector<OpenLanguage> open_languages_;
  std::unordered_set<std::string_view> pictures_;  // what pictures have said
  Index heading_end_ = 0;                          // 0: not inside one
};

}  // namespace

bool is_inline_element(const MarkupName& name) {
  static constexpr NameSet<41> kInline{
      {"a",   "abbr", "acronym", "b",    "bdi", "bdo",  "big",   "cite",  "code",   "data",   "del",
       "dfn", "em",   "font",    "i",    "img", "ins",  "kbd",   "label", "mark",   "nobr",   "output",
       "q",   "rp",   "rt",      "ruby", "s",   "samp", "small", "span",  "strike", "strong", "sub",
       "sup", "time", "tt",      "u",    "var", "wbr",  "area",  "button"}};
  return kInline.contains(name);
}

std::vector<Page> split_sections(const MarkupTree& tree, const std::vector<bool>& content) {
  return SectionBuilder(tree, content).build();
}

}  // namespace carrel::indexer
