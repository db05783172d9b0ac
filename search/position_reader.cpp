#include "search/position_reader.h"

#include <algorithm>
#include <utility>

#include "search/schema/fields.h"

namespace carrel::search {

void PositionReader::note_documents(const std::string& term, std::span<const Xapian::docid> among,
                                    std::vector<Xapian::docid> with) {
  if (!std::ranges::equal(among_, among)) {
    among_.assign(among.begin(), among.end());
    noted_.clear();
  }
  noted_.insert_or_assign(term, std::move(with));
}

bool PositionReader::is_noted_without(Xapian::docid document, const std::string& term) const {
  const auto noted = noted_.find(term);
  return noted != noted_.end() && std::ranges::binary_search(among_, document) &&
         !std::ranges::binary_search(noted->second, document);
}

PositionReader::Positions PositionReader::of(Xapian::docid document, const std::string& term) {
  if (is_noted_without(document, term)) return {};
  return memory_.of(database_, document, term);
}

PositionReader::Positions PositionReader::breaks_of(Xapian::docid document) {
  static const std::string breaks(schema::kPageBreakTerm);
  return memory_.of(database_, document, breaks);
}

std::vector<Xapian::termpos> PositionReader::of_any(Xapian::docid document,
                                                    const std::vector<std::string>& terms) {
  std::vector<Xapian::termpos> all;
  for (const std::string& term : terms) {
    const Positions of_term = of(document, term);
    all.insert(all.end(), of_term.begin(), of_term.end());
  }
  if (terms.size() > 1) std::ranges::sort(all);
  return all;
}

}  // namespace carrel::search
