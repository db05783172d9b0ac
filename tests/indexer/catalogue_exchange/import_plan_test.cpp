#include "indexer/catalogue_exchange/import_plan.h"

#include "tests/catch.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

namespace {

CatalogueRow row(std::string path, std::vector<std::pair<FieldId, std::string>> fields) {
  CatalogueRow made;
  made.path = std::move(path);
  for (auto& [field, value] : fields) made.fields.add(field, std::move(value));
  return made;
}

const std::vector<CatalogueRow> kBefore = {
    row("a.pdf", {{FieldId::title, "A"}, {FieldId::topic, "housing"}}),
    row("", {{FieldId::url, "https://example.org/b"}, {FieldId::id, "b"}, {FieldId::title, "B"}}),
    row("c.pdf", {{FieldId::title, "C"}}),
};

}  // namespace

TEST_CASE("Values of an import go before those of the catalogue, field by field") {
  const ImportPlan plan = plan_import(
      kBefore,
      {row("a.pdf", {{FieldId::title, "A, second edition"}}), row("d.pdf", {{FieldId::title, "D"}}),
       row("", {{FieldId::id, "b"}, {FieldId::url, "https://example.org/new-b"}})},
      {}, {});
  REQUIRE(plan.rows.size() == 4);
  CHECK(plan.rows[0].fields.get(FieldId::title) == "A, second edition");
  CHECK(plan.rows[0].fields.get(FieldId::topic) == "housing");
  CHECK(plan.rows[1].fields.get(FieldId::url) == "https://example.org/new-b");
  CHECK(plan.rows[1].fields.get(FieldId::title) == "B");
  CHECK(plan.unchanged == 1);
  REQUIRE(plan.differences.size() == 3);
  CHECK(plan.differences[0].change == RowChange::changed);
  REQUIRE(plan.differences[0].fields.size() == 1);
  CHECK(plan.differences[0].fields[0].field == "title");
  CHECK(plan.differences[0].fields[0].before == "A");
  CHECK(plan.differences[0].fields[0].after == "A, second edition");
  CHECK(plan.differences[2].change == RowChange::added);
  CHECK(plan.differences[2].name == "d.pdf");
}

TEST_CASE("An import that replaces takes away what it does not name") {
  const ImportPlan plan =
      plan_import(kBefore, {row("a.pdf", {{FieldId::title, "A"}}), kBefore[2]}, {}, {.replace = true});
  REQUIRE(plan.rows.size() == 2);
  CHECK_FALSE(plan.rows[0].fields.has(FieldId::topic));
  CHECK(plan.unchanged == 1);
  REQUIRE(plan.differences.size() == 2);
  CHECK(plan.differences[0].fields[0].after.empty());
  CHECK(plan.differences[1].change == RowChange::removed);
  CHECK(plan.differences[1].name == "https://example.org/b");
}

TEST_CASE("The same import twice changes nothing the second time") {
  const std::vector<CatalogueRow> imported = {row("x.pdf", {{FieldId::title, "X"}}), kBefore[0]};
  const ImportPlan first = plan_import(kBefore, imported, {}, {});
  CHECK(first.differences.size() == 1);
  CHECK(plan_import(first.rows, imported, {}, {}).differences.empty());
}

TEST_CASE("Records that their repository has deleted go, also when they were never here") {
  const ImportPlan plan = plan_import(kBefore, {}, {"b", "unknown"}, {});
  CHECK(plan.rows.size() == 2);
  REQUIRE(plan.differences.size() == 1);
  CHECK(plan.differences[0].change == RowChange::removed);
}
