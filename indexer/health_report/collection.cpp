#include "indexer/health_report/collection.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "indexer/index_writer.h"
#include "indexer/xapian_edge.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// A writer may commit between two looks; more often than this in a row it does not.
constexpr int kMostTries = 5;

struct StoredRecords {
  std::string revision;
  std::unordered_map<std::string, schema::Record> by_id;
};

StoredRecords read_records(const std::filesystem::path& generation) {
  const Xapian::Database database(generation.string());
  StoredRecords records{.revision = revision_of(database), .by_id = {}};
  records.by_id.reserve(database.get_doccount());
  for (auto at = database.postlist_begin({}); at != database.postlist_end({}); ++at) {
    schema::Record record = schema::Record::decode(database.get_document(*at).get_data());
    std::string id = record.get(FieldId::id);
    records.by_id.emplace(std::move(id), std::move(record));
  }
  return records;
}

}  // namespace

Result<Collection> read_collection(const std::filesystem::path& index) {
  for (int tries = 1;; ++tries) {
    const auto state = read_index_state(index);
    if (!state) return std::unexpected(state.error());
    auto records = guarded(index, [&] { return read_records(state->generation); });
    if (!records && tries == kMostTries) return std::unexpected(records.error());
    if (!records || (records->revision != state->revision && tries < kMostTries)) continue;

    Collection collection{.index = index.string(),
                          .revision = state->revision,
                          .last_run = state->last_run,
                          .pages = 0,
                          .documents = {}};
    for (LedgerEntry& entry : state->ledger.entries()) {
      HeldDocument document{.path = schema::repair_utf8(entry.file.relative),
                            .record = {},
                            .code = std::move(entry.code),
                            .text = std::move(entry.text),
                            .warnings = std::move(entry.warnings)};
      if (document.in_index()) {
        const auto record = records->by_id.find(entry.id);
        if (record == records->by_id.end()) continue;
        document.record = std::move(record->second);
        collection.pages += entry.pages;
      }
      collection.documents.push_back(std::move(document));
    }
    std::ranges::stable_sort(collection.documents, {}, &HeldDocument::path);
    return collection;
  }
}

}  // namespace carrel::indexer
