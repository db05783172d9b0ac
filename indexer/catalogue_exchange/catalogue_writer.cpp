#include "indexer/catalogue_exchange/catalogue_writer.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "indexer/csv.h"

namespace carrel::indexer {

namespace json = boost::json;

namespace {

/// Values as one cell. Backslashes count only before a ';': there they are doubled.
std::string cell_of(const std::vector<std::string>& values, bool many) {
  if (!many) return values.empty() ? "" : values.front();
  std::string cell;
  for (std::size_t at = 0; at < values.size(); ++at) {
    std::size_t slashes = 0;
    for (const char c : values[at]) {
      if (c == ';') cell.append(slashes + 1, '\\');
      slashes = c == '\\' ? slashes + 1 : 0;
      cell += c;
    }
    if (at + 1 < values.size()) cell.append(slashes, '\\').append(";");
  }
  return cell;
}

bool has_value(const std::vector<CatalogueRow>& rows, schema::FieldId field) {
  return std::ranges::any_of(rows, [&](const CatalogueRow& row) { return row.fields.has(field); });
}

}  // namespace

std::string catalogue_csv(const std::vector<CatalogueRow>& rows) {
  std::vector<const schema::Field*> columns;
  for (const schema::Field& field : schema::kFields) {
    if (field.is(schema::kCatalogue) && has_value(rows, field.id)) columns.push_back(&field);
  }
  // One of the two must be there, also in a catalogue without rows.
  const bool paths =
      rows.empty() || std::ranges::any_of(rows, [](const CatalogueRow& row) { return !row.path.empty(); });
  std::vector<std::string> names;
  if (paths) names.emplace_back("path");
  for (const schema::Field* field : columns) names.emplace_back(field->name);
  std::string text = fmt::format("{}\r\n", fmt::join(names, ","));
  for (const CatalogueRow& row : rows) {
    std::vector<std::string> cells;
    if (paths) cells.push_back(csv_field(row.path));
    for (const schema::Field* field : columns)
      cells.push_back(csv_field(cell_of(row.fields.all(field->id), field->is(schema::kMany))));
    text += fmt::format("{}\r\n", fmt::join(cells, ","));
  }
  return text;
}

std::string catalogue_json_lines(const std::vector<CatalogueRow>& rows) {
  std::string text;
  for (const CatalogueRow& row : rows) {
    json::object line;
    if (!row.path.empty()) line["path"] = row.path;
    for (const schema::Field& field : schema::kFields) {
      const auto& values = row.fields.all(field.id);
      if (!field.is(schema::kCatalogue) || values.empty()) continue;
      line[field.name] = values.size() == 1 ? json::value(values.front()) : json::value_from(values);
    }
    text += json::serialize(line) + "\n";
  }
  return text;
}

std::string catalogue_text(const std::vector<CatalogueRow>& rows, const std::filesystem::path& file) {
  return Catalogue::is_json_lines(file) ? catalogue_json_lines(rows) : catalogue_csv(rows);
}

}  // namespace carrel::indexer
