#include "indexer/extract/html_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/extract/character_references.h"
#include "indexer/extract/html_tokenizer.h"
#include "indexer/extract/name_set.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kDeepest = 512;
constexpr int kDeepestFrame = 4;

/// What the rules of tree construction ask of an element, as bits.
enum Trait : std::uint32_t {
  kVoid = 1U << 0,        // has no content
  kSpecial = 1U << 1,     // end tags of others do not reach through it
  kClosesP = 1U << 2,     // its start tag ends a paragraph
  kScope = 1U << 3,       // bounds the scope of an element
  kTableScope = 1U << 4,  // bounds the scope of parts of a table
  kHeading = 1U << 5,
  kImpliedEnd = 1U << 6,   // its end tag may be left out
  kRaw = 1U << 7,          // its content is text without markup
  kEscapable = 1U << 8,    // its content is text with references
  kMetadata = 1U << 9,     // belongs into the head
  kBreaksOut = 1U << 10,   // ends SVG and MathML
  kTablePart = 1U << 11,   // tr, td…: stands only in tables
  kEndsSelect = 1U << 12,  // cannot stand in a select: somebody forgot to close it
};

std::uint32_t traits_of(const MarkupName& name) {
  static const NameBits kTraits{
      {kVoid,
       "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
       "track wbr"},
      {kSpecial,
       "address applet area article aside base basefont bgsound blockquote body br button caption "
       "center col colgroup dd details dialog dir div dl dt embed fieldset figcaption figure footer "
       "form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li "
       "link listing main marquee menu meta nav noembed noframes noscript object ol p param "
       "plaintext pre script search section select source style summary table tbody td template "
       "textarea tfoot th thead title tr track ul wbr xmp svg math"},
      {kClosesP,
       "address article aside blockquote center details dialog dir div dl fieldset figcaption "
       "figure footer header hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 "
       "pre listing form table hr xmp plaintext li dd dt"},
      {kScope, "applet caption html table td th marquee object template svg math"},
      {kTableScope, "html table template"},
      {kHeading, "h1 h2 h3 h4 h5 h6"},
      {kImpliedEnd, "dd dt li optgroup option p rb rp rt rtc"},
      {kRaw, "style xmp iframe noembed noframes"},
      {kEscapable, "title textarea"},
      {kMetadata, "base basefont bgsound link meta title script style template noscript noframes"},
      {kBreaksOut,
       "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img "
       "li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul "
       "var"},
      {kTablePart, "caption colgroup col tbody thead tfoot tr td th"},
      {kEndsSelect,
       "address article aside blockquote body dd details div dl dt fieldset figure footer form h1 "
       "h2 h3 h4 h5 h6 header input keygen li main nav ol p pre section select table tbody td "
       "textarea tfoot th thead tr ul"}};
  return kTraits.of(name);
}

class TreeBuilder {
 public:
  TreeBuilder(std::string_view utf8, MarkupTree& tree)
      : tokenizer_(utf8), tree_(tree), xhtml_(utf8.starts_with("<?xml")) {}

  /// Builds the page of an `<iframe srcdoc>` inside an open element, `level` frames deep.
  TreeBuilder(std::string_view utf8, MarkupTree& tree, int level) : TreeBuilder(utf8, tree) {
    open_.push_back({MarkupName(), kSpecial | kScope | kTableScope});
    mode_ = Mode::in_body;
    level_ = level;
  }

  void build() {
    for (tokenizer_.next(token_); token_.kind != HtmlToken::Kind::end_of_file; tokenizer_.next(token_)) {
      switch (token_.kind) {
        case HtmlToken::Kind::text:
          add_text(token_.text);
          break;
        case HtmlToken::Kind::start_tag:
          if (token_.name == "image") token_.name = "img";
          start_tag(traits_of(token_.name));
          break;
        case HtmlToken::Kind::end_tag:
          end_tag(traits_of(token_.name));
          break;
        case HtmlToken::Kind::end_of_file:
          break;
      }
      tokenizer_.set_foreign(in_foreign_content());
    }
    pop_to(level_ > 0 ? 1 : 0);
  }

