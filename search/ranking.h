// How resources and pages are ranked: every constant of it in one place, with its source. What each is worth
// was measured with benchmarks/relevance; docs/ranking.md has the figures.
#pragma once

#include <cstddef>

namespace carrel::search {

/// The defaults are what the programs use; the benchmark changes them to tell what each is worth.
struct Ranking {
  // Which resources match.
  std::size_t soft_from = 4;  ///< queries of so many words ask for some of them

  // First stage: whole resources, by BM25.
  double bm25_k1 = 0.9;  ///< Lucene's, best of those tried on resources of uneven length
  double bm25_b = 0.4;   ///< the same
  double bm25_k3 = 8;    ///< words that a query repeats count more

  // Second stage: the first of them once more, by their pages.
  std::size_t reranked = 100;       ///< so many; 0: no second stage
  std::size_t reranked_short = 50;  ///< the same for queries of fewer than `soft_from` words
  double normalisation = 0.75;      ///< c of IneB2 (Amati and van Rijsbergen 2002)
  double second_page = 0.3;         ///< what the second best page of a resource adds
  double third_page = 0.1;
  double typed_form = 0.3;    ///< what a word of a short query adds that occurs exactly as typed
  double whole_words = 1000;  ///< resources of fewer words are one page
  double first_stage = 0.1;   ///< what the score of the first stage adds, both divided by their best

  // Questions, those of `soft_from` words and more: what they and the best resources are about.
  double latent = 0.3;    ///< what being about the same as the question adds, as a share of the best score
  double feedback = 0.4;  ///< what being about the same as the best resources adds
  std::size_t feedback_from = 8;  ///< so many of the best
  double smoothing = 0.4;  ///< how far a resource rises to its neighbours by words, and to those by topics
  std::size_t neighbours = 5;  ///< so many

  // Titles.
  double title_equal = 1.0;   ///< what a title that is the query adds, as a share of the best score
  double title_within = 0.1;  ///< what a title adds that has the query in it
};

}  // namespace carrel::search
