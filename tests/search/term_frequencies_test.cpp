#include "search/term_frequencies.h"

#include "tests/catch.h"

using carrel::search::TermFrequencies;

TEST_CASE("Terms are counted in resources and in occurrences until the index changes") {
  Xapian::WritableDatabase database(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  document.add_term("goat", 3);
  database.add_document(document);
  TermFrequencies frequencies;
  for (int i = 0; i < 2; ++i) {
    CHECK(frequencies.of(database, "goat").documents == 1);
    CHECK(frequencies.of(database, "goat").occurrences == 3);
    CHECK(frequencies.of(database, "sheep").documents == 0);
    CHECK(frequencies.of(database, "sheep").occurrences == 0);
  }
  database.add_document(document);
  CHECK(frequencies.of(database, "goat").documents == 1);
  frequencies.forget();
  CHECK(frequencies.of(database, "goat").documents == 2);
  CHECK(frequencies.of(database, "goat").occurrences == 6);
}
