#include "benchmarks/relevance/collection.h"

#include <fstream>
#include <set>
#include <string>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

namespace carrel::relevance {
namespace {

using tests::TemporaryFolder;

void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

TEST_CASE("Form feeds in a text divide pages, and ids may be numbers") {
  const TemporaryFolder folder;
  write(folder.path() / "corpus.jsonl",
        "{\"_id\": 7, \"title\": \"T\", \"text\": \"one\\ftwo\"}\r\n\n{\"_id\": \"b\", \"text\": \"\"}\n");
  const auto documents = read_documents(folder.path());
  REQUIRE(documents);
  REQUIRE(documents->size() == 2);
  CHECK((*documents)[0].id == "7");
  CHECK((*documents)[0].title == "T");
  CHECK((*documents)[0].pages == std::vector<std::string>{"one", "two"});
  CHECK((*documents)[1].title.empty());
}

TEST_CASE("Judgements are read with and without a header, in three columns and in four, in either place") {
  for (const char* text : {"query-id\tcorpus-id\tscore\n1\td\t2\n", "1\td\t2\n", "1 0 d 2\n"}) {
    for (const char* place : {"qrels.tsv", "qrels/test.tsv"}) {
      const TemporaryFolder folder;
      write(folder.path() / "queries.jsonl",
            "{\"_id\": \"1\", \"text\": \"goat\"}\n{\"_id\": \"2\", \"text\": \"not judged\"}\n");
      write(folder.path() / place, text);
      const auto queries = read_queries(folder.path());
      REQUIRE(queries);
      REQUIRE(queries->size() == 1);
      CHECK(queries->front().text == "goat");
      CHECK(queries->front().grades == std::map<std::string, int>{{"d", 2}});
    }
  }
}

TEST_CASE("Judged pages belong to a query and a resource") {
  const TemporaryFolder folder;
  write(folder.path() / "j.tsv", "query\tid\tgrade\tpages\nt visa\ta\t3\t2,5\nt visa\tb\t1\t\n");
  const auto queries = read_judgements(folder.path() / "j.tsv");
  REQUIRE(queries);
  REQUIRE(queries->size() == 1);
  CHECK(queries->front().grades == std::map<std::string, int>{{"a", 3}, {"b", 1}});
  CHECK(queries->front().pages.at("a") == std::set<unsigned>{2, 5});
  CHECK_FALSE(queries->front().pages.contains("b"));
}

TEST_CASE("What is wrong in a collection is told with file and line") {
  const TemporaryFolder folder;
  CHECK(read_documents(folder.path()).error().kind == ErrorKind::not_found);
  write(folder.path() / "corpus.jsonl", "{\"_id\": \"1\"}\n{\n");
  CHECK(read_documents(folder.path())
            .error()
            .message.ends_with("corpus.jsonl, line 2: no JSON object with an _id"));
  write(folder.path() / "qrels.tsv", "1\td\t1\n1\td\tmany\n");
  CHECK(read_queries(folder.path()).error().message.ends_with("qrels.tsv, line 2: the grade is no number"));
}

}  // namespace
}  // namespace carrel::relevance
