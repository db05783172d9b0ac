#include "indexer/health_report/breakdowns.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "search/schema/language.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

struct Heading {
  FieldId field;
  const char* title;
};
constexpr std::array kHeadings = {
    Heading{FieldId::year, "By year"},
    Heading{FieldId::type, "By type"},
    Heading{FieldId::topic, "By topic"},
    Heading{FieldId::language, "By language"},
    Heading{FieldId::format, "By format"},
    Heading{FieldId::accessible, "By accessibility"},
    Heading{FieldId::audience, "By audience"},
    Heading{FieldId::publisher, "By publisher"},
    Heading{FieldId::jurisdiction, "By jurisdiction"},
    Heading{FieldId::series, "By series"},
};

std::string label_of(FieldId field, const std::string& value) {
  if (value.empty()) return field == FieldId::year ? "without a date" : "none given";
  if (field == FieldId::language) {
    std::string name = schema::language_name(value, "en");
    return name == value ? name : name + " (" + value + ")";
  }
  return value;
}

Breakdown by_field(const Collection& collection, const Heading& heading) {
  std::map<std::string, std::vector<std::size_t>> by_value;
  std::vector<std::size_t> without;
  Breakdown breakdown{.field = heading.field, .title = heading.title, .shares = {}, .documents = 0};
  for (std::size_t at = 0; at < collection.documents.size(); ++at) {
    const HeldDocument& document = collection.documents[at];
    if (!document.in_index()) continue;
    ++breakdown.documents;
    const auto& values = document.record.all(heading.field);
    for (const std::string& value : values) {
      auto& listed = by_value[value];
      if (listed.empty() || listed.back() != at) listed.push_back(at);
    }
    if (values.empty()) without.push_back(at);
  }
  for (auto& [value, documents] : by_value) {
    breakdown.shares.push_back(
        {.value = value, .label = label_of(heading.field, value), .documents = std::move(documents)});
  }
  if (heading.field != FieldId::year) {
    std::ranges::stable_sort(breakdown.shares, std::greater<>(),
                             [](const Share& share) { return share.documents.size(); });
  }
  if (!without.empty()) {
    breakdown.shares.push_back(
        {.value = {}, .label = label_of(heading.field, {}), .documents = std::move(without)});
  }
  return breakdown;
}

}  // namespace

std::vector<Breakdown> break_down(const Collection& collection) {
  std::vector<Breakdown> all;
  for (const Heading& heading : kHeadings) all.push_back(by_field(collection, heading));
  return all;
}

std::vector<Coverage> coverage(const Collection& collection) {
  std::vector<Coverage> all;
  for (const schema::Field& field : schema::kFields) {
    // Nobody misses that a document translates or replaces nothing.
    if (!field.is(schema::kCatalogue) || field.id == FieldId::id || field.id == FieldId::translation_of ||
        field.id == FieldId::supersedes) {
      continue;
    }
    Coverage one{.field = field.id, .label = std::string(field.label), .filled = 0, .lacking = {}};
    for (std::size_t at = 0; at < collection.documents.size(); ++at) {
      const HeldDocument& document = collection.documents[at];
      if (!document.in_index()) continue;
      if (document.record.has(field.id)) {
        ++one.filled;
      } else {
        one.lacking.push_back(at);
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace carrel::indexer
