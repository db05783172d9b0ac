// How often the words of a query occur in resources and on their pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <xapian.h>

#include "search/position_reader.h"
#include "search/scored_words.h"

namespace carrel::search {

struct PageCounts {
  std::uint32_t page = 0;  ///< from 1
  double length = 0;       ///< words on it
  std::size_t first = 0;   ///< where its counts begin in ResourceCounts::on_pages
};

struct ResourceCounts {
  Xapian::docid document = 0;
  double length = 0;              ///< words, those of the title as often as they count
  std::vector<bool> as_typed;     ///< by word of the query: it occurs exactly as typed
  std::vector<float> whole;       ///< by word of the query; counts as `length` does
  bool divided = false;           ///< `pages`, `front` and `front_length` are filled
  std::vector<PageCounts> pages;  ///< those with any of the words, ascending
  std::vector<float> on_pages;    ///< by page, then by word of the query
  std::vector<float> front;       ///< the part of `whole` in title, abstract and other fields
  double front_length = 0;

  /// By word of the query.
  std::span<const float> counts_on(const PageCounts& page) const {
    return std::span(on_pages).subspan(page.first, whole.size());
  }
};

/// Reads counts for the resources of one query. Resources of fewer than `whole_words` words, or of one page,
/// are not divided, and their positions are read for phrases alone.
class CountReader {
 public:
  CountReader(const Xapian::Database& database, PositionReader& positions, std::span<const ScoredWord> words,
              double whole_words)
      : database_(database), positions_(positions), words_(words), whole_words_(whole_words) {}

  /// In the order of `documents`, which ascends.
  std::vector<ResourceCounts> read(std::span<const Xapian::docid> documents);

 private:
  /// A resource while it is counted.
  struct Counted {
    struct OnPage {
      std::uint32_t page;
      std::uint32_t word;
      float times;
    };
    std::vector<Xapian::termpos> breaks;
    std::vector<OnPage> found;
  };

  ResourceCounts begin(Xapian::docid document, Counted& counted);
  /// One word of the query, in any of its forms.
  void count_forms(std::uint32_t word, std::span<const Xapian::docid> documents,
                   std::vector<ResourceCounts>& out);
  void count_phrase(std::uint32_t word, std::vector<ResourceCounts>& out);
  void note_typed(std::uint32_t word, std::vector<ResourceCounts>& out) const;
  std::vector<Xapian::termpos> phrase_positions(Xapian::docid document, const ScoredWord& word);
  void divide(ResourceCounts& resource, std::uint32_t word, Counted& counted,
              std::span<const Xapian::termpos> found) const;
  void finish(ResourceCounts& resource, Counted& counted) const;

  const Xapian::Database& database_;
  PositionReader& positions_;
  std::span<const ScoredWord> words_;
  double whole_words_;
  std::vector<Counted> counted_;  // by document
};

}  // namespace carrel::search
