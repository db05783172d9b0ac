#include "search/position_reader.h"

#include <algorithm>

namespace carrel::search {

const PositionReader::Positions& PositionReader::of(Xapian::docid document, const std::string& term) {
  if (remembered_ > kRemembered) {
    read_.clear();
    remembered_ = 0;
  }
  const auto [found, is_new] = read_[term].try_emplace(document);
  if (is_new) {
    found->second.assign(database_.positionlist_begin(document, term),
                         database_.positionlist_end(document, term));
    remembered_ += found->second.size() + 1;
  }
  return found->second;
}

PositionReader::Positions PositionReader::of_any(Xapian::docid document,
                                                 const std::vector<std::string>& terms) {
  Positions all;
  for (const std::string& term : terms) {
    const Positions& of_term = of(document, term);
    all.insert(all.end(), of_term.begin(), of_term.end());
  }
  if (terms.size() > 1) std::ranges::sort(all);
  return all;
}

}  // namespace carrel::search
