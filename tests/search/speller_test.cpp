// “Did you mean”, asked through the searcher as people do.
#include "search/speller.h"

#include <algorithm>
#include <random>

#include "search/slips.h"
#include "search/sounds.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

Entries many() {
  Entries entries;
  for (int i = 0; i < 30; ++i) {
    entries.push_back(
        {.id = "en" + std::to_string(i),
         .title = "Trafficking toolkit",
         .pages = {"Human trafficking, restitution and housing for survivors. Physical evidence; "
                   "psychological coercion and the case manager."},
         .fields = {{FieldId::topic, "legal services"}, {FieldId::type, "fact sheet"}}});
  }
  for (int i = 0; i < 10; ++i) {
    entries.push_back(
        {.id = "es" + std::to_string(i),
         .title = "Señales de trata",
         .pages = {"Las víctimas de la trata pueden vivir en un albergue; la vergüenza no es suya."},
         .language = "es"});
  }
  entries.push_back({.id = "slip", .title = "Draft", .pages = {"A note on restitutoin by mistake."}});
  entries.push_back({.id = "trial", .title = "Law", .pages = {"trial and trail and triad"}});
  return entries;
}

Answer answer(Request request) {
  static const Library library(many());
  Searcher searcher = library.open();
  return ask(searcher, request);
}

/// What is offered or applied, "" for nothing.
std::string meant(const std::string& query) {
  const Answer one = answer({.q = query});
  return one.spelling ? one.spelling->corrected : "";
}

}  // namespace

TEST_CASE("Slips of hand and ear are corrected to words of the documents") {
  CHECK(meant("trafficing") == "trafficking");
  CHECK(meant("traficking") == "trafficking");
  CHECK(meant("traffiking") == "trafficking");
  CHECK(meant("trafficknig") == "trafficking");
  CHECK(meant("survvors") == "survivors");
  CHECK(meant("housign") == "housing");
  CHECK(meant("fisical") == "physical");
  CHECK(meant("sychological") == "psychological");
  CHECK(meant("coersion") == "coercion");
  CHECK(meant("menager") == "manager");
}

TEST_CASE("Spanish slips are corrected with the accents that documents write") {
  CHECK(meant("vitcimas") == "víctimas");
  CHECK(meant("bictimas") == "víctimas");
  CHECK(meant("vícitmas") == "víctimas");
  CHECK(meant("víctmas") == "víctimas");
  CHECK(meant("alverge") == "albergue");
  CHECK(meant("verguensa") == "vergüenza");
}

TEST_CASE("Several words, run together and pulled apart, in quotation marks and in fields") {
  CHECK(meant("humen trafficing") == "human trafficking");
  CHECK(meant("humantrafficking") == "human trafficking");
  CHECK(meant("restit ution") == "restitution");
  CHECK(meant("\"human traficking\"") == "\"human trafficking\"");
  CHECK(meant("title:trafficing") == "title:trafficking");
  CHECK(meant("topic:\"legal servces\"") == "topic:\"legal services\"");
  CHECK(meant("survivors -traficking housng") == "survivors -traficking housing");
}

TEST_CASE("A rare word of the documents is doubted when a far more frequent neighbour exists") {
  const Answer one = answer({.q = "restitutoin"});
  CHECK(one.total == 1);
  REQUIRE(one.spelling);
  CHECK(one.spelling->corrected == "restitution");
  CHECK_FALSE(one.spelling->applied);
}

TEST_CASE("The count of a correction is what choosing it shows") {
  const Answer offered = answer({.q = "restitutoin"});
  CHECK(offered.spelling->hits == answer({.q = offered.spelling->corrected}).total);
  const Answer narrowed = answer({.q = "restitutoin", .selections = {{FieldId::language, {"en"}}}});
  CHECK(narrowed.spelling->hits ==
        answer({.q = "restitution", .selections = {{FieldId::language, {"en"}}}}).total);
}

TEST_CASE("Without a hit the corrected query is searched, and that is said") {
  const Answer one = answer({.q = "trafficing"});
  CHECK(one.query.q == "trafficing");
  CHECK(one.total == 30);
  REQUIRE(one.spelling);
  CHECK(one.spelling->applied);
  CHECK(one.spelling->hits == 30);
  CHECK(codes(one.query.notices).front() == "corrected");
  const Answer typed = answer({.q = "trafficing", .correct = false});
  CHECK(typed.total == 0);
  REQUIRE(typed.spelling);
  CHECK_FALSE(typed.spelling->applied);
}

TEST_CASE("Nothing is offered for good words, exact words, numbers, short words and in strict mode") {
  for (const char* query : {"trafficking", "trail", "trial", "=trafficing", "tra", "12345", "-trafficing",
                            "xqzzyqqxw", "traffick*", "human housing"}) {
    INFO(query);
    CHECK(meant(query).empty());
  }
  CHECK_FALSE(answer({.q = "trafficing", .mode = Mode::strict}).spelling);
}

TEST_CASE("Likelier slips cost less") {
  CHECK(slip_cost("traffickign", "trafficking") < slip_cost("traffickinx", "trafficking"));
  CHECK(slip_cost("trafficking", "trafficking") == 0);
  CHECK(slip_cost("raficking", "trafficking") > slip_cost("traficking", "trafficking"));
  CHECK(slip_cost("houdung", "housing") < slip_cost("hoxxing", "housing"));
  CHECK(slip_cost("bictima", "victima") < slip_cost("xictima", "victima"));
}

TEST_CASE("Words that sound alike share a key") {
  const auto alike = [](std::string_view a, std::string_view b) {
    for (const std::string& one : sounds_of(a)) {
      for (const std::string& other : sounds_of(b)) {
        if (one == other) return true;
      }
    }
    return false;
  };
  CHECK(alike("physical", "fizikal"));
  CHECK(alike("neighborhood", "naiborhud"));
  CHECK(alike("victima", "biktima"));
  CHECK(alike("explotacion", "esplotasion"));
  CHECK_FALSE(alike("housing", "trafficking"));
  CHECK(sounds_of("人口").empty());
  CHECK(sounds_of("to").empty());
}

TEST_CASE("Similar words are found exactly as by comparing with each") {
  std::mt19937 random(7);
  std::vector<Vocabulary::Word> words;
  for (int i = 0; i < 3000; ++i) {
    std::string word;
    for (unsigned n = 3 + random() % 7; n > 0; --n) word += static_cast<char>('a' + random() % 5);
    if (std::ranges::find(words, word, &Vocabulary::Word::text) == words.end()) {
      words.push_back({word, 1 + static_cast<std::uint32_t>(random() % 9)});
    }
  }
  words.push_back({"ñandú", 3});
  const Vocabulary vocabulary = Vocabulary::of(words);
  CHECK(vocabulary.size() == words.size());
  for (int i = 0; i < 200; ++i) {
    const std::string& typed = words[random() % words.size()].text;
    for (const std::size_t bound : {1U, 2U}) {
      std::vector<std::string> by_hand, found;
      for (const auto& word : words) {
        const std::size_t distance = edit_distance(typed, word.text, bound);
        if (distance > 0 && distance <= bound && word.documents >= 3) by_hand.push_back(word.text);
      }
      for (const auto& word : vocabulary.similar(typed, bound, 3)) found.push_back(word.text);
      std::ranges::sort(by_hand);
      std::ranges::sort(found);
      CHECK(found == by_hand);
    }
  }
  CHECK(vocabulary.similar("ñando", 1, 1).at(0).text == "ñandú");
}
