#include "search/version_choice.h"

#include <algorithm>
#include <tuple>

#include "search/schema/language.h"

namespace carrel::search {

std::size_t VersionChoice::language_rank(std::uint32_t document) const {
  if (language_column_ == nullptr) return 0;
  std::size_t rank = languages_.size();
  for (const std::uint32_t code : language_column_->codes(document)) {
    const auto at = std::ranges::find(languages_, schema::base_language(language_column_->value(code)));
    rank = std::min(rank, static_cast<std::size_t>(at - languages_.begin()));
  }
  return rank;
}

std::uint32_t VersionChoice::best(std::span<const std::uint32_t> versions) const {
  return *std::ranges::min_element(versions, {}, [&](std::uint32_t document) {
    return std::tuple(language_rank(document), sets_.editions_after(document), document);
  });
}

std::vector<Match> one_a_work(std::span<const Match> matches, const VersionSets& sets,
                              std::span<const std::uint32_t> shown_of, bool own_place) {
  std::vector<Match> works;
  std::vector<bool> listed(sets.size(), false);
  for (const Match& match : matches) {
    const std::uint32_t set = sets.of(match.document);
    if (set == VersionSets::kAlone) {
      works.push_back(match);
      continue;
    }
    if (listed[set] || (own_place && shown_of[set] != match.document)) continue;
    listed[set] = true;
    works.push_back({shown_of[set], match.score});
  }
  return works;
}

}  // namespace carrel::search
