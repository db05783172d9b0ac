#include "indexer/batch_writer.h"

#include <thread>

#include <fmt/format.h>

#include "search/schema/index_directory.h"
#include "search/schema/page_store.h"
#include "search/schema/stemming.h"
#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::indexer;
using carrel::schema::FieldId;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

Resource resource(int number) {
  Resource made;
  made.record.add(FieldId::id, fmt::format("r{}", number));
  made.record.add(FieldId::title, fmt::format("Title {}", number));
  made.record.add(FieldId::language, "en");
  made.record.add(FieldId::pages, "1");
  made.pages.push_back(
      {.text = fmt::format("common word{} {}", number, number % 2 == 0 ? "trafficked" : "trafficking")});
  return made;
}

}  // namespace

TEST_CASE("Batches of several threads become one database with documents, pages, stems and metadata") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "candidate/batches");
  constexpr int kEach = 700;
  {
    BatchWriter writer(folder / "candidate/batches", 2);
    std::vector<std::jthread> threads;
    std::atomic<int> failed{0};
    for (std::size_t worker = 0; worker < 2; ++worker) {
      threads.emplace_back([&, worker] {
        DocumentBuilder builder;
        for (int i = 0; i < kEach; ++i) {
          if (!writer.put(worker, builder.build(resource(static_cast<int>(worker) * kEach + i)))) ++failed;
        }
      });
    }
    threads.clear();
    REQUIRE(failed == 0);
    CHECK(writer.resources() == 2 * kEach);
    REQUIRE(writer.finish({{"carrel/format", "7"}}, folder / "whole"));
  }
  const Xapian::Database database((folder / "whole").string());
  CHECK(database.get_doccount() == 2 * kEach);
  CHECK(database.get_termfreq("common") == 2 * kEach);
  CHECK(database.get_metadata("carrel/format") == "7");
  for (const int number : {0, 699, 700, 1399}) {
    INFO(number);
    CHECK(database.get_termfreq(fmt::format("Qr{}", number)) == 1);
    const auto page =
        schema::decode_page(database.get_metadata(schema::page_key(fmt::format("r{}", number), 1)));
    REQUIRE(page);
    CHECK(page->text.starts_with(fmt::format("common word{} ", number)));
  }
  // Two threads and three batches have each learnt a part of the family.
  const std::string stem = schema::Stemmer("en").key("trafficking");
  const std::vector<std::string> forms(database.synonyms_begin(stem), database.synonyms_end(stem));
  CHECK(forms == std::vector<std::string>{"trafficked", "trafficking"});
  CHECK(Xapian::Database::check((folder / "whole").string(), 0, nullptr) == 0);
  CHECK(fs::is_empty(folder / "candidate/batches"));
}

TEST_CASE("Many batches are merged in steps, and a document keeps its words through all of them") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "candidate/batches");
  BatchWriter writer(folder / "candidate/batches", 1);
  DocumentBuilder builder;
  // A resource of a batch's full size closes its batch at once.
  const std::string filler(kBatchBytes, ' ');
  constexpr int kBatches = static_cast<int>(kMergeWidth) * 2 + 3;
  for (int i = 0; i < kBatches; ++i) {
    Resource large = resource(i);
    large.pages[0].text += filler;
    REQUIRE(writer.put(0, builder.build(large)));
  }
  CHECK(std::distance(fs::directory_iterator(folder / "candidate/batches"), {}) == 5);
  REQUIRE(writer.finish({}, folder / "whole"));
  const Xapian::Database database((folder / "whole").string());
  CHECK(database.get_doccount() == kBatches);
  CHECK(database.get_termfreq("word0") == 1);
  CHECK(database.get_termfreq(fmt::format("word{}", kBatches - 1)) == 1);
}
