#include "query-server/page/help_view.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;

TEST_CASE("a card of help can be called, opened, and says what is spoken there") {
  carrel::search::HelpCard card{.id = "a", .title = "Hotline", .phone = "1-888-373-7888", .url = "https://a.example/"};
  card.languages = {"en", "es"};
  View views = View(help_view(std::vector{card}, Messages::of("en")));
  View view = views.list()->front();
  CHECK(*view["phone_link"].text() == "tel:+18883737888");
  CHECK(*view["url"].text() == "https://a.example/");
  CHECK(*view["languages"].text() == "Languages: English, Spanish");
  card.url = "javascript:alert(1)";
  views = View(help_view(std::vector{card}, Messages::of("es")));
  view = views.list()->front();
  CHECK(view["url"].text()->empty());
  CHECK(*view["languages"].text() == "Idiomas: Inglés, Español");
}

TEST_CASE("numbers are dialled as their country has them") {
  CHECK(telephone_link("911") == "tel:911");
  CHECK(telephone_link("+34 900 10 50 90") == "tel:+34900105090");
  CHECK(telephone_link("none").empty());
}

TEST_CASE("a best bet leads to the resource of the library or to its address, never elsewhere") {
  const std::vector<carrel::search::BestBet> bets = {
      {.id = "1", .title = "T visa", .url = "https://a.example/t", .description = "About it", .resource = "t-visa"},
      {.id = "2", .title = "Jobs", .url = "https://jobs.example/"},
      {.id = "3", .title = "Bad", .url = "javascript:alert(1)"}};
  View here = View(bets_view(bets, Links([](std::string_view) { return true; })));
  REQUIRE(here.list()->size() == 2);
  CHECK(*(*here.list())[0].map()->at("url").text() == "/resources/t-visa");
  CHECK(*(*here.list())[1].map()->at("url").text() == "https://jobs.example/");
  View elsewhere = View(bets_view(bets, Links()));
  CHECK(*elsewhere.list()->front().map()->at("url").text() == "https://a.example/t");
}
