// What the thesaurus adds to a query, asked through the searcher as people do.
#include "search/query_expander.h"

#include <algorithm>
#include <set>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

constexpr const char* kThesaurus = R"(
[concept.trafficking]
label = { en = "human trafficking", es = "trata de personas" }
used-for = { en = ["trafficking in persons", "modern slavery"] }
capitals = { en = ["TIP"] }
[concept.labor-trafficking]
label = { en = "labor trafficking", es = "trata laboral" }
broader = ["trafficking"]
related = ["back-wages"]
[concept.tvpa]
label = { en = "Trafficking Victims Protection Act", es = "Ley de Protección de las Víctimas" }
used-for = { en = ["TVPA"] }
[concept.back-wages]
label = { en = "back wages" }
[concept.wages]
label = { en = "traffickers" }
used-for = { en = ["kitchen"] }
[concept.exploiters]
label = { en = "exploiters" }
hidden = { en = ["pimp"] }
)";

const Library& library() {
  static const Library one(
      Entries{
          {.id = "long", .title = "A law", .pages = {"The Trafficking Victims Protection Act of 2000."}},
          {.id = "short", .title = "Notes", .pages = {"Under the TVPA a victim may stay."}},
          {.id = "scattered",
           .title = "Act",
           .pages = {"Protection for trafficking victims: a play in one act."}},
          {.id = "es", .title = "Guía", .pages = {"La trata de personas y su castigo."}, .language = "es"},
          {.id = "en", .title = "Guide", .pages = {"Human trafficking and how to stop it."}},
          {.id = "tip", .title = "Kitchen", .pages = {"One tip on baking, and modern cakes."}},
          {.id = "slavery", .title = "Essay", .pages = {"On modern slavery."}},
          {.id = "laboral",
           .title = "Hoja",
           .pages = {"La trata laboral en el campo."},
           .fields = {{FieldId::topic, "labor trafficking"}},
           .language = "es"},
          {.id = "wages", .title = "Pay", .pages = {"Back wages are owed."}},
          {.id = "crime", .title = "Crime", .pages = {"Exploiters are found."}},
      },
      kThesaurus);
  return one;
}

Answer answer(Request request) {
  Searcher searcher = library().open();
  return ask(searcher, request);
}

Answer answer(const std::string& query) {
  return answer(Request{.q = query});
}

std::set<std::string> found(const Answer& from) {
  const auto list = ids(from);
  return {list.begin(), list.end()};
}

using Set = std::set<std::string>;

/// "from kind: to, to" of what the thesaurus added.
std::vector<std::string> added(const Answer& from) {
  std::vector<std::string> out;
  for (const Expansion& one : from.query.expansions) {
    if (one.id.empty()) continue;
    std::string text = one.from + " " + one.kind + ":";
    for (const std::string& to : one.to) text += " " + to + ";";
    out.push_back(text);
  }
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("An acronym finds its long form as a phrase, and the other way round") {
  CHECK(found(answer("TVPA")) == Set{"long", "short"});
  CHECK(found(answer("tvpa")) == Set{"long", "short"});
  CHECK(added(answer("tvpa")) == List{"tvpa UF: Trafficking Victims Protection Act;"});
  const Answer whole = answer("trafficking victims protection act");
  CHECK(found(whole).contains("short"));
  CHECK(found(whole).contains("long"));
  CHECK(added(whole) == List{"trafficking victims protection act acronym: TVPA;"});
}

TEST_CASE("English finds Spanish and back, behind what was typed") {
  const Answer english = answer("human trafficking");
  CHECK(found(english) == Set{"en", "es", "slavery"});
  CHECK(ids(english).front() == "en");
  const Answer spanish = answer("trata de personas");
  CHECK(found(spanish) == Set{"en", "es", "slavery"});
  CHECK(ids(spanish).front() == "es");
  CHECK(added(spanish) == List{"trata de personas translation: human trafficking; modern slavery;"});
}

TEST_CASE("Labels are met in other forms of their words, without accents and as compounds") {
  CHECK(found(answer("Labor-Trafficking")).contains("laboral"));
  CHECK(found(answer("ley de proteccion de las victimas")).contains("long"));
  CHECK(found(answer("humans trafficked")).contains("es"));
}

TEST_CASE("A single word is met in singular and plural, not in its whole family") {
  CHECK(added(answer("trafficker")).size() == 1);
  CHECK(added(answer("traffickers")).size() == 1);
  CHECK(added(answer("trafficking")).empty());
}

TEST_CASE("The longest label wins") {
  // "trafficking victims protection act" and not "human trafficking" with "victims" left over.
  CHECK(added(answer("human trafficking victims protection act")).size() == 2);
  CHECK(added(answer("labor trafficking")) == List{"labor trafficking translation: trata laboral;"});
}

TEST_CASE("Quotation marks, =word, exclusions, strict mode and expand off add nothing") {
  CHECK(found(answer("\"human trafficking\"")) == Set{"en"});
  CHECK(found(answer("=tvpa")) == Set{"short"});
  CHECK(found(answer("guide -tvpa")) == Set{"en"});
  CHECK(found(answer(Request{.q = "tvpa", .mode = Mode::strict})) == Set{"short"});
  CHECK(added(answer(Request{.q = "tvpa", .mode = Mode::strict})).empty());
  CHECK(found(answer(Request{.q = "tvpa", .expand = false})) == Set{"short"});
}

TEST_CASE("The searcher strikes an expansion by the concept or by the words") {
  CHECK(found(answer(Request{.q = "tvpa", .no_expand = {"tvpa"}})) == Set{"short"});
  CHECK(found(answer(Request{.q = "human trafficking", .no_expand = {"trafficking"}})) == Set{"en"});
  CHECK(found(answer(Request{.q = "human trafficking", .no_expand = {"Human Trafficking"}})) == Set{"en"});
  CHECK(found(answer(Request{.q = "human trafficking", .no_expand = {"tvpa"}})) ==
        Set{"en", "es", "slavery"});
}

TEST_CASE("Names for capitals are met in capitals only and never searched") {
  CHECK(found(answer("tip")) == Set{"tip"});
  CHECK(found(answer("TIP")).contains("en"));
  CHECK(found(answer("TIP report")).contains("en"));
  CHECK_FALSE(found(answer("human trafficking")).contains("tip"));
}

TEST_CASE("Hidden names are met and never shown") {
  CHECK(found(answer("pimp")) == Set{"crime"});
  for (const std::string& one : added(answer("exploiters"))) CHECK(one.find("pimp") == std::string::npos);
}

TEST_CASE("Other words are marked in the passages") {
  const Answer one = answer("tvpa");
  const auto hit = std::ranges::find(one.hits, "long", [](const Hit& h) { return h.resource.id; });
  REQUIRE(hit != one.hits.end());
  REQUIRE_FALSE(hit->passages.empty());
  REQUIRE_FALSE(hit->passages[0].marks.empty());
  CHECK(marked(hit->passages[0], 0) == "Trafficking Victims Protection Act");
}

TEST_CASE("Words of an OR and of brackets have their other words too") {
  CHECK(found(answer("tvpa OR baking")) == Set{"long", "short", "tip"});
  CHECK(found(answer("(human trafficking) -guide")) == Set{"es", "slavery"});
}

TEST_CASE("Nobody is told of other words that no document has") {
  for (const std::string& one : added(answer("back wages"))) CHECK(one.empty());
  for (const std::string& one : added(answer("human trafficking")))
    CHECK(one.find("trafficking in persons") == std::string::npos);
}
