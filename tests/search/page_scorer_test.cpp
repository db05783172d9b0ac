// What makes one page of a resource a better answer than another.
#include "search/page_scorer.h"

#include <string>

#include "tests/catch.h"

using namespace carrel::search;

namespace {

Target word(const std::string& form, double weight = 1) {
  return {.slots = {{form}}, .weight = weight};
}

using Places = std::vector<TargetPlace>;

/// The scores of pages from 1 on in a resource that has no others.
std::vector<double> scores(const std::vector<Target>& targets, const std::vector<double>& rarity,
                           const std::vector<Places>& pages) {
  const PageScorer scorer(targets, rarity);
  std::vector<PagePlaces> shown;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!pages[i].empty()) shown.push_back({.number = static_cast<std::uint32_t>(i + 1), .shown = pages[i]});
  }
  const auto weights = scorer.weights_in(shown, pages.size());
  std::vector<double> out;
  for (const Places& page : pages) out.push_back(scorer.score(page, weights));
  return out;
}

}  // namespace

TEST_CASE("A page with a second word of the query outweighs one with the first in three languages") {
  const std::vector<Target> targets = {word("trafficking"), word("trata", 0.5), word("traite", 0.5),
                                       word("shelter")};
  const auto found =
      scores(targets, {1, 3, 3, 1}, {{{10, 0}, {30, 1}, {50, 2}}, {{110, 0}, {150, 3}}, {}, {}});
  CHECK(found[1] > found[0]);
}

TEST_CASE("Another word of the thesaurus counts less than the typed one and more than nothing") {
  const auto found = scores({word("shelter"), word("refuge", 0.7)}, {1, 3}, {{{10, 0}}, {{110, 1}}, {}});
  CHECK(found[0] > found[1]);
  CHECK(found[1] > found[2]);
  CHECK(found[2] == 0);
}

TEST_CASE("Words of the query are neighbours, whatever the thesaurus adds between them") {
  const std::vector<Target> targets = {word("labor"), word("work", 0.7), word("trafficking")};
  const auto found = scores(targets, {1, 1, 1}, {{{10, 0}, {30, 2}}, {{110, 0}, {111, 2}}, {}});
  CHECK(found[1] > found[0]);
}

TEST_CASE("A word on every page of a resource tells less than an equally rare one on a single page") {
  const std::vector<Target> targets = {word("housing"), word("budget")};
  const auto found = scores(targets, {2, 2}, {{{10, 0}}, {{110, 0}}, {{210, 0}}, {{310, 1}}});
  CHECK(found[3] > found[0]);
}

TEST_CASE("A word that comes again tells more, less each time") {
  const auto found =
      scores({word("continued")}, {1}, {{{10, 0}}, {{110, 0}, {120, 0}}, {{210, 0}, {220, 0}, {230, 0}}, {}});
  CHECK(found[1] > found[0]);
  CHECK(found[2] > found[1]);
  CHECK(found[2] - found[1] < found[1] - found[0]);
}

TEST_CASE("A stretch of text shows each word once, as typed rather than as the thesaurus has it") {
  const std::vector<Target> targets = {word("shelter"), word("refuge", 0.5), word("men")};
  const PageScorer scorer(targets, std::vector<double>{1, 1, 1});
  const PageScorer::Weights weights = {2, 4};
  const std::vector<TextMatch> matches = {{0, 7, 0}, {8, 14, 1}, {15, 18, 2}, {30, 33, 2}};
  CHECK(scorer.shown_in(matches, 0, 14, weights) == 2);
  CHECK(scorer.shown_in(matches, 8, 14, weights) == 1);
  CHECK(scorer.shown_in(matches, 0, 40, weights) == 6);
  CHECK(scorer.shown_in(matches, 20, 29, weights) == 0);
}
