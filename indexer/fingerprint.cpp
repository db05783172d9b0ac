#include "indexer/fingerprint.h"

#include <algorithm>
#include <vector>

#include "search/schema/terms.h"

namespace carrel::indexer {

std::string collection_fingerprint(const Ledger& ledger) {
  std::vector<std::string> files;
  ledger.for_each([&](const LedgerGlance& at) {
    if (at.id.empty()) return;
    std::string file(at.id);
    file.append(1, '\0').append(at.packed_content).append(1, '\0').append(at.settings_hash);
    files.push_back(schema::content_hash(file));
  });
  std::ranges::sort(files);
  std::string all;
  for (const std::string& file : files) all += file;
  return schema::content_hash(all);
}

}  // namespace carrel::indexer
