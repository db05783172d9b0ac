#include "search/position_memory.h"

#include <string_view>
#include <utility>

#include "search/schema/values.h"

namespace carrel::search {
namespace {

/// What a list takes beside its bytes: a node of the table and its place there.
constexpr std::size_t kListBytes = 48;
constexpr std::size_t kHalf = PositionMemory::kBytes / 2;
/// Words that are looked for at most before all is forgotten; each takes some hundred bytes.
constexpr std::size_t kMaxTerms = 10'000;

}  // namespace

std::uint64_t PositionMemory::key_of(Xapian::docid document, const std::string& term) {
  auto known = terms_.find(term);
  if (known == terms_.end()) {
    if (terms_.size() >= kMaxTerms) forget();
    known = terms_.emplace(term, static_cast<std::uint32_t>(terms_.size())).first;
  }
  return std::uint64_t{known->second} << 32 | document;
}

bool PositionMemory::recall(const Half& half, std::uint64_t key) {
  const auto known = half.begins.find(key);
  if (known == half.begins.end()) return false;
  std::string_view bytes = std::string_view(half.bytes).substr(known->second);
  std::uint64_t value = 0;
  schema::take_varint(bytes, value);
  read_.resize(value);
  Xapian::termpos position = 0;
  for (Xapian::termpos& one : read_) {
    schema::take_varint(bytes, value);
    one = position += static_cast<Xapian::termpos>(value);
  }
  return true;
}

void PositionMemory::remember(std::uint64_t key) {
  // A list that is longer than all that is remembered would only drive the others out.
  if (read_.size() > kHalf / sizeof(Xapian::termpos)) return;
  if (newer_.bytes.size() + newer_.begins.size() * kListBytes > kHalf) older_ = std::exchange(newer_, {});
  newer_.begins.emplace(key, static_cast<std::uint32_t>(newer_.bytes.size()));
  schema::append_varint(newer_.bytes, read_.size());
  Xapian::termpos before = 0;
  for (const Xapian::termpos position : read_) {
    schema::append_varint(newer_.bytes, position - before);
    before = position;
  }
}

PositionMemory::Positions PositionMemory::of(const Xapian::Database& database, Xapian::docid document,
                                             const std::string& term) {
  const bool is_new = !terms_.contains(term);
  const std::uint64_t key = key_of(document, term);
  if (recall(newer_, key)) return read_;
  if (!recall(older_, key)) {
    read_.assign(database.positionlist_begin(document, term), database.positionlist_end(document, term));
    // What somebody typed and no document says stays nowhere.
    if (read_.empty() && is_new && !database.term_exists(term)) {
      terms_.erase(term);
      return read_;
    }
  }
  remember(key);
  return read_;
}

void PositionMemory::forget() {
  terms_.clear();
  newer_ = {};
  older_ = {};
}

}  // namespace carrel::search
