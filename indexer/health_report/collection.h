// Everything that an index holds and has met, for a look at the collection as a whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "search/schema/record.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// One file that the index has met. `code` is empty for one that is in the index: then `record` has its
/// fields.
struct HeldDocument {
  std::string path;                   ///< below its source, valid UTF-8
  schema::Record record;              ///< empty when it is not in the index
  std::string code;                   ///< why it is not in the index; stable
  std::string text;                   ///< the same in a sentence
  std::vector<std::string> warnings;  ///< "code: sentence"

  bool in_index() const { return code.empty(); }
};

struct Collection {
  std::string index;  ///< the folder, as it was named
  std::string revision;
  std::string last_run;  ///< one line, empty when there was none
  std::uint64_t pages = 0;
  std::vector<HeldDocument> documents;  ///< by path
};

/// Reads all of it, of one revision. About 1 kB of memory a document. Errors as read_index_state.
Result<Collection> read_collection(const std::filesystem::path& index);

}  // namespace carrel::indexer
