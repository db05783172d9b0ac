#include "query-server/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "query-server/percent.h"
#include "search/schema/fields.h"
#include "search/schema/nearest_name.h"

namespace carrel::query_server {
namespace {

using search::Request;
using search::Sort;

constexpr std::array<std::pair<std::string_view, Sort>, 6> kSorts = {{
    {"relevance", Sort::relevance},
    {"date", Sort::date_ascending},
    {"-date", Sort::date_descending},
    {"title", Sort::title},
    {"added", Sort::added_ascending},
    {"-added", Sort::added_descending},
}};

constexpr std::array<std::string_view, 14> kPlainNames = {
    "q",    "date",    "sort", "offset", "limit",     "facets",   "passages",
    "mode", "explain", "ui",   "expand", "no_expand", "versions", "correct"};

std::vector<std::string_view> known_names() {
  std::vector<std::string_view> names(kPlainNames.begin(), kPlainNames.end());
  for (const schema::Field& field : schema::kFields) {
    if (!field.is(schema::kFacet)) continue;
    names.push_back(field.name);
    if (!field.alias.empty()) names.push_back(field.alias);
  }
  return names;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 40;
  if (text.size() <= kShown) return "“" + std::string(text) + "”";
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return "“" + std::string(text.substr(0, end)) + "…”";
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

std::optional<schema::FieldId> facet_field(std::string_view name) {
  const auto found = schema::find_field(name);
  return found && schema::field(*found).is(schema::kFacet) ? found : std::nullopt;
}

class Reader {
 public:
  SearchParameters read(const Parameters& parameters) {
    for (const Parameter& parameter : parameters) {
      if (parameter.value.empty()) {
        check_name(parameter.name);
      } else {
        read_one(parameter);
      }
    }
    return std::move(result_);
  }

 private:
  void fault(std::string message, std::string hint) {
    result_.faults.push_back({ErrorKind::usage, std::move(message), std::move(hint)});
  }

  bool check_name(std::string_view name) {
    const auto names = known_names();
    if (std::ranges::find(names, name) != names.end()) return true;
    const auto nearest = schema::nearest_name(name, names);
    fault("There is no parameter " + quoted(name),
          nearest ? "Did you mean “" + std::string(*nearest) + "”?" : "The parameters are " + joined(names));
    return false;
  }

  void read_one(const Parameter& parameter) {
    const std::string_view name = parameter.name;
    const std::string& value = parameter.value;
    Request& request = result_.request;
    if (name == "q") {
      request.q = value;
    } else if (name == "year" && value.find("..") != std::string::npos) {
      read_range(request.year, parameter);
    } else if (name == "date") {
      read_range(request.date, parameter);
    } else if (const auto field = facet_field(name)) {
      select(*field, parameter);
    } else if (name == "sort") {
      read_sort(value);
    } else if (name == "offset") {
      read_number(request.offset, parameter, kDeepestOffset,
                  "Narrow the search by a filter instead of paging on");
    } else if (name == "limit") {
      read_number(request.limit, parameter, kMostHits, "Ask for the rest with offset");
    } else if (name == "passages") {
      read_number(request.passages, parameter, kMostPassages,
                  "Read a page with /v1/resources/{id}/pages/{n}");
    } else if (name == "facets") {
      read_facets(parameter);
    } else if (name == "mode") {
      if (value == "default" || value == "strict") {
        request.mode = value == "strict" ? search::Mode::strict : search::Mode::standard;
      } else {
        fault("There is no mode " + quoted(value), "The modes are default and strict");
      }
    } else if (name == "explain") {
      read_switch(request.explain, parameter);
    } else if (name == "expand") {
      read_switch(request.expand, parameter);
    } else if (name == "correct") {
      read_switch(request.correct, parameter);
    } else if (name == "versions") {
      if (value == "joined" || value == "all") {
        request.join_versions = value == "joined";
      } else {
        fault("versions cannot be " + quoted(value), "Say versions=joined or versions=all");
      }
    } else if (name == "no_expand") {
      if (std::ranges::find(request.no_expand, value) == request.no_expand.end())
        request.no_expand.push_back(value);
    } else if (name == "ui") {
      request.ui =
          value.substr(0, 35);  // the longest well-formed tag that software must take (BCP 47, 4.4.1)
    } else {
      check_name(name);
    }
  }

  void read_switch(bool& on, const Parameter& parameter) {
    const std::string& value = parameter.value;
    if (value == "1" || value == "true" || value == "0" || value == "false") {
      on = value == "1" || value == "true";
    } else {
      fault(parameter.name + " cannot be " + quoted(value),
            "Say " + parameter.name + "=1 or " + parameter.name + "=0");
    }
  }

  void read_range(std::string& range, const Parameter& parameter) {
    const bool plausible = std::ranges::all_of(
        parameter.value, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ' '; });
    if (!plausible || parameter.value.size() > 32) {
      fault("The " + parameter.name + " " + quoted(parameter.value) + " cannot be read",
            "Write a range as 2015..2020, ..2020 or 2019-06..");
    } else {
      range = parameter.value;
    }
  }

  void select(schema::FieldId field, const Parameter& parameter) {
    const auto values =
        parameter.exact ? std::vector<std::string>{parameter.value} : split_values(parameter.value);
    if (field == schema::FieldId::year) {
      for (const std::string& value : values) {
        const bool year =
            value.size() == 4 && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
        if (!year)
          return fault("The year " + quoted(value) + " cannot be read",
                       "Write 2019, or a range as 2015..2020");
      }
    }
    if (values.empty()) return;
    auto& selections = result_.request.selections;
    auto selection = std::ranges::find(selections, field, &search::Selection::field);
    if (selection == selections.end()) selection = selections.insert(selections.end(), {field, {}});
    for (const std::string& value : values) {
      if (std::ranges::find(selection->values, value) == selection->values.end())
        selection->values.push_back(value);
    }
  }

  void read_sort(std::string_view value) {
    const auto* found = std::ranges::find(kSorts, value, &std::pair<std::string_view, Sort>::first);
    if (found != kSorts.end()) {
      result_.request.sort = found->second;
      return;
    }
    std::array<std::string_view, kSorts.size()> names;
    std::ranges::transform(kSorts, names.begin(), &std::pair<std::string_view, Sort>::first);
    fault("There is no sort order " + quoted(value), "The orders are " + joined(names));
  }

  void read_number(std::size_t& number, const Parameter& parameter, std::size_t most,
                   std::string_view too_large) {
    const std::string& text = parameter.value;
    std::size_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool digits = read.ptr == text.data() + text.size() && text.front() != '-';
    if (!digits || read.ec == std::errc::invalid_argument) {
      fault("The " + parameter.name + " " + quoted(text) + " is not a number",
            "Give a whole number from 0 to " + std::to_string(most));
    } else if (read.ec == std::errc::result_out_of_range || value > most) {
      fault("The " + parameter.name + " is more than " + std::to_string(most), std::string(too_large));
    } else {
      number = value;
    }
  }

  void read_facets(const Parameter& parameter) {
    auto facets = result_.request.facets.value_or(std::vector<schema::FieldId>{});
    for (const std::string& name : split_values(parameter.value)) {
      if (name == "none") continue;
      if (const auto field = facet_field(name)) {
        if (std::ranges::find(facets, *field) == facets.end()) facets.push_back(*field);
        continue;
      }
      std::vector<std::string_view> names;
      for (const schema::Field& field : schema::kFields) {
        if (field.is(schema::kFacet)) names.push_back(field.name);
      }
      return fault("There is no facet " + quoted(name),
                   "The facets are " + joined(names) + "; none counts none");
    }
    result_.request.facets = std::move(facets);
  }

  SearchParameters result_;
};

void append(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form.push_back('&');
  form.append(name).append("=").append(percent_encode(value));
}

}  // namespace

SearchParameters read_search_parameters(const Parameters& parameters) {
  return Reader().read(parameters);
}

std::vector<std::string> split_values(std::string_view list) {
  std::vector<std::string> values;
  std::string value;
  const auto finish = [&] {
    const auto first = value.find_first_not_of(' ');
    if (first != std::string::npos)
      values.push_back(value.substr(first, value.find_last_not_of(' ') - first + 1));
    value.clear();
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '\\' && i + 1 < list.size() && (list[i + 1] == ',' || list[i + 1] == '\\')) {
      value.push_back(list[++i]);
    } else if (list[i] == ',') {
      finish();
    } else {
      value.push_back(list[i]);
    }
  }
  finish();
  return values;
}

