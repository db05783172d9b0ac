#include "search/rule_book.h"

#include <atomic>
#include <thread>

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::search;

namespace {

const std::vector<std::string> kLanguages = {"en", "es"};

RuleBook book() {
  schema::Rules rules;
  rules.help = {{.id = "hotline", .words = {"help", "need to leave", "ayuda"}},
                {.id = "children", .words = {"missing child"}},
                {.id = "everywhere", .words = {"shelter"}, .always = true}};
  rules.best_bets = {
      {.id = "t-visa", .words = {"t visa", "visa t"}},
      {.id = "awareness", .words = {"awareness month"}, .from = "2026-01-01", .until = "2026-01-31"}};
  rules.redirects = {{.words = {"jobs", "open positions"}, .url = "https://jobs.example/"}};
  return {rules, kLanguages};
}

/// Ids in their order; those that were not called stand in brackets.
std::string help_for(std::string_view query) {
  const RuleBook rules = book();
  std::string ids;
  for (const HelpCard& card : rules.help(rules.called_by(query, "2026-11-25"), "en")) {
    ids += card.called ? card.id + " " : "(" + card.id + ") ";
  }
  return ids;
}

std::string bets_for(std::string_view query, std::string_view today = "2026-11-25") {
  const RuleBook rules = book();
  std::string ids;
  for (const auto* bet : rules.called_by(query, today).best_bets) ids += bet->id + " ";
  return ids;
}

}  // namespace

TEST_CASE("help comes for its words in any form, case and accent") {
  for (const char* query : {"help", "HELP me", "I need help now", "helping a friend", "Ayúda",
                            "ayudas legales", "we need to leave tonight", "needs to leave"}) {
    INFO(query);
    CHECK(help_for(query) == "hotline (everywhere) ");
  }
  for (const char* query : {"", "helmet", "leave to need", "need money to leave", "\"", "¿?"}) {
    INFO(query);
    CHECK(help_for(query) == "(everywhere) ");
  }
}

TEST_CASE("a card that is always there is named once, and first when it was called") {
  CHECK(help_for("shelter") == "everywhere ");
  CHECK(help_for("shelters for missing children") == "children everywhere ");
  CHECK(help_for("help for missing children") == "hotline children (everywhere) ");
}

TEST_CASE("best bets come for their phrase anywhere in a search, on their days only") {
  CHECK(bets_for("how to get a T visa") == "t-visa ");
  CHECK(bets_for("visa") == "");
  CHECK(bets_for("t and visa") == "");
  CHECK(bets_for("awareness month", "2026-01-15") == "awareness ");
  CHECK(bets_for("awareness month", "2025-12-31") == "");
  CHECK(bets_for("awareness month", "2026-02-01") == "");
}

TEST_CASE("a redirect is for a search that is nothing else") {
  const RuleBook rules = book();
  REQUIRE(rules.called_by("Jobs", "2026-11-25").redirect);
  CHECK(rules.called_by("open position", "2026-11-25").redirect->url == "https://jobs.example/");
  CHECK_FALSE(rules.called_by("jobs for survivors", "2026-11-25").redirect);
}

TEST_CASE("no rules call nothing") {
  const CalledRules called = RuleBook().called_by("help", "2026-11-25");
  CHECK(called.help.empty());
  CHECK(called.best_bets.empty());
  CHECK_FALSE(called.redirect);
}

TEST_CASE("words of scripts without spaces call a card wherever they stand") {
  schema::Rules rules;
  rules.help = {{.id = "hotline", .words = {"求助热线", "คุยกับเรา"}}};
  const RuleBook book(rules, kLanguages);
  CHECK(book.called_by("我需要求助热线的电话", "2026-11-25").help.size() == 1);
  CHECK(book.called_by("求助 热线", "2026-11-25").help.size() == 1);
  CHECK(book.called_by("热线求助", "2026-11-25").help.empty());
  CHECK(book.called_by("อยากคุยกับเราไหม", "2026-11-25").help.size() == 1);
}

TEST_CASE("a rule's own languages count beside those of the library") {
  schema::Rules rules;
  rules.help = {{.id = "aide", .title = {{{"fr", "Aide"}}}, .words = {"violences conjugales"}}};
  CHECK(RuleBook(rules, {}).called_by("violence conjugale", "2026-11-25").help.size() == 1);
  rules.help.front().title = {};
  CHECK(RuleBook(rules, {}).called_by("violence conjugale", "2026-11-25").help.empty());
}

TEST_CASE("cards are given in the reader's language") {
  schema::Rules rules;
  rules.help = {{.id = "hotline",
                 .title = {{{"en", "Hotline"}, {"es", "Línea"}}},
                 .text = {{{"en", "Free"}}},
                 .phone = "1-888",
                 .languages = {"en", "es"},
                 .always = true}};
  const RuleBook book(rules, kLanguages);
  const HelpCard card = book.help({}, "es-MX").at(0);
  CHECK(card.title == "Línea");
  CHECK(card.text == "Free");
  CHECK(card.phone == "1-888");
  CHECK(card.languages == std::vector<std::string>{"en", "es"});
}

TEST_CASE("a search as long as a book is read to a bound and no further") {
  std::string longest;
  for (int i = 0; i < 100'000; ++i) longest += "word ";
  CHECK(help_for("help " + longest) == "hotline (everywhere) ");
  CHECK(help_for(longest + "help") == "(everywhere) ");
}

TEST_CASE("threads that ask one book at the same time get the answers that they would get alone") {
  const RuleBook rules = book();
  std::atomic<int> wrong{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&] {
        for (int i = 0; i < 300; ++i) {
          const bool one = rules.called_by("I need to leave", "2026-11-25").help.size() == 1;
          const bool none = rules.called_by("nothing of that", "2026-11-25").help.empty();
          if (!one || !none) ++wrong;
        }
      });
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("what another spelling calls is added once") {
  const RuleBook rules = book();
  CalledRules called = rules.called_by("help", "2026-11-25");
  called.add(rules.called_by("help for missing children", "2026-11-25"));
  CHECK(called.help.size() == 2);
}
