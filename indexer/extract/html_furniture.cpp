#include "indexer/extract/html_furniture.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "indexer/extract/name_set.h"

namespace carrel::indexer {
namespace {

using Index = MarkupTree::Index;

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_inside(const MarkupTree& tree, Index element, const MarkupName& first, const MarkupName& second) {
  // No honest page nests deeper; a hostile one must not make each step a long walk.
  int levels = 64;
  for (Index i = tree.node(element).parent; i != MarkupTree::kNone && levels > 0;
       i = tree.node(i).parent, --levels) {
    if (tree.name(i) == first || tree.name(i) == second) return true;
  }
  return false;
}

/// class and id as words: "siteNav main-menu_2" is "site nav main menu 2".
std::string words_of(const MarkupTree& tree, Index element) {
  std::string words = " ";
  for (const MarkupName& key : {MarkupName("class"), MarkupName("id")}) {
    const std::string_view value = tree.attribute(element, key).value_or("");
    for (std::size_t i = 0; i < value.size() && i < 400; ++i) {
      const char c = value[i];
      const bool upper = c >= 'A' && c <= 'Z';
      const bool letter = upper || (c >= 'a' && c <= 'z');
      const bool hump = upper && i > 0 && value[i - 1] >= 'a' && value[i - 1] <= 'z';
      if (!letter || hump) words.push_back(' ');
      if (letter) words.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    }
    words.push_back(' ');
  }
  return words;
}

/// Calls `take` with each word of a text of words_of().
template <typename Take>
void for_each_word(std::string_view words, Take&& take) {
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    if (end > begin) take(words.substr(begin, end - begin));
    begin = end + 1;
  }
}

constexpr NameSet<6> kCommentWords{
    {"comments", "comment", "disqus", "commentlist", "commentform", "nocomments"}};

constexpr NameSet<67> kFurnitureWords{
    {"nav",         "navbar",       "navigation",    "menu",        "menus",
     "breadcrumb",  "breadcrumbs",  "crumbs",        "footer",      "sidebar",
     "cookie",      "cookies",      "consent",       "gdpr",        "social",
     "sociable",    "share",        "sharing",       "sharebar",    "addthis",
     "sharedaddy",  "related",      "relatedposts",  "secondary",   "meta",
     "postmeta",    "postmetadata", "metadata",      "advert",      "adverts",
     "ad",          "ads",          "advertisement", "sponsored",   "promo",
     "newsletter",  "subscribe",    "signup",        "popup",       "modal",
     "overlay",     "pagination",   "pager",         "skip",        "masthead",
     "toolbar",     "outbrain",     "taboola",       "recommended", "recommendations",
     "trending",    "popular",      "sitemap",       "widget",      "banner",
     "login",       "search",       "upsell",        "copyright",   "paywall",
     "entryfooter", "print",        "bio",           "readmore",    "latest",
     "teasers",     "tags"}};

// A byline is content, a box about its author is not.
constexpr NameSet<8> kAuthorBoxWords{
    {"bio", "info", "box", "card", "about", "description", "profile", "section"}};

}  // namespace

Furniture furniture_of(const MarkupTree& tree, Index element) {
  const MarkupName& name = tree.name(element);
  if (name == "body" || name == "html" || name == "main" || name == "article") return Furniture::none;
  if (name == "nav") return Furniture::certain;
  if (name == "footer") {
    return is_inside(tree, element, "article", "blockquote") ? Furniture::likely : Furniture::certain;
  }
  if (name == "aside") return Furniture::likely;
  if (name == "header")
    return is_inside(tree, element, "article", "main") ? Furniture::none : Furniture::likely;
  const std::string role = lower(tree.attribute(element, "role").value_or(""));
  if (one_of(role,
             std::array<std::string_view, 9>{"navigation", "banner", "contentinfo", "search", "complementary",
                                             "menu", "menubar", "dialog", "alertdialog"})) {
    return role == "complementary" ? Furniture::likely : Furniture::certain;
  }
  if (!tree.has_attribute(element, "class") && !tree.has_attribute(element, "id")) return Furniture::none;
  const std::string words = words_of(tree, element);
  bool comments = false, author = false, author_box = false, furniture = false;
  for_each_word(words, [&](std::string_view word) {
    comments = comments || kCommentWords.contains(word);
    author = author || word == "author";
    author_box = author_box || kAuthorBoxWords.contains(word);
    furniture = furniture || kFurnitureWords.contains(word);
  });
  if (comments) return Furniture::comments;
  return furniture || (author && author_box) ? Furniture::likely : Furniture::none;
}

bool is_never_shown(const MarkupName& name) {
  static constexpr NameSet<22> kNames{{"head",     "script", "style", "template", "noscript", "iframe",
                                       "object",   "embed",  "svg",   "math",     "canvas",   "audio",
                                       "video",    "select", "input", "textarea", "datalist", "map",
                                       "noframes", "title",  "meta",  "link"}};
  return kNames.contains(name);
}

bool is_hidden(const MarkupTree& tree, Index element) {
  // Nothing has opened it; what a button opens is looked for by its id.
  if (tree.name(element) == "dialog" && !tree.has_attribute(element, "open")) return true;
  if (tree.node(element).attributes == 0) return false;
  const auto hidden = tree.attribute(element, "hidden");
  if (hidden && *hidden != "until-found") return true;
  if (tree.attribute(element, "aria-hidden") == "true") return true;
  const auto style = tree.attribute(element, "style");
  if (!style) return false;
  std::string packed = lower(*style);
  std::erase_if(packed, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return packed.find("display:none") != std::string::npos ||
         packed.find("visibility:hidden") != std::string::npos;
}

bool is_content_mark(const MarkupTree& tree, Index element) {
  const MarkupName& name = tree.name(element);
  if (name == "main" || name == "article") return true;
  if (tree.node(element).attributes == 0) return false;
  return tree.attribute(element, "role") == "main" || tree.attribute(element, "itemprop") == "articleBody";
}

}  // namespace carrel::indexer
