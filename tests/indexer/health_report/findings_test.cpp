#include "indexer/health_report/findings.h"

#include <algorithm>

#include "indexer/warning_codes.h"
#include "tests/catch.h"
#include "tests/indexer/health_report/sample_collection.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const Finding& finding(const std::vector<Finding>& findings, std::string_view code) {
  const auto found = std::ranges::find(findings, code, &Finding::code);
  INFO(code);
  REQUIRE(found != findings.end());
  return *found;
}

std::vector<std::size_t> documents(const std::vector<Finding>& findings, std::string_view code) {
  std::vector<std::size_t> places;
  for (const ListedDocument& one : finding(findings, code).documents) places.push_back(one.document);
  return places;
}

}  // namespace

TEST_CASE("Each fault of a document is found once, with what is to be said of it") {
  const auto findings = find_all(sample_collection(), {});
  CHECK(documents(findings, "unreadable") == std::vector<std::size_t>{2});
  CHECK(finding(findings, "unreadable").documents[0].remark == "It is no readable PDF (damaged)");
  CHECK(documents(findings, "left-out") == std::vector<std::size_t>{4});
  CHECK(documents(findings, "no-text-layer") == std::vector<std::size_t>{1});
  CHECK(documents(findings, "untagged") == std::vector<std::size_t>{1});
  CHECK(documents(findings, "untitled") == std::vector<std::size_t>{3});
  CHECK(documents(findings, "undated") == std::vector<std::size_t>{1});
  CHECK(documents(findings, "without-topic") == std::vector<std::size_t>{1});
  CHECK(documents(findings, "broken-link") == std::vector<std::size_t>{3});
  CHECK(finding(findings, "broken-link").documents[0].remark ==
        "It links to x.html, which is not there; It links to y.html, which is not there");
  CHECK(documents(findings, "duplicate").empty());
}

TEST_CASE("The gravest finding of a document is its condition") {
  const Collection collection = sample_collection();
  CHECK(conditions(collection, find_all(collection, {})) == std::vector{Condition::good, Condition::hard,
                                                                        Condition::lost, Condition::untidy,
                                                                        Condition::left_out});
}

TEST_CASE("Every warning has a finding, so that none is hidden from the report") {
  for (const WarningCode& warning : kWarningCodes) {
    if (warning.code == "ocr") continue;  // no fault
    Collection collection;
    collection.documents.push_back(
        held("x.pdf", {{FieldId::topic, "t"}, {FieldId::date, "2020"}, {FieldId::year, "2020"}},
             {std::string(warning.code) + ": said of it"}));
    const auto findings = find_all(collection, {});
    INFO(warning.code);
    CHECK(std::ranges::count_if(findings, [](const Finding& one) { return !one.documents.empty(); }) == 1);
  }
  Collection collection;
  collection.documents.push_back(held("x.pdf", {}, {"of-tomorrow: unheard of"}));
  CHECK(documents(find_all(collection, {}), "of-tomorrow").size() == 1);
}

TEST_CASE("A language is unexpected when it is not one of those stated, or when it is rare") {
  Collection collection;
  for (int i = 0; i < 199; ++i) collection.documents.push_back(held("en.html", {{FieldId::language, "en"}}));
  collection.documents.push_back(held("no.html", {{FieldId::language, "no"}}));
  collection.documents.push_back(held("none.html", {}));
  CHECK(documents(find_all(collection, {}), "unexpected-language") == std::vector<std::size_t>{199});
  CHECK(documents(find_all(collection, {.languages = {"en-US", "no"}}), "unexpected-language").empty());
  CHECK(documents(find_all(collection, {.languages = {"no"}}), "unexpected-language").size() == 199);
}
