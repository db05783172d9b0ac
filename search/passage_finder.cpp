#include "search/passage_finder.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>
#include <utility>

#include "search/snippet.h"

namespace carrel::search {
namespace {

/// Words in a heading on the page, and in the one that it stands under, beside what PageScorer gives.
/// docs/ranking.md has what it is worth.
constexpr double kHeading = 0.4;
/// Pages whose text is read to look for headings, at most; more gained nothing.
constexpr std::size_t kRead = 5;

/// A line is a heading when it has at most so many words, does not end like a sentence, and a paragraph of at
/// least so many words follows.
constexpr std::size_t kHeadingWords = 9;
constexpr std::size_t kParagraphWords = 12;

std::size_t words_in(std::string_view line) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    words += !blank && !inside ? 1 : 0;
    inside = !blank;
  }
  return words;
}

/// Calls `take` with the begin and end of each heading in `text`, in bytes.
template <typename Take>
void for_each_heading(std::string_view text, Take&& take) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end == text.size()) return;  // nothing follows
    const std::string_view line = text.substr(begin, end - begin);
    const std::string_view next =
        text.substr(end + 1, std::min(text.find('\n', end + 1), text.size()) - end - 1);
    const bool sentence =
        line.ends_with('.') || line.ends_with(';') || line.ends_with(',') || line.ends_with(':');
    if (!line.empty() && !sentence && words_in(line) <= kHeadingWords && words_in(next) >= kParagraphWords) {
      take(begin, end);
    }
    begin = end + 1;
  }
}

/// By target: inverse document frequency; of a phrase no more is known than that it is as rare as its rarest
/// word.
std::vector<double> rarities(const Xapian::Database& database, std::span<const Target> targets) {
  std::vector<double> out;
  const double size = database.get_doccount();
  for (const Target& target : targets) {
    double documents = size;
    for (const auto& forms : target.slots) {
      double most = 0;
      for (const std::string& form : forms) most = std::max<double>(most, database.get_termfreq(form));
      documents = std::min(documents, most);
    }
    out.push_back(std::log(1 + (size + 1) / (documents + 1)));
  }
  return out;
}

const std::string& link_of(const Resource& resource) {
  return resource.url.empty() ? resource.path : resource.url;
}

}  // namespace

std::uint32_t page_of(std::span<const Xapian::termpos> breaks, Xapian::termpos position) {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(breaks, position) - breaks.begin());
}

PassageFinder::PassageFinder(const Xapian::Database& database, PositionReader& positions,
                             std::span<const Target> targets)
    : database_(database),
      positions_(positions),
      targets_(targets),
      matcher_(targets),
      weights_(rarities(database, targets)),
      scorer_(targets, weights_) {}

std::vector<Xapian::termpos> PassageFinder::page_breaks(Xapian::docid document) const {
  return positions_.of(document, std::string(schema::kPageBreakTerm));
}

std::vector<PassageFinder::Occurrence> PassageFinder::occurrences(Xapian::docid document) const {
  std::vector<Occurrence> found;
  for (std::uint32_t index = 0; index < targets_.size(); ++index) {
    const Target& target = targets_[index];
    std::vector<std::vector<Xapian::termpos>> slots;
    for (const auto& forms : target.slots) slots.push_back(positions_.of_any(document, forms));
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

PassageFinder::BestPages PassageFinder::best_pages(Xapian::docid document) const {
  const auto found = occurrences(document);
  if (found.empty()) return {.pages = {}, .weights = scorer_.weights_in({}, 0)};
  const auto breaks = page_breaks(document);
  std::vector<PagePlaces> shown;
  for (std::size_t first = 0; first < found.size();) {
    const std::uint32_t number = page_of(breaks, found[first].position);
    std::size_t last = first + 1;
    while (last < found.size() && page_of(breaks, found[last].position) == number) ++last;
    if (number > 0) shown.push_back({number, std::span(found).subspan(first, last - first)});
    first = last;
  }
  BestPages best{.pages = {}, .weights = scorer_.weights_in(shown, breaks.size())};
  for (const PagePlaces& page : shown) {
    best.pages.push_back({.number = page.number, .score = scorer_.score(page.shown, best.weights)});
  }
  std::ranges::stable_sort(best.pages, std::greater(), &ScoredPage::score);
  return best;
}

std::optional<PassageFinder::ReadPage> PassageFinder::read(const ScoredPage& page, const Resource& resource,
                                                           const PageScorer::Weights& weights) const {
  auto entry = schema::decode_page(database_.get_metadata(schema::page_key(resource.id, page.number)));
  if (!entry) return std::nullopt;
  entry->text = schema::indexed_text(entry->text, entry->unindexed);
  ReadPage out{.number = page.number, .score = page.score, .matches = matcher_.find(entry->text)};
  double heading = 0;
  for_each_heading(entry->text, [&](std::size_t begin, std::size_t end) {
    heading = std::max(heading, scorer_.shown_in(out.matches, begin, end, weights));
  });
  const auto above = matcher_.find(entry->heading);
  out.score += kHeading * (heading + scorer_.shown_in(above, 0, entry->heading.size(), weights));
  out.entry = std::move(*entry);
  return out;
}

Passage PassageFinder::passage(const ReadPage& page, const Resource& resource) const {
  const schema::PageEntry& entry = page.entry;
  Snippet snippet = cut_snippet(entry.text, page.matches, weights_);
  return {.page = page.number,
          .label = entry.label,
          .heading = entry.heading,
          .seconds = entry.seconds,
          .text = std::move(snippet.text),
          .marks = std::move(snippet.marks),
          .url = link_of(resource) + schema::locator_fragment(resource.format, page.number, entry)};
}

std::vector<std::uint32_t> PassageFinder::pages(Xapian::docid document) const {
  const auto breaks = page_breaks(document);
  std::vector<std::uint32_t> pages;
  for (const Occurrence& one : occurrences(document)) {
    const std::uint32_t page = page_of(breaks, one.position);
    if (page > 0 && (pages.empty() || pages.back() != page)) pages.push_back(page);
  }
  return pages;
}

std::vector<Finding> PassageFinder::found_in(Xapian::docid document) const {
  std::vector<Finding> findings;
  for (const Target& target : targets_) {
    Finding& finding = findings.emplace_back();
    if (finding.word = target.name; !finding.word.empty()) continue;
    for (const auto& forms : target.slots) finding.word += (finding.word.empty() ? "" : " ") + forms.front();
  }
  const auto breaks = page_breaks(document);
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
  auto [best, weights] = best_pages(document);
  if (best.size() > std::max(limit, kRead)) best.resize(std::max(limit, kRead));
  if (best.empty() && resource.description.empty() && resource.pages > 0) best.push_back({.number = 1});
  std::vector<ReadPage> pages;
  for (const ScoredPage& page : best) {
    if (auto one = read(page, resource, weights)) pages.push_back(std::move(*one));
  }
  std::ranges::stable_sort(pages, std::greater(), &ReadPage::score);
  for (const ReadPage& page : pages) {
    if (passages.size() == limit) break;
    if (Passage shown = passage(page, resource); !shown.text.empty()) passages.push_back(std::move(shown));
  }
  if (!passages.empty() || resource.description.empty()) return passages;
  Snippet snippet = cut_snippet(resource.description, matcher_.find(resource.description), weights_);
  passages.push_back({.page = 0,
                      .text = std::move(snippet.text),
                      .marks = std::move(snippet.marks),
                      .url = link_of(resource)});
  return passages;
}

}  // namespace carrel::search
