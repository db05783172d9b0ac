// Addresses that may stand in a page.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "search/answer.h"

namespace carrel::query_server::page {

/// Tells whether this server serves the file at this path below the root of the documents.
using Served = std::function<bool(std::string_view path)>;

/// Makes links to resources: to the file that this server serves, when it does, else to the resource's own
/// address.
class Links {
 public:
  /// Without `served` no documents are.
  explicit Links(Served served = nullptr) : served_(std::move(served)) {}

  /// The same, with parameters ("ui=es&q=words", encoded) on every page of a resource; they may be empty.
  Links with_parameters(std::string parameters) const {
    Links links(served_);
    links.parameters_ = std::move(parameters);
    return links;
  }

  /// `url` when it is http, https or a path on this site; empty for anything else (javascript:, data:…).
  static std::string safe(std::string_view url);

  /// A translation or another edition, of which only these two are known: its own address, or its page on
  /// this site when it has none or documents are served here.
  std::string to_other(std::string_view id, std::string_view url) const;

  /// The page of a resource on this site.
  std::string to_page(std::string_view id) const;

  /// Where a visitor opens the resource; empty when nowhere.
  std::string to(const search::Resource& resource) const;

  /// Where a visitor opens the place of the passage; the resource itself when it has no link of its own.
  std::string to(const search::Resource& resource, const search::Passage& passage) const;

 private:
  bool serves(const search::Resource& resource) const;
  Served served_;
  std::string parameters_;
};

}  // namespace carrel::query_server::page
