// Finds the pages of a hit that answer the query, through positions, and cuts the passages to show.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/explanation.h"
#include "search/page_scorer.h"
#include "search/position_reader.h"
#include "search/query_builder.h"
#include "search/schema/page_store.h"
#include "search/term_frequencies.h"
#include "search/text_matches.h"

namespace carrel::search {

/// The page (from 1) of a position, 0 for title and abstract. `breaks` are the positions of the page breaks:
/// a page begins at its break.
std::uint32_t page_of(std::span<const Xapian::termpos> breaks, Xapian::termpos position);

/// For the hits of one query. Refers to what it is made of while it lives.
class PassageFinder {
 public:
  PassageFinder(const Xapian::Database& database, PositionReader& positions, TermFrequencies& frequencies,
                std::span<const Target> targets);

  /// At most `limit` passages of a resource, best page first: pages that show more of the query, the rarer
  /// words above all, side by side and in headings. A resource found by title or abstract alone gives its
  /// abstract (page 0), or the beginning of its first page.
  std::vector<Passage> find(Xapian::docid document, const Resource& resource, std::size_t limit) const;

  /// Nothing to look for: the query only browses or filters.
  bool has_targets() const { return !targets_.empty(); }

  /// The pages that show something of the query, ascending.
  std::vector<std::uint32_t> pages(Xapian::docid document) const;

  /// How often and where each target occurs in a resource.
  std::vector<Finding> found_in(Xapian::docid document) const;

 private:
  using Occurrence = TargetPlace;
  /// A position of one of the query's forms, by its number in TextMatcher::forms().
  struct FormPlace {
    Xapian::termpos position;
    std::uint32_t form;
  };
  /// What the index knows of one resource.
  struct Places {
    std::vector<Xapian::termpos> breaks;
    std::vector<FormPlace> forms;   ///< ascending
    std::vector<Occurrence> shown;  ///< ascending
  };
  /// A page by its positions.
  struct ScoredPage {
    std::uint32_t number = 0;
    double score = 0;
  };
  struct BestPages {
    std::vector<ScoredPage> pages;  ///< best first
    PageScorer::Weights weights;
  };
  /// A page whose text was read.
  struct ReadPage {
    std::uint32_t number = 0;
    double score = 0;
    std::vector<TextMatch> matches;
    schema::PageEntry entry;
  };

  Places places_in(Xapian::docid document) const;
  std::vector<Occurrence> occurrences(std::span<const FormPlace> forms) const;
  BestPages best_pages(const Places& places) const;
  /// The words of the query on a page.
  static std::vector<PlacedForm> placed_on(const Places& places, std::uint32_t page);
  std::optional<ReadPage> read(const ScoredPage& page, const Places& places, const Resource& resource,
                               const PageScorer::Weights& weights) const;
  /// What headings of the page show of the query, the best of them.
  double shown_in_headings(std::string_view text, std::span<const TextMatch> matches,
                           const PageScorer::Weights& weights) const;
  Passage passage(const ReadPage& page, const Resource& resource) const;

  const Xapian::Database& database_;
  PositionReader& positions_;
  std::span<const Target> targets_;
  TextMatcher matcher_;
  std::vector<double> weights_;  // by target: inverse document frequency
  PageScorer scorer_;
};

}  // namespace carrel::search
