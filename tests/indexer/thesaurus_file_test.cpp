#include "indexer/thesaurus_file.h"

#include <algorithm>
#include <set>
#include <string>

#include "search/schema/text.h"
#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::indexer;
using namespace carrel::tests;

namespace {

std::string message(const std::string& toml) {
  const auto read = parse_thesaurus(toml, "t.toml");
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == ErrorKind::usage);
  CHECK_FALSE(read.error().hint.empty());
  return read.error().message;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const schema::Thesaurus& built_in() {
  static const schema::Thesaurus one = built_in_thesaurus().value();
  return one;
}

}  // namespace

TEST_CASE("A thesaurus is read in the order of its file, with all its names and relations") {
  const auto read = parse_thesaurus(
      "title = 'T'\nversion = '2'\n"
      "[concept.trafficking]\nlabel = { en = 'human trafficking', es = 'trata de personas' }\n"
      "used-for = { en = ['modern slavery'] }\ncapitals = { en = ['TIP'] }\nhidden = { en = ['traficking'] "
      "}\n"
      "note = { en = 'Anything.' }\n"
      "[concept.debt]\nlabel = { en = 'debt bondage' }\nbroader = ['trafficking']\nrelated = ['aaa']\n"
      "[concept.aaa]\nlabel = { en = 'restitution' }\n",
      "t.toml");
  REQUIRE(read.has_value());
  CHECK(read->title == "T");
  CHECK(read->version == "2");
  CHECK(read->origin == "t.toml");
  REQUIRE(read->concepts.size() == 3);
  CHECK(read->concepts[0].id == "trafficking");
  CHECK(read->concepts[0].names[1].label == "trata de personas");
  CHECK(read->concepts[0].names[0].used_for == std::vector<std::string>{"modern slavery"});
  CHECK(read->concepts[0].names[0].capitals == std::vector<std::string>{"TIP"});
  CHECK(read->concepts[0].names[0].hidden == std::vector<std::string>{"traficking"});
  CHECK(read->concepts[0].names[0].note == "Anything.");
  CHECK(read->concepts[0].narrower == std::vector<std::uint32_t>{1});
  CHECK(read->concepts[2].related == std::vector<std::uint32_t>{1});
}

TEST_CASE("What is wrong is said with line, column and a sentence") {
  const std::string good = "[concept.a]\nlabel = { en = 'alpha' }\n";
  struct Case {
    std::string toml;
    std::string says;
  };
  const Case cases[] = {
      {"[concept.a\n", "line 1, column"},
      {"", "there is no concept"},
      {"colour = 1\n" + good, "line 1, column 1: unknown key 'colour'"},
      {good + "labels = 'x'\n",
       "line 3, column 1: unknown key 'labels' in concept 'a', did you mean 'label'?"},
      {"[concept.a]\nnote = { en = 'x' }\n", "the concept 'a' has no label"},
      {"[concept.a]\nlabel = 'alpha'\n", "'label' needs a language"},
      {"[concept.a]\nlabel = { en = '…' }\n", "an empty text in concept 'a'"},
      {"[concept.a]\nlabel = { english = 'alpha' }\n", "'english' is no language"},
      {"[concept.a]\nlabel = { en = 3 }\n", "a text in quotation marks was expected"},
      {"[concept.A_b]\nlabel = { en = 'alpha' }\n", "'A_b' is no id"},
      {good + "used-for = { en = 'beta' }\n", "must be a list of texts"},
      {good + "used-for = { es = ['beta'] }\n", "the concept 'a' has no label in 'es'"},
      {good + "capitals = { en = ['tip'] }\n", "has no capitals"},
      {good + "broader = ['b']\n", "line 3, column 12: 'broader' of concept 'a' names no concept: b"},
      {good + "broader = ['a']\n", "the concept 'a' is its own broader"},
      {good + "related = 'a'\n", "must be a list of ids"},
      {good + "[concept.b]\nlabel = { en = 'ALPHA' }\n", "line 4, column 16: 'ALPHA' means both 'a' and 'b'"},
      {good + "broader = ['b']\n[concept.b]\nlabel = { en = 'beta' }\nbroader = ['a']\n",
       "go round in a circle: a → b → a"},
      {"title = \"\xff\"\n" + good, "is not UTF-8"},
  };
  for (const Case& one : cases) {
    INFO(one.toml);
    const std::string said = message(one.toml);
    CAPTURE(said);
    CHECK(says(said, one.says));
    CHECK(says(said, "t.toml"));
  }
  CHECK(says(message("[concept.a]\nlabel = { en = '' }\ncolor = 1\n"), "; "));
}