 private:
  struct Open {
    MarkupName name;  // the tree keeps it
    std::uint32_t traits = 0;
    bool foreign = false;
  };

  // --- the stack of open elements ---

  void push(const MarkupName& name, std::uint32_t name_traits, bool with_attributes, bool foreign = false) {
    if (open_.size() >= kDeepest) pop();
    const MarkupName kept = tree_.open(name);
    if (with_attributes) {
      for (std::size_t i = 0; i < token_.attributes; ++i) {
        tree_.add_attribute(token_.attribute[i].name, token_.attribute[i].value);
      }
    }
    open_.push_back({kept, name_traits, foreign});
    if (kept == "select") ++selects_;
  }

  void pop() {
    if (open_.back().name == "select") --selects_;
    tree_.close(open_.back().name);
    open_.pop_back();
  }

  void pop_to(std::size_t depth) {
    while (open_.size() > depth) pop();
  }

  /// How many elements are open below the innermost one of this name that stands in scope; npos: none does.
  std::size_t in_scope(const MarkupName& name, std::uint32_t barrier) const {
    for (std::size_t at = open_.size(); at-- > 0;) {
      if (open_[at].name == name && !open_[at].foreign) return at;
      if ((open_[at].traits & barrier) != 0) break;
    }
    return kNowhere;
  }

  bool close_in_scope(const MarkupName& name, std::uint32_t barrier) {
    const std::size_t at = in_scope(name, barrier);
    if (at == kNowhere) return false;
    pop_to(at);
    return true;
  }

  void close_p() {
    for (std::size_t at = open_.size(); at-- > 0;) {
      if (open_[at].name == "p") return pop_to(at);
      if ((open_[at].traits & kScope) != 0 || open_[at].name == "button") return;
    }
  }

  /// For `<li>`, `<dd>` and `<dt>`: an open one ends where another begins in the same list.
  void close_item(const MarkupName& name, const MarkupName& other) {
    for (std::size_t at = open_.size(); at-- > 0;) {
      if (open_[at].name == name || open_[at].name == other) return pop_to(at);
      const bool passes = open_[at].name == "address" || open_[at].name == "div" || open_[at].name == "p";
      if ((open_[at].traits & kSpecial) != 0 && !passes) return;
    }
  }

  // --- html, head and body ---

  enum class Mode { before, in_head, in_body };

  void open_html() {
    if (open_.empty()) push("html", traits_of("html"), false);
  }

  void open_head() {
    open_html();
    if (mode_ != Mode::before) return;
    push("head", traits_of("head"), false);
    mode_ = Mode::in_head;
  }

  void open_body(bool with_attributes) {
    open_html();
    if (mode_ == Mode::in_body) return;
    pop_to(1);
    push("body", traits_of("body"), with_attributes);
    mode_ = Mode::in_body;
  }

  /// Text and tags that stand in an element of the head, as in a template, belong there.
  bool inside_head_element() const { return mode_ == Mode::in_head && open_.size() > 2; }

  // --- text ---

  void add_text(std::string_view text) {
    if (skip_line_end_) {
      skip_line_end_ = false;
      if (text.starts_with('\r')) text.remove_prefix(1);
      if (text.starts_with('\n')) text.remove_prefix(1);
    }
    if (mode_ != Mode::in_body && !inside_head_element()) {
      if (text.find_first_not_of(" \t\r\n\f") == std::string_view::npos) return;
      open_body(false);
    }
    tree_.add_text(text);
  }

  /// The content of an element that holds no markup, up to its end tag.
  void add_raw(std::string_view text) {
    if (!text.empty()) tree_.add_text(text);
  }

  // --- foreign content ---

  bool in_foreign_content() const { return !open_.empty() && open_.back().foreign; }

