#include "search/unit_statistics.h"

#include <algorithm>

#include <xapian.h>

#include "search/schema/fields.h"
#include "search/schema/values.h"

namespace carrel::search {

UnitStatistics UnitStatistics::load(const Xapian::Database& database, double whole_words) {
  const Xapian::valueno slot = schema::field(schema::FieldId::pages).slot;
  double more = 0;
  for (auto it = database.valuestream_begin(slot); it != database.valuestream_end(slot); ++it) {
    const double pages = static_cast<double>(schema::read_number(*it));
    if (pages > 1 && database.get_doclength(it.get_docid()) >= whole_words) more += pages - 1;
  }
  UnitStatistics out;
  out.units = std::max(1.0, database.get_doccount() + more);
  out.mean_length = std::max(1.0, static_cast<double>(database.get_total_length()) / out.units);
  return out;
}

}  // namespace carrel::search
