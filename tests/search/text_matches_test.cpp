#include "search/text_matches.h"

#include <algorithm>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "search/schema/fields.h"
#include "search/schema/identifiers.h"
#include "tests/catch.h"

using namespace carrel::search;

namespace {

std::vector<std::string> shown(std::string_view text, const std::vector<Target>& targets) {
  std::vector<std::string> parts;
  for (const TextMatch& match : TextMatcher(targets).find(text)) {
    parts.emplace_back(text.substr(match.begin, match.end - match.begin));
  }
  return parts;
}

/// Words looked for and others, and all that may stand between words.
const std::vector<std::string> kPieces = {
    "labor",
    "Labor",
    "lobar",
    "l",
    "trafficking",
    "Víctimas",
    "victimas",
    "anti",
    "-",
    "–",
    "\u2010",
    "\u200c",
    " ",
    " ",
    "\n",
    ".",
    "'s",
    "’",
    ",",
    "9",
    "854",
    "U.S.C.",
    "T",
    "visa",
    "人口贩卖",
    "\u00ad",
    "\xff",
    "п'ять",
    "(",
    "é",
    "laborlaborlaborlaborlaborlaborlaborlaborlaborlaborlaborlaborlaborlabor"};

const std::vector<Target> kTargets = {{.slots = {{"labor", "labors"}}},
                                      {.slots = {{"victimas"}}},
                                      {.slots = {{"antitrafficking"}}},
                                      {.slots = {{"trafficking"}, {"labor"}}},
                                      {.slots = {{"9854"}}},
                                      {.slots = {{"usc"}, {"t"}, {"visa"}}, .soft = true},
                                      {.slots = {{"贩"}, {"卖"}}}};

/// What an index that has `text` as its only page knows of a query's words.
std::vector<PlacedForm> placed(std::string_view text, const TextMatcher& matcher) {
  std::vector<PlacedForm> out;
  const auto add = [&](std::string_view term, std::size_t ordinal) {
    const auto form = std::ranges::find(matcher.forms(), term, &TextMatcher::Form::term);
    if (form == matcher.forms().end()) return;
    out.push_back({ordinal, static_cast<std::uint32_t>(form - matcher.forms().begin())});
  };
  carrel::schema::for_each_term(
      text, {.token = [&](const carrel::schema::Token& token) { add(token.folded, token.ordinal); },
             .joined = [&](const carrel::schema::JoinedWord& word) { add(word.folded, word.first); }});
  std::ranges::stable_sort(out, {}, &PlacedForm::ordinal);
  return out;
}

std::vector<std::string> parts(std::string_view text, const std::vector<TextMatch>& matches) {
  std::vector<std::string> out;
  for (const TextMatch& match : matches) {
    out.push_back(std::to_string(match.begin) + ":" + std::to_string(match.target) + ":" +
                  std::string(text.substr(match.begin, match.end - match.begin)));
  }
  return out;
}

/// Any text of some of the pieces.
std::string any_text() {
  std::string text;
  for (const std::string& piece :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces))) {
    text += piece;
  }
  return text;
}

}  // namespace

TEST_CASE("Words, phrases and words joined by a hyphen are found where they stand") {
  CHECK(shown("Some labor, more Labor and no lobar work.", {{.slots = {{"labor"}}}}) ==
        std::vector<std::string>{"labor", "Labor"});
  CHECK(shown("Forced labor. Forced to labor. FORCED LABOR", {{.slots = {{"forced"}, {"labor"}}}}) ==
        std::vector<std::string>{"Forced labor", "FORCED LABOR"});
  CHECK(shown("An anti-trafficking unit", {{.slots = {{"antitrafficking"}}}}) ==
        std::vector<std::string>{"anti-trafficking"});
}

TEST_CASE("Passing over words that nobody looks for changes nothing that is found") {
  // A target that is an identifier makes every word be looked at; this one is nowhere.
  std::vector<Target> all = kTargets;
  all.push_back({.slots = {{std::string(carrel::schema::kIdentifierPrefix) + "nowhere"}}});
  REQUIRE(rc::check("the same matches", [&] {
    const std::string text = any_text();
    RC_ASSERT(shown(text, kTargets) == shown(text, all));
  }));
}

TEST_CASE("Where the index says that words stand, the same is found as by looking at every word") {
  REQUIRE(rc::check("the same matches", [&] {
    const std::string text = any_text();
    const TextMatcher matcher(kTargets);
    RC_ASSERT(parts(text, matcher.find_placed(text, placed(text, matcher))) ==
              parts(text, matcher.find(text)));
  }));
}

TEST_CASE("A text that says something else than the index is searched whole") {
  const std::vector<Target> targets = {{.slots = {{"labor"}}}};
  const TextMatcher matcher(targets);
  const std::string text = "no labor here";
  for (const std::vector<PlacedForm>& wrong : {std::vector<PlacedForm>{{0, 0}}, {{1, 0}, {7, 0}}}) {
    CHECK(parts(text, matcher.find_placed(text, wrong)) == std::vector<std::string>{"3:0:labor"});
  }
  CHECK(matcher.find_placed(text, {}).empty());
}
