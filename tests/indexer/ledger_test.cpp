#include "indexer/ledger.h"

#include "tests/catch.h"

using carrel::indexer::Ledger;
using carrel::indexer::LedgerEntry;

namespace {

LedgerEntry entry(const std::string& path) {
  return {.file = {.path = path, .relative = "r", .size = 7, .modified_ns = -5, .inode = 99},
          .content_hash = "c",
          .settings_hash = "s",
          .id = "i",
          .url = "u",
          .code = "",
          .text = "t",
          .pages = 3,
          .characters = 1000,
          .warnings = {"a: b", "c: d"}};
}

}  // namespace

TEST_CASE("What a ledger remembers survives its buckets") {
  Ledger ledger;
  for (int i = 0; i < 1000; ++i) ledger.put(entry("/f/" + std::to_string(i)));
  Ledger again;
  for (const auto& [key, value] : ledger.take_changed()) again.load_bucket(value);
  REQUIRE(again.entries().size() == 1000);
  const LedgerEntry* one = again.find("/f/500");
  REQUIRE(one != nullptr);
  CHECK(one->file.size == 7);
  CHECK(one->file.modified_ns == -5);
  CHECK(one->file.inode == 99);
  CHECK(one->id == "i");
  CHECK(one->pages == 3);
  CHECK(one->warnings == std::vector<std::string>{"a: b", "c: d"});
}

TEST_CASE("Only buckets that changed are written again") {
  Ledger ledger;
  for (int i = 0; i < 1000; ++i) ledger.put(entry("/f/" + std::to_string(i)));
  CHECK(ledger.take_changed().size() > 200);
  CHECK(ledger.take_changed().empty());
  ledger.erase("/f/1");
  const auto changed = ledger.take_changed();
  REQUIRE(changed.size() == 1);
  Ledger again;
  again.load_bucket(changed[0].second);
  CHECK(again.find("/f/1") == nullptr);
}

TEST_CASE("A damaged bucket loses its rest and no more") {
  Ledger ledger;
  ledger.put(entry("/a"));
  std::string value = ledger.take_changed().at(0).second;
  Ledger again;
  again.load_bucket(value + "\x7f garbage");
  CHECK(again.entries().size() == 1);
  for (std::size_t size = 0; size < value.size(); ++size) {
    Ledger cut;
    cut.load_bucket(value.substr(0, size));
    CHECK(cut.entries().empty());
  }
}
