#include "search/rule_answers.h"

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel;
using namespace carrel::search;
using namespace carrel::tests;
using schema::FieldId;

namespace {

const Entries kEntries = {
    {.id = "t-visa",
     .title = "The T visa",
     .pages = {"Who may ask for a visa and how an emergency is proven"},
     .fields = {{FieldId::url, "https://library.example/t-visa.pdf"}, {FieldId::description, "Two pages."}}},
    {.id = "t-visa-es",
     .title = "La visa T",
     .pages = {"Quién puede pedir la visa"},
     .fields = {{FieldId::url, "https://library.example/t-visa-es.pdf"}, {FieldId::translation_of, "t-visa"}},
     .language = "es"},
    {.id = "other",
     .title = "Shelter in an emergency",
     .pages = {"Beds in an emergency", "More on an emergency"}},
};

constexpr const char* kRules = R"(
[[help]]
id = "hotline"
title = { en = "Hotline", es = "Línea de ayuda" }
phone = "1-888-373-7888"
words = ["help"]
always = true

[[help]]
id = "danger"
title = "Call 911"
phone = "911"
words = ["emergency"]

[[best-bet]]
id = "visa"
words = ["visa"]
resource = "t-visa"

[[best-bet]]
id = "gone"
words = ["visa"]
resource = "never-there"

[[best-bet]]
id = "grants"
words = ["grants"]
url = "https://grants.example/"
title = { en = "Grants", es = "Subvenciones" }
until = 1999-12-31

[[redirect]]
words = ["jobs"]
url = "https://jobs.example/"
title = "Jobs"
)";

struct RuledLibrary : Library {
  RuledLibrary() : Library(kEntries) { set_rules(kRules); }
};

std::vector<std::string> help(const Answer& answer) {
  std::vector<std::string> out;
  for (const HelpCard& card : answer.help) out.push_back(card.id);
  return out;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an answer carries help, also when nothing was found") {
  const RuledLibrary made;
  auto searcher = made.open();
  CHECK(help(ask(searcher, "qqqzzz")) == Ids{"hotline"});
  CHECK(help(ask(searcher, "")) == Ids{"hotline"});
  CHECK(help(ask(searcher, "in an emergency")) == Ids{"danger", "hotline"});
  const Answer spanish = ask(searcher, Request{.q = "visa", .ui = "es"});
  CHECK(spanish.help.at(0).title == "Línea de ayuda");
}

TEST_CASE("an answer whose hits are given away one by one carries help too") {
  const RuledLibrary made;
  auto searcher = made.open();
  const auto answer = searcher.stream(Request{.q = "emergency"}, [](Hit&&) { return true; });
  REQUIRE(answer);
  CHECK(help(*answer) == Ids{"danger", "hotline"});
}

TEST_CASE("a slip of the pen does not keep help away") {
  const RuledLibrary made;
  auto searcher = made.open();
  const Answer answer = ask(searcher, "emergancy");
  REQUIRE(answer.spelling);
  CHECK(answer.help.at(0).id == "danger");
}

TEST_CASE("a best bet of a resource shows the resource, in the reader's language") {
  const RuledLibrary made;
  auto searcher = made.open();
  const Answer answer = ask(searcher, "the visa");
  REQUIRE(answer.best_bets.size() == 1);
  CHECK(answer.best_bets[0].id == "visa");
  CHECK(answer.best_bets[0].resource == "t-visa");
  CHECK(answer.best_bets[0].title == "The T visa");
  CHECK(answer.best_bets[0].description == "Two pages.");
  CHECK(answer.best_bets[0].url == "https://library.example/t-visa.pdf");
  const Answer spanish = ask(searcher, Request{.q = "visa", .ui = "es"});
  CHECK(spanish.best_bets.at(0).resource == "t-visa-es");
  CHECK(spanish.best_bets.at(0).url == "https://library.example/t-visa-es.pdf");
  const Answer vietnamese = ask(searcher, Request{.q = "visa", .ui = "vi"});
  CHECK(vietnamese.best_bets.at(0).resource == "t-visa");
}

TEST_CASE("best bets stand with the first hits alone, and none after its last day") {
  const RuledLibrary made;
  auto searcher = made.open();
  CHECK(ask(searcher, Request{.q = "visa", .offset = 1}).best_bets.empty());
  CHECK(ask(searcher, "grants").best_bets.empty());
}

TEST_CASE("a redirect is in the answer to just its words") {
  const RuledLibrary made;
  auto searcher = made.open();
  const Answer answer = ask(searcher, "jobs");
  REQUIRE(answer.redirect);
  CHECK(answer.redirect->url == "https://jobs.example/");
  CHECK_FALSE(ask(searcher, "jobs visa").redirect);
}

TEST_CASE("new rules are at work after a commit, and rules that cannot be read keep nobody from searching") {
  const RuledLibrary made;
  auto searcher = made.open();
  CHECK(help(ask(searcher, "visa")) == Ids{"hotline"});
  Library changed(kEntries);
  changed.set_rules("");
  auto other = changed.open();
  CHECK(ask(other, "visa").help.empty());
  changed.set_rules(kRules);
  CHECK(help(ask(other, "visa")) == Ids{"hotline"});
}
