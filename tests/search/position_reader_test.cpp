#include "search/position_reader.h"

#include <algorithm>

#include <xapian.h>

#include "tests/catch.h"

using carrel::search::PositionMemory;
using carrel::search::PositionReader;
using List = std::vector<Xapian::termpos>;

namespace {

Xapian::WritableDatabase two_documents() {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  for (const Xapian::termpos at : {3, 9, 4}) document.add_posting("goat", at);
  document.add_posting("goats", 7);
  database.add_document(document);
  database.add_document(document);
  return database;
}

}  // namespace

TEST_CASE("The positions of several words are one ascending list") {
  const Xapian::WritableDatabase database = two_documents();
  PositionMemory memory;
  PositionReader reader(database, memory);
  for (int i = 0; i < 2; ++i) {
    CHECK(std::ranges::equal(reader.of(1, "goat"), List{3, 4, 9}));
    CHECK(reader.of(1, "sheep").empty());
    CHECK(reader.of_any(1, {"goats", "goat"}) == List{3, 4, 7, 9});
  }
}

TEST_CASE("Where a word was noted to be missing, nothing is looked for") {
  const Xapian::WritableDatabase database = two_documents();
  PositionMemory memory;
  PositionReader reader(database, memory);
  const Xapian::docid among[] = {2};
  reader.note_documents("goat", among, {2});
  reader.note_documents("goats", among, {});  // which is not so, to see that it is believed
  CHECK(std::ranges::equal(reader.of(2, "goat"), List{3, 4, 9}));
  CHECK(reader.of(2, "goats").empty());
  CHECK(std::ranges::equal(reader.of(1, "goats"), List{7}));  // nothing was noted of this one
  CHECK(reader.of(2, "sheep").empty());
}
