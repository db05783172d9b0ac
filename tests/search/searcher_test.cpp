#include "search/searcher.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::ErrorKind;
using carrel::schema::FieldId;

namespace {

using Ids = std::vector<std::string>;

const Library& words() {
  static const Library library(Entries{
      {.id = "en1",
       .title = "Forced labor",
       .pages = {"Workers were trafficked across the state. Debt bondage binds them."}},
      {.id = "en2",
       .title = "Traffickers",
       .pages = {"A trafficker takes the debt and the labour of others into bondage."}},
      {.id = "en3",
       .title = "Organ donation",
       .pages = {"An organ is no organization. Trauma-informed care for survivors."}},
      {.id = "es1",
       .title = "Trata de personas",
       .pages = {"Los niños son víctimas; una víctima puede pedir ayuda. El año y la nación."},
       .language = "es"},
      {.id = "zh1", .title = "人口贩卖", .pages = {"帮助人口贩卖受害者。"}, .language = "zh"},
      {.id = "en4",
       .title = "Ano nino",
       .pages = {"The nino of ano stands unaccented. Informed about trauma."}},
  });
  return library;
}

std::set<std::string> found(const std::string& query, Mode mode = Mode::standard) {
  Searcher searcher = words().open();
  const Ids list = ids(ask(searcher, Request{.q = query, .mode = mode}));
  return {list.begin(), list.end()};
}

using Set = std::set<std::string>;

}  // namespace

TEST_CASE("Words find their family, in every language of the collection") {
  CHECK(found("trafficking") == Set{"en1", "en2"});
  CHECK(found("Trafficking") == Set{"en1", "en2"});
  CHECK(found("víctimas") == Set{"es1"});
  CHECK(found("victima") == Set{"es1"});
  CHECK(found("naciones") == Set{"es1"});
  CHECK(found("labor") == Set{"en1", "en2"});
  CHECK(found("organ") == Set{"en3"});
  CHECK(found("survivor") == Set{"en3"});
}

TEST_CASE("Strict mode, =word and phrases find only the written form") {
  CHECK(found("trafficking", Mode::strict).empty());
  CHECK(found("trafficker", Mode::strict) == Set{"en2"});
  CHECK(found("=trafficked") == Set{"en1"});
  CHECK(found("\"trafficking\"").empty());
  CHECK(found("=niños") == Set{"es1"});
}

TEST_CASE("Accents need not be typed, and are preferred when they are") {
  CHECK(found("ninos") == Set{"en4", "es1"});
  const Library library(Entries{
      {.id = "plain", .title = "T", .pages = {"the ano of many"}, .language = "es"},
      {.id = "accented", .title = "T", .pages = {"the año of many"}, .language = "es"},
  });
  Searcher searcher = library.open();
  CHECK(ids(ask(searcher, "año")) == Ids{"accented", "plain"});
}

TEST_CASE("Operators, phrases and nearness") {
  CHECK(found("debt bondage") == Set{"en1", "en2"});
  CHECK(found("\"debt bondage\"") == Set{"en1"});
  CHECK(found("debt -binds") == Set{"en2"});
  CHECK(found("debt NOT \"debt bondage\"") == Set{"en2"});
  CHECK(found("organ OR niños") == Set{"en3", "en4", "es1"});
  CHECK(found("(organ OR bondage) survivors") == Set{"en3"});
  CHECK(found("debt NEAR/7 bondage") == Set{"en1", "en2"});
  CHECK(found("debt NEAR/2 bondage") == Set{"en1"});
  CHECK(found("bondage ADJ/9 debt").empty());
  CHECK(found("labour ADJ/4 bondage") == Set{"en2"});
  CHECK(found("\"debt bondage\" NEAR/2 them") == Set{"en1"});
  CHECK(found("(debt OR labour) NEAR/4 bondage") == Set{"en1", "en2"});
  CHECK(found("traffick*") == Set{"en1", "en2"});
  CHECK(found("NOT debt") == Set{"en3", "en4", "es1", "zh1"});
  CHECK(found("*").size() == 6);
}

TEST_CASE("Words written together are a phrase where there is one, else words") {
  CHECK(found("trauma-informed") == Set{"en3"});
  Searcher searcher = words().open();
  const Answer answer = ask(searcher, "informed-trauma");
  CHECK(ids(answer).size() == 2);
  CHECK(codes(answer.query.notices) == Ids{"relaxed"});
}

