#include "indexer/catalogue_exchange/catalogue_import.h"

#include <chrono>

#include "tests/catch.h"
#include "tests/indexer/fetch/web_of_a_test.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using namespace std::chrono_literals;
using carrel::ErrorKind;
using carrel::schema::FieldId;

namespace fs = std::filesystem;

namespace {

const std::atomic<bool> kGoOn{false};

CatalogueImportOptions from(const fs::path& catalogue, std::vector<std::string> sources, bool apply = true) {
  return {.catalogue = catalogue,
          .sources = {.sources = std::move(sources), .harvest = std::nullopt},
          .plan = {},
          .skip_mistakes = false,
          .apply = apply,
          .access = {.http = {.user_agent = "Carrel/test",
                              .most_bytes = 1'000'000,
                              .timeout = 5s,
                              .allow_private = true},
                     .delay = 0ms}};
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr const char* kTwoRecords =
    "<collection><dc><title>One</title><identifier>https://example.org/1</identifier></dc>"
    "<dc><title>Two</title></dc></collection>";

}  // namespace

TEST_CASE("An import is told first and written only when asked to, with the catalogue of before kept") {
  const TemporaryFolder folder;
  const fs::path catalogue = folder.write("catalog.csv", "path,title\na.pdf,A\n");
  const fs::path more =
      folder.write("more.jsonl",
                   "{\"path\":\"a.pdf\",\"title\":\"A2\"}\n{\"path\":\"b.pdf\",\"topic\":[\"x\",\"y;z\"]}\n");
  const auto told = import_catalogue(from(catalogue, {more.string()}, false), kGoOn);
  REQUIRE(told);
  CHECK_FALSE(told->written);
  CHECK(text_of(catalogue) == "path,title\na.pdf,A\n");
  const std::string text = to_text(told->plan);
  CHECK(text.find("~ changed a.pdf  A2\n    title           A → A2\n") != std::string::npos);
  CHECK(text.find("+ added   b.pdf\n") != std::string::npos);
  CHECK(import_catalogue(from(catalogue, {more.string()}), kGoOn)->written);
  CHECK(text_of(catalogue.string() + "~") == "path,title\na.pdf,A\n");
  CHECK(Catalogue::load(catalogue)->rows()[1].fields.all(FieldId::topic) ==
        std::vector<std::string>{"x", "y;z"});
  CHECK_FALSE(import_catalogue(from(catalogue, {more.string()}), kGoOn)->written);
}

TEST_CASE("A catalogue that is not there yet begins with an import, in the format of its name") {
  const TemporaryFolder folder;
  const fs::path rows = folder.write("rows.csv", "url,title\nhttps://example.org/1,One\n");
  CHECK(import_catalogue(from(folder / "new.jsonl", {rows.string()}), kGoOn)->written);
  CHECK(text_of(folder / "new.jsonl") == "{\"url\":\"https://example.org/1\",\"title\":\"One\"}\n");
}

TEST_CASE("Mistakes are named with row and column, and nothing is written") {
  const TemporaryFolder folder;
  const fs::path catalogue = folder.write("catalog.csv", "path,title,url\na.pdf,A,https://example.org/a\n");
  const std::string before = text_of(catalogue);
  const fs::path wrong = folder.write("wrong.csv", "path,date\nb.pdf,2020-13\nc.pdf,soon\n");
  const auto dates = import_catalogue(from(catalogue, {wrong.string()}), kGoOn);
  REQUIRE_FALSE(dates);
  CHECK(dates.error().kind == ErrorKind::usage);
  CHECK(dates.error().message.find("line 2, column date") != std::string::npos);
  CHECK(dates.error().message.find("line 3, column date") != std::string::npos);
  const fs::path records = folder.write("records.xml", kTwoRecords);
  const auto no_address = import_catalogue(from(catalogue, {records.string()}), kGoOn);
  REQUIRE_FALSE(no_address);
  CHECK(no_address.error().message.find("record 2, identifier") != std::string::npos);
  // Two rows that end in one address.
  const fs::path clash = folder.write("clash.csv", "path,id,url\nz.pdf,z,\n,z,https://example.org/a\n");
  const auto twice = import_catalogue(from(catalogue, {clash.string()}), kGoOn);
  CHECK_FALSE(twice);
  CHECK(text_of(catalogue) == before);
  CatalogueImportOptions lenient = from(catalogue, {records.string()});
  lenient.skip_mistakes = true;
  const auto outcome = import_catalogue(lenient, kGoOn);
  REQUIRE(outcome);
  CHECK(outcome->written);
  CHECK(outcome->skipped.size() == 1);
  CHECK(Catalogue::load(catalogue)->rows().size() == 2);
}

TEST_CASE("Sources may be addresses, and a source that fails changes nothing") {
  const TemporaryFolder folder;
  WebOfATest web;
  web.answer("/rows.csv", {.body = "path,title\na.pdf,From the web\n", .type = "text/csv"});
  const fs::path catalogue = folder / "catalog.csv";
  CHECK(import_catalogue(from(catalogue, {web.url("/rows.csv")}), kGoOn)->written);
  CHECK(Catalogue::load(catalogue)->rows()[0].fields.get(FieldId::title) == "From the web");
  const std::string before = text_of(catalogue);
  for (const std::string& source : {web.url("/none.csv"), (folder / "none.xml").string()})
    CHECK_FALSE(import_catalogue(from(catalogue, {source}), kGoOn));
  folder.write("html.xml", "<html><body><p>No records</p></body></html>");
  CHECK(import_catalogue(from(catalogue, {(folder / "html.xml").string()}), kGoOn).error().kind ==
        ErrorKind::damaged);
  CHECK(text_of(catalogue) == before);
}
