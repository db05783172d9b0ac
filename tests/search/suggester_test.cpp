#include <algorithm>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const Library& library() {
  static const Library one(Entries{
      {.id = "a",
       .title = "Labor trafficking toolkit",
       .pages = {"laboratory labels"},
       .fields = {{FieldId::topic, "labor trafficking;housing"}}},
      {.id = "b",
       .title = "Señales de trata",
       .pages = {"señal señales label"},
       .fields = {{FieldId::topic, "labor trafficking"}},
       .language = "es"},
      {.id = "c", .title = "Housing first", .pages = {"label"}, .fields = {{FieldId::topic, "labor rights"}}},
  });
  return one;
}

std::vector<std::string> suggestions(std::string_view typed, std::size_t limit = 10) {
  Searcher searcher = library().open();
  std::vector<std::string> out;
  const auto suggested = searcher.suggest(typed, limit).value();
  for (const Suggestion& one : suggested) {
    out.push_back(one.kind + ": " + one.text + " " + std::to_string(one.count));
  }
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("Suggestions come from topics, titles and words, the most frequent first") {
  CHECK(suggestions("lab") == List{"topic: labor trafficking 2", "topic: labor rights 1",
                                   "title: Labor trafficking toolkit 1", "word: labor 3", "word: label 2",
                                   "word: labels 1", "word: laboratory 1"});
}

TEST_CASE("Earlier words are taken whole, the last as a beginning") {
  CHECK(suggestions("labor traf") ==
        List{"topic: labor trafficking 2", "title: Labor trafficking toolkit 1"});
  CHECK(suggestions("toolkit lab").front() == "title: Labor trafficking toolkit 1");
}

TEST_CASE("Accents and case do not matter") {
  CHECK(suggestions("SENA").front() == "title: Señales de trata 1");
}

TEST_CASE("No more suggestions than asked for, none for nothing") {
  CHECK(suggestions("lab", 3).size() == 3);
  CHECK(suggestions("lab", 0).empty());
  CHECK(suggestions("", 5).empty());
  CHECK(suggestions("  ", 5).empty());
  CHECK(suggestions("zzz", 5).empty());
}

namespace {

const Library& larger() {
  static const Library one = [] {
    Entries entries;
    for (int i = 0; i < 4; ++i) {
      entries.push_back({.id = "g" + std::to_string(i),
                         .title = "Guide " + std::to_string(i) + ": the case manager at work",
                         .pages = {"Victims of human trafficking and their case manager. Las víctimas."},
                         .fields = {{FieldId::identifier, "NCJ 25467" + std::to_string(i)}}});
    }
    return Library(entries, R"(
[concept.trafficking]
label = { en = "human trafficking", es = "trata de personas" }
used-for = { en = ["human victims"] }
)");
  }();
  return one;
}

std::vector<std::string> from_larger(std::string_view typed, std::size_t limit = 10) {
  Searcher searcher = larger().open();
  std::vector<std::string> out;
  const auto suggested = searcher.suggest(typed, limit).value();
  for (const Suggestion& one : suggested) {
    out.push_back(one.kind + ": " + one.text);
    CHECK(ask(searcher, one.text).total > 0);
    CHECK(one.count > 0);
  }
  return out;
}

}  // namespace

TEST_CASE("Names of concepts, phrases and numbers are suggested too, when documents have them") {
  CHECK(from_larger("huma").front() == "concept: human trafficking");
  const auto phrases = from_larger("case man");
  CHECK(std::ranges::find(phrases, "phrase: case manager") != phrases.end());
  CHECK(from_larger("ncj 254").front() == "identifier: NCJ 254670");
  // A phrase that no document has, although each of its words is there.
  for (const std::string& one : from_larger("human vic")) CHECK(one != "concept: human victims");
  for (const std::string& one : from_larger("trata")) CHECK(one != "concept: trata de personas");
}

TEST_CASE("Words are suggested with the accents of the documents, and after others when they go together") {
  const auto words = from_larger("victi");
  CHECK(std::ranges::find(words, "word: víctimas") != words.end());
  const auto after = from_larger("trafficking case mana");
  CHECK(std::ranges::find(after, "word: trafficking case manager") != after.end());
}

TEST_CASE("Slips while typing still lead on") {
  CHECK(from_larger("hunan traf").front() == "concept: human trafficking");
}
