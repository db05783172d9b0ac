#include "search/reader_languages.h"

#include <algorithm>
#include <map>
#include <optional>

#include "search/schema/language.h"

namespace carrel::search {
namespace {

/// Words looked at, and resources looked at for each: enough to tell languages apart.
constexpr std::size_t kMaxWords = 8;
constexpr std::size_t kMaxResources = 2000;
/// The query's language must have so many times the evidence of the next.
constexpr double kClearly = 1.5;

void collect(const QueryNode& node, std::vector<std::string>& words) {
  if (node.need == Need::excluded || words.size() >= kMaxWords) return;
  if (node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::compound ||
      node.kind == NodeKind::ideographs) {
    for (const QueryWord& word : node.words) words.push_back(word.folded);
  }
  for (const QueryNode& child : node.children) collect(child, words);
}

std::optional<std::string> language_of(const Xapian::Database& database, const FacetColumn& languages,
                                       const std::vector<std::string>& words) {
  std::map<std::string, double> sizes, evidence;
  for (std::uint32_t code = 0; code < languages.size(); ++code) {
    sizes[schema::base_language(languages.value(code))] += static_cast<double>(languages.documents(code));
  }
  for (const std::string& word : words) {
    std::vector<double> with(languages.size(), 0);
    std::size_t seen = 0;
    for (auto at = database.postlist_begin(word); at != database.postlist_end(word) && seen < kMaxResources;
         ++at, ++seen) {
      for (const std::uint32_t code : languages.codes(*at)) ++with[code];
    }
    std::map<std::string, double> having;
    for (std::uint32_t code = 0; code < with.size(); ++code) {
      if (with[code] > 0) having[schema::base_language(languages.value(code))] += with[code];
    }
    double all = 0;
    for (auto& [language, count] : having) all += count /= sizes[language];
    for (const auto& [language, share] : having) evidence[language] += share / all;
  }
  if (evidence.empty()) return std::nullopt;
  const auto by_evidence = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto best = std::max_element(evidence.begin(), evidence.end(), by_evidence);
  for (const auto& [language, amount] : evidence) {
    if (language != best->first && best->second < amount * kClearly) return std::nullopt;
  }
  return best->first;
}

}  // namespace

std::vector<std::string> reader_languages(const Xapian::Database& database, const FacetColumns& columns,
                                          const QueryNode& root, const Request& request) {
  std::vector<std::string> languages;
  const auto add = [&](std::string language) {
    if (std::ranges::find(languages, language) == languages.end()) languages.push_back(std::move(language));
  };
  const std::string interface = schema::base_language(request.ui);
  if (interface != "en") add(interface);
  std::vector<std::string> words;
  collect(root, words);
  const FacetColumn* column = columns.find(schema::FieldId::language);
  if (!words.empty() && column != nullptr) {
    if (auto of_query = language_of(database, *column, words)) add(std::move(*of_query));
  }
  add("en");
  return languages;
}

}  // namespace carrel::search
