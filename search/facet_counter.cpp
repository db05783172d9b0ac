#include "search/facet_counter.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "search/labels.h"
#include "search/schema/text.h"

namespace carrel::search {

FacetCounter::FacetCounter(std::span<const FacetColumn* const> counted,
                           std::span<const FacetSelection> selections, const VersionSets* sets)
    : selections_(selections), sets_(sets) {
  for (const FacetColumn* column : counted) {
    const auto own = std::ranges::find(selections, column, &FacetSelection::column);
    const int index = own == selections.end() ? kNone : static_cast<int>(own - selections.begin());
    tallies_.push_back({column, index, std::vector<std::uint64_t>(column->size(), 0)});
  }
}

bool FacetCounter::operator()(const Xapian::Document& document) const {
  const Xapian::docid number = document.get_docid();
  int failed = kNone;
  for (std::size_t i = 0; i < selections_.size(); ++i) {
    if (selections_[i].allows(number)) continue;
    if (failed != kNone) return false;  // fails two: counts nowhere
    failed = static_cast<int>(i);
  }
  const bool passes = failed == kNone;
  if (passes) ++resources_;
  const std::uint32_t set = sets_ == nullptr ? VersionSets::kAlone : sets_->of(number);
  if (set != VersionSets::kAlone) {
    versions_.push_back({set, number, failed});
    return passes;
  }
  for (Tally& tally : tallies_) {
    if (!passes && tally.selection != failed) continue;
    for (const std::uint32_t code : tally.column->codes(number)) ++tally.counts[code];
  }
  if (passes) ++total_;
  return passes;
}

void FacetCounter::finish() {
  std::ranges::sort(versions_, {}, [](const Version& one) { return std::pair(one.set, one.document); });
  for (std::size_t first = 0; first < versions_.size();) {
    std::size_t last = first;
    while (last < versions_.size() && versions_[last].set == versions_[first].set) ++last;
    count_work(std::span(versions_).subspan(first, last - first));
    first = last;
  }
  versions_.clear();
}

void FacetCounter::count_work(std::span<const Version> versions) {
  for (Tally& tally : tallies_) {
    codes_.clear();
    for (const Version& one : versions) {
      if (one.failed != kNone && tally.selection != one.failed) continue;
      const auto codes = tally.column->codes(one.document);
      codes_.insert(codes_.end(), codes.begin(), codes.end());
    }
    std::ranges::sort(codes_);
    const auto rest = std::ranges::unique(codes_);
    for (auto code = codes_.begin(); code != rest.begin(); ++code) ++tally.counts[*code];
  }
  bool passes = false;
  for (const Version& one : versions) {
    if (one.failed != kNone) continue;
    passes = true;
    passed_versions_.emplace_back(one.set, one.document);
  }
  if (passes) ++total_;
}

std::span<const std::uint64_t> FacetCounter::counts(const FacetColumn& column) const {
  return std::ranges::find(tallies_, &column, &Tally::column)->counts;
}

namespace {

/// The count below which no value is among the first `limit`.
std::uint64_t least_count(std::span<const std::uint64_t> counts, std::size_t limit) {
  std::vector<std::uint64_t> found;
  for (const std::uint64_t count : counts) {
    if (count > 0) found.push_back(count);
  }
  if (limit == 0 || found.size() <= limit) return 1;
  const auto last = found.begin() + static_cast<std::ptrdiff_t>(limit - 1);
  std::ranges::nth_element(found, last, std::greater<>());
  return *last;
}

/// Values that are counted at least `least` times or selected, without an order. `more` becomes how many
/// others are counted at all: of those no label has to be found.
std::vector<FacetValue> listed_values(const FacetColumn& column, std::span<const std::uint64_t> counts,
                                      const FacetSelection* selection, std::string_view ui,
                                      std::uint64_t least, std::uint64_t& more) {
  std::vector<FacetValue> values;
  const auto add = [&](const std::string& value, std::uint64_t count, bool selected) {
    values.push_back({value, value_label(column.field(), value, ui), count, selected});
  };
  for (std::uint32_t code = 0; code < column.size(); ++code) {
    const bool selected =
        selection != nullptr && std::ranges::find(selection->chosen, code) != selection->chosen.end();
    if (counts[code] >= least || selected) {
      add(column.value(code), counts[code], selected);
    } else if (counts[code] > 0) {
      ++more;
    }
  }
  if (selection != nullptr) {
    for (const std::string& value : selection->unknown) add(value, 0, true);
  }
  return values;
}

}  // namespace

Facet to_facet(const FacetColumn& column, std::span<const std::uint64_t> counts,
               const FacetSelection* selection, std::size_t limit, std::string_view ui) {
  Facet facet{.field = column.field(), .label = field_label(column.field(), ui)};
  const bool is_histogram = column.field() == schema::FieldId::year;
  std::uint64_t more = 0;
  std::vector<FacetValue> values =
      listed_values(column, counts, selection, ui, is_histogram ? 1 : least_count(counts, limit), more);
  facet.more = more;
  if (is_histogram) {
    std::ranges::sort(values, std::greater<>(), &FacetValue::value);
  } else {
    std::vector<std::tuple<std::uint64_t, std::string, FacetValue*>> order;
    for (FacetValue& value : values)
      order.emplace_back(~value.count, schema::folded_form(value.label), &value);
    std::ranges::sort(order, [](const auto& a, const auto& b) {
      return std::tie(std::get<0>(a), std::get<1>(a), std::get<2>(a)->value) <
             std::tie(std::get<0>(b), std::get<1>(b), std::get<2>(b)->value);
    });
    std::vector<FacetValue> sorted;
    for (auto& entry : order) sorted.push_back(std::move(*std::get<2>(entry)));
    values = std::move(sorted);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i < limit || is_histogram || values[i].selected) {
      facet.values.push_back(std::move(values[i]));
    } else {
      ++facet.more;
    }
  }
  return facet;
}

}  // namespace carrel::search
