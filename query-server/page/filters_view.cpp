#include "query-server/page/filters_view.h"

#include <algorithm>
#include <array>

#include "query-server/page/words.h"
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
  const schema::Field& row = schema::field(field);
  return messages.text_or("field." + std::string(row.name), row.label);
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
  std::size_t active = 0;
  for (const FieldId field : kOrder) {
    const Facet* facet = facet_of(answer, field);
    if (!facet || facet->values.empty()) continue;
    const auto selected = std::ranges::count_if(facet->values, &FacetValue::selected);
    if (facet->values.size() < 2 && selected == 0) continue;  // nothing to choose
    active += static_cast<std::size_t>(selected);

    View::List values;
    View::List rest;
    for (const FacetValue& value : facet->values) {
      View shown = value_view(answer, field, value, messages, page.request.ui);
      const bool first = values.size() < kShownValues || value.selected;
      (first ? values : rest).push_back(std::move(shown));
    }
    if (rest.size() == 1) {  // a line "1 more" would take as much room
      values.push_back(std::move(rest.front()));
      rest.clear();
    }
    View more(false);
    if (!rest.empty()) {
      more = {
          {"label", View(messages.count("more_values", rest.size()))},
          {"not_listed", View(facet->more > 0 ? messages.count("not_listed", facet->more) : std::string())},
          {"rest_values", View(std::move(rest))}};
    }
    fields.push_back({{"name", View(schema::field(field).name)},
                      {"label", View(field_label(messages, field))},
                      {"open", View(fields.size() < kOpenFields || selected > 0)},
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
  constexpr std::size_t kValues = 12;
  View::List fields;
  for (const FieldId field : {FieldId::topic, FieldId::type, FieldId::audience, FieldId::language}) {
    const Facet* facet = facet_of(answer, field);
    if (!facet || facet->values.size() < 2) continue;
    View::List values;
    for (const FacetValue& value : facet->values) {
      if (values.size() < kValues) values.push_back(value_view(answer, field, value, messages, "en"));
    }
    const std::string name(schema::field(field).name);
    fields.push_back({{"name", View(name)},
                      {"label", View(messages.text("browse_field." + name))},
                      {"values", View(std::move(values))}});
  }
  return fields;
}

}  // namespace carrel::query_server::page
