#include "search/passage_finder.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
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

/// True when `line` has at least so many words.
bool has_words(std::string_view line, std::size_t least) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    words += !blank && !inside ? 1 : 0;
    if (words == least) return true;
    inside = !blank;
  }
  return false;
}

/// True when the line of `text` from `begin` to its line feed at `end` is a heading.
bool is_heading(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view line = text.substr(begin, end - begin);
  const bool sentence =
      line.ends_with('.') || line.ends_with(';') || line.ends_with(',') || line.ends_with(':');
  if (line.empty() || sentence || has_words(line, kHeadingWords + 1)) return false;
  const std::string_view rest = text.substr(end + 1);
  return has_words(rest.substr(0, rest.find('\n')), kParagraphWords);
}

/// By target: inverse document frequency; of a phrase no more is known than that it is as rare as its rarest
/// word.
std::vector<double> rarities(const Xapian::Database& database, TermFrequencies& frequencies,
                             std::span<const Target> targets) {
  std::vector<double> out;
  const double size = database.get_doccount();
  for (const Target& target : targets) {
    double documents = size;
    for (const auto& forms : target.slots) {
      double most = 0;
      for (const std::string& form : forms) {
        most = std::max<double>(most, frequencies.of(database, form).documents);
      }
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
                             TermFrequencies& frequencies, std::span<const Target> targets)
    : database_(database),
      positions_(positions),
      targets_(targets),
      matcher_(targets),
      weights_(rarities(database, frequencies, targets)),
      scorer_(targets, weights_) {}

PassageFinder::Places PassageFinder::places_in(Xapian::docid document) const {
  Places places;
  const std::span<const TextMatcher::Form> forms = matcher_.forms();
  for (std::uint32_t form = 0; form < forms.size(); ++form) {
    for (const Xapian::termpos position : positions_.of(document, forms[form].term)) {
      places.forms.push_back({position, form});
    }
  }
  if (places.forms.empty()) return places;
  std::ranges::stable_sort(places.forms, {}, &FormPlace::position);
  places.shown = occurrences(places.forms);
  const auto breaks = positions_.breaks_of(document);
  places.breaks.assign(breaks.begin(), breaks.end());
  return places;
}

std::vector<PassageFinder::Occurrence> PassageFinder::occurrences(std::span<const FormPlace> places) const {
  const auto forms = matcher_.forms();
  const auto shows = [&](Xapian::termpos position, std::uint32_t target, std::uint32_t slot) {
    return std::ranges::any_of(
        std::ranges::equal_range(places, position, {}, &FormPlace::position), [&](const FormPlace& place) {
          return std::ranges::any_of(forms[place.form].uses, [&](const TextMatcher::Use& use) {
            return use.target == target && use.slot == slot;
          });
        });
  };
  std::vector<Occurrence> found;
  std::vector<bool> complete(targets_.size(), false);
  for (const FormPlace& place : places) {
    for (const TextMatcher::Use& use : forms[place.form].uses) {
      if (use.slot != 0) continue;
      const std::size_t slots = targets_[use.target].slots.size();
      std::uint32_t next = 1;
      while (next < slots && shows(place.position + next, use.target, next)) ++next;
      if (next < slots) continue;
      found.push_back({place.position, use.target});
      complete[use.target] = true;
    }
  }
  const std::size_t together = found.size();
  for (const FormPlace& place : places) {
    for (const TextMatcher::Use& use : forms[place.form].uses) {
      if (targets_[use.target].soft && !complete[use.target]) found.push_back({place.position, use.target});
    }
  }
  if (found.size() > together) std::ranges::stable_sort(found, {}, &Occurrence::position);
  return found;
}

PassageFinder::BestPages PassageFinder::best_pages(const Places& places) const {
  const std::span<const Occurrence> found = places.shown;
  if (found.empty()) return {.pages = {}, .weights = scorer_.weights_in({}, 0)};
  std::vector<PagePlaces> shown;
  for (std::size_t first = 0; first < found.size();) {
    const std::uint32_t number = page_of(places.breaks, found[first].position);
    const auto end =
        number < places.breaks.size() ? places.breaks[number] : std::numeric_limits<Xapian::termpos>::max();
    std::size_t last = first + 1;
    while (last < found.size() && found[last].position < end) ++last;
    if (number > 0) shown.push_back({number, found.subspan(first, last - first)});
    first = last;
  }
  BestPages best{.pages = {}, .weights = scorer_.weights_in(shown, places.breaks.size())};
  for (const PagePlaces& page : shown) {
    best.pages.push_back({.number = page.number, .score = scorer_.score(page.shown, best.weights)});
  }
  std::ranges::stable_sort(best.pages, std::greater(), &ScoredPage::score);
  return best;
}

std::vector<PlacedForm> PassageFinder::placed_on(const Places& places, std::uint32_t page) {
  std::vector<PlacedForm> placed;
  if (page == 0 || page >= places.breaks.size()) return placed;
  const Xapian::termpos begin = places.breaks[page - 1];
  auto at = std::ranges::lower_bound(places.forms, begin, {}, &FormPlace::position);
  for (; at != places.forms.end() && at->position < places.breaks[page]; ++at) {
    placed.push_back({.ordinal = at->position - begin, .form = at->form});
  }
  return placed;
}

double PassageFinder::shown_in_headings(std::string_view text, std::span<const TextMatch> matches,
                                        const PageScorer::Weights& weights) const {
  double best = 0;
  std::size_t behind = 0;  // of the line that was looked at last
  for (const TextMatch& match : matches) {
    if (match.begin < behind) continue;
    const std::size_t before = match.begin == 0 ? std::string_view::npos : text.rfind('\n', match.begin - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = text.find('\n', match.begin);
    if (end == std::string_view::npos) break;  // nothing follows
    behind = end;
    if (is_heading(text, begin, end)) best = std::max(best, scorer_.shown_in(matches, begin, end, weights));
  }
  return best;
}

std::optional<PassageFinder::ReadPage> PassageFinder::read(const ScoredPage& page, const Places& places,
                                                           const Resource& resource,
                                                           const PageScorer::Weights& weights) const {
  auto entry = schema::decode_page(database_.get_metadata(schema::page_key(resource.id, page.number)));
  if (!entry) return std::nullopt;
  if (!entry->unindexed.empty()) entry->text = schema::indexed_text(entry->text, entry->unindexed);
  ReadPage out{.number = page.number,
               .score = page.score,
               .matches = matcher_.find_placed(entry->text, placed_on(places, page.number))};
  const double heading = shown_in_headings(entry->text, out.matches, weights);
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
  const Places places = places_in(document);
  std::vector<std::uint32_t> pages;
  for (const Occurrence& one : places.shown) {
    const std::uint32_t page = page_of(places.breaks, one.position);
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
  const Places places = places_in(document);
  for (const Occurrence& one : places.shown) {
    Finding& finding = findings[one.target];
    ++finding.times;
    const std::uint32_t page = page_of(places.breaks, one.position);
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
  const Places places = places_in(document);
  auto [best, weights] = best_pages(places);
  if (best.size() > std::max(limit, kRead)) best.resize(std::max(limit, kRead));
  if (best.empty() && resource.description.empty() && resource.pages > 0) best.push_back({.number = 1});
  std::vector<ReadPage> pages;
  for (const ScoredPage& page : best) {
    if (auto one = read(page, places, resource, weights)) pages.push_back(std::move(*one));
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
