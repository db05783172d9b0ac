// Where the words of a query stand in resources.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "search/position_memory.h"

namespace carrel::search {

/// For one query: ranking by pages and the passages of the hits ask for the same lists. Refers to all that it
/// is made of while it lives; for one thread.
class PositionReader {
 public:
  using Positions = PositionMemory::Positions;

  PositionReader(const Xapian::Database& database, PositionMemory& memory)
      : database_(database), memory_(memory) {}

  /// The positions of `term` in `document`, ascending; none when it is not there. Valid until the next call.
  Positions of(Xapian::docid document, const std::string& term);

  /// Where the pages of `document` begin, and after them where its text ends; valid as of().
  Positions breaks_of(Xapian::docid document);

  /// The positions of any of `terms`, ascending.
  std::vector<Xapian::termpos> of_any(Xapian::docid document, const std::vector<std::string>& terms);

  /// Whoever walked through the postings of `term` tells: of the documents `among` it is `with` alone that
  /// have it. Most forms of a word are in few of the documents found, and there is no list to look for in
  /// the others. Both ascend; `among` is the same for all terms.
  void note_documents(const std::string& term, std::span<const Xapian::docid> among,
                      std::vector<Xapian::docid> with);

 private:
  bool is_noted_without(Xapian::docid document, const std::string& term) const;

  const Xapian::Database& database_;
  PositionMemory& memory_;
  std::vector<Xapian::docid> among_;
  std::unordered_map<std::string, std::vector<Xapian::docid>> noted_;
};

}  // namespace carrel::search
