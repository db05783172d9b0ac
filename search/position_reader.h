// Where words stand in resources, each list read from the index once a query.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace carrel::search {

/// For one query: ranking by pages and the passages of the hits ask for the same lists. Refers to `database`
/// while it lives; for one thread.
class PositionReader {
 public:
  using Positions = std::vector<Xapian::termpos>;

  explicit PositionReader(const Xapian::Database& database) : database_(database) {}

  /// The positions of `term` in `document`, ascending; none when it is not there. Valid until the next call.
  const Positions& of(Xapian::docid document, const std::string& term);

  /// The positions of any of `terms`, ascending.
  Positions of_any(Xapian::docid document, const std::vector<std::string>& terms);

 private:
  /// So many positions are remembered, 4 bytes each; then all are forgotten. A page of results needs far
  /// fewer; a complete list of hits would remember without end.
  static constexpr std::size_t kRemembered = std::size_t{1} << 18;

  const Xapian::Database& database_;
  std::unordered_map<std::string, std::unordered_map<Xapian::docid, Positions>> read_;
  std::size_t remembered_ = 0;
};

}  // namespace carrel::search
