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
