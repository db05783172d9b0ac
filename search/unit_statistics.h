// How large the collection is in units of ranking: pages of long resources, short resources whole.
#pragma once

namespace Xapian {
class Database;
}

namespace carrel::search {

struct UnitStatistics {
  double units = 1;
  double mean_length = 1;  ///< words

  /// Reads the length and the number of pages of every resource. `whole_words`: resources of fewer words are
  /// one unit. Throws Xapian::Error.
  static UnitStatistics load(const Xapian::Database& database, double whole_words);
};

}  // namespace carrel::search
