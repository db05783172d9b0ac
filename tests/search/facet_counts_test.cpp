// Facet counts and totals against brute force on random libraries.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const std::vector<FieldId> kFields = {FieldId::type, FieldId::topic, FieldId::audience, FieldId::language,
                                      FieldId::year};

/// A resource as the test sees it: its values and whether the query's word is in it.
struct Known {
  std::map<FieldId, std::set<std::string>> values;
  bool has_word = false;
};

struct RandomLibrary {
  std::vector<Known> known;
  std::vector<Entry> entries;
};

RandomLibrary make_library(std::mt19937& random, std::size_t size) {
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  RandomLibrary library;
  for (std::size_t i = 0; i < size; ++i) {
    Known known;
    Entry entry{.id = "r" + std::to_string(i), .title = "Title"};
    known.has_word = below(3) > 0;
    entry.pages = {known.has_word ? "labor here" : "nothing here"};
    const auto give = [&](FieldId field, const std::string& value) {
      if (!known.values[field].insert(value).second) return;
      std::string& text = entry.fields[field];
      text += (text.empty() ? "" : ";") + value;
    };
    if (below(5) > 0) give(FieldId::type, "type " + std::to_string(below(4)));
    for (unsigned n = below(4); n > 0; --n) give(FieldId::topic, "topic " + std::to_string(below(30)));
    for (unsigned n = below(3); n > 0; --n) give(FieldId::audience, "audience " + std::to_string(below(3)));
    entry.language = std::vector<std::string>{"en", "es", "vi"}[below(3)];
    known.values[FieldId::language] = {entry.language};
    if (below(6) > 0) {
      const std::string year = std::to_string(2010 + below(8));
      entry.fields[FieldId::date] = year + "-04";
      known.values[FieldId::year] = {year};
    }
    library.known.push_back(std::move(known));
    library.entries.push_back(std::move(entry));
  }
  return library;
}

using Chosen = std::map<FieldId, std::set<std::string>>;

bool allows(const Known& known, const Chosen& chosen, FieldId field) {
  const auto wanted = chosen.find(field);
  if (wanted == chosen.end()) return true;
  const auto held = known.values.find(field);
  if (held == known.values.end()) return false;
  return std::ranges::any_of(held->second,
                             [&](const std::string& one) { return wanted->second.contains(one); });
}

/// Counts of a field over the resources that every selection but its own allows.
std::map<std::string, std::uint64_t> count(const RandomLibrary& library, bool with_word, const Chosen& chosen,
                                           FieldId counted) {
  std::map<std::string, std::uint64_t> counts;
  for (const Known& known : library.known) {
    if (with_word && !known.has_word) continue;
    const bool passes = std::ranges::all_of(
        kFields, [&](FieldId field) { return field == counted || allows(known, chosen, field); });
    if (!passes || !known.values.contains(counted)) continue;
    for (const std::string& value : known.values.at(counted)) ++counts[value];
  }
  return counts;
}

std::uint64_t total(const RandomLibrary& library, bool with_word, const Chosen& chosen) {
  return static_cast<std::uint64_t>(std::ranges::count_if(library.known, [&](const Known& known) {
    return (!with_word || known.has_word) &&
           std::ranges::all_of(kFields, [&](FieldId field) { return allows(known, chosen, field); });
  }));
}

Chosen choose(std::mt19937& random, const RandomLibrary& library) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  Chosen chosen;
  for (const FieldId field : kFields) {
    if (below(3) != 0) continue;
    for (std::size_t n = 1 + below(2); n > 0; --n) {
      const Known& known = library.known[below(library.known.size())];
      const auto held = known.values.find(field);
      if (held != known.values.end() && !held->second.empty()) chosen[field].insert(*held->second.begin());
    }
  }
  return chosen;
}

const Facet& facet_of(const Answer& answer, FieldId field) {
  return *std::ranges::find(answer.facets, field, &Facet::field);
}

}  // namespace

TEST_CASE("Facet counts and totals equal brute force, with and without selections") {
  std::mt19937 random(20201);
  for (int round = 0; round < 3; ++round) {
    const RandomLibrary library = make_library(random, 120);
    const Library index(library.entries);
    Searcher searcher = index.open();
    for (int query = 0; query < 40; ++query) {
      const bool with_word = query % 2 == 0;
      const Chosen chosen = query < 4 ? Chosen() : choose(random, library);
      Request request{
          .q = with_word ? "labor" : "", .limit = query % 3 == 0 ? 200U : 3U, .facet_values = 1000};
      for (const auto& [field, values] : chosen) {
        request.selections.push_back({field, std::vector(values.begin(), values.end())});
      }
      const Answer answer = ask(searcher, request);
      CHECK(answer.total == total(library, with_word, chosen));
      CHECK(answer.hits.size() == std::min<std::uint64_t>(answer.total, request.limit));
      for (const FieldId field : kFields) {
        std::map<std::string, std::uint64_t> counted;
        for (const FacetValue& value : facet_of(answer, field).values) {
          const auto own = chosen.find(field);
          CHECK(value.selected == (own != chosen.end() && own->second.contains(value.value)));
          if (value.count > 0) counted[value.value] = value.count;
        }
        CHECK(counted == count(library, with_word, chosen, field));
      }
    }
  }
}

