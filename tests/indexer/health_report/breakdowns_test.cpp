#include "indexer/health_report/breakdowns.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/indexer/health_report/sample_collection.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const Breakdown& by(const std::vector<Breakdown>& all, FieldId field) {
  return *std::ranges::find(all, field, &Breakdown::field);
}

std::vector<std::pair<std::string, std::size_t>> counts(const Breakdown& breakdown) {
  std::vector<std::pair<std::string, std::size_t>> all;
  for (const Share& share : breakdown.shares) all.emplace_back(share.label, share.documents.size());
  return all;
}

}  // namespace

TEST_CASE("Documents are counted by value, the largest first, those without a value last") {
  using Counts = std::vector<std::pair<std::string, std::size_t>>;
  const auto all = break_down(sample_collection());
  CHECK(counts(by(all, FieldId::type)) == Counts{{"report", 2}, {"web page", 1}});
  CHECK(counts(by(all, FieldId::topic)) == Counts{{"housing", 2}, {"legal services", 1}, {"none given", 1}});
  CHECK(counts(by(all, FieldId::language)) == Counts{{"English (en)", 2}, {"Spanish (es)", 1}});
  CHECK(counts(by(all, FieldId::year)) == Counts{{"2019", 1}, {"2022", 1}, {"without a date", 1}});
  CHECK(by(all, FieldId::type).documents == 3);
}

TEST_CASE("Coverage counts who has a field and names who lacks it") {
  const auto all = coverage(sample_collection());
  const auto date = std::ranges::find(all, FieldId::date, &Coverage::field);
  REQUIRE(date != all.end());
  CHECK(date->filled == 2);
  CHECK(date->lacking == std::vector<std::size_t>{1});
  CHECK(std::ranges::find(all, FieldId::id, &Coverage::field) == all.end());
}
