#include "search/similar.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

using Ids = std::vector<std::string>;

const Library& library() {
  static const Library one(Entries{
      {.id = "housing-a",
       .title = "Housing",
       .pages = {"Shelter and rapid rehousing, leases, landlords and rent."}},
      {.id = "housing-b",
       .title = "Homes",
       .pages = {"Landlords, leases and rent after a shelter; rehousing."}},
      {.id = "housing-b-es",
       .title = "Vivienda",
       .pages = {"Shelter, leases, rent: landlords y rehousing."},
       .fields = {{FieldId::translation_of, "housing-b"}},
       .language = "es"},
      {.id = "housing-c", .title = "Rent", .pages = {"Rent and leases for all."}},
      {.id = "visa",
       .title = "Visas",
       .pages = {"Forms for a visa, the consulate and the interview about rent."}},
      {.id = "farm", .title = "Farms", .pages = {"Fields, harvest and tractors; forms."}},
      {.id = "only", .title = "Zebra", .pages = {"Quagga okapi."}},
  });
  return one;
}

Ids similar(const std::string& id, std::size_t limit = 5) {
  Searcher searcher = library().open();
  Ids out;
  const auto hits = searcher.similar(id, limit).value();
  for (const Hit& hit : hits) out.push_back(hit.resource.id);
  return out;
}

}  // namespace

TEST_CASE("Resources about the same matter are similar, the nearest first, never the resource itself") {
  const Ids found = similar("housing-a");
  REQUIRE(found.size() >= 2);
  CHECK(found[0] == "housing-b");
  CHECK(found[1] == "housing-c");
  CHECK(std::ranges::find(found, "housing-a") == found.end());
}

TEST_CASE("Of a work one version is similar, in the language of the resource, and no version to another") {
  CHECK(std::ranges::count(similar("housing-a"), "housing-b-es") == 0);
  const Ids like_translation = similar("housing-b-es");
  CHECK(std::ranges::find(like_translation, "housing-b") == like_translation.end());
  CHECK(std::ranges::find(like_translation, "housing-a") != like_translation.end());
}

TEST_CASE("As many as asked for, none where nothing is shared, an error for an unknown id") {
  CHECK(similar("housing-a", 1).size() == 1);
  CHECK(similar("housing-a", 0).empty());
  CHECK(similar("only").empty());
  Searcher searcher = library().open();
  CHECK(searcher.similar("nobody").error().kind == carrel::ErrorKind::not_found);
}
