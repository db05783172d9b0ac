#include "search/term_frequencies.h"

namespace carrel::search {
namespace {

/// Bounds the memory to a megabyte or so.
constexpr std::size_t kMaxRemembered = 10'000;

}  // namespace

TermFrequencies::Entry TermFrequencies::of(const Xapian::Database& database, const std::string& term) {
  if (const auto known = known_.find(term); known != known_.end()) return known->second;
  const Entry entry{.documents = database.get_termfreq(term),
                    .occurrences = database.get_collection_freq(term)};
  if (entry.documents == 0) return entry;  // what somebody typed and no document says stays nowhere
  if (known_.size() >= kMaxRemembered) known_.clear();
  known_.emplace(term, entry);
  return entry;
}

}  // namespace carrel::search