TEST_CASE("Selected values are always listed, also unknown ones and those beyond the limit") {
  const Library library(Entries{
      {.id = "a", .title = "T", .fields = {{FieldId::type, "report"}}},
      {.id = "b", .title = "T", .fields = {{FieldId::type, "report"}}},
      {.id = "c", .title = "T", .fields = {{FieldId::type, "toolkit"}}},
      {.id = "d", .title = "T", .fields = {{FieldId::type, "form"}}},
  });
  Searcher searcher = library.open();
  Request request{.selections = {{FieldId::type, {"FORM", "no such type"}}}, .facet_values = 1};
  const Answer answer = ask(searcher, request);
  CHECK(ids(answer) == std::vector<std::string>{"d"});
  const Facet& types = facet_of(answer, FieldId::type);
  REQUIRE(types.values.size() == 3);
  CHECK(types.values[0].value == "report");
  CHECK(types.values[0].count == 2);
  CHECK_FALSE(types.values[0].selected);
  CHECK(types.values[1].value == "form");
  CHECK(types.values[1].selected);
  CHECK(types.values[2].value == "no such type");
  CHECK(types.values[2].count == 0);
  CHECK(types.values[2].selected);
  CHECK(types.more == 1);
}

TEST_CASE("Values are ordered by count, then by label without regard to accents, years newest first") {
  const Library library(Entries{
      {.id = "a", .title = "T", .fields = {{FieldId::topic, "Zoo;élan;apple"}, {FieldId::date, "2010"}}},
      {.id = "b", .title = "T", .fields = {{FieldId::topic, "Zoo"}, {FieldId::date, "2020"}}},
      {.id = "c", .title = "T", .fields = {{FieldId::topic, "Fig"}, {FieldId::date, "2010"}}},
  });
  Searcher searcher = library.open();
  const Answer answer = ask(searcher, "");
  std::vector<std::string> topics, years;
  for (const FacetValue& value : facet_of(answer, FieldId::topic).values) topics.push_back(value.value);
  for (const FacetValue& value : facet_of(answer, FieldId::year).values) years.push_back(value.value);
  CHECK(topics == std::vector<std::string>{"Zoo", "apple", "élan", "Fig"});
  CHECK(years == std::vector<std::string>{"2020", "2010"});
}

TEST_CASE("A range of years is a selection of the year facet: its own counts stay") {
  const Library library(Entries{
      {.id = "a", .title = "T", .fields = {{FieldId::date, "2010"}, {FieldId::type, "report"}}},
      {.id = "b", .title = "T", .fields = {{FieldId::date, "2015-06"}, {FieldId::type, "report"}}},
      {.id = "c", .title = "T", .fields = {{FieldId::date, "2020-01-31"}, {FieldId::type, "form"}}},
      {.id = "d", .title = "T"},
  });
  Searcher searcher = library.open();
  const Answer answer = ask(searcher, Request{.year = "2012..2020", .sort = Sort::date_ascending});
  CHECK(ids(answer) == std::vector<std::string>{"b", "c"});
  CHECK(facet_of(answer, FieldId::year).values.size() == 3);
  REQUIRE(facet_of(answer, FieldId::type).values.size() == 2);
  CHECK(facet_of(answer, FieldId::type).values[0].count == 1);
  CHECK(ids(ask(searcher, Request{.year = "2015"})) == std::vector<std::string>{"b"});
  CHECK(ids(ask(searcher, Request{.selections = {{FieldId::year, {"2010", "2019.."}}},
                                  .sort = Sort::date_ascending})) == std::vector<std::string>{"a", "c"});
}

TEST_CASE("Only the facets asked for are counted, and a language is also selected by its base") {
  const Library library(Entries{
      {.id = "a", .title = "T", .language = "es-MX"},
      {.id = "b", .title = "T", .language = "es"},
      {.id = "c", .title = "T", .language = "en"},
  });
  Searcher searcher = library.open();
  Request request{.selections = {{FieldId::language, {"es"}}}, .facets = std::vector{FieldId::language}};
  const Answer answer = ask(searcher, request);
  CHECK(answer.total == 2);
  REQUIRE(answer.facets.size() == 1);
  REQUIRE(answer.facets[0].values.size() == 3);
  CHECK(answer.facets[0].values[0].label == "English");
}
