#include "indexer/catalogue_exchange/oai_harvest.h"

#include "tests/catch.h"
#include "tests/indexer/fetch/web_of_a_test.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using namespace std::chrono_literals;
using carrel::ErrorKind;

namespace {

const std::atomic<bool> kGoOn{false};

AccessOptions options() {
  return {
      .http = {.user_agent = "Carrel/test", .most_bytes = 1'000'000, .timeout = 5s, .allow_private = true},
      .delay = 0ms,
      .obey_robots = false};
}

WebAnswer page(int number, const std::string& token) {
  return {
      .body =
          "<OAI-PMH><ListRecords><record><header><identifier>oai:x:" + std::to_string(number) +
          "</identifier></header><metadata><dc><title>T</title></dc></metadata></record><resumptionToken>" +
          token + "</resumptionToken></ListRecords></OAI-PMH>",
      .type = "text/xml"};
}

carrel::Result<std::vector<DublinCoreRecord>> gather(const WebOfATest& web, HarvestOptions how = {}) {
  SiteAccess sites(options(), kGoOn);
  how.base_url = web.url("/oai");
  return harvest(how, sites);
}

constexpr const char* kFirst = "/oai?verb=ListRecords&metadataPrefix=oai_dc";

}  // namespace

TEST_CASE("A list is followed from token to token to its end") {
  WebOfATest web;
  web.answer(kFirst, page(1, "a b/1&amp;x"));
  web.answer("/oai?verb=ListRecords&resumptionToken=a%20b%2F1%26x", page(2, "second"));
  web.answer("/oai?verb=ListRecords&resumptionToken=second", page(3, ""));
  const auto records = gather(web);
  REQUIRE(records);
  REQUIRE(records->size() == 3);
  CHECK(records->at(2).identifier == "oai:x:3");
  CHECK(web.requests().size() == 3);
}

TEST_CASE("A set and a day are asked for, and a list without records is no error") {
  WebOfATest web;
  web.answer("/oai?verb=ListRecords&metadataPrefix=qdc&set=a%3Ab&from=2020-01-01",
             {.body = "<OAI-PMH><error code=\"noRecordsMatch\"/></OAI-PMH>"});
  const auto records = gather(web, {.base_url = {}, .prefix = "qdc", .set = "a:b", .from = "2020-01-01"});
  REQUIRE(records);
  CHECK(records->empty());
}

TEST_CASE("A repository that is asked to wait for is waited for") {
  WebOfATest web;
  int asked = 0;
  web.answer(kFirst, [&](const WebRequest&) {
    return ++asked == 1 ? WebAnswer{.status = 503, .fields = {"Retry-After: 0"}} : page(1, "");
  });
  CHECK(gather(web)->size() == 1);
}

TEST_CASE("A list that breaks off, goes round or is none gives nothing at all") {
  WebOfATest web;
  web.answer(kFirst, page(1, "next"));
  auto broken = gather(web);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().kind == ErrorKind::unreadable);
  web.answer("/oai?verb=ListRecords&resumptionToken=next", page(2, "next"));
  CHECK(gather(web).error().kind == ErrorKind::refused);
  web.answer("/oai?verb=ListRecords&resumptionToken=next",
             {.body = "<OAI-PMH><error code=\"badResumptionToken\">expired</error></OAI-PMH>"});
  CHECK(gather(web).error().message.find("badResumptionToken: expired") != std::string::npos);
  web.answer(kFirst, {.body = "<html><body>Welcome</body></html>"});
  CHECK(gather(web).error().kind == ErrorKind::damaged);
}
