// Facet counts, totals and paging on random libraries and random queries against brute force.
#include <algorithm>
#include <map>
#include <set>

#include <rapidcheck.h>
#include <stdlib.h>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const std::vector<FieldId> kFields = {FieldId::type, FieldId::topic, FieldId::language, FieldId::year};
const std::vector<std::string> kWords = {"apricot", "blueberry", "cherry"};

/// A resource as the test sees it.
struct Known {
  std::string id;
  std::map<FieldId, std::set<std::string>> values;
  std::set<std::string> words;
  std::size_t work = 0;  // resources of one number are versions of one work
};

using Chosen = std::map<FieldId, std::set<std::string>>;

/// What a random query asks for: any or all of some words, none of another.
struct Asked {
  std::vector<std::string> words;
  bool any = false;
  std::string without;

  bool holds(const Known& known) const {
    if (!without.empty() && known.words.contains(without)) return false;
    const auto has = [&](const std::string& word) { return known.words.contains(word); };
    if (words.empty()) return true;
    return any ? std::ranges::any_of(words, has) : std::ranges::all_of(words, has);
  }

  std::string query() const {
    std::string text;
    // "=" and "+": neither other forms nor resources with some of the words alone.
    for (const std::string& word : words)
      text += (text.empty() ? "" : any ? " OR " : " ") + ((any ? "=" : "+=") + word);
    if (!without.empty()) text += (text.empty() ? "* -" : " -") + without;
    return text;
  }
};

std::string pick(const std::vector<std::string>& from) {
  return *rc::gen::elementOf(from);
}

struct Made {
  std::vector<Known> known;
  std::vector<Entry> entries;
};

Made make_library() {
  Made made;
  const int size = *rc::gen::inRange(1, 40);
  for (int i = 0; i < size; ++i) {
    Known known{.id = "r" + std::to_string(i), .work = static_cast<std::size_t>(i)};
    Entry entry{.id = known.id, .title = "Title"};
    std::string text = "page";
    for (const std::string& word : kWords) {
      if (!*rc::gen::arbitrary<bool>()) continue;
      known.words.insert(word);
      text += " " + word;
    }
    entry.pages = {text};
    if (*rc::gen::inRange(0, 4) > 0) {
      const std::string type = pick({"report", "form", "fact sheet"});
      known.values[FieldId::type] = {type};
      entry.fields[FieldId::type] = type;
    }
    for (int n = *rc::gen::inRange(0, 3); n > 0; --n) {
      const std::string topic = pick({"housing", "health", "law", "labor"});
      if (!known.values[FieldId::topic].insert(topic).second) continue;
      std::string& all = entry.fields[FieldId::topic];
      all += (all.empty() ? "" : ";") + topic;
    }
    entry.language = pick({"en", "es", "vi"});
    known.values[FieldId::language] = {entry.language};
    if (*rc::gen::arbitrary<bool>()) {
      const std::string year = std::to_string(*rc::gen::inRange(2015, 2020));
      known.values[FieldId::year] = {year};
      entry.fields[FieldId::date] = year;
    }
    // A translation or a newer edition of one before.
    if (i > 0 && *rc::gen::inRange(0, 3) == 0) {
      const auto other = static_cast<std::size_t>(*rc::gen::inRange(0, i));
      entry.fields[*rc::gen::arbitrary<bool>() ? FieldId::translation_of : FieldId::supersedes] =
          made.known[other].id;
      known.work = made.known[other].work;
    }
    made.known.push_back(std::move(known));
    made.entries.push_back(std::move(entry));
  }
  return made;
}

Asked make_query() {
  Asked asked{.any = *rc::gen::arbitrary<bool>()};
  for (const std::string& word : kWords) {
    const int use = *rc::gen::inRange(0, 5);
    if (use < 2) asked.words.push_back(word);
    if (use == 4 && asked.without.empty()) asked.without = word;
  }
  return asked;
}

