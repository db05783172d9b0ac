#include "search/version_sets.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "search/version_choice.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Ids = std::vector<std::string>;

/// A guide in two editions with translations, and resources beside it.
const Library& library() {
  static const Library one(Entries{
      {.id = "guide-2018",
       .title = "Guide",
       .pages = {"asylum shelter"},
       .fields = {{FieldId::date, "2018"}, {FieldId::type, "guide"}}},
      {.id = "guide-2022",
       .title = "Guide",
       .pages = {"asylum"},
       .fields = {{FieldId::date, "2022"}, {FieldId::type, "guide"}, {FieldId::supersedes, "guide-2018"}}},
      {.id = "guide-es",
       .title = "Guía",
       .pages = {"asilo asylum"},
       .fields = {{FieldId::date, "2023"}, {FieldId::type, "guía"}, {FieldId::translation_of, "guide-2022"}},
       .language = "es"},
      {.id = "orphan-es",
       .title = "Hoja",
       .pages = {"refugio asylum"},
       .fields = {{FieldId::date, "2019"}, {FieldId::translation_of, "not-here"}},
       .language = "es"},
      {.id = "orphan-vi",
       .title = "To",
       .pages = {"asylum"},
       .fields = {{FieldId::date, "2020"}, {FieldId::translation_of, "not-here"}},
       .language = "vi"},
      {.id = "alone",
       .title = "Other",
       .pages = {"asylum"},
       .fields = {{FieldId::date, "2021"}, {FieldId::type, "guide"}}},
      {.id = "alone-es",
       .title = "Otra",
       .pages = {"asilo pedido en español"},
       .fields = {{FieldId::date, "2017"}},
       .language = "es"},
  });
  return one;
}

Answer answer(Request request) {
  Searcher searcher = library().open();
  return ask(searcher, request);
}

std::map<std::string, std::uint64_t> counts(const Answer& answer, FieldId field) {
  std::map<std::string, std::uint64_t> out;
  for (const FacetValue& value : std::ranges::find(answer.facets, field, &Facet::field)->values) {
    if (value.count > 0) out[value.value] = value.count;
  }
  return out;
}

std::set<std::string> found(const Answer& from) {
  const auto list = ids(from);
  return {list.begin(), list.end()};
}

using Set = std::set<std::string>;

}  // namespace

TEST_CASE("Translations and editions of one work are one set, whatever joins them") {
  const VersionSets sets(Pairs{{2, 7}, {9, 10}}, Pairs{{7, 5}, {5, 3}});
  CHECK(sets.size() == 2);
  CHECK(sets.of(2) == sets.of(3));
  CHECK(sets.of(7) == sets.of(5));
  CHECK(sets.of(9) == sets.of(10));
  CHECK(sets.of(9) != sets.of(2));
  CHECK(sets.of(1) == VersionSets::kAlone);
  CHECK(sets.of(4000) == VersionSets::kAlone);
  CHECK(sets.editions_after(7) == 0);
  CHECK(sets.editions_after(5) == 1);
  CHECK(sets.editions_after(3) == 2);
}

TEST_CASE("A catalogue that goes round in a circle ends") {
  const VersionSets sets(Pairs{}, Pairs{{1, 2}, {2, 3}, {3, 1}});
  CHECK(sets.size() == 1);
  CHECK(sets.of(1) == sets.of(3));
}

TEST_CASE("The first matches of a list become the same hits however many follow") {
  const VersionSets sets(Pairs{{1, 2}, {4, 6}}, Pairs{});
  const std::array<std::uint32_t, 2> shown{2, 4};
  const std::vector<Match> all{{1, 9}, {3, 8}, {2, 7}, {6, 6}, {5, 5}, {4, 4}};
  const auto documents = [&](std::size_t count, bool own_place) {
    std::vector<std::uint32_t> out;
    for (const Match& match : one_a_work(std::span(all).first(count), sets, shown, own_place))
      out.push_back(match.document);
    return out;
  };
  CHECK(documents(6, false) == std::vector<std::uint32_t>{2, 3, 4, 5});
  CHECK(documents(6, true) == std::vector<std::uint32_t>{3, 2, 5, 4});
  for (std::size_t count = 0; count <= all.size(); ++count) {
    for (const bool own_place : {false, true}) {
      const auto whole = documents(6, own_place);
      const auto part = documents(count, own_place);
      CHECK(std::equal(part.begin(), part.end(), whole.begin()));
    }
  }
}

