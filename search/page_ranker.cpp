#include "search/page_ranker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "search/topic_ranking.h"

namespace carrel::search {

PageRanker::PageRanker(const Xapian::Database& database, PositionReader& positions,
                       std::span<const ScoredWord> words, const UnitStatistics& statistics,
                       const Ranking& ranking, TopicReader& topics)
    : database_(database),
      positions_(positions),
      words_(words),
      statistics_(statistics),
      ranking_(ranking),
      topics_(topics) {}

double PageRanker::unit_score(std::span<const float> counts, std::span<const float> front,
                              double length) const {
  const double normal = length_normal(ranking_.normalisation, statistics_.mean_length, length);
  double score = 0;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    const double times = counts[word] + (front.empty() ? 0 : front[word]);
    if (times > 0) score += words_[word].times * models_[word].score(times * normal);
  }
  return score;
}

double PageRanker::resource_score(const ResourceCounts& resource) const {
  if (!resource.divided) return unit_score(resource.whole, {}, resource.length);
  struct Best {
    double score = 0;
    const PageCounts* page = nullptr;
  };
  std::array<Best, 3> best;
  for (const PageCounts& page : resource.pages) {
    Best one{unit_score(resource.counts_on(page), resource.front, page.length + resource.front_length),
             &page};
    for (Best& place : best) {
      if (one.score > place.score) std::swap(one, place);
    }
  }
  if (resource.pages.empty()) return unit_score(resource.front, {}, resource.front_length);
  // Title and abstract count once, with the best page.
  for (Best& other : std::span(best).subspan(1)) {
    if (other.page != nullptr)
      other.score = unit_score(resource.counts_on(*other.page), {}, other.page->length);
  }
  return best[0].score + ranking_.second_page * best[1].score + ranking_.third_page * best[2].score;
}

double PageRanker::typed_score(const ResourceCounts& resource) const {
  if (words_.size() >= ranking_.soft_from) return 0;
  double score = 0;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    if (resource.as_typed[word]) score += words_[word].times * models_[word].score(1);
  }
  return ranking_.typed_form * score;
}

double PageRanker::units_with(std::size_t word, std::span<const ResourceCounts> resources) const {
  double occurrences = 0, units = 0;
  for (const ResourceCounts& resource : resources) {
    if (resource.whole[word] <= 0) continue;
    if (!resource.divided) {
      ++units;
      occurrences += resource.whole[word];
      continue;
    }
    for (const PageCounts& page : resource.pages) {
      const float times = resource.counts_on(page)[word];
      if (times <= 0) continue;
      ++units;
      occurrences += times;
    }
  }
  const double frequency = words_[word].frequency, documents = words_[word].documents;
  if (occurrences <= 0) return documents;
  return std::clamp(frequency * units / occurrences, documents, std::max(frequency, documents));
}

bool PageRanker::has_all(const ResourceCounts& resource) const {
  bool all = true, another = false;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    if (words_[word].other) {
      another = another || resource.whole[word] > 0;
    } else {
      all = all && resource.whole[word] > 0;
    }
  }
  return all || another;
}

void PageRanker::rank(std::vector<Match>& matches, bool all_first,
                      const std::unordered_map<Xapian::docid, TitleMatch>& titles) {
  const bool question =
      std::cmp_greater_equal(std::ranges::count(words_, false, &ScoredWord::other), ranking_.soft_from);
  const std::size_t count =
      std::min({ranking_.reranked, question ? ranking_.reranked : ranking_.reranked_short, matches.size()});
  if (count == 0 || words_.empty()) return;
  std::vector<Xapian::docid> documents;
  for (std::size_t i = 0; i < count; ++i) documents.push_back(matches[i].document);
  std::ranges::sort(documents);
  const auto resources = CountReader(database_, positions_, words_, ranking_.whole_words).read(documents);
  for (std::size_t word = 0; word < words_.size(); ++word) {
    models_.emplace_back(WordStatistics{.frequency = words_[word].frequency,
                                        .units_with = units_with(word, resources),
                                        .units = statistics_.units});
  }
  const auto counts_of = [&](const Match& match) -> const ResourceCounts& {
    return resources[static_cast<std::size_t>(std::ranges::lower_bound(documents, match.document) -
                                              documents.begin())];
  };
  const std::span first(matches.data(), count);
  std::vector<double> scores;
  for (const Match& match : first) {
    scores.push_back(resource_score(counts_of(match)) + typed_score(counts_of(match)));
  }
  if (question) {
    std::vector<Xapian::docid> in_order;
    for (const Match& match : first) in_order.push_back(match.document);
    follow_topics(topics_.place_of(database_, words_), TopicReader::read(database_, in_order), ranking_,
                  scores);
  }
  const double best = *std::ranges::max_element(scores);
  const double best_before = first.front().score, last_before = first.back().score;
  for (std::size_t i = 0; i < count; ++i) {
    if (best_before > 0) scores[i] += ranking_.first_stage * best * first[i].score / best_before;
    if (const auto title = titles.find(first[i].document); title != titles.end()) {
      scores[i] += best * (title->second == TitleMatch::equal ? ranking_.title_equal : ranking_.title_within);
    }
    // A head start that none of the others can make up.
    if (all_first && has_all(counts_of(first[i]))) {
      scores[i] += best * (1 + ranking_.first_stage + ranking_.title_equal);
    }
  }
  for (std::size_t i = 0; i < count; ++i) first[i].score = scores[i];
  std::ranges::stable_sort(first, std::greater(), &Match::score);
  const double scale = last_before > 0 ? first.back().score / last_before : 1;
  for (Match& match : std::span(matches).subspan(count)) match.score *= scale;
}

}  // namespace carrel::search