TEST_CASE("Scripts without spaces are found by neighbouring characters") {
  CHECK(found("人口贩卖") == Set{"zh1"});
  CHECK(found("受害") == Set{"zh1"});
  CHECK(found("贩口").empty());
  CHECK(found("人口贩卖 labor").size() == 3);
}

TEST_CASE("Only when no resource has all words, those with some are found, and it is said") {
  Searcher searcher = words().open();
  CHECK(ask(searcher, "debt bondage").query.notices.empty());
  const Answer relaxed = ask(searcher, "debt qwerty");
  CHECK(relaxed.total == 2);
  CHECK(codes(relaxed.query.notices) == Ids{"relaxed"});
  CHECK(ask(searcher, "debt +qwerty").total == 0);
  CHECK(ask(searcher, "qwerty").total == 0);
  CHECK(ask(searcher, "qwerty").query.notices.empty());
  // A selection that leaves nothing is no reason to relax.
  const Answer selected =
      ask(searcher, Request{.q = "debt bondage", .selections = {{FieldId::language, {"es"}}}});
  CHECK(selected.total == 0);
  CHECK(selected.query.notices.empty());
}

TEST_CASE("When few resources have all of three and more words, those with most follow, and it is said") {
  Entries entries{{.id = "all", .title = "T", .pages = {"shelter lease landlord " + std::string(400, 'x')}},
                  {.id = "two", .title = "T", .pages = {"shelter lease shelter lease shelter lease"}},
                  {.id = "one", .title = "T", .pages = {"landlord landlord landlord"}},
                  {.id = "none", .title = "T", .pages = {"tractor"}}};
  const Library library(entries);
  Searcher searcher = library.open();
  const Answer widened = ask(searcher, "shelter lease landlord");
  CHECK(ids(widened) == Ids{"all", "two"});
  CHECK(widened.total == 2);
  CHECK(codes(widened.query.notices) == Ids{"widened"});
  CHECK(ids(ask(searcher, "shelter AND lease AND landlord")) == Ids{"all"});
  CHECK(ids(ask(searcher, "+shelter +lease +landlord")) == Ids{"all"});
  CHECK(ids(ask(searcher, "shelter lease")).size() == 2);
  CHECK(ask(searcher, "shelter lease").query.notices.empty());
}

TEST_CASE("A bracket counts as one word when most are asked for, and needs all of its own") {
  const Library library({{.id = "whole", .title = "T", .pages = {"shelter lease landlord tractor"}},
                         {.id = "part", .title = "T", .pages = {"shelter lease tractor"}}});
  Searcher searcher = library.open();
  CHECK(ids(ask(searcher, "(shelter lease landlord) tractor barn")) == Ids{"whole"});
}

TEST_CASE("When enough resources have all words, those with most of them stay away") {
  Entries entries;
  for (int i = 0; i < 10; ++i) {
    entries.push_back({.id = "all" + std::to_string(i), .title = "T", .pages = {"shelter lease landlord"}});
  }
  entries.push_back({.id = "two", .title = "T", .pages = {"shelter lease"}});
  const Library library(entries);
  Searcher searcher = library.open();
  const Answer answer = ask(searcher, "shelter lease landlord");
  CHECK(answer.total == 10);
  CHECK(answer.query.notices.empty());
}

TEST_CASE("The forms that were searched besides are listed") {
  Searcher searcher = words().open();
  const Answer answer = ask(searcher, "trafficking");
  REQUIRE(answer.query.expansions.size() == 1);
  CHECK(answer.query.expansions[0].from == "trafficking");
  CHECK(answer.query.expansions[0].kind == "stem");
  CHECK(answer.query.expansions[0].to == Ids{"trafficked", "trafficker", "traffickers"});
}

