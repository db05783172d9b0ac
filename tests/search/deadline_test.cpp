#include "search/deadline.h"

#include <thread>

#include "tests/catch.h"

using carrel::search::Deadline;
using namespace std::chrono_literals;

namespace {

/// Documents with the words "a", "b" in turn, so that "a b" is a phrase nowhere: a match without hits.
Xapian::WritableDatabase documents(unsigned count) {
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  for (unsigned i = 0; i < count; ++i) {
    Xapian::Document document;
    document.add_posting("a", 1);
    document.add_posting("b", 5);
    database.add_document(document);
  }
  return database;
}

Xapian::doccount matches(const Xapian::Database& database, const Xapian::Query& query) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  return enquire.get_mset(0, database.get_doccount(), database.get_doccount()).size();
}

}  // namespace

TEST_CASE("A deadline that has not come changes nothing") {
  const auto database = documents(500);
  Deadline deadline(1h);
  CHECK(matches(database, deadline.bound(Xapian::Query("a"))) == 500);
  CHECK(matches(database, deadline.bound(Xapian::Query::MatchAll)) == 500);
  CHECK(matches(database, deadline.bound(Xapian::Query())) == 0);
  CHECK_FALSE(deadline.passed());
}

TEST_CASE("A deadline ends any match, also one that finds nothing") {
  const auto database = documents(500);
  const Xapian::Query terms[] = {Xapian::Query("a"), Xapian::Query("b")};
  const Xapian::Query phrase(Xapian::Query::OP_PHRASE, terms, terms + 2, 2);
  for (const Xapian::Query& query : {Xapian::Query("a"), Xapian::Query::MatchAll, phrase}) {
    Deadline deadline(0ms);
    CHECK(matches(database, deadline.bound(query)) == 0);
    CHECK(deadline.passed());
  }
}

TEST_CASE("What was matched before the deadline stays") {
  /// Takes its time over every document, as phrases in long documents do.
  class Slow : public Xapian::MatchDecider {
   public:
    bool operator()(const Xapian::Document&) const override {
      std::this_thread::sleep_for(2ms);
      return true;
    }
  };
  const auto database = documents(500);
  Deadline deadline(300ms);
  Xapian::Enquire enquire(database);
  enquire.set_query(deadline.bound(Xapian::Query("a")));
  const Slow slow;
  const auto found = enquire.get_mset(0, 500, 500, nullptr, &slow).size();
  CHECK(found > 0);
  CHECK(found < 500);
  CHECK(deadline.passed());
}

TEST_CASE("The parts of an OR each need a clock to end in time") {
  const auto database = documents(500);
  const Xapian::Query terms[] = {Xapian::Query("a"), Xapian::Query("b")};
  const Xapian::Query phrase(Xapian::Query::OP_PHRASE, terms, terms + 2, 2);
  Deadline deadline(0ms);
  const Xapian::Query ended(Xapian::Query::OP_FILTER, phrase, deadline.clock());
  CHECK(matches(database, deadline.bound(Xapian::Query(Xapian::Query::OP_OR, ended, ended))) == 0);
  CHECK(deadline.passed());
  deadline.restart(1h);
  CHECK_FALSE(deadline.passed());
  const Xapian::Query found(Xapian::Query::OP_FILTER, Xapian::Query("a"), deadline.clock());
  CHECK(matches(database, deadline.bound(Xapian::Query(Xapian::Query::OP_OR, found, found))) == 500);
}
