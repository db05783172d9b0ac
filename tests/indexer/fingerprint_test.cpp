#include "indexer/fingerprint.h"

#include "tests/catch.h"

using carrel::indexer::collection_fingerprint;
using carrel::indexer::Ledger;
using carrel::indexer::LedgerEntry;

namespace {

LedgerEntry entry(const std::string& id, const std::string& content, const std::string& path) {
  return {.file = {.path = path, .relative = "r", .size = 7, .modified_ns = 1, .inode = 2},
          .content_hash = content,
          .settings_hash = "s",
          .id = id};
}

constexpr const char* kOne = "00ff10abcdef00112233445566778899";
constexpr const char* kTwo = "11ff10abcdef00112233445566778899";

std::string fingerprint(const std::vector<LedgerEntry>& entries) {
  Ledger ledger;
  for (const LedgerEntry& one : entries) ledger.put(one);
  return collection_fingerprint(ledger);
}

}  // namespace

TEST_CASE("A collection is the same wherever and whenever its files lie, in whatever order they came") {
  auto moved = entry("a", kOne, "/elsewhere/a");
  moved.file.modified_ns = 77;
  moved.file.inode = 78;
  const auto here = fingerprint({entry("a", kOne, "/f/a"), entry("b", kTwo, "/f/b")});
  CHECK(here.size() == 32);
  CHECK(fingerprint({entry("b", kTwo, "/f/b"), moved}) == here);
}

TEST_CASE("A collection is another when a document, its content or what shapes it is another") {
  const auto before = fingerprint({entry("a", kOne, "/f/a")});
  CHECK(fingerprint({entry("a", kTwo, "/f/a")}) != before);
  CHECK(fingerprint({entry("b", kOne, "/f/a")}) != before);
  CHECK(fingerprint({entry("a", kOne, "/f/a"), entry("b", kTwo, "/f/b")}) != before);
  auto other = entry("a", kOne, "/f/a");
  other.settings_hash = "t";
  CHECK(fingerprint({other}) != before);
  CHECK(fingerprint({}) != before);
}

TEST_CASE("A file that is not in the index does not count") {
  CHECK(fingerprint({entry("a", kOne, "/f/a"), entry("", kTwo, "/f/b")}) ==
        fingerprint({entry("a", kOne, "/f/a")}));
}