namespace {

const Library& fields() {
  static const Library library(Entries{
      {.id = "a",
       .title = "Housing toolkit",
       .pages = {"one", "two", "three"},
       .fields = {{FieldId::type, "toolkit"},
                  {FieldId::topic, "labor trafficking;housing"},
                  {FieldId::date, "2019"},
                  {FieldId::publisher, "Office for Victims of Crime"},
                  {FieldId::author, "Ana Núñez"},
                  {FieldId::url, "https://www.ovc.ojp.gov/a.pdf"},
                  {FieldId::identifier, "NCJ 254679"}}},
      {.id = "b",
       .title = "Älteres fact sheet on housing",
       .pages = {"one"},
       .fields = {{FieldId::type, "fact sheet"},
                  {FieldId::date, "2019-06-15"},
                  {FieldId::accessible, "accessible"},
                  {FieldId::identifier, "I-914"}}},
      {.id = "c",
       .title = "Banco de datos",
       .pages = {},
       .fields = {{FieldId::date, "2020-04"}},
       .language = "es",
       .format = "html"},
      {.id = "d", .title = "Undated", .pages = {"sheet of facts"}},
  });
  return library;
}

Ids by_field(const std::string& query) {
  Searcher searcher = fields().open();
  Ids list = ids(ask(searcher, query));
  std::ranges::sort(list);
  return list;
}

}  // namespace

TEST_CASE("Every kind of field answers name:value") {
  CHECK(by_field("id:a") == Ids{"a"});
  CHECK(by_field("site:ojp.gov") == Ids{"a"});
  CHECK(by_field("title:housing") == Ids{"a", "b"});
  CHECK(by_field("title:\"housing toolkit\"") == Ids{"a"});
  CHECK(by_field("title:\"toolkit housing\"").empty());
  CHECK(by_field("author:nunez") == Ids{"a"});
  CHECK(by_field("publisher:victims") == Ids{"a"});
  CHECK(by_field("publisher:\"Office for Victims of Crime\"") == Ids{"a"});
  CHECK(by_field("type:toolkit") == Ids{"a"});
  CHECK(by_field("type:\"Fact  Sheet\"") == Ids{"b"});
  CHECK(by_field("type:fact-sheet") == Ids{"b"});
  CHECK(by_field("type:toolkit,fact-sheet") == Ids{"a", "b"});
  CHECK(by_field("topic:housing") == Ids{"a"});
  CHECK(by_field("topic:labor") == Ids{"a"});  // no topic is just "labor"
  CHECK(by_field("lang:es") == Ids{"c"});
  CHECK(by_field("lang:Spanish") == Ids{"c"});
  CHECK(by_field("lang:español") == Ids{"c"});
  CHECK(by_field("filetype:html") == Ids{"c"});
  CHECK(by_field("is:accessible") == Ids{"b"});
  CHECK(by_field("ncj:254679") == Ids{"a"});
  CHECK(by_field("identifier:I914") == Ids{"b"});
  CHECK(by_field("-type:toolkit title:housing") == Ids{"b"});
  CHECK(by_field("type:toolkit OR lang:es") == Ids{"a", "c"});
}

TEST_CASE("Ranges compare days, years and numbers, what has no value is in none") {
  CHECK(by_field("year:2019") == Ids{"a", "b"});
  CHECK(by_field("year:..2019") == Ids{"a", "b"});
  CHECK(by_field("year:2020..") == Ids{"c"});
  CHECK(by_field("date:2019-06..") == Ids{"b", "c"});
  CHECK(by_field("date:2019-01..2019-12") == Ids{"a", "b"});
  CHECK(by_field("date:2019-06-15") == Ids{"b"});
  CHECK(by_field("added:..2020").empty());
  CHECK(by_field("added:2021..").size() == 4);
  CHECK(by_field("pages:..1") == Ids{"b", "c", "d"});
  CHECK(by_field("pages:2..") == Ids{"a"});
  Searcher searcher = fields().open();
  CHECK(ids(ask(searcher, Request{.date = "..2019-05"})) == Ids{"a"});
}

TEST_CASE("Orders are stable and put what has no date last") {
  Searcher searcher = fields().open();
  const auto sorted = [&](Sort sort, std::string q = "") {
    return ids(ask(searcher, Request{.q = std::move(q), .sort = sort}));
  };
  CHECK(sorted(Sort::date_ascending) == Ids{"a", "b", "c", "d"});
  CHECK(sorted(Sort::date_descending) == Ids{"c", "b", "a", "d"});
  CHECK(sorted(Sort::title) == Ids{"b", "c", "a", "d"});
  CHECK(sorted(Sort::relevance) == Ids{"c", "b", "a", "d"});
  CHECK(sorted(Sort::date_ascending, "housing") == Ids{"a", "b"});
  CHECK(sorted(Sort::added_ascending) == sorted(Sort::title));  // all came today
}

