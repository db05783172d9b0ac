#include "indexer/index_writer.h"

#include <xapian.h>

#include "search/schema/index_directory.h"
#include "search/schema/page_store.h"
#include "search/schema/stemming.h"
#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::schema::FieldId;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

Resource resource(const std::string& id, std::vector<std::string> pages, const std::string& language = "en") {
  Resource made;
  made.record.add(FieldId::id, id);
  made.record.add(FieldId::title, "Title words");
  made.record.add(FieldId::language, language);
  made.record.add(FieldId::topic, "Housing");
  made.record.add(FieldId::date, "2020-04");
  made.record.add(FieldId::pages, std::to_string(pages.size()));
  for (std::string& text : pages) made.pages.push_back({.text = std::move(text)});
  return made;
}

Xapian::Database read(const fs::path& index) {
  return Xapian::Database(carrel::schema::current_generation(index).value().string());
}

std::vector<Xapian::termpos> positions(const Xapian::Database& database, const std::string& term) {
  const Xapian::PostingIterator at = database.postlist_begin(term);
  if (at == database.postlist_end(term)) return {};
  return {database.positionlist_begin(*at, term), database.positionlist_end(*at, term)};
}

/// Opens, puts the resources, commits.
void write(const fs::path& index, std::vector<Resource> resources) {
  auto writer = IndexWriter::open(index);
  REQUIRE(writer);
  for (Resource& one : resources) REQUIRE(writer->put(one));
  REQUIRE(writer->commit("test"));
}

}  // namespace

TEST_CASE("A page break stands at the first word of its page and behind the last, an empty page has a position of its own") {
  const TemporaryFolder folder;
  write(folder / "i", {resource("r", {"alpha beta", "", "gamma"})});
  const Xapian::Database database = read(folder / "i");
  const auto breaks = positions(database, "XPB");
  REQUIRE(breaks.size() == 4);  // the last one behind all text
  CHECK(positions(database, "alpha") == std::vector{breaks[0]});
  CHECK(positions(database, "beta") == std::vector{breaks[0] + 1});
  CHECK(breaks[1] == breaks[0] + 2);
  CHECK(breaks[2] == breaks[1] + 1);
  CHECK(positions(database, "gamma") == std::vector{breaks[2]});
  CHECK(breaks[3] == breaks[2] + 1);
}

TEST_CASE("Running heads are kept with their page but have neither postings nor positions") {
  const TemporaryFolder folder;
  Resource made = resource("r", {"Bulletin\nalpha beta\n12", "Bulletin", "gamma"});
  made.pages[0].unindexed = {{0, 8}, {20, 22}};
  made.pages[1].unindexed = {{0, 8}};
  write(folder / "i", {made});
  const Xapian::Database database = read(folder / "i");
  CHECK_FALSE(database.term_exists("bulletin"));
  CHECK_FALSE(database.term_exists("12"));
  const auto breaks = positions(database, "XPB");
  REQUIRE(breaks.size() == 4);  // the last one behind all text
  CHECK(positions(database, "alpha") == std::vector{breaks[0]});
  CHECK(positions(database, "beta") == std::vector{breaks[0] + 1});
  CHECK(breaks[1] == breaks[0] + 2);
  CHECK(positions(database, "gamma") == std::vector{breaks[2]});
  const auto page = carrel::schema::decode_page(database.get_metadata(carrel::schema::page_key("r", 1)));
  CHECK(page->text == "Bulletin\nalpha beta\n12");
  CHECK(page->unindexed == made.pages[0].unindexed);
}

TEST_CASE("Title words count three times in the body and have terms of their own") {
  const TemporaryFolder folder;
  write(folder / "i", {resource("r", {"text"})});
  const Xapian::Database database = read(folder / "i");
  CHECK(database.get_collection_freq("title") == 3);
  CHECK(database.get_collection_freq("Stitle") == 1);
  CHECK(positions(database, "words").at(0) == positions(database, "title").at(0) + 1);
}

TEST_CASE("Stems lead to written forms by language, accents keep their exact form") {
  const TemporaryFolder folder;
  write(folder / "i",
        {resource("en", {"Trafficking traffickers"}), resource("es", {"Niños víctimas"}, "es")});
  const Xapian::Database database = read(folder / "i");
  const std::string stem = carrel::schema::Stemmer("en").key("trafficking");
  const std::vector<std::string> forms(database.synonyms_begin(stem), database.synonyms_end(stem));
  CHECK(std::ranges::find(forms, "trafficking") != forms.end());
  CHECK(database.term_exists("ninos"));
  CHECK(database.term_exists("XEniños"));
  CHECK_FALSE(database.term_exists("XEtrafficking"));
}

TEST_CASE("A page in another language than its resource is stemmed in its own") {
  const TemporaryFolder folder;
  Resource report = resource("r", {"Trafficking here", "Las v\u00edctimas hablaban"});
  report.pages[1].language = "es-MX";
  write(folder / "i", {report});
  const Xapian::Database database = read(folder / "i");
  const auto forms = [&](const std::string& key) {
    return std::vector<std::string>(database.synonyms_begin(key), database.synonyms_end(key));
  };
  CHECK(forms(carrel::schema::Stemmer("en").key("trafficking")) == std::vector<std::string>{"trafficking"});
  CHECK(forms("es:habl") == std::vector<std::string>{"hablaban"});
  CHECK(carrel::schema::decode_page(database.get_metadata(carrel::schema::page_key("r", 2)))->language ==
        "es-MX");
}

