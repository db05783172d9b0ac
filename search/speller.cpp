#include "search/speller.h"

#include <algorithm>
#include <vector>

#include "search/schema/text.h"

namespace carrel::search {
namespace {

/// A word found in more resources than this is not taken for a slip.
constexpr Xapian::doccount kRare = 2;
/// How many times more frequent the correction of a word that does occur must be.
constexpr Xapian::doccount kMoreFrequent = 10;
/// Words shorter than this differ from too many others.
constexpr std::size_t kShortest = 4;
/// From this length on two edits are one slip's worth.
constexpr std::size_t kLong = 7;

void collect(const QueryNode& node, std::vector<const QueryNode*>& words) {
  if (node.need == Need::excluded) return;
  if (node.kind == NodeKind::word && !node.exact) words.push_back(&node);
  for (const QueryNode& child : node.children) collect(child, words);
}

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> corrected_query(std::string_view query, const QueryNode& root,
                                           const Xapian::Database& database, const Vocabulary& vocabulary,
                                           WordForms& forms) {
  std::vector<const QueryNode*> words;
  collect(root, words);
  std::ranges::sort(words, std::greater<>(), &QueryNode::begin);
  std::string corrected(query);
  bool changed = false;
  for (const QueryNode* node : words) {
    const QueryWord& word = node->words.front();
    if (schema::count_code_points(word.folded) < kShortest || has_digit(word.folded)) continue;
    Xapian::doccount known = 0;
    for (const std::string& form : forms.of(database, word, Mode::standard))
      known += database.get_termfreq(form);
    if (known > kRare) continue;
    const std::size_t bound = word.folded.size() < kLong ? 1 : 2;
    const auto least = std::max<Xapian::doccount>(1, known * kMoreFrequent);
    const auto similar = vocabulary.similar(word.folded, bound, least, 1);
    if (similar.empty()) continue;
    corrected.replace(node->begin, node->end - node->begin, similar.front().text);
    changed = true;
  }
  if (!changed) return std::nullopt;
  return corrected;
}

}  // namespace carrel::search