TEST_CASE("Pages of results follow each other without gaps or repeats") {
  std::vector<Entry> entries;
  for (int i = 0; i < 25; ++i)
    entries.push_back({.id = "r" + std::to_string(i), .title = "Same", .pages = {"same words"}});
  const Library library(entries);
  Searcher searcher = library.open();
  for (const Sort sort : {Sort::relevance, Sort::title, Sort::date_descending}) {
    Ids all;
    Request request{.q = "same", .sort = sort, .limit = 7};
    for (std::optional<std::uint64_t> next = 0; next;) {
      request.offset = *next;
      const Answer answer = ask(searcher, request);
      CHECK(answer.total == 25);
      for (const std::string& id : ids(answer)) all.push_back(id);
      next = answer.next_offset;
    }
    CHECK(all.size() == 25);
    CHECK(std::set(all.begin(), all.end()).size() == 25);
  }
}

TEST_CASE("Offsets and limits beyond all bounds are taken for the end") {
  Searcher searcher = fields().open();
  const auto most = std::numeric_limits<std::size_t>::max();
  CHECK(ask(searcher, Request{.limit = most}).hits.size() == 4);
  const Answer behind = ask(searcher, Request{.offset = (std::size_t{1} << 32) + 1, .limit = most});
  CHECK(behind.hits.empty());
  CHECK(behind.total == 4);
  CHECK_FALSE(behind.next_offset);
  CHECK(ask(searcher, Request{.limit = 0}).total == 4);
}

TEST_CASE("Unreadable dates and fields that cannot filter are errors of usage") {
  Searcher searcher = fields().open();
  for (const Request& request : {Request{.year = "soon"}, Request{.date = "2020-13"},
                                 Request{.selections = {{FieldId::year, {"2020..x"}}}},
                                 Request{.selections = {{FieldId::description, {"x"}}}}}) {
    const auto answer = searcher.search(request);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::usage);
    CHECK_FALSE(answer.error().hint.empty());
  }
  CHECK(ids(ask(searcher, Request{.selections = {{FieldId::url, {"ovc.ojp.gov"}}}})) == Ids{"a"});
  CHECK(ids(ask(searcher, Request{.selections = {{FieldId::author, {"Núñez"}}}})) == Ids{"a"});
}

TEST_CASE("Translations and editions are linked both ways") {
  const Library library(Entries{
      {.id = "orig", .title = "Original"},
      {.id = "es", .title = "Traducción", .fields = {{FieldId::translation_of, "orig"}}, .language = "es"},
      {.id = "vi",
       .title = "Bản dịch",
       .fields = {{FieldId::translation_of, "orig"}, {FieldId::url, "https://x.example/vi"}},
       .language = "vi"},
      {.id = "v1", .title = "First", .fields = {{FieldId::date, "2010"}}},
      {.id = "v2", .title = "Second", .fields = {{FieldId::date, "2015"}, {FieldId::supersedes, "v1"}}},
      {.id = "v3", .title = "Third", .fields = {{FieldId::date, "2020"}, {FieldId::supersedes, "v2"}}},
      {.id = "loop",
       .title = "Loop",
       .fields = {{FieldId::supersedes, "loop"}, {FieldId::translation_of, "gone"}}},
  });
  Searcher searcher = library.open();
  const auto translations = [&](const char* id) {
    Ids out;
    const Hit hit = searcher.resource(id).value();
    for (const Translation& one : hit.translations) out.push_back(one.language + " " + one.id);
    return out;
  };
  const auto editions = [&](const char* id) {
    Ids out;
    const Hit hit = searcher.resource(id).value();
    for (const Edition& one : hit.editions) out.push_back(one.id);
    return out;
  };
  CHECK(translations("orig") == Ids{"es es", "vi vi"});
  CHECK(translations("es") == Ids{"en orig", "vi vi"});
  CHECK(searcher.resource("es")->translations[1].url == "https://x.example/vi");
  CHECK(editions("v3") == Ids{"v2", "v1"});
  CHECK(editions("v1") == Ids{"v3", "v2"});
  CHECK(translations("loop").empty());
  CHECK(editions("loop").empty());
}

