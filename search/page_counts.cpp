#include "search/page_counts.h"

#include <algorithm>
#include <utility>

namespace carrel::search {

std::vector<Xapian::termpos> CountReader::phrase_positions(Xapian::docid document, const ScoredWord& word) {
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

void CountReader::divide(ResourceCounts& resource, std::uint32_t word, Counted& counted,
                         std::span<const Xapian::termpos> found) const {
  const std::span<const Xapian::termpos> breaks = counted.breaks;
  for (std::size_t first = 0; first < found.size();) {
    const auto behind = std::ranges::upper_bound(breaks, found[first]);
    const auto page = static_cast<std::uint32_t>(behind - breaks.begin());
    std::size_t last = first + 1;
    while (last < found.size() && (behind == breaks.end() || found[last] < *behind)) ++last;
    const auto times = static_cast<float>(last - first);
    first = last;
    if (page == 0 || behind == breaks.end()) continue;  // title and abstract
    counted.found.push_back({page, word, times});
    resource.front[word] -= times;
  }
}

ResourceCounts CountReader::begin(Xapian::docid document, Counted& counted) {
  ResourceCounts resource{.document = document};
  resource.length = database_.get_doclength(document);
  resource.whole.assign(words_.size(), 0);
  resource.as_typed.assign(words_.size(), false);
  if (resource.length < whole_words_) return resource;
  const auto breaks = positions_.breaks_of(document);
  resource.divided = breaks.size() > 2;  // the last one is the end
  if (!resource.divided) return resource;
  counted.breaks.assign(breaks.begin(), breaks.end());
  resource.front.assign(words_.size(), 0);
  resource.front_length = std::max(0.0, resource.length - (breaks.back() - breaks.front()));
  return resource;
}

void CountReader::count_forms(std::uint32_t word, std::span<const Xapian::docid> documents,
                              std::vector<ResourceCounts>& out) {
  for (const std::string& form : words_[word].slots.front()) {
    const bool is_typed = form == words_[word].typed;
    std::vector<Xapian::docid> with;
    auto at = database_.postlist_begin(form);
    const auto end = database_.postlist_end(form);
    for (std::size_t i = 0; i < documents.size() && at != end; ++i) {
      at.skip_to(documents[i]);
      if (at == end) break;
      if (*at != documents[i]) continue;
      with.push_back(documents[i]);
      if (is_typed) out[i].as_typed[word] = true;
      const auto times = static_cast<float>(at.get_wdf());
      out[i].whole[word] += times;
      if (!out[i].divided) continue;
      out[i].front[word] += times;
      divide(out[i], word, counted_[i], positions_.of(documents[i], form));
    }
    positions_.note_documents(form, documents, std::move(with));
  }
}

void CountReader::count_phrase(std::uint32_t word, std::vector<ResourceCounts>& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto found = phrase_positions(out[i].document, words_[word]);
    const auto times = static_cast<float>(found.size());
    out[i].whole[word] += times;
    if (!out[i].divided) continue;
    out[i].front[word] += times;
    divide(out[i], word, counted_[i], found);
  }
}

void CountReader::note_typed(std::uint32_t word, std::vector<ResourceCounts>& out) const {
  auto at = database_.postlist_begin(words_[word].typed);
  const auto end = database_.postlist_end(words_[word].typed);
  for (std::size_t i = 0; i < out.size() && at != end; ++i) {
    at.skip_to(out[i].document);
    out[i].as_typed[word] = at != end && *at == out[i].document;
  }
}

void CountReader::finish(ResourceCounts& resource, Counted& counted) const {
  for (float& count : resource.front) count = std::max(count, 0.0F);
  auto& found = counted.found;
  std::ranges::sort(found, {}, &Counted::OnPage::page);
  std::size_t pages = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    pages += i == 0 || found[i].page != found[i - 1].page ? 1 : 0;
  resource.on_pages.assign(pages * words_.size(), 0);
  resource.pages.reserve(pages);
  for (const Counted::OnPage& one : found) {
    if (resource.pages.empty() || resource.pages.back().page != one.page) {
      resource.pages.push_back(
          {.page = one.page,
           .length = static_cast<double>(counted.breaks[one.page] - counted.breaks[one.page - 1]),
           .first = resource.pages.size() * words_.size()});
    }
    resource.on_pages[resource.pages.back().first + one.word] += one.times;
  }
}

std::vector<ResourceCounts> CountReader::read(std::span<const Xapian::docid> documents) {
  std::vector<ResourceCounts> out;
  out.reserve(documents.size());
  counted_.assign(documents.size(), {});
  for (std::size_t i = 0; i < documents.size(); ++i) out.push_back(begin(documents[i], counted_[i]));
  for (std::uint32_t word = 0; word < words_.size(); ++word) {
    const ScoredWord& one = words_[word];
    if (one.slots.size() == 1) {
      count_forms(word, documents, out);
      if (std::ranges::find(one.slots.front(), one.typed) != one.slots.front().end()) continue;
    } else {
      count_phrase(word, out);
    }
    if (!one.typed.empty()) note_typed(word, out);
  }
  for (std::size_t i = 0; i < out.size(); ++i) finish(out[i], counted_[i]);
  return out;
}

}  // namespace carrel::search
