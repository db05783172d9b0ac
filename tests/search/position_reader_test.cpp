#include "search/position_reader.h"

#include <xapian.h>

#include "tests/catch.h"

using carrel::search::PositionReader;
using Positions = PositionReader::Positions;

TEST_CASE("Positions come as they are in the index, once or again, and none for what is not there") {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  for (const Xapian::termpos at : {3, 9, 4}) document.add_posting("goat", at);
  document.add_posting("goats", 7);
  const Xapian::docid id = database.add_document(document);
  PositionReader reader(database);
  for (int i = 0; i < 2; ++i) {
    CHECK(reader.of(id, "goat") == Positions{3, 4, 9});
    CHECK(reader.of(id, "sheep").empty());
    CHECK(reader.of_any(id, {"goats", "goat"}) == Positions{3, 4, 7, 9});
  }
}

TEST_CASE("However many positions are read, they stay right") {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  constexpr Xapian::docid kDocuments = 400;
  constexpr Xapian::termpos kEach = 1000;  // in all more than are remembered
  for (Xapian::docid i = 1; i <= kDocuments; ++i) {
    Xapian::Document document;
    for (Xapian::termpos at = 1; at <= kEach; ++at) document.add_posting("goat", at + i);
    database.add_document(document);
  }
  PositionReader reader(database);
  for (int round = 0; round < 2; ++round) {
    for (Xapian::docid i = 1; i <= kDocuments; ++i) {
      const Positions& positions = reader.of(i, "goat");
      REQUIRE(positions.size() == kEach);
      REQUIRE(positions.front() == 1 + i);
    }
  }
}