TEST_CASE("One hit a work: the newest edition in the reader's language, the others linked") {
  const Answer english = answer({.q = "asylum"});
  CHECK(english.total == 3);
  CHECK(english.resources == 6);
  CHECK(found(english) == Set{"guide-2022", "orphan-es", "alone"});
  const auto guide =
      std::ranges::find(english.hits, "guide-2022", [](const Hit& hit) { return hit.resource.id; });
  REQUIRE(guide != english.hits.end());
  REQUIRE(guide->translations.size() == 1);
  CHECK(guide->translations[0].id == "guide-es");
  REQUIRE(guide->editions.size() == 1);
  CHECK(guide->editions[0].id == "guide-2018");
  CHECK(found(answer({.q = "asylum", .ui = "es"})) == Set{"guide-es", "orphan-es", "alone"});
}

TEST_CASE("The reader's language follows the words of the query and the chosen language") {
  CHECK(found(answer({.q = "asilo OR asylum pedido OR refugio OR asylum"})).contains("guide-es"));
  CHECK(found(answer({.q = "asylum", .selections = {{FieldId::language, {"vi"}}}})) == Set{"orphan-vi"});
  CHECK(found(answer({.q = "asylum", .selections = {{FieldId::language, {"es"}}}})) ==
        Set{"guide-es", "orphan-es"});
}

TEST_CASE("An older edition stands for itself when it alone matches") {
  const Answer older = answer({.q = "shelter"});
  REQUIRE(ids(older) == Ids{"guide-2018"});
  CHECK(older.hits[0].editions.at(0).id == "guide-2022");
}

TEST_CASE("A value's count is the number of hits that choosing it shows") {
  const Answer all = answer({.q = "asylum"});
  CHECK(counts(all, FieldId::language) ==
        std::map<std::string, std::uint64_t>{{"en", 2}, {"es", 2}, {"vi", 1}});
  for (const FieldId field : {FieldId::language, FieldId::type, FieldId::year}) {
    for (const auto& [value, count] : counts(all, field)) {
      INFO(value);
      CHECK(answer({.q = "asylum", .selections = {{field, {value}}}}).total == count);
    }
  }
}

TEST_CASE("In an order by date each work has the place of the version that is shown") {
  CHECK(ids(answer({.q = "", .sort = Sort::date_descending})) ==
        Ids{"guide-2022", "alone", "orphan-es", "alone-es"});
  CHECK(ids(answer({.q = "", .sort = Sort::date_ascending})) ==
        Ids{"alone-es", "orphan-es", "alone", "guide-2022"});
}

TEST_CASE("Every version is a hit of its own when that is asked for") {
  const Answer all = answer({.q = "asylum", .join_versions = false});
  CHECK(all.total == 6);
  CHECK(all.resources == 6);
  CHECK(all.hits.size() == 6);
}

TEST_CASE("Paging neither skips nor repeats a work") {
  for (const bool join : {true, false}) {
    for (const Sort sort : {Sort::relevance, Sort::date_ascending, Sort::title}) {
      Ids paged;
      std::size_t offset = 0;
      for (;;) {
        const Answer part =
            answer({.q = "asylum", .sort = sort, .offset = offset, .limit = 2, .join_versions = join});
        const Ids more = ids(part);
        paged.insert(paged.end(), more.begin(), more.end());
        if (!part.next_offset) break;
        offset = *part.next_offset;
      }
      CHECK(paged == ids(answer({.q = "asylum", .sort = sort, .limit = 50, .join_versions = join})));
      CHECK(paged.size() == (join ? 3U : 6U));
    }
  }
}