TEST_CASE("A replaced resource leaves no page behind") {
  const TemporaryFolder folder;
  write(folder / "i", {resource("r", {"one", "two", "three"})});
  write(folder / "i", {resource("r", {"only"})});
  const Xapian::Database database = read(folder / "i");
  CHECK(database.get_doccount() == 1);
  CHECK(carrel::schema::decode_page(database.get_metadata(carrel::schema::page_key("r", 1)))->text == "only");
  CHECK(database.get_metadata(carrel::schema::page_key("r", 2)).empty());
  CHECK_FALSE(database.term_exists("three"));
}

TEST_CASE("Where each field came from is kept with the resource and goes with it") {
  const TemporaryFolder folder;
  Resource told = resource("r", {"one"});
  told.sources = {{FieldId::title, "PDF Info"}, {FieldId::date, "catalogue, line 7"}};
  write(folder / "i", {told});
  const auto stored = stored_resource(folder / "i", "r");
  REQUIRE(stored);
  CHECK(stored->sources.at(FieldId::title) == "PDF Info");
  CHECK(stored->sources.at(FieldId::date) == "catalogue, line 7");
  {
    auto writer = IndexWriter::open(folder / "i");
    REQUIRE(writer);
    REQUIRE(writer->remove("r"));
    REQUIRE(writer->commit("test"));
  }
  CHECK(stored_resource(folder / "i", "r").error().kind == ErrorKind::not_found);
  const Xapian::Database database = read(folder / "i");
  CHECK(database.metadata_keys_begin("sources/") == database.metadata_keys_end("sources/"));
}

TEST_CASE("Nothing is seen before a commit, and a first run without one leaves no trace") {
  const TemporaryFolder folder;
  {
    auto writer = IndexWriter::open(folder / "i");
    REQUIRE(writer);
    auto one = resource("r", {"x"});
    REQUIRE(writer->put(one));
  }
  CHECK_FALSE(fs::exists(folder / "i"));
  write(folder / "i", {resource("a", {"x"})});
  {
    auto writer = IndexWriter::open(folder / "i");
    REQUIRE(writer);
    REQUIRE(writer->remove("a"));
  }
  CHECK(read(folder / "i").get_doccount() == 1);
}

TEST_CASE("A second writer is told who holds the index") {
  const TemporaryFolder folder;
  write(folder / "i", {resource("a", {"x"})});
  const auto first = IndexWriter::open(folder / "i");
  REQUIRE(first);
  const auto second = IndexWriter::open(folder / "i");
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::locked);
  CHECK(second.error().message.find("process " + std::to_string(::getpid())) != std::string::npos);
  CHECK(second.error().message.find("carrel-index update") != std::string::npos);
}

TEST_CASE("A folder with other files is refused and left as it was") {
  const TemporaryFolder folder;
  folder.write("i/holiday.jpg", "x");
  const auto writer = IndexWriter::open(folder / "i");
  REQUIRE_FALSE(writer);
  CHECK(writer.error().kind == ErrorKind::not_an_index);
  CHECK(std::distance(fs::directory_iterator(folder / "i"), {}) == 1);
}

TEST_CASE("An index of another format is refused by name, whoever wrote it") {
  const TemporaryFolder folder;
  write(folder / "i", {resource("a", {"x"})});
  const auto set_format = [&](const std::string& value) {
    Xapian::WritableDatabase database(carrel::schema::current_generation(folder / "i").value().string());
    database.set_metadata(std::string(carrel::schema::kFormatKey), value);
    database.commit();
  };
  const auto kind = [&] { return IndexWriter::open(folder / "i").error().kind; };
  set_format("0");
  CHECK(kind() == ErrorKind::older_format);
  set_format("99");
  CHECK(kind() == ErrorKind::newer_format);
  CHECK(read_index_state(folder / "i").error().kind == ErrorKind::newer_format);
  set_format("");
  CHECK(kind() == ErrorKind::not_an_index);
}

TEST_CASE("A sound index passes its check, a damaged one does not") {
  const TemporaryFolder folder;
  std::vector<Resource> many;
  for (int i = 0; i < 50; ++i)
    many.push_back(resource("r" + std::to_string(i), {std::string(3000, 'a' + i % 26)}));
  {
    auto writer = IndexWriter::open(folder / "i");
    REQUIRE(writer);
    for (Resource& one : many) {
      REQUIRE(writer->put(one));
      const std::string& id = one.record.get(FieldId::id);
      writer->ledger().put({.file = {.path = "/" + id, .relative = id}, .id = id});
    }
    REQUIRE(writer->commit("test"));
  }
  CHECK(check_index(folder / "i"));
  const fs::path table = carrel::schema::current_generation(folder / "i").value() / "postlist.glass";
  fs::resize_file(table, fs::file_size(table) / 2);
  CHECK_FALSE(check_index(folder / "i"));
}
