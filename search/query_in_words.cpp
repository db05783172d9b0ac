#include <fmt/format.h>

#include "search/labels.h"
#include "search/query_parser.h"
#include "search/schema/language.h"
#include "search/schema/text.h"

namespace carrel::search {
namespace {

/// What joins the words of a query in one language.
struct Phrases {
  std::string_view any, all, without, also_without, without_join, everything, begins, exact, related,
      narrower;
  std::string_view is, has, from_to, from, up_to, near, before;
};

// The placeholders are fmt's: {0} is what is spoken of.
constexpr Phrases kEnglish = {
    .any = " or ",
    .all = " and ",
    .without = "not ",
    .also_without = " and not ",
    .without_join = ", ",
    .everything = "everything",
    .begins = "words that begin with “{0}”",
    .exact = "“{0}”",
    .related = "{0} or what it is also called",
    .narrower = "{0} or narrower",
    .is = "{0} is {1}",
    .has = "{0} has {1}",
    .from_to = "{0} from {1} to {2}",
    .from = "{0} from {1}",
    .up_to = "{0} up to {1}",
    .near = " within {0} words of ",
    .before = " followed within {0} words by ",
};
constexpr Phrases kSpanish = {
    .any = " o ",
    .all = " y ",
    .without = "sin ",
    .also_without = " ni ",
    .without_join = ", ",
    .everything = "todo",
    .begins = "palabras que empiezan por “{0}”",
    .exact = "“{0}”",
    .related = "{0} o como también se llama",
    .narrower = "{0} o más específico",
    .is = "{0} es {1}",
    .has = "{0} contiene {1}",
    .from_to = "{0} de {1} a {2}",
    .from = "{0} desde {1}",
    .up_to = "{0} hasta {1}",
    .near = " a {0} palabras como máximo de ",
    .before = " seguido a {0} palabras como máximo de ",
};

std::string joined(const std::vector<QueryWord>& words, std::string_view between = " ") {
  std::string out;
  for (const QueryWord& word : words) {
    if (!out.empty()) out += between;
    out += word.exact;
  }
  return out;
}

class Speaker {
 public:
  explicit Speaker(std::string_view ui)
      : spanish_(schema::base_language(ui) == "es"), say_(spanish_ ? kSpanish : kEnglish) {}

  std::string describe(const QueryNode& node, bool inside) const {
    const std::string told = plainly(node, inside);
    return node.related ? fmt::format(fmt::runtime(say_.related), told) : told;
  }

 private:
  std::string plainly(const QueryNode& node, bool inside) const {
    switch (node.kind) {
      case NodeKind::word:
        return node.exact ? fmt::format(fmt::runtime(say_.exact), joined(node.words)) : joined(node.words);
      case NodeKind::phrase:
      case NodeKind::compound:
        return fmt::format(fmt::runtime(say_.exact), joined(node.words));
      case NodeKind::ideographs:
        return joined(node.words, "");
      case NodeKind::prefix:
        return fmt::format(fmt::runtime(say_.begins), node.words.front().exact);
      case NodeKind::identifier:
        return node.values.front();
      case NodeKind::field:
        return field(node);
      case NodeKind::range:
        return range(node);
      case NodeKind::any_of: {
        std::string out = list(node, say_.any);
        return inside ? "(" + out + ")" : out;
      }
      case NodeKind::near:
        return list(node, fmt::format(fmt::runtime(node.ordered ? say_.before : say_.near), node.distance));
      case NodeKind::everything:
        return std::string(say_.everything);
      case NodeKind::group:
        return group(node, inside);
    }
    return {};
  }

  std::string name_of(schema::FieldId field) const {
    return spanish_ ? schema::exact_form(field_label(field, "es")) : std::string(schema::field(field).name);
  }

  /// The ends of a range as typed, where they can be told apart.
  std::string range(const QueryNode& node) const {
    const std::string& typed = node.values.front();
    const std::string name = name_of(node.field);
    const std::size_t dots = typed.find("..");
    if (dots == std::string::npos) return name + " " + typed;
    const std::string from = typed.substr(0, dots);
    const std::string to = typed.substr(dots + 2);
    if (from.empty()) return fmt::format(fmt::runtime(say_.up_to), name, to);
    if (to.empty()) return fmt::format(fmt::runtime(say_.from), name, from);
    return fmt::format(fmt::runtime(say_.from_to), name, from, to);
  }

  std::string field(const QueryNode& node) const {
    std::string values;
    for (const std::string& value : node.values) {
      if (!values.empty()) values += say_.any;
      values += "“" + value + "”";
    }
    if (node.narrower) values = fmt::format(fmt::runtime(say_.narrower), values);
    const bool whole = schema::field(node.field).is(schema::kFilter);
    return fmt::format(fmt::runtime(whole ? say_.is : say_.has), name_of(node.field), values);
  }

  std::string list(const QueryNode& node, std::string_view between) const {
    std::string out;
    for (const QueryNode& child : node.children) {
      if (!out.empty()) out += between;
      out += describe(child, true);
    }
    return out;
  }

  std::string group(const QueryNode& node, bool inside) const {
    std::string found, excluded;
    std::size_t parts = 0;
    for (const QueryNode& child : node.children) {
      if (child.need == Need::excluded) {
        excluded += excluded.empty() ? say_.without : say_.also_without;
        excluded += describe(child, true);
        continue;
      }
      if (!found.empty()) found += say_.all;
      found += describe(child, true);
      ++parts;
    }
    if (found.empty()) found = say_.everything;
    if (!excluded.empty()) found += std::string(say_.without_join) + excluded;
    return inside && (parts > 1 || !excluded.empty()) ? "(" + found + ")" : found;
  }

  bool spanish_;
  const Phrases& say_;
};

}  // namespace

std::string in_words(const QueryNode& root, std::string_view ui) {
  const Speaker speaker(ui);
  // Brackets only where they tell something apart.
  if (root.children.size() == 1 && root.children.front().need != Need::excluded) {
    return speaker.describe(root.children.front(), false);
  }
  return speaker.describe(root, false);
}

}  // namespace carrel::search
