#include "search/json.h"

#include "tests/catch.h"

using namespace carrel::search;
using carrel::schema::FieldId;

TEST_CASE("An answer is one object, its members in the promised order") {
  Answer answer{.query = {.q = "a \"b\"", .parsed = "a and “b”"}};
  answer.query.notices = {{"relaxed", "Said\nso."}};
  answer.query.expansions = {{"a", {"as"}, "stem"}};
  answer.spelling = Spelling{"ab", 3};
  answer.revision = "1234abcd-7";
  answer.took_ms = 1.8;
  answer.total = 128;
  answer.resources = 140;
  answer.limit = 20;
  answer.next_offset = 20;
  Hit hit{.resource = {.id = "x",
                       .url = "https://x.example/x.pdf",
                       .title = "T <b>",
                       .description = "D",
                       .type = "report",
                       .date = "2020-04",
                       .language = "en",
                       .format = "pdf",
                       .publisher = "P",
                       .accessible = "scanned"},
          .score = 2.0};
  hit.resource.topic = {"housing", "labor"};
  hit.resource.pages = 12;
  hit.resource.bytes = 34567;
  hit.translations = {{"y", "es", "u"}};
  hit.editions = {{"z", "2018", "v"}};
  hit.passages = {
      {.page = 12, .label = "8", .heading = "H", .text = "niño", .marks = {{0, 4}}, .url = "x.pdf#page=12"}};
  answer.hits = {hit};
  answer.facets = {{FieldId::type, "Type", {{"report", "Report", 3, true}}, 12}};
  CHECK(
      to_json(answer) ==
      R"({"query":{"q":"a \"b\"","parsed":"a and “b”","notices":[{"code":"relaxed","text":"Said\nso."}],)"
      R"("expansions":[{"from":"a","to":["as"],"kind":"stem"}]},"spelling":{"corrected":"ab","hits":3,"applied":false},)"
      R"("revision":"1234abcd-7","collection":null,"thesaurus":null,"took_ms":1.8,"total":128,"total_exact":true,"resources":140,"offset":0,"limit":20,)"
      R"("next_offset":20,"help":[],"best_bets":[],"redirect":null,"hits":[{"id":"x","url":"https://x.example/x.pdf",)"
      R"("title":"T <b>","type":"report","topic":["housing","labor"],"date":"2020-04","language":"en",)"
      R"("format":"pdf","publisher":"P","pages":12,"bytes":34567,"accessible":"scanned","description":"D",)"
      R"("audience":[],"series":"","jurisdiction":[],"author":[],"identifier":[],"modified":"","added":"","path":"",)"
      R"("score":2,"translations":[{"id":"y","language":"es","url":"u"}],)"
      R"("editions":[{"id":"z","date":"2018","url":"v"}],"passages":[{"page":12,"label":"8","heading":"H",)"
      R"("seconds":null,"text":"niño","marks":[[0,4]],"url":"x.pdf#page=12","kind":"page"}]}],)"
      R"("facets":[{"field":"type","label":"Type","values":[{"value":"report","label":"Report","count":3,)"
      R"("selected":true}],"more":12}]})");
}

TEST_CASE("What is absent is null or an empty list, and the explanation only where there is one") {
  Answer answer;
  answer.hits = {Hit{.explanation = "why"}};
  const std::string json = to_json(answer);
  CHECK(json.find(R"("spelling":null)") != std::string::npos);
  CHECK(json.find(R"("next_offset":null)") != std::string::npos);
  CHECK(json.find(R"("passages":[],"explain":{"text":"why"})") != std::string::npos);
  CHECK(json.ends_with(R"("facets":[]})"));
}

TEST_CASE("What rules bring is part of the answer") {
  Answer answer;
  answer.help = {{.id = "hotline",
                  .title = "Hotline",
                  .phone = "1-888",
                  .text = "Free",
                  .hours = "always",
                  .url = "https://h.example/",
                  .languages = {"en", "es"},
                  .called = true}};
  answer.best_bets = {{.id = "b", .title = "T", .url = "u", .description = "D", .resource = "r"}};
  answer.redirect = Redirect{.url = "https://jobs.example/", .title = "Jobs"};
  const std::string json = to_json(answer);
  const std::string card =
      R"({"id":"hotline","title":"Hotline","phone":"1-888","text":"Free","hours":"always",)"
      R"("url":"https://h.example/","languages":["en","es"],"called":true})";
  CHECK(json.find("\"help\":[" + card + "],") != std::string::npos);
  CHECK(json.find(R"("best_bets":[{"id":"b","title":"T","url":"u","description":"D","resource":"r"}],)"
                  R"("redirect":{"url":"https://jobs.example/","title":"Jobs"},"hits":[])") != std::string::npos);
  CHECK(help_to_json(answer.help) == "[" + card + "]");
}

TEST_CASE("Suggestions, pages and resources are objects too") {
  const std::vector<Suggestion> suggestions = {{"labor", "word", 2}};
  CHECK(to_json("la", suggestions) ==
        R"({"q":"la","suggestions":[{"text":"labor","kind":"word","count":2}]})");
  CHECK(
      to_json(PageText{.page = 2, .label = "ii", .heading = "", .text = "t", .url = "u", .seconds = 754.5}) ==
      R"({"page":2,"label":"ii","heading":"","seconds":754.5,"text":"t","url":"u"})");
  const std::string resource = to_json(Hit{.resource = {.id = "x", .author = {"Ana"}}});
  CHECK(resource.find(R"("author":["Ana"])") != std::string::npos);
  CHECK(resource.find("score") == std::string::npos);
}
