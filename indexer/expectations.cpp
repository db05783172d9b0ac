#include "indexer/expectations.h"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "indexer/index_writer.h"

namespace carrel::indexer {
namespace {

/// Whether the id is among the first `most` of the list.
bool holds(const std::vector<std::string>& ids, const std::string& id, std::size_t most) {
  const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(most, ids.size()));
  return std::find(ids.begin(), end, id) != end;
}

}  // namespace

std::string why_broken(const schema::Expectation& expectation, const ShownAnswer& answer) {
  const auto& [query, shows, top, help, redirect, hides, place] = expectation;
  const bool shown =
      holds(answer.hits, shows, top) || holds(answer.best_bets, shows, answer.best_bets.size());
  if (!shows.empty() && !shown) {
    const auto at = std::ranges::find(answer.hits, shows) - answer.hits.begin();
    const bool lower = at < std::ssize(answer.hits);
    return fmt::format("'{}' does not show '{}' among the first {} hits or the best bets{}", query, shows,
                       top, lower ? fmt::format(" (it is number {})", at + 1) : "");
  }
  if (!help.empty() && !holds(answer.help, help, answer.help.size())) {
    return fmt::format("'{}' does not bring the help card '{}'", query, help);
  }
  if (!redirect.empty() && redirect != answer.redirect) {
    return fmt::format("'{}' is not sent to {}", query, redirect);
  }
  if (!hides.empty() && holds(answer.hits, hides, top)) {
    return fmt::format("'{}' shows '{}' among the first {} hits", query, hides, top);
  }
  return {};
}

Result<std::vector<std::string>> broken_expectations(const schema::Rules& rules,
                                                     const std::filesystem::path& program,
                                                     const std::filesystem::path& index) {
  // Deeper than any expectation looks, so that a miss can say where the resource stands.
  constexpr std::size_t kDepth = 50;
  std::vector<std::string> broken;
  for (const schema::Expectation& expectation : rules.expectations) {
    const auto answer = ask_search_program(program, index, expectation.query, kDepth);
    if (!answer) return std::unexpected(answer.error());
    if (const std::string why = why_broken(expectation, *answer); !why.empty()) {
      broken.push_back(fmt::format("{}: {}", expectation.place, why));
    }
  }
  return broken;
}

Result<std::vector<std::string>> idle_rules(const schema::Rules& rules, const std::filesystem::path& index,
                                            std::string_view today) {
  std::vector<std::string> idle;
  for (const schema::BestBet& bet : rules.best_bets) {
    if (!bet.until.empty() && bet.until < today) {
      idle.push_back(fmt::format("the best bet '{}' is over since {}", bet.id, bet.until));
      continue;
    }
    if (bet.resource.empty()) continue;
    const auto resource = stored_resource(index, bet.resource);
    if (!resource && resource.error().kind != ErrorKind::not_found) return std::unexpected(resource.error());
    if (!resource) {
      idle.push_back(
          fmt::format("the best bet '{}' shows '{}', which the index does not hold", bet.id, bet.resource));
    }
  }
  return idle;
}

}  // namespace carrel::indexer
