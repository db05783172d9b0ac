#include "search/text_matches.h"

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "search/schema/fields.h"
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
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces));
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    RC_ASSERT(shown(text, kTargets) == shown(text, all));
  }));
}
