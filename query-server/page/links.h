// Addresses that may stand in a page.
#pragma once

#include <string>
#include <string_view>

#include "search/answer.h"

namespace carrel::query_server::page {

/// Makes links to resources. With `documents_served`, a resource without an address of its own, or with one
/// that is relative to the library, is linked to its file under /documents/.
class Links {
 public:
  explicit Links(bool documents_served) : documents_served_(documents_served) {}

  /// `url` when it is http, https or a path on this site; empty for anything else (javascript:, data:…).
  std::string safe(std::string_view url) const;

  /// Where a visitor opens the resource; empty when nowhere.
  std::string to(const search::Resource& resource) const;

  /// Where a visitor opens the place of the passage; the resource itself when it has no link of its own.
  std::string to(const search::Resource& resource, const search::Passage& passage) const;

 private:
  bool documents_served_;
};

}  // namespace carrel::query_server::page