  /// True where HTML goes on inside SVG and MathML.
  static bool is_integration_point(const MarkupName& name) {
    return name == "foreignobject" || name == "desc" || name == "title" || name == "mi" || name == "mo" ||
           name == "mn" || name == "ms" || name == "mtext" || name == "annotation-xml";
  }

  /// False when the tag is one of HTML's after all.
  bool foreign_start_tag(std::uint32_t name_traits) {
    if (is_integration_point(open_.back().name)) return false;
    if ((name_traits & kBreaksOut) != 0) {
      while (in_foreign_content() && !is_integration_point(open_.back().name)) pop();
      return false;
    }
    push(token_.name, 0, true, true);
    if (token_.self_closing) pop();
    return true;
  }

  // --- tags ---

  void start_tag(std::uint32_t name_traits) {
    skip_line_end_ = false;
    const MarkupName name = token_.name;
    if (in_foreign_content() && foreign_start_tag(name_traits)) return;
    if (name == "html") {
      if (open_.empty()) push(name, name_traits, true);
      return;
    }
    if (name == "head") {
      open_html();
      if (mode_ == Mode::before) {
        push(name, name_traits, true);
        mode_ = Mode::in_head;
      }
      return;
    }
    if (mode_ != Mode::in_body && !inside_head_element()) {
      if (name == "body") return open_body(true);
      if ((name_traits & kMetadata) != 0) {
        open_head();
      } else {
        open_body(false);
      }
    }
    if (name == "body") return;
    close_what_ends(name, name_traits);
    if ((name_traits & kTablePart) != 0 && !make_place_in_table(name)) {
      // Outside a table its parts are nothing for browsers; here they still part words.
      push(name, name_traits, false);
      return pop();
    }
    insert(name_traits);
  }

  /// Ends the open elements whose end tags may be left out before this one.
  void close_what_ends(const MarkupName& name, std::uint32_t name_traits) {
    if (selects_ > 0 && (name_traits & kEndsSelect) != 0) close_in_scope("select", kScope);
    if (name == "li") close_item("li", "li");
    if (name == "dd" || name == "dt") close_item("dd", "dt");
    if ((name_traits & kClosesP) != 0) close_p();
    if (open_.empty()) return;
    if ((name_traits & kHeading) != 0 && (open_.back().traits & kHeading) != 0) pop();
    if (name == "option" || name == "optgroup") {
      if (open_.back().name == "option") pop();
      if (name == "optgroup" && open_.back().name == "optgroup") pop();
    } else if (name == "button") {
      close_in_scope("button", kScope);
    } else if (name == "a" || name == "nobr") {
      close_formatting(name);
    } else if (name == "rb" || name == "rt" || name == "rtc" || name == "rp") {
      if (open_.back().name == "rb" || open_.back().name == "rt" || open_.back().name == "rp") pop();
    } else if (name == "table" && !open_.empty() &&
               (open_.back().name == "table" || open_.back().name == "tr" || open_.back().name == "tbody")) {
      close_in_scope("table", kTableScope);
    }
  }

  /// Ends an element like `<a>` or `<b>`, and the paragraphs and items that were left open in it; not if
  /// another block is open there.
  void close_formatting(const MarkupName& name) {
    for (std::size_t at = open_.size(); at-- > 0;) {
      if (open_[at].name == name) return pop_to(at);
      if ((open_[at].traits & kSpecial) != 0 && (open_[at].traits & kImpliedEnd) == 0) return;
    }
  }

  /// Goes back to where a part of a table may stand; false where there is no table.
  bool make_place_in_table(const MarkupName& name) {
    const std::size_t table = in_scope("table", kTableScope);
    const std::size_t shelter = in_scope("template", kTableScope);
    if (table == kNowhere) return shelter != kNowhere;
    MarkupName within;
    if (name == "td" || name == "th") within = "tr";
    if (name == "tr") within = "tbody";
    std::size_t depth = table + 1;
    for (std::size_t at = table + 1; at < open_.size(); ++at) {
      const MarkupName& part = open_[at].name;
      const bool section = part == "tbody" || part == "thead" || part == "tfoot";
      if (within == "tr" && (section || part == "tr")) depth = at + 1;
      if (within == "tbody" && section) depth = at + 1;
      if (name == "col" && part == "colgroup") depth = at + 1;
    }
    pop_to(depth);
    return true;
  }

