#include "search/stop_word_filter.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "search/schema/stop_words.h"

namespace carrel::search {
namespace {

void collect(const QueryNode& node, std::vector<std::string>& words) {
  if (node.kind == NodeKind::word && !node.exact) words.push_back(node.words.front().exact);
  for (const QueryNode& child : node.children) collect(child, words);
}

bool has_capital(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}
bool has_small(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

class Filter {
 public:
  Filter(std::string_view query, const std::unordered_set<std::string_view>& stops)
      : query_(query), stops_(stops), mixed_case_(has_capital(query) && has_small(query)) {}

  void apply(QueryNode& node) const {
    for (QueryNode& child : node.children) apply(child);
    if (node.kind != NodeKind::group) return;
    const auto matters = [&](const QueryNode& child) {
      return child.need != Need::excluded && !stops(child);
    };
    if (std::ranges::none_of(node.children, matters)) return;
    std::erase_if(node.children, [&](const QueryNode& child) { return stops(child); });
  }

 private:
  bool stops(const QueryNode& node) const {
    if (node.kind != NodeKind::word || node.exact || node.related || node.need != Need::wanted) return false;
    const std::string_view typed = query_.substr(node.begin, node.end - node.begin);
    const bool was_operator = typed == "AND" || typed == "OR" || typed == "NOT";
    const bool acronym =
        mixed_case_ && typed.size() > 1 && has_capital(typed) && !has_small(typed) && !was_operator;
    return !acronym && stops_.contains(node.words.front().exact);
  }

  std::string_view query_;
  const std::unordered_set<std::string_view>& stops_;
  bool mixed_case_;
};

}  // namespace

void drop_stop_words(QueryNode& root, std::string_view query, std::span<const std::string> languages) {
  std::vector<std::string> words;
  collect(root, words);
  Filter(query, schema::stop_words(schema::likely_language(words, languages))).apply(root);
}

}  // namespace carrel::search
