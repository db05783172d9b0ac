// What a collection is, as one short text: who repeats a search sees whether it was asked of the same.
#pragma once

#include <string>

#include "indexer/ledger.h"

namespace carrel::indexer {

/// 32 hexadecimal digits made of the id, the content and the settings (catalogue row, versions of the
/// readers) of every file in the index. Neither the order of files nor their times nor where they lie count.
std::string collection_fingerprint(const Ledger& ledger);

}  // namespace carrel::indexer
