// How Xapian matches, counts and collapses.
#include <chrono>
#include <string>
#include <thread>

#include "tests/catch.h"
#include "tests/xapian_quirks/quirks.h"

using carrel::tests::in_memory;
using carrel::tests::with_text;
using Query = Xapian::Query;

namespace {

/// Three resources of five pages, one document a page: slot 0 the resource, slot 1 its type.
Xapian::WritableDatabase pages() {
  auto database = in_memory();
  const auto add = [&](const std::string& resource, const std::string& type, const std::string& text) {
    auto document = with_text(text);
    document.add_value(0, resource);
    document.add_value(1, type);
    database.add_document(document);
  };
  add("r1", "toolkit", "debt labor");
  add("r1", "toolkit", "bondage labor");
  add("r1", "toolkit", "labor");
  add("r2", "toolkit", "labor");
  add("r3", "report", "labor");
  return database;
}

/// Documents with the words "x", ever less often, and "y".
Xapian::WritableDatabase many(unsigned count) {
  auto database = in_memory();
  for (unsigned i = 0; i < count; ++i) {
    Xapian::Document document;
    document.add_posting("x", 1, count - i);
    document.add_posting("y", 7);
    document.add_value(0, i % 2 == 0 ? "even" : "odd");
    database.add_document(document);
  }
  return database;
}

}  // namespace

TEST_CASE("A match spy counts the documents before they are collapsed") {
  const auto database = pages();
  Xapian::Enquire enquire(database);
  enquire.set_query(Query("labor"));
  enquire.set_collapse_key(0);
  Xapian::ValueCountMatchSpy types(1);
  enquire.add_matchspy(&types);
  const auto found = enquire.get_mset(0, 10, 10);
  CHECK(found.size() == 3);
  auto top = types.top_values_begin(1);
  CHECK(*top == "toolkit");
  CHECK(top.get_termfreq() == 4);  // of two toolkits
}

TEST_CASE("With one document a page, two words on two pages of one resource are not found") {
  const auto database = pages();
  Xapian::Enquire enquire(database);
  enquire.set_query(Query(Query::OP_AND, Query("debt"), Query("bondage")));
  CHECK(enquire.get_mset(0, 10).empty());
}

TEST_CASE("A spy sees all matches only when all are asked for") {
  const auto database = many(1000);
  Xapian::Enquire enquire(database);
  enquire.set_query(Query("x"));
  Xapian::ValueCountMatchSpy few(0), all(0);
  enquire.add_matchspy(&few);
  enquire.get_mset(0, 1);
  enquire.clear_matchspies();
  enquire.add_matchspy(&all);
  const auto found = enquire.get_mset(0, 1, database.get_doccount());
  CHECK(few.get_total() < 1000);
  CHECK(all.get_total() == 1000);
  CHECK(found.get_matches_lower_bound() == 1000);
  CHECK(found.get_matches_estimated() == 1000);
  CHECK(found.get_matches_upper_bound() == 1000);
}

TEST_CASE("A decider that denies all sees all, and the counts are exact") {
  struct Denying : Xapian::MatchDecider {
    mutable unsigned seen = 0;
    bool operator()(const Xapian::Document&) const override {
      ++seen;
      return false;
    }
  };
  const auto database = many(500);
  Xapian::Enquire enquire(database);
  enquire.set_query(Query("x"));
  const Denying denying;
  const auto found = enquire.get_mset(0, 10, database.get_doccount(), nullptr, &denying);
  CHECK(denying.seen == 500);
  CHECK(found.get_matches_lower_bound() == 0);
  CHECK(found.get_matches_upper_bound() == 0);
}

TEST_CASE("A slot holds one string, so several values count as one") {
  auto database = in_memory();
  Xapian::Document document;
  document.add_posting("x", 1);
  document.add_value(0, "health|housing");
  database.add_document(document);
  Xapian::Enquire enquire(database);
  enquire.set_query(Query("x"));
  Xapian::ValueCountMatchSpy topics(0);
  enquire.add_matchspy(&topics);
  enquire.get_mset(0, 1, 1);
  CHECK(*topics.values_begin() == "health|housing");
}

TEST_CASE("A phrase takes OR inside, but neither SYNONYM nor another phrase") {
  const auto database = many(10);
  const auto finds = [&](const Query& inside) {
    const Query both[] = {inside, Query("y")};
    Xapian::Enquire enquire(database);
    enquire.set_query(Query(Query::OP_PHRASE, both, both + 2, 10));
    return enquire.get_mset(0, 1).size();
  };
  const Query two[] = {Query("x"), Query("z")};
  CHECK(finds(Query(Query::OP_OR, two, two + 2)) == 1);
  CHECK_THROWS_AS(finds(Query(Query::OP_SYNONYM, two, two + 2)), Xapian::Error);
  CHECK_THROWS_AS(finds(Query(Query::OP_PHRASE, two, two + 2, 2)), Xapian::Error);
}

TEST_CASE("The time limit ends no match, it only stops checking more than is needed") {
  struct Slow : Xapian::MatchDecider {
    mutable unsigned seen = 0;
    bool operator()(const Xapian::Document&) const override {
      ++seen;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return false;
    }
  };
  const auto database = many(200);
  Xapian::Enquire enquire(database);
  enquire.set_query(Query("x"));
  enquire.set_time_limit(0.01);
  const Slow slow;
  enquire.get_mset(0, 10, database.get_doccount(), nullptr, &slow);
  CHECK(slow.seen == 200);
}

TEST_CASE("A wildcard without a bound takes every word there is, and throws with one") {
  auto database = in_memory();
  for (int i = 0; i < 50; ++i) database.add_document(with_text("traffic" + std::to_string(i)));
  Xapian::Enquire enquire(database);
  enquire.set_query(Query(Query::OP_WILDCARD, "traffic"));
  CHECK(enquire.get_mset(0, 100).size() == 50);
  enquire.set_query(Query(Query::OP_WILDCARD, "traffic", 10));
  CHECK_THROWS_AS(enquire.get_mset(0, 100), Xapian::WildcardError);
}

TEST_CASE("A term takes 245 bytes and a zero byte counts twice") {
  auto database = in_memory();
  Xapian::Document document;
  document.add_term(std::string(245, 'a'));
  CHECK_NOTHROW(database.add_document(document));
}
