#include "query-server/page/filters_view.h"

#include <algorithm>
#include <array>

#include "query-server/page/words.h"
#include "query-server/page/year_view.h"
#include "query-server/parameters.h"

namespace carrel::query_server::page {
namespace {

using schema::FieldId;
using search::Facet;
using search::FacetValue;

/// The order in which visitors are likely to need them.
constexpr std::array kOrder = {
    FieldId::topic,  FieldId::type,   FieldId::audience,     FieldId::language,  FieldId::year,
    FieldId::format, FieldId::series, FieldId::jurisdiction, FieldId::publisher, FieldId::accessible};

constexpr std::size_t kShownValues = 7;
constexpr std::size_t kOpenFields = 3;

const Facet* facet_of(const search::Answer& answer, FieldId field) {
  const auto found = std::ranges::find(answer.facets, field, &Facet::field);
  return found == answer.facets.end() ? nullptr : &*found;
}

std::string field_label(const Messages& messages, FieldId field) {
  return messages.text("field." + std::string(schema::field(field).name));
}

View value_view(const search::Answer& answer, FieldId field, const FacetValue& value,
                const Messages& messages, std::string_view ui) {
  return {{"value", View(escape_value(value.value))},
          {"label", View(value_label(answer, field, value.value, ui))},
          {"count", View(messages.number(value.count))},
          {"selected", View(value.selected)}};
}

}  // namespace

View filters_view(const search::Answer& answer, const PageRequest& page, const Messages& messages) {
  View::List fields;
  std::size_t active = page.request.year.empty() ? 0 : 1;
  static const Facet no_years{.field = FieldId::year};
  for (const FieldId field : kOrder) {
    const bool in_range = field == FieldId::year && !page.request.year.empty();
    const Facet* facet = facet_of(answer, field);
    if (!facet && in_range) facet = &no_years;  // the fields hold the range
    if (!facet || (facet->values.empty() && !in_range)) continue;
    const auto selected = std::ranges::count_if(facet->values, &FacetValue::selected);
    if (facet->values.size() < 2 && selected == 0 && !in_range) continue;  // nothing to choose
    active += static_cast<std::size_t>(selected);

    // Years are drawn, and a range of them is chosen; single ones are listed behind that.
    const View years = field == FieldId::year ? year_view(*facet, page.request.year, messages) : View(false);
    const bool drawn = years.shows();
    const std::size_t shown_values = drawn ? 0 : kShownValues;
    View::List values;
    View::List rest;
    for (const FacetValue& value : facet->values) {
      View shown = value_view(answer, field, value, messages, page.request.ui);
      const bool first = values.size() < shown_values || value.selected;
      (first ? values : rest).push_back(std::move(shown));
    }
    if (rest.size() == 1 && !drawn) {  // a line "1 more" would take as much room
      values.push_back(std::move(rest.front()));
      rest.clear();
    }
    View more(false);
    if (!rest.empty()) {
      more = {
          {"rest_label", View(drawn ? messages.text("single_years") : messages.count("more_values", rest.size()))},
          {"not_listed", View(facet->more > 0 ? messages.count("not_listed", facet->more) : std::string())},
          {"rest_values", View(std::move(rest))}};
    }
    fields.push_back({{"name", View(schema::field(field).name)},
                      {"label", View(field_label(messages, field))},
                      {"open", View(fields.size() < kOpenFields || selected > 0 || in_range)},
                      {"years", years},
                      {"values", View(std::move(values))},
                      {"rest", std::move(more)}});
  }
  if (fields.empty()) return View(false);
  const std::string title = active == 0
                                ? messages.text("filters")
                                : messages.text("filters_active", {{"number", messages.number(active)}});
  return {{"title", View(title)},
          {"fields", View(std::move(fields))},
          {"strict", View(page.request.mode == search::Mode::strict)}};
}

View::List chips_view(const search::Answer& answer, const PageRequest& page, const Messages& messages) {
  View::List chips;
  const auto add = [&](std::string_view removed, std::string label, std::string explained) {
    search::Request less = without(page.request, removed);
    less.offset = 0;
    chips.push_back({{"value", View(removed)},
                     {"label", View(std::move(label))},
                     {"remove", View(std::move(explained))},
                     {"link", View(page.by_address ? "/search?" + to_form(less) : std::string())}});
  };
  const auto add_filter = [&](std::string_view name, FieldId field, const std::string& value,
                              const std::string& shown) {
    std::string label = field_label(messages, field) + ": " + shown;
    std::string explained = messages.text("remove_filter", {{"filter", label}});
    add(removal(name, value), std::move(label), std::move(explained));
  };
  for (const search::Selection& selection : page.request.selections) {
    for (const std::string& value : selection.values) {
      add_filter(schema::field(selection.field).name, selection.field, value,
                 value_label(answer, selection.field, value, page.request.ui));
    }
  }
  if (!page.request.year.empty())
    add_filter("year_range", FieldId::year, page.request.year, page.request.year);
  if (!page.request.date.empty()) add_filter("date", FieldId::date, page.request.date, page.request.date);
  if (chips.size() > 1) add("*", messages.text("clear_filters"), messages.text("clear_filters"));
  return chips;
}

View::List browse_view(const search::Answer& answer, const Messages& messages) {
  const std::string& ui = messages.language();
  constexpr std::size_t kValues = 12;
  View::List fields;
  for (const FieldId field : {FieldId::topic, FieldId::type, FieldId::audience, FieldId::language}) {
    const Facet* facet = facet_of(answer, field);
    if (!facet || facet->values.size() < 2) continue;
    View::List values;
    for (const FacetValue& value : facet->values) {
      if (values.size() < kValues) values.push_back(value_view(answer, field, value, messages, ui));
    }
    const std::string name(schema::field(field).name);
    fields.push_back({{"name", View(name)},
                      {"label", View(messages.text("browse_field." + name))},
                      {"values", View(std::move(values))}});
  }
  return fields;
}

}  // namespace carrel::query_server::page
