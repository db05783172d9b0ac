// Warnings about a document that depend on the others: copies, near copies and links that lead nowhere. They
// are made anew at the end of every run that changed something, so a warning goes away when its cause does,
// whichever document that was in.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/inputs.h"
#include "indexer/ledger.h"
#include "indexer/links.h"
#include "indexer/present_files.h"
#include "indexer/report.h"

namespace carrel::indexer {

/// Follows a run that writes an index. One thread.
class LibraryWarnings {
 public:
  /// `inputs` must outlive it.
  LibraryWarnings(const Inputs& inputs, std::string_view url_prefix);

  /// A document is about to go into the ledger: notes in `entry` which of its links lead into the library,
  /// and which of those nowhere.
  void add(LedgerEntry& entry, const std::vector<std::string>& links);

  /// A file has gone, or has moved away from there.
  void remove(const ListedFile& file);

  /// Brings the warnings `broken-link`, `duplicate` and `near-duplicate` of all entries up to date, and the
  /// rows of the report with them. Translations and editions that the catalogue names (translation_of,
  /// supersedes) are nobody's near copies. Entries whose warnings stay as they are stay unwritten.
  void finish(Ledger& ledger, RunReport& report);

 private:
  using Sayings = std::unordered_map<std::string, std::vector<std::string>>;  ///< by path

  void check_links(Ledger& ledger, Sayings& sayings);
  void find_near_copies(const Ledger& ledger, Sayings& sayings) const;

  const Inputs& inputs_;
  LibraryPlaces places_;
  PresentFiles present_;
  std::unordered_set<std::string> written_;
  std::vector<ListedFile> removed_;
};

}  // namespace carrel::indexer