  void insert(std::uint32_t name_traits) {
    const MarkupName name = token_.name;
    if (name == "form") {
      if (std::any_of(open_.begin(), open_.end(), [](const Open& one) { return one.name == "form"; })) return;
    } else if (name == "frameset") {
      return;
    }
    const bool foreign = name == "svg" || name == "math";
    push(name, name_traits, true, foreign);
    if ((name_traits & kVoid) != 0 || ((foreign || xhtml_) && token_.self_closing)) return pop();
    if (name == "iframe" && add_frame()) {
      tokenizer_.raw_text(name);
      return;
    }
    if (name == "pre" || name == "listing") skip_line_end_ = true;
    if (name == "script") {
      add_raw(tokenizer_.script_text());
    } else if ((name_traits & kRaw) != 0) {
      add_raw(tokenizer_.raw_text(name));
    } else if ((name_traits & kEscapable) != 0) {
      std::string decoded;
      append_decoded(decoded, tokenizer_.raw_text(name), false);
      add_raw(decoded);
    } else if (name == "plaintext") {
      add_raw(tokenizer_.plain_text());
    }
  }

  /// A page that is written out in an attribute is shown as a part of this one; false when there is none.
  bool add_frame() {
    if (level_ >= kDeepestFrame) return false;
    for (std::size_t i = 0; i < token_.attributes; ++i) {
      if (token_.attribute[i].name != "srcdoc") continue;
      const std::string page = token_.attribute[i].value;
      TreeBuilder(page, tree_, level_ + 1).build();
      return true;
    }
    return false;
  }

  void end_tag(std::uint32_t name_traits) {
    skip_line_end_ = false;
    const MarkupName name = token_.name;
    if (name == "body" || name == "html") return;
    if (name == "head") {
      if (mode_ == Mode::in_head) pop_to(1);
      if (mode_ == Mode::in_head) mode_ = Mode::before;
      return;
    }
    if (name == "br" || (name == "p" && in_scope("p", kScope) == kNowhere)) {
      // Browsers make an element of these: the line ends.
      open_body(false);
      token_.attributes = 0;
      push(name, traits_of(name), false);
      return pop();
    }
    if (open_.empty() || (name_traits & kVoid) != 0) return;
    if (in_foreign_content()) return end_foreign();
    if ((name_traits & kHeading) != 0) {
      for (std::size_t at = open_.size(); at-- > 0;) {
        if ((open_[at].traits & kHeading) != 0) return pop_to(at);
        if ((open_[at].traits & kScope) != 0) return;
      }
      return;
    }
    if (name == "table" || (name_traits & kTablePart) != 0) {
      close_in_scope(name, kTableScope);
    } else if (name == "template") {
      close_in_scope(name, 0);
    } else if ((name_traits & kSpecial) != 0) {
      close_in_scope(name, kScope);
    } else {
      close_formatting(name);
    }
  }

  void end_foreign() {
    for (std::size_t at = open_.size(); at-- > 0;) {
      if (open_[at].name == token_.name) return pop_to(at);
      // An end tag of HTML's that something around the drawing waits for.
      if (!open_[at].foreign && (open_[at].traits & kScope) != 0) return;
    }
  }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  HtmlTokenizer tokenizer_;
  HtmlToken token_;
  MarkupTree& tree_;
  std::vector<Open> open_;
  Mode mode_ = Mode::before;
  bool skip_line_end_ = false;
  int selects_ = 0;  // open ones
  int level_ = 0;    // of frames
  bool xhtml_;       // written as XML: "<title/>" is empty, as in books
};

}  // namespace

void parse_html(std::string_view utf8, MarkupTree& tree) {
  TreeBuilder(utf8, tree).build();
}

}  // namespace carrel::indexer
