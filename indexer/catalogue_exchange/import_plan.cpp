#include "indexer/catalogue_exchange/import_plan.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// Finds the rows that an imported one is about.
class RowNames {
 public:
  void add(const CatalogueRow& row, std::size_t number) {
    if (row.fields.has(FieldId::id)) by_id_.emplace(row.fields.get(FieldId::id), number);
    if (row.fields.has(FieldId::url)) by_url_.emplace(row.fields.get(FieldId::url), number);
    if (!row.path.empty()) by_path_.emplace(row.path, number);
  }

  std::optional<std::size_t> find(const CatalogueRow& row) const {
    if (const auto at = find(by_id_, row.fields.get(FieldId::id))) return at;
    if (const auto at = find(by_url_, row.fields.get(FieldId::url))) return at;
    return find(by_path_, row.path);
  }

  std::optional<std::size_t> find(const std::string& name) const {
    if (const auto at = find(by_id_, name)) return at;
    return find(by_url_, name);
  }

 private:
  using Numbers = std::unordered_map<std::string, std::size_t>;
  static std::optional<std::size_t> find(const Numbers& numbers, const std::string& name) {
    const auto found = name.empty() ? numbers.end() : numbers.find(name);
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
  }

  Numbers by_id_;
  Numbers by_url_;
  Numbers by_path_;
};

CatalogueRow merged(const CatalogueRow& before, const CatalogueRow& imported) {
  CatalogueRow row;
  row.path = imported.path.empty() ? before.path : imported.path;
  for (const schema::Field& field : schema::kFields) {
    const CatalogueRow& from = imported.fields.has(field.id) ? imported : before;
    for (const std::string& value : from.fields.all(field.id)) row.fields.add(field.id, value);
  }
  return row;
}

bool same(const CatalogueRow& a, const CatalogueRow& b) {
  return a.path == b.path && a.fields == b.fields;
}

std::vector<FieldChange> changes(const CatalogueRow& before, const CatalogueRow& after) {
  std::vector<FieldChange> all;
  if (before.path != after.path) all.push_back({"path", before.path, after.path});
  for (const schema::Field& field : schema::kFields) {
    const auto& old_values = before.fields.all(field.id);
    const auto& new_values = after.fields.all(field.id);
    if (old_values == new_values) continue;
    all.push_back({std::string(field.name), fmt::format("{}", fmt::join(old_values, "; ")),
                   fmt::format("{}", fmt::join(new_values, "; "))});
  }
  return all;
}

RowDifference difference(RowChange change, const CatalogueRow& before, const CatalogueRow& after) {
  const CatalogueRow& named = change == RowChange::removed ? before : after;
  return {.change = change,
          .name = named.path.empty() ? named.fields.get(FieldId::url) : named.path,
          .title = named.fields.get(FieldId::title),
          .fields = change == RowChange::removed ? std::vector<FieldChange>{} : changes(before, after)};
}

}  // namespace

ImportPlan plan_import(const std::vector<CatalogueRow>& catalogue, const std::vector<CatalogueRow>& imported,
                       const std::vector<std::string>& deleted, const ImportOptions& options) {
  struct Slot {
    CatalogueRow row;
    bool named = false;  ///< by the import
    bool gone = false;
  };
  std::vector<Slot> slots;
  RowNames names;
  for (const CatalogueRow& row : catalogue) {
    names.add(row, slots.size());
    slots.push_back({row});
  }
  for (const CatalogueRow& row : imported) {
    const auto at = names.find(row);
    if (!at) {
      names.add(row, slots.size());
      slots.push_back({row, true});
      continue;
    }
    Slot& slot = slots[*at];
    slot.row = options.replace ? row : merged(slot.row, row);
    slot.named = true;
    slot.gone = false;
    names.add(slot.row, *at);
  }
  for (const std::string& name : deleted) {
    if (const auto at = names.find(name)) slots[*at].gone = true;
  }
  ImportPlan plan;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[i];
    const bool is_new = i >= catalogue.size();
    if (slot.gone || (options.replace && !slot.named)) {
      if (!is_new) plan.differences.push_back(difference(RowChange::removed, catalogue[i], slot.row));
      continue;
    }
    if (is_new) {
      plan.differences.push_back(difference(RowChange::added, {}, slot.row));
    } else if (!same(catalogue[i], slot.row)) {
      plan.differences.push_back(difference(RowChange::changed, catalogue[i], slot.row));
    } else {
      ++plan.unchanged;
    }
    plan.rows.push_back(std::move(slot.row));
  }
  return plan;
}

}  // namespace carrel::indexer
