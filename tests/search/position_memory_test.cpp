#include "search/position_memory.h"

#include <vector>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

namespace carrel::search {
namespace {

using List = std::vector<Xapian::termpos>;

List of(PositionMemory& memory, const Xapian::Database& database, Xapian::docid document,
        const std::string& term) {
  const auto positions = memory.of(database, document, term);
  return {positions.begin(), positions.end()};
}

TEST_CASE("Positions come as they are in the index, read or remembered, and none for what is not there") {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  for (const Xapian::termpos at : {3U, 9U, 4U, 70'000U, 4'000'000'000U}) document.add_posting("goat", at);
  const Xapian::docid id = database.add_document(document);
  PositionMemory memory;
  for (int i = 0; i < 3; ++i) {
    CHECK(of(memory, database, id, "goat") == List{3, 4, 9, 70'000, 4'000'000'000});
    CHECK(of(memory, database, id, "sheep").empty());
  }
}

TEST_CASE("What is remembered is forgotten when the index has another revision") {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  document.add_posting("goat", 1);
  const Xapian::docid id = database.add_document(document);
  PositionMemory memory;
  CHECK(of(memory, database, id, "goat") == List{1});
  document.add_posting("goat", 2);
  database.replace_document(id, document);
  CHECK(of(memory, database, id, "goat") == List{1});
  memory.forget();
  CHECK(of(memory, database, id, "goat") == List{1, 2});
}

TEST_CASE("However many positions are read, they stay right") {
  const tests::TemporaryFolder folder;
  Xapian::WritableDatabase database((folder / "index").string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  constexpr Xapian::docid kDocuments = 600;
  constexpr Xapian::termpos kEach = 1900;
  constexpr Xapian::termpos kApart = 1 << 21;  // four bytes each: in all more than is remembered
  static_assert(std::size_t{kDocuments} * kEach * 4 > PositionMemory::kBytes);
  for (Xapian::docid i = 1; i <= kDocuments; ++i) {
    Xapian::Document document;
    for (Xapian::termpos at = 1; at <= kEach; ++at) document.add_posting("goat", at * kApart + i);
    database.add_document(document);
  }
  database.commit();
  PositionMemory memory;
  for (int round = 0; round < 2; ++round) {
    for (Xapian::docid i = 1; i <= kDocuments; ++i) {
      for (const Xapian::docid one : {i, i / 2 + 1}) {  // some again and again
        const auto positions = memory.of(database, one, "goat");
        REQUIRE(positions.size() == kEach);
        REQUIRE(positions.front() == kApart + one);
        REQUIRE(positions.back() == kEach * kApart + one);
      }
    }
  }
}

}  // namespace
}  // namespace carrel::search