TEST_CASE("A thesaurus that is not there or is a folder is an error of its own kind") {
  const TemporaryFolder folder;
  CHECK(read_thesaurus(folder / "none.toml").error().kind == ErrorKind::not_found);
  CHECK(read_thesaurus(folder.path()).error().kind == ErrorKind::unreadable);
}

TEST_CASE(
    "The built-in thesaurus has at least 300 concepts, each named and explained in English and Spanish") {
  REQUIRE(built_in().concepts.size() >= 300);
  CHECK(built_in().origin == schema::kBuiltIn);
  for (const schema::Concept& one : built_in().concepts) {
    INFO(one.id);
    REQUIRE(one.names.size() == 2);
    std::set<std::string> languages;
    for (const schema::ConceptNames& names : one.names) {
      languages.insert(names.language);
      CHECK_FALSE(names.label.empty());
      CHECK(names.note.ends_with("."));
    }
    CHECK(languages == std::set<std::string>{"en", "es"});
    CHECK_FALSE((one.broader.empty() && one.narrower.empty() && one.related.empty()));
  }
}

TEST_CASE("No everyday word is a name of the built-in thesaurus unless it is typed in capitals") {
  const std::set<std::string> everyday = {
      "tip",      "ice",       "dot",         "cap",    "ace",    "aces",    "soar",     "help",
      "home",     "work",      "child",       "woman",  "man",    "men",     "women",    "boy",
      "girl",     "family",    "house",       "job",    "money",  "law",     "life",     "track",
      "john",     "johns",     "match",       "sign",   "signs",  "police",  "court",    "school",
      "doctor",   "food",      "drug",        "phone",  "street", "state",   "country",  "report",
      "form",     "training",  "services",    "rights", "law",    "pay",     "debt",     "fee",
      "fees",     "visa",      "visas",       "state",  "labor",  "sex",     "victim",   "victims",
      "survivor", "survivors", "trafficking", "trata",  "ayuda",  "casa",    "trabajo",  "ley",
      "policía",  "niños",     "mujer",       "dinero", "vida",   "persona", "personas", "víctima",
      "víctimas", "derechos"};
  for (const schema::Concept& one : built_in().concepts) {
    for (const schema::ConceptNames& names : one.names) {
      std::vector<std::string> all = names.used_for;
      all.push_back(names.label);
      all.insert(all.end(), names.hidden.begin(), names.hidden.end());
      for (const std::string& name : all) {
        INFO(one.id << ": " << name);
        CHECK_FALSE(everyday.contains(schema::exact_form(name)));
      }
    }
  }
}

TEST_CASE(
    "An index keeps the thesaurus of its librarian until another is named, and the built-in one renews "
    "itself") {
  const auto own = parse_thesaurus("[concept.a]\nlabel = { en = 'alpha' }\n", "own.toml").value();
  const std::string first = chosen_thesaurus(std::nullopt, "").value();
  CHECK(schema::decode_thesaurus(first).value() == built_in());
  schema::Thesaurus older = built_in();
  older.version = "0";
  CHECK(chosen_thesaurus(std::nullopt, schema::encode_thesaurus(older)).value() == first);
  const std::string given = chosen_thesaurus(own, first).value();
  CHECK(schema::decode_thesaurus(given).value() == own);
  CHECK(chosen_thesaurus(std::nullopt, given).value() == given);
  CHECK(chosen_thesaurus(std::nullopt, "damaged").value() == first);
  const std::string none = schema::encode_thesaurus({.origin = "none"});
  CHECK(chosen_thesaurus(std::nullopt, none).value() == none);
  CHECK(thesaurus_line(given) == "no title, 1 concepts (own.toml)");
  CHECK(says(thesaurus_line(first), "(built-in)"));
  CHECK(thesaurus_line("") == "none");
  CHECK(says(thesaurus_line("damaged"), "cannot be read"));
}