std::string escape_value(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == ',' || c == '\\') escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

std::string_view sort_name(Sort sort) {
  return std::ranges::find(kSorts, sort, &std::pair<std::string_view, Sort>::second)->first;
}

std::string to_form(const Request& request) {
  const Request defaults;
  std::string form;
  if (!request.q.empty()) append(form, "q", request.q);
  auto selections = request.selections;
  std::ranges::sort(selections, {}, &search::Selection::field);
  for (search::Selection& selection : selections) {
    std::ranges::sort(selection.values);
    for (const std::string& value : selection.values) {
      append(form, schema::field(selection.field).name, escape_value(value));
    }
  }
  if (!request.year.empty()) append(form, "year", request.year);
  if (!request.date.empty()) append(form, "date", request.date);
  if (request.sort != defaults.sort) append(form, "sort", sort_name(request.sort));
  if (request.limit != defaults.limit) append(form, "limit", std::to_string(request.limit));
  if (request.passages != defaults.passages) append(form, "passages", std::to_string(request.passages));
  if (request.facets) {
    std::string names;
    for (const schema::FieldId field : *request.facets) {
      names.append(names.empty() ? "" : ",").append(schema::field(field).name);
    }
    append(form, "facets", names.empty() ? "none" : names);
  }
  if (request.mode != defaults.mode) append(form, "mode", "strict");
  if (request.explain) append(form, "explain", "1");
  if (!request.join_versions) append(form, "versions", "all");
  if (!request.correct) append(form, "correct", "0");
  if (!request.expand) append(form, "expand", "0");
  for (const std::string& struck : request.no_expand) append(form, "no_expand", struck);
  if (request.ui != defaults.ui) append(form, "ui", request.ui);
  if (request.offset != defaults.offset) append(form, "offset", std::to_string(request.offset));
  return form;
}

}  // namespace carrel::query_server
