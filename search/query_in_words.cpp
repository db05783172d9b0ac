#include <fmt/format.h>

#include "search/query_parser.h"

namespace carrel::search {
namespace {

std::string joined(const std::vector<QueryWord>& words) {
  std::string out;
  for (const QueryWord& word : words) {
    if (!out.empty()) out += ' ';
    out += word.exact;
  }
  return out;
}

std::string range(const QueryNode& node) {
  const std::string& typed = node.values.front();
  const std::string name(schema::field(node.field).name);
  const std::size_t dots = typed.find("..");
  if (dots == std::string::npos) return name + " " + typed;
  const std::string from = typed.substr(0, dots);
  const std::string to = typed.substr(dots + 2);
  if (from.empty()) return fmt::format("{} up to {}", name, to);
  if (to.empty()) return fmt::format("{} from {}", name, from);
  return fmt::format("{} from {} to {}", name, from, to);
}

std::string field(const QueryNode& node) {
  const schema::Field& row = schema::field(node.field);
  std::string values;
  for (const std::string& value : node.values) {
    if (!values.empty()) values += " or ";
    values += "“" + value + "”";
  }
  return fmt::format("{} {} {}", row.name, row.is(schema::kFilter) ? "is" : "has", values);
}

std::string describe(const QueryNode& node, bool inside);

std::string list(const QueryNode& node, std::string_view between) {
  std::string out;
  for (const QueryNode& child : node.children) {
    if (!out.empty()) out += between;
    out += describe(child, true);
  }
  return out;
}

std::string group(const QueryNode& node, bool inside) {
  std::string found, excluded;
  std::size_t parts = 0;
  for (const QueryNode& child : node.children) {
    if (child.need == Need::excluded) {
      excluded += (excluded.empty() ? "not " : " and not ") + describe(child, true);
      continue;
    }
    found += (found.empty() ? "" : " and ") + describe(child, true);
    ++parts;
  }
  if (found.empty()) found = "everything";
  if (!excluded.empty()) found += ", " + excluded;
  return inside && (parts > 1 || !excluded.empty()) ? "(" + found + ")" : found;
}

std::string describe(const QueryNode& node, bool inside) {
  switch (node.kind) {
    case NodeKind::word:
      return node.exact ? "“" + joined(node.words) + "”" : joined(node.words);
    case NodeKind::phrase:
    case NodeKind::compound:
      return "“" + joined(node.words) + "”";
    case NodeKind::ideographs: {
      std::string out;
      for (const QueryWord& word : node.words) out += word.exact;
      return out;
    }
    case NodeKind::prefix:
      return fmt::format("words that begin with “{}”", node.words.front().exact);
    case NodeKind::field:
      return field(node);
    case NodeKind::range:
      return range(node);
    case NodeKind::any_of: {
      std::string out = list(node, " or ");
      return inside ? "(" + out + ")" : out;
    }
    case NodeKind::near:
      return list(node, node.ordered ? fmt::format(" followed within {} words by ", node.distance)
                                     : fmt::format(" within {} words of ", node.distance));
    case NodeKind::everything:
      return "everything";
    case NodeKind::group:
      return group(node, inside);
  }
  return {};
}

}  // namespace

std::string in_words(const QueryNode& root) {
  // Brackets only where they tell something apart.
  if (root.children.size() == 1 && root.children.front().need != Need::excluded) {
    return describe(root.children.front(), false);
  }
  return describe(root, false);
}

}  // namespace carrel::search
