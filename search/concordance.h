// Every occurrence of a query's words on the pages of a resource, with what stands beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <xapian.h>

#include "search/answer.h"
#include "search/occurrence.h"
#include "search/query_builder.h"
#include "search/schema/page_store.h"
#include "search/text_matches.h"

namespace carrel::search {

/// For the hits of one query. Refers to `database` and `targets` while it lives.
class Concordance {
 public:
  Concordance(const Xapian::Database& database, std::span<const Target> targets, std::size_t context)
      : database_(database), matcher_(targets), context_(context) {}

  /// Calls `visit` for each occurrence on the `pages` (1-based, ascending) of a resource; false when `visit`
  /// was. A phrase that runs over the end of a page belongs to the page where it begins.
  bool find(const Resource& resource, std::span<const std::uint32_t> pages,
            const std::function<bool(const Occurrence&)>& visit);

 private:
  const schema::PageEntry& page(const Resource& resource, std::uint32_t number);

  const Xapian::Database& database_;
  TextMatcher matcher_;
  std::size_t context_;
  std::map<std::uint32_t, schema::PageEntry> read_;  // of one resource: a page and its neighbours
};

}  // namespace carrel::search