Chosen make_selection(const Made& made) {
  Chosen chosen;
  for (const FieldId field : kFields) {
    if (*rc::gen::inRange(0, 3) != 0) continue;
    for (int n = *rc::gen::inRange(1, 3); n > 0; --n) {
      const Known& known = made.known[*rc::gen::inRange<std::size_t>(0, made.known.size())];
      const auto held = known.values.find(field);
      if (held != known.values.end() && !held->second.empty()) chosen[field].insert(*held->second.begin());
    }
  }
  return chosen;
}

bool allows(const Known& known, const Chosen& chosen, FieldId but) {
  return std::ranges::all_of(chosen, [&](const auto& one) {
    const auto& [field, wanted] = one;
    if (field == but) return true;
    const auto held = known.values.find(field);
    return held != known.values.end() && std::ranges::any_of(held->second, [&](const std::string& value) {
             return wanted.contains(value);
           });
  });
}

constexpr FieldId kNone = FieldId::path;

/// Hits by value: works, or resources when versions are not joined.
std::map<std::string, std::size_t> count(const Made& made, const Asked& asked, const Chosen& chosen,
                                         FieldId field, bool join) {
  std::map<std::string, std::set<std::string>> hits;
  for (const Known& known : made.known) {
    if (!asked.holds(known) || !allows(known, chosen, field) || !known.values.contains(field)) continue;
    for (const std::string& value : known.values.at(field))
      hits[value].insert(join ? std::to_string(known.work) : known.id);
  }
  std::map<std::string, std::size_t> counts;
  for (const auto& [value, all] : hits) counts[value] = all.size();
  return counts;
}

std::size_t total(const Made& made, const Asked& asked, const Chosen& chosen, bool join) {
  std::set<std::string> hits;
  for (const Known& known : made.known) {
    if (asked.holds(known) && allows(known, chosen, kNone))
      hits.insert(join ? std::to_string(known.work) : known.id);
  }
  return hits.size();
}

}  // namespace

TEST_CASE("Counts, totals and pages of random questions to random libraries equal brute force") {
  // The same libraries each time, few enough to be quick; RC_PARAMS from outside goes before.
  ::setenv("RC_PARAMS", "max_success=25 seed=20261125", 0);
  CHECK(rc::check("counts equal brute force", [] {
    const Made made = make_library();
    const Library library(made.entries);
    Searcher searcher = library.open();
    for (int round = 0; round < 8; ++round) {
      const Asked asked = make_query();
      const Chosen chosen = make_selection(made);
      const bool join = *rc::gen::arbitrary<bool>();
      Request request{.q = asked.query(), .limit = 50, .facet_values = 1000};
      request.join_versions = join;
      request.correct = false;
      for (const auto& [field, values] : chosen)
        request.selections.push_back({field, {values.begin(), values.end()}});
      RC_LOG() << request.q << std::endl;
      const Answer answer = ask(searcher, request);
      RC_ASSERT(answer.total == total(made, asked, chosen, join));
      RC_ASSERT(answer.resources == total(made, asked, chosen, false));
      RC_ASSERT(answer.hits.size() == answer.total);
      std::set<std::string> listed;
      for (const std::string& id : ids(answer)) RC_ASSERT(listed.insert(id).second);
      for (const Facet& facet : answer.facets) {
        if (std::ranges::find(kFields, facet.field) == kFields.end()) continue;
        std::map<std::string, std::size_t> counted;
        const auto own = chosen.find(facet.field);
        for (const FacetValue& value : facet.values) {
          RC_ASSERT(value.selected == (own != chosen.end() && own->second.contains(value.value)));
          if (value.count > 0) counted[value.value] = value.count;
        }
        RC_ASSERT(counted == count(made, asked, chosen, facet.field, join));
        if (own == chosen.end()) continue;
        for (const std::string& value : own->second) {
          RC_ASSERT(std::ranges::find(facet.values, value, &FacetValue::value) != facet.values.end());
        }
      }
      std::vector<std::string> paged;
      request.limit = 3;
      for (request.offset = 0;;) {
        const Answer part = ask(searcher, request);
        for (std::string& id : ids(part)) paged.push_back(std::move(id));
        if (!part.next_offset) break;
        request.offset = *part.next_offset;
      }
      RC_ASSERT(paged == ids(answer));
    }
  }));
}
