#include "query-server/help_desk.h"

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::query_server;

namespace {

std::shared_ptr<const search::RuleBook> book() {
  schema::Rules rules;
  rules.help = {{.id = "danger", .words = {"emergency"}}, {.id = "hotline", .always = true}};
  return std::make_shared<const search::RuleBook>(std::move(rules), std::vector<std::string>{"en"});
}

std::string ids(const std::vector<search::HelpCard>& cards) {
  std::string out;
  for (const search::HelpCard& card : cards) out += card.id + " ";
  return out;
}

HttpRequest asking(std::string target) {
  HttpRequest request;
  request.method = "GET";
  request.target = std::move(target);
  return request;
}

}  // namespace

TEST_CASE("a desk that knows no rules has no cards, and news of none changes nothing") {
  HelpDesk desk;
  CHECK(desk.cards("emergency", "en").empty());
  desk.learn(book());
  desk.learn(nullptr);
  CHECK(ids(desk.cards("emergencies", "en")) == "danger hotline ");
  CHECK(ids(desk.cards("", "en")) == "hotline ");
}

TEST_CASE("cards are for requests that search, also when their parameters cannot be read") {
  HelpDesk desk;
  desk.learn(book());
  CHECK(ids(desk.cards_for(asking("/v1/search?q=emergency"))) == "danger hotline ");
  CHECK(ids(desk.cards_for(asking("/api/v2/search/i14y?query=emergency"))) == "danger hotline ");
  CHECK(ids(desk.cards_for(asking("/search?q=%zz"))) == "hotline ");
  CHECK(ids(desk.cards_for(asking("/nowhere"))) == "hotline ");
  HttpRequest posted = asking("/search");
  posted.method = "POST";
  posted.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  posted.body = "q=emergency";
  CHECK(ids(desk.cards_for(posted)) == "danger hotline ");
  for (const char* target : {"/readyz", "/metrics", "/v1/openapi.json", "/v1/resources/a", "/v1/none"}) {
    INFO(target);
    CHECK(desk.cards_for(asking(target)).empty());
  }
}
