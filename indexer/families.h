// Which documents are one work in several languages or editions, as the catalogue says.
#pragma once

#include <string>
#include <unordered_map>

#include "indexer/catalogue.h"
#include "indexer/ledger.h"

namespace carrel::indexer {

/// Groups of ids that translation_of and supersedes join, over any number of steps.
class Families {
 public:
  /// `catalogue` may be nullptr: nothing is related.
  Families(const Ledger& ledger, const Catalogue* catalogue);

  bool related(const std::string& a, const std::string& b) const;

 private:
  const std::string& head(const std::string& id) const;
  void join(const std::string& a, const std::string& b);

  std::unordered_map<std::string, std::string> towards_head_;
};

}  // namespace carrel::indexer
