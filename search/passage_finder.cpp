#include "search/passage_finder.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/schema/page_store.h"
#include "search/snippet.h"

namespace carrel::search {
namespace {

/// A word met once on a page counts half of what it can count there; as in BM25 with k1 = 1.
constexpr double kSaturation = 1.0;
/// Words side by side add at most so much of their weight.
constexpr double kProximity = 0.5;

const std::string& link_of(const Resource& resource) {
  return resource.url.empty() ? resource.path : resource.url;
}

}  // namespace

std::uint32_t page_of(std::span<const Xapian::termpos> breaks, Xapian::termpos position) {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(breaks, position) - breaks.begin());
}

PassageFinder::PassageFinder(const Xapian::Database& database, std::span<const Target> targets)
    : database_(database), targets_(targets), matcher_(targets) {
  const double size = database.get_doccount();
  for (const Target& target : targets) {
    double documents = size;
    for (const auto& forms : target.slots) {
      double most = 0;
      for (const std::string& form : forms) most = std::max<double>(most, database.get_termfreq(form));
      documents = std::min(documents, most);
    }
    weights_.push_back(std::log(1 + (size + 1) / (documents + 1)));
  }
}

std::vector<Xapian::termpos> PassageFinder::positions(Xapian::docid document, const std::string& term) const {
  return {database_.positionlist_begin(document, term), database_.positionlist_end(document, term)};
}

std::vector<Xapian::termpos> PassageFinder::positions_of_any(Xapian::docid document,
                                                             const std::vector<std::string>& forms) const {
  std::vector<Xapian::termpos> all;
  for (const std::string& form : forms) {
    const auto of_form = positions(document, form);
    all.insert(all.end(), of_form.begin(), of_form.end());
  }
  if (forms.size() > 1) std::ranges::sort(all);
  return all;
}

std::vector<PassageFinder::Occurrence> PassageFinder::occurrences(Xapian::docid document) const {
  std::vector<Occurrence> found;
  for (std::uint32_t index = 0; index < targets_.size(); ++index) {
    const Target& target = targets_[index];
    std::vector<std::vector<Xapian::termpos>> slots;
    for (const auto& forms : target.slots) slots.push_back(positions_of_any(document, forms));
    const std::size_t before = found.size();
    for (const Xapian::termpos position : slots.front()) {
      bool together = true;
      for (std::size_t i = 1; i < slots.size() && together; ++i) {
        together = std::ranges::binary_search(slots[i], position + static_cast<Xapian::termpos>(i));
      }
      if (together) found.push_back({position, index});
    }
    if (!target.soft || found.size() > before) continue;
    for (const auto& slot : slots) {
      for (const Xapian::termpos position : slot) found.push_back({position, index});
    }
  }
  std::ranges::sort(found, {}, &Occurrence::position);
  return found;
}

PassageFinder::ScoredPage PassageFinder::score(std::uint32_t number,
                                               std::span<const Occurrence> on_page) const {
  std::vector<std::uint32_t> counts(targets_.size(), 0);
  for (const Occurrence& one : on_page) ++counts[one.target];
  ScoredPage page{.number = number, .coverage = 0, .score = 0};
  double whole = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    ++page.coverage;
    whole += weights_[i];
    page.score += weights_[i] * counts[i] / (counts[i] + kSaturation);
  }
  if (page.coverage < 2) return page;
  // The shortest stretch with all targets of the page in it, by two fingers over the occurrences.
  std::vector<std::uint32_t> inside(targets_.size(), 0);
  std::size_t covered = 0;
  std::size_t first = 0;
  Xapian::termpos shortest = std::numeric_limits<Xapian::termpos>::max();
  for (const Occurrence& last : on_page) {
    if (inside[last.target]++ == 0) ++covered;
    while (covered == page.coverage) {
      shortest = std::min(shortest, last.position - on_page[first].position + 1);
      if (--inside[on_page[first].target] == 0) --covered;
      ++first;
    }
  }
  page.score += kProximity * whole * static_cast<double>(page.coverage) / shortest;
  return page;
}

std::vector<PassageFinder::ScoredPage> PassageFinder::best_pages(Xapian::docid document,
                                                                 std::size_t limit) const {
  const auto found = occurrences(document);
  if (found.empty()) return {};
  const auto breaks = positions(document, std::string(schema::kPageBreakTerm));
  std::vector<ScoredPage> pages;
  for (std::size_t first = 0; first < found.size();) {
    const std::uint32_t number = page_of(breaks, found[first].position);
    std::size_t last = first + 1;
    while (last < found.size() && page_of(breaks, found[last].position) == number) ++last;
    if (number > 0) pages.push_back(score(number, std::span(found).subspan(first, last - first)));
    first = last;
  }
  std::ranges::stable_sort(pages, [](const ScoredPage& a, const ScoredPage& b) {
    return a.coverage != b.coverage ? a.coverage > b.coverage : a.score > b.score;
  });
  if (pages.size() > limit) pages.resize(limit);
  return pages;
}

void PassageFinder::add_page(std::uint32_t number, const Resource& resource,
                             std::vector<Passage>& passages) const {
  const std::string stored = database_.get_metadata(schema::page_key(resource.id, number));
  const auto entry = schema::decode_page(stored);
  if (!entry) return;
  const std::string text = schema::indexed_text(entry->text, entry->unindexed);
  Snippet snippet = cut_snippet(text, matcher_.find(text), weights_);
  if (snippet.text.empty()) return;
  passages.push_back({.page = number,
                      .label = entry->label,
                      .heading = entry->heading,
                      .seconds = entry->seconds,
                      .text = std::move(snippet.text),
                      .marks = std::move(snippet.marks),
                      .url = link_of(resource) + schema::locator_fragment(resource.format, number, *entry)});
}

std::vector<Finding> PassageFinder::found_in(Xapian::docid document) const {
  std::vector<Finding> findings;
  for (const Target& target : targets_) {
    Finding& finding = findings.emplace_back();
    if (finding.word = target.name; !finding.word.empty()) continue;
    for (const auto& forms : target.slots) finding.word += (finding.word.empty() ? "" : " ") + forms.front();
  }
  const auto breaks = positions(document, std::string(schema::kPageBreakTerm));
  for (const Occurrence& one : occurrences(document)) {
    Finding& finding = findings[one.target];
    ++finding.times;
    const std::uint32_t page = page_of(breaks, one.position);
    if (page == 0) {
      finding.in_front = true;
    } else if (finding.pages.empty() || finding.pages.back() != page) {
      finding.pages.push_back(page);
    }
  }
  return findings;
}

std::vector<Passage> PassageFinder::find(Xapian::docid document, const Resource& resource,
                                         std::size_t limit) const {
  std::vector<Passage> passages;
  if (limit == 0) return passages;
  for (const ScoredPage& page : best_pages(document, limit)) add_page(page.number, resource, passages);
  if (!passages.empty()) return passages;
  if (resource.description.empty()) {
    if (resource.pages > 0) add_page(1, resource, passages);
    return passages;
  }
  Snippet snippet = cut_snippet(resource.description, matcher_.find(resource.description), weights_);
  passages.push_back({.page = 0,
                      .text = std::move(snippet.text),
                      .marks = std::move(snippet.marks),
                      .url = link_of(resource)});
  return passages;
}

}  // namespace carrel::search
