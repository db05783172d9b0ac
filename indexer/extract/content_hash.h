// The identity of a document's bytes.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

/// XXH3-128 of `bytes` as 32 lower-case hex digits, in the canonical (big-endian) order of xxhsum.
std::string content_hash(std::string_view bytes);

}  // namespace carrel::indexer