TEST_CASE("Resources and their pages are read by id, what is not there is said") {
  Searcher searcher = fields().open();
  CHECK(searcher.resource("a")->resource.title == "Housing toolkit");
  CHECK(searcher.page("a", 2)->text == "two");
  CHECK(searcher.page("a", 2)->label == "L2");
  CHECK(searcher.page("a", 2)->url == "https://www.ovc.ojp.gov/a.pdf#page=2");
  CHECK(searcher.resource("nobody").error().kind == ErrorKind::not_found);
  CHECK(searcher.page("a", 4).error().kind == ErrorKind::not_found);
  CHECK(searcher.page("a", 0).error().kind == ErrorKind::not_found);
  CHECK(searcher.page("nobody", 1).error().kind == ErrorKind::not_found);
}

TEST_CASE("A misspelt query is mended from the words of the documents, when that finds more") {
  Searcher searcher = words().open();
  REQUIRE(ask(searcher, "bondge").spelling);
  CHECK(ask(searcher, "bondge").spelling->corrected == "bondage");
  CHECK(ask(searcher, "bondge").spelling->hits == 2);
  CHECK(ask(searcher, "the debt bondgae").spelling->corrected == "the debt bondage");
  CHECK(ask(searcher, "victmias").spelling->corrected == "víctimas");
  CHECK_FALSE(ask(searcher, "bondage").spelling);
  CHECK_FALSE(ask(searcher, "\"bondge\"").spelling);
  CHECK_FALSE(ask(searcher, "xqzvwk").spelling);
  CHECK_FALSE(ask(searcher, "debt -bondge").spelling);
  CHECK_FALSE(ask(searcher, Request{.q = "bondge", .mode = Mode::strict}).spelling);
}

TEST_CASE("Fifty thousand words are answered, and only as many searched as the limits say") {
  Searcher searcher = words().open();
  std::string query;
  for (int i = 0; i < 50'000; ++i) query += "w" + std::to_string(i) + " OR ";
  const Answer answer = ask(searcher, query + "debt");
  CHECK(answer.took_ms < 1000);
  CHECK(codes(answer.query.notices).front() == "cut");
  const Answer wide =
      ask(searcher, Request{.q = query, .limits = {.bytes = 1 << 20, .words = 500, .nesting = 50}});
  CHECK(wide.took_ms < 2000);
  const Answer wildcard = ask(searcher, Request{.q = "tra*", .limits = {.wildcard_terms = 1}});
  CHECK(codes(wildcard.query.notices) == Ids{"cut"});
}

TEST_CASE("Bytes that are no UTF-8 are answered as replacement characters") {
  Searcher searcher = words().open();
  const Answer answer = ask(searcher, "debt \xff\xc3");
  CHECK(answer.query.q == "debt \uFFFD\uFFFD");
  CHECK(answer.total == 2);
  CHECK(searcher.suggest("deb\xff"));
}

TEST_CASE("An empty library answers") {
  const Library library(Entries{});
  Searcher searcher = library.open();
  CHECK(searcher.size() == 0);
  CHECK(ask(searcher, "labor traf* \"a b\"").total == 0);
  CHECK(ask(searcher, "").total == 0);
  CHECK(searcher.suggest("a")->empty());
}

TEST_CASE("Phrases that are nowhere end in time too, whatever joins them") {
  const Library library({{.id = "a", .title = "A", .pages = {"emergency care, then a door beside a door"}}});
  Searcher searcher = library.open();
  for (const char* query : {R"("emergency door")", R"("door emergency" OR "beside emergency")",
                            R"(("door emergency" OR "door care") OR beside NEAR/1 emergency)", "-\"door emergency\" *"}) {
    INFO(query);
    Request request{.q = query};
    request.limits.time = std::chrono::milliseconds(0);
    const Answer answer = ask(searcher, request);
    CHECK(codes(answer.query.notices) == Ids{"time-limit"});
    CHECK_FALSE(answer.total_exact);
  }
}

TEST_CASE("A search that runs out of time answers with what it has and says so") {
  Searcher searcher = fields().open();
  Request request{.q = "*"};
  request.limits.time = std::chrono::milliseconds(0);
  const Answer answer = ask(searcher, request);
  CHECK(codes(answer.query.notices) == Ids{"time-limit"});
  CHECK_FALSE(answer.total_exact);
  CHECK(answer.total < 4);
  CHECK(ask(searcher, "*").total_exact);
}
