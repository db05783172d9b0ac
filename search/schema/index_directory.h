// An index on disk:
//
//   DIR/current            symbolic link to the generation that answers
//   DIR/generation-000001  a Xapian database: one document a resource, page texts in its metadata
//   DIR/previous           symbolic link to the generation before, for rollback; not always there
//   DIR/candidate/         a new generation in the making or refused, an index of its own once it is complete
//   DIR/lock               held by the one writer
//   DIR/copies/            documents fetched from the web, one source of the index; not always there
//   DIR/extractions.sqlite what documents have yielded when they were read; may be deleted at any time
//
// In a document: the resource's Record as data; boolean terms and value slots by the table of fields; the
// words of title, abstract and the other fields with a body weight, then the words of its pages, at
// consecutive positions. kPageBreakTerm stands at each page's first word and behind the last; an empty page takes
// one position of its own. Running heads, page numbers and the like are part of a page's text but have no
// postings and no positions: see indexed_text.h. So the page of a hit is found by binary search (the last
// break at or before it) and a phrase may run over the end of a page. Words before the first break belong to
// title and abstract. Fields are kFieldGap positions apart, so that no phrase spans two.
//
// What a resource is about lies in the value slot kTopicSlot, where stems lie among the topics in metadata: see
// topics.h. An index without them is searched without them.
//
// Stems are no terms: see stemming.h. A word whose folding took an accent away is posted once more, exactly,
// under kExactPrefix and without a position.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "search/schema/result.h"

namespace carrel::schema {

/// Changes when an index of before cannot be read by the code of now, or the other way round. Never reuse a
/// number.
inline constexpr int kFormatVersion = 2;

/// Metadata key of the format version (decimal).
inline constexpr std::string_view kFormatKey = "carrel/format";

/// Metadata key of one line on the last run.
inline constexpr std::string_view kLastRunKey = "carrel/last-run";

/// Metadata key of the fingerprint of the collection: equal for equal documents, catalogue rows and readers,
/// however and whenever they came into the index.
inline constexpr std::string_view kCollectionKey = "carrel/collection";

/// Positions left free between two fields of a resource.
inline constexpr std::uint32_t kFieldGap = 100;

/// Names inside an index directory.
inline constexpr std::string_view kCurrentName = "current";
inline constexpr std::string_view kPreviousName = "previous";
inline constexpr std::string_view kCandidateName = "candidate";
inline constexpr std::string_view kLockName = "lock";
inline constexpr std::string_view kCopiesName = "copies";
inline constexpr std::string_view kMemoryName = "extractions.sqlite";

/// Whether a writer makes entries of this name in an index directory.
bool belongs_to_index(std::string_view name);

/// "generation-000007".
std::string generation_name(std::uint64_t number);

/// The generation that `current` points to. Errors: not_found (no such folder), unreadable, not_an_index.
Result<std::filesystem::path> current_generation(const std::filesystem::path& directory);

/// Whether the value of kFormatKey is the one this program reads; `directory` is for the message.
/// Errors: not_an_index (empty), older_format, newer_format.
Result<void> check_format(std::string_view value, const std::filesystem::path& directory);

}  // namespace carrel::schema
