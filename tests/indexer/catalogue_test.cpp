#include "indexer/catalogue.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using carrel::indexer::Catalogue;
using carrel::schema::FieldId;
using carrel::tests::TemporaryFolder;

namespace {

std::string mistake_in(std::string_view csv) {
  const TemporaryFolder folder;
  const auto catalogue = Catalogue::load(folder.write("catalog.csv", csv));
  return catalogue ? "" : catalogue.error().message;
}

bool mentions(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A catalogue row gives its values by field") {
  const TemporaryFolder folder;
  const auto catalogue =
      Catalogue::load(folder.write("catalog.csv",
                                   "path,title,topic,date,language\n"
                                   "./a/b.pdf,\"T, one\",housing; legal services,2020-04,EN_us\n"));
  REQUIRE(catalogue);
  const auto* row = catalogue->find_file("a/b.pdf", "/elsewhere/a/b.pdf");
  REQUIRE(row != nullptr);
  CHECK(row->line == 2);
  CHECK(row->fields.get(FieldId::title) == "T, one");
  CHECK(row->fields.all(FieldId::topic) == std::vector<std::string>{"housing", "legal services"});
  CHECK(row->fields.get(FieldId::date) == "2020-04");
  CHECK(row->fields.get(FieldId::language) == "en-US");
}

TEST_CASE("A catalogue row matches by the path below the source or below the catalogue's own folder") {
  const TemporaryFolder folder;
  const auto catalogue = Catalogue::load(folder.write("catalog.csv", "path,title\nlibrary/a.pdf,A\n"));
  REQUIRE(catalogue);
  CHECK(catalogue->find_file("library/a.pdf", "/x/library/a.pdf") != nullptr);
  CHECK(catalogue->find_file("a.pdf", (folder / "library/a.pdf").string()) != nullptr);
  CHECK(catalogue->find_file("a.pdf", "/x/a.pdf") == nullptr);
}

TEST_CASE("A catalogue can be JSON Lines, several values as an array") {
  const TemporaryFolder folder;
  const auto catalogue =
      Catalogue::load(folder.write("catalog.jsonl",
                                   "{\"path\":\"a.pdf\",\"topic\":[\"housing\",\"a; "
                                   "b\"],\"title\":\"T\"}\n\n{\"url\":\"https://x.example/b\"}\n"));
  REQUIRE(catalogue);
  REQUIRE(catalogue->find_file("a.pdf", "/a.pdf") != nullptr);
  CHECK(catalogue->find_file("a.pdf", "/a.pdf")->fields.all(FieldId::topic) ==
        std::vector<std::string>{"housing", "a; b"});
  CHECK(catalogue->find_url("https://x.example/b") != nullptr);
}

TEST_CASE("Mistakes of a catalogue are named with line and column") {
  CHECK(mentions(mistake_in("path,titel\na.pdf,x\n"), "no column 'titel'; did you mean 'title'?"));
  CHECK(mentions(mistake_in("title\nx\n"), "no column 'path' or 'url'"));
  CHECK(mentions(mistake_in("path,date\na.pdf,2020-13\n"), "line 2, column date: '2020-13' is not a date"));
  CHECK(mentions(mistake_in("path,language\na.pdf,english please\n"), "line 2, column language"));
  CHECK(mentions(mistake_in("path,url\na.pdf,javascript:alert(1)\n"), "line 2, column url"));
  CHECK(mentions(mistake_in("path,title\na.pdf\n"), "line 2: 1 fields where the header has 2"));
  CHECK(mentions(mistake_in("path,title\n,x\n"), "line 2, column path"));
  CHECK(mentions(mistake_in("path\na.pdf\n./a.pdf\n"), "line 3, column path: 'a.pdf' has a row already"));
  CHECK(mentions(mistake_in("path,id\na.pdf,x\nb.pdf,x\n"), "line 3, column id: 'x' has a row already"));
  CHECK(mentions(mistake_in("path,title\n\"a.pdf,x\n"), "line 2: a quoted field never ends"));
  CHECK(mentions(mistake_in(""), "is empty"));
}

TEST_CASE("Several mistakes of a catalogue are told at once, at most ten") {
  std::string csv = "path,date\n";
  for (int i = 0; i < 14; ++i) csv += "f" + std::to_string(i) + ".pdf,never\n";
  const std::string text = mistake_in(csv);
  CHECK(mentions(text, "line 2, column date"));
  CHECK(mentions(text, "line 11, column date"));
  CHECK_FALSE(mentions(text, "line 12, column date"));
  CHECK(mentions(text, "and 4 more"));
}

TEST_CASE("A catalogue that is not there or is a folder is an error with a hint") {
  const TemporaryFolder folder;
  const auto missing = Catalogue::load(folder / "no.csv");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == carrel::ErrorKind::not_found);
  CHECK_FALSE(missing.error().hint.empty());
  CHECK_FALSE(Catalogue::load(folder.path()));
}

TEST_CASE("A changed cell changes the fingerprint of its row and of no other") {
  const TemporaryFolder folder;
  const auto before = Catalogue::load(folder.write("a.csv", "path,title\na.pdf,A\nb.pdf,B\n")).value();
  const auto after = Catalogue::load(folder.write("b.csv", "path,title\na.pdf,A\nb.pdf,B!\n")).value();
  CHECK(before.rows()[0].hash == after.rows()[0].hash);
  CHECK(before.rows()[1].hash != after.rows()[1].hash);
}
