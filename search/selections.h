// The filters of a request, made ready for matching: facet selections as tables over column codes, the rest
// as a Xapian query.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

#include "search/facet_columns.h"
#include "search/request.h"
#include "search/schema/result.h"

namespace carrel::search {

/// What is selected in one facet field: OR within.
struct FacetSelection {
  const FacetColumn* column = nullptr;
  std::vector<bool> allowed;          ///< by code
  std::vector<std::uint32_t> chosen;  ///< codes named one by one (not those merely inside a range)
  std::vector<std::string> unknown;   ///< selected values that no resource has

  bool allows(std::uint32_t document) const {
    for (const std::uint32_t code : column->codes(document)) {
      if (allowed[code]) return true;
    }
    return false;
  }
};

/// AND across the members.
struct Selections {
  std::vector<FacetSelection> facets;  ///< counted drill-sideways
  std::vector<Xapian::Query> filters;  ///< of fields that are no facets, and of `date`
};

/// Error usage for a field that cannot filter and for dates that nobody can read. Values that no resource has
/// are fine: they match nothing.
Result<Selections> read_selections(const Request& request, const FacetColumns& columns);

}  // namespace carrel::search
