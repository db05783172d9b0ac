#include "indexer/ledger.h"

#include "tests/catch.h"

using carrel::indexer::Ledger;
using carrel::indexer::LedgerEntry;

namespace {

LedgerEntry entry(const std::string& path) {
  return {.file = {.path = path, .relative = "r", .size = 7, .modified_ns = -5, .inode = 99},
          .look_again = true,
          .content_hash = "00ff10abcdef00112233445566778899",
          .settings_hash = "s",
          .id = "i",
          .url = "u",
          .added = "2020-04-28",
          .code = "",
          .text = "t",
          .pages = 3,
          .characters = 1000,
          .warnings = {"a: b", "c: d"},
          .unread_pages = 4,
          .recognised_in = "eng+spa",
          .signature = {{1, 0x8000000000000000}},
          .links = {1, 0xffffffffff},
          .broken_links = {{"/f/gone", "../gone"}}};
}

}  // namespace

TEST_CASE("What a ledger remembers survives its buckets") {
  Ledger ledger;
  for (int i = 0; i < 1000; ++i) ledger.put(entry("/f/" + std::to_string(i)));
  Ledger again;
  for (const auto& [key, value] : ledger.take_changed()) again.load_bucket(value);
  REQUIRE(again.size() == 1000);
  const auto one = again.find("/f/500");
  REQUIRE(one);
  CHECK(one->file.size == 7);
  CHECK(one->file.modified_ns == -5);
  CHECK(one->file.inode == 99);
  CHECK(one->look_again);
  CHECK(one->content_hash == "00ff10abcdef00112233445566778899");
  CHECK(one->added == "2020-04-28");
  CHECK(one->file.relative == "r");
  CHECK(one->id == "i");
  CHECK(one->pages == 3);
  CHECK(one->warnings == std::vector<std::string>{"a: b", "c: d"});
  CHECK(one->unread_pages == 4);
  CHECK(one->recognised_in == "eng+spa");
  CHECK(one->signature == entry("/").signature);
  CHECK(one->links == entry("/").links);
  CHECK(one->broken_links == entry("/").broken_links);
}

TEST_CASE("Only buckets that changed are written again") {
  Ledger ledger;
  for (int i = 0; i < 1000; ++i) ledger.put(entry("/f/" + std::to_string(i)));
  CHECK(ledger.take_changed().size() > 600);
  CHECK(ledger.take_changed().empty());
  ledger.erase("/f/1");
  const auto changed = ledger.take_changed();
  REQUIRE(changed.size() == 1);
  Ledger again;
  again.load_bucket(changed[0].second);
  CHECK_FALSE(again.find("/f/1"));
}

TEST_CASE("A damaged bucket loses its rest and no more") {
  Ledger ledger;
  ledger.put(entry("/a"));
  std::string value = ledger.take_changed().at(0).second;
  Ledger again;
  again.load_bucket(value + "\x7f garbage");
  CHECK(again.size() == 1);
  for (std::size_t size = 0; size < value.size(); ++size) {
    Ledger cut;
    cut.load_bucket(value.substr(0, size));
    CHECK(cut.size() == 0);
  }
}

TEST_CASE("A glance shows what a plan compares, also of an id and a path that belong together") {
  Ledger ledger;
  LedgerEntry one = entry("/s/a/b.pdf");
  one.file.relative = "a/b.pdf";
  one.id = "a/b.pdf";
  ledger.put(one);
  carrel::indexer::LedgerGlance at;
  REQUIRE(ledger.glance("/s/a/b.pdf", at));
  CHECK(at.id == "a/b.pdf");
  CHECK(at.size == 7);
  CHECK(at.url == "u");
  CHECK_FALSE(ledger.glance("/s/a/c.pdf", at));
  CHECK(ledger.find("/s/a/b.pdf")->file.relative == "a/b.pdf");
}

TEST_CASE("What a bucket is written as does not depend on the order in which its files came") {
  Ledger forth;
  Ledger back;
  for (int i = 0; i < 3000; ++i) forth.put(entry("/f/" + std::to_string(i)));
  for (int i = 2999; i >= 0; --i) back.put(entry("/f/" + std::to_string(i)));
  CHECK(forth.take_changed() == back.take_changed());
}

TEST_CASE("An entry that is put again replaces the one before") {
  Ledger ledger;
  ledger.put(entry("/a"));
  LedgerEntry other = entry("/a");
  other.pages = 4;
  ledger.put(other);
  CHECK(ledger.size() == 1);
  CHECK(ledger.find("/a")->pages == 4);
}
