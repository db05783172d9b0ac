#include "search/page_counts.h"

#include <algorithm>

#include "search/schema/fields.h"

namespace carrel::search {

std::vector<Xapian::termpos> CountReader::phrase_positions(Xapian::docid document,
                                                           const ScoredWord& word) const {
  std::vector<Xapian::termpos> found;
  for (std::size_t slot = 0; slot < word.slots.size(); ++slot) {
    auto of_slot = positions_.of_any(document, word.slots[slot]);
    if (slot == 0) {
      found = std::move(of_slot);
    } else {
      std::erase_if(found, [&](Xapian::termpos at) {
        return !std::ranges::binary_search(of_slot, at + static_cast<Xapian::termpos>(slot));
      });
    }
    if (found.empty()) break;
  }
  return found;
}

void CountReader::divide(ResourceCounts& resource, std::size_t word, std::span<const Xapian::termpos> breaks,
                         const std::vector<Xapian::termpos>& found) const {
  for (const Xapian::termpos at : found) {
    const auto page = static_cast<std::uint32_t>(std::ranges::upper_bound(breaks, at) - breaks.begin());
    if (page == 0 || page >= breaks.size()) continue;  // title and abstract
    auto place = std::ranges::lower_bound(resource.pages, page, {}, &PageCounts::page);
    if (place == resource.pages.end() || place->page != page) {
      place = resource.pages.insert(place, {.page = page,
                                            .length = static_cast<double>(breaks[page] - breaks[page - 1]),
                                            .counts = std::vector<float>(words_.size(), 0)});
    }
    ++place->counts[word];
    --resource.front[word];
  }
}

std::vector<ResourceCounts> CountReader::read(std::span<const Xapian::docid> documents) const {
  std::vector<ResourceCounts> out(documents.size());
  std::vector<std::vector<Xapian::termpos>> breaks(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    ResourceCounts& resource = out[i];
    resource.document = documents[i];
    resource.length = database_.get_doclength(documents[i]);
    resource.whole.assign(words_.size(), 0);
    resource.as_typed.assign(words_.size(), false);
    if (resource.length < whole_words_) continue;
    breaks[i] = positions_.of(documents[i], std::string(schema::kPageBreakTerm));
    resource.divided = breaks[i].size() > 2;  // the last one is the end
    if (!resource.divided) continue;
    resource.front.assign(words_.size(), 0);
    resource.front_length = std::max(0.0, resource.length - (breaks[i].back() - breaks[i].front()));
  }
  for (std::size_t word = 0; word < words_.size(); ++word) {
    if (!words_[word].typed.empty()) {
      auto at = database_.postlist_begin(words_[word].typed);
      const auto end = database_.postlist_end(words_[word].typed);
      for (std::size_t i = 0; i < documents.size() && at != end; ++i) {
        at.skip_to(documents[i]);
        out[i].as_typed[word] = at != end && *at == documents[i];
      }
    }
    if (words_[word].slots.size() == 1) {
      for (const std::string& form : words_[word].slots.front()) {
        auto at = database_.postlist_begin(form);
        const auto end = database_.postlist_end(form);
        for (std::size_t i = 0; i < documents.size() && at != end; ++i) {
          at.skip_to(documents[i]);
          if (at == end) break;
          if (*at != documents[i]) continue;
          const auto times = static_cast<float>(at.get_wdf());
          out[i].whole[word] += times;
          if (!out[i].divided) continue;
          out[i].front[word] += times;
          divide(out[i], word, breaks[i], positions_.of(documents[i], form));
        }
      }
      continue;
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const auto found = phrase_positions(documents[i], words_[word]);
      out[i].whole[word] += static_cast<float>(found.size());
      if (!out[i].divided) continue;
      out[i].front[word] += static_cast<float>(found.size());
      divide(out[i], word, breaks[i], found);
    }
  }
  for (ResourceCounts& resource : out) {
    for (float& count : resource.front) count = std::max(count, 0.0F);
  }
  return out;
}

}  // namespace carrel::search
