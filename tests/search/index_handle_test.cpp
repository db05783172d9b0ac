// Opening an index, and following the writer.
#include "search/index_handle.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include <unistd.h>

#include "search/schema/index_directory.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::ErrorKind;

namespace fs = std::filesystem;

namespace {

ErrorKind error_of(const fs::path& directory) {
  const auto opened = Searcher::open(directory.string());
  REQUIRE_FALSE(opened);
  CHECK_FALSE(opened.error().message.empty());
  CHECK_FALSE(opened.error().hint.empty());
  return opened.error().kind;
}

void set_format(const Library& library, const std::string& format) {
  const auto generation = carrel::schema::current_generation(library.path()).value();
  Xapian::WritableDatabase database(generation.string(), Xapian::DB_OPEN);
  database.set_metadata(std::string(carrel::schema::kFormatKey), format);
  database.commit();
}

}  // namespace

TEST_CASE("What is no index is said plainly") {
  const TemporaryFolder folder;
  CHECK(error_of(folder / "absent") == ErrorKind::not_found);
  fs::create_directory(folder / "empty");
  CHECK(error_of(folder / "empty") == ErrorKind::not_an_index);
  folder.write("file", "x");
  CHECK(error_of(folder / "file") == ErrorKind::not_an_index);
  fs::create_directories(folder / "odd/generation");
  fs::create_symlink("generation", folder / "odd/current");
  CHECK(error_of(folder / "odd") == ErrorKind::not_an_index);
}

TEST_CASE("An index of another format version is refused with the reason") {
  const Library library(Entries{{.id = "a", .title = "T"}});
  set_format(library, std::to_string(carrel::schema::kFormatVersion + 1));
  CHECK(error_of(library.path()) == ErrorKind::newer_format);
  set_format(library, std::to_string(carrel::schema::kFormatVersion - 1));
  CHECK(error_of(library.path()) == ErrorKind::older_format);
  set_format(library, "");
  CHECK(error_of(library.path()) == ErrorKind::not_an_index);
}

TEST_CASE("A damaged index is said to be damaged") {
  const Library library(Entries{{.id = "a", .title = "T"}});
  const fs::path generation = carrel::schema::current_generation(library.path()).value();
  std::ofstream(generation / "iamglass", std::ios::trunc) << "this is no revision file at all";
  CHECK(error_of(library.path()) == ErrorKind::damaged);
}

TEST_CASE("An index without the right to read is unreadable") {
  if (::geteuid() == 0) return;  // root reads everything
  const Library library(Entries{{.id = "a", .title = "T"}});
  const fs::path generation = carrel::schema::current_generation(library.path()).value();
  fs::permissions(generation / "iamglass", fs::perms::none);
  CHECK(error_of(library.path()) == ErrorKind::unreadable);
}

TEST_CASE("A new commit is seen by the next question, with facets and languages") {
  Library library(Entries{{.id = "a", .title = "Labor"}});
  Searcher searcher = library.open();
  const std::string before = searcher.revision();
  CHECK_FALSE(*searcher.refresh());
  library.commit({{.id = "b", .title = "Víctimas", .language = "es"}});
  CHECK(*searcher.refresh());
  CHECK(searcher.revision() != before);
  CHECK(searcher.revision().substr(0, 8) == before.substr(0, 8));
  library.commit({{.id = "c", .title = "Trabajo"}});
  const Answer answer = ask(searcher, "víctima");
  CHECK(ids(answer) == std::vector<std::string>{"b"});
  CHECK(answer.revision == searcher.revision());
  CHECK(searcher.size() == 3);
}

TEST_CASE("A commit is seen after a long time without one") {
  Library library(Entries{{.id = "a", .title = "Labor"}});
  Searcher searcher = library.open();
  // So old that a look at one file is enough to see that there is nothing new.
  std::this_thread::sleep_for(std::chrono::milliseconds(4100));
  for (int i = 0; i < 3; ++i) CHECK_FALSE(*searcher.refresh());
  library.commit({{.id = "b", .title = "Labor"}});
  CHECK(ask(searcher, "labor").total == 2);
  CHECK_FALSE(*searcher.refresh());
  library.commit({{.id = "c", .title = "Labor"}});
  CHECK(*searcher.refresh());
}

TEST_CASE("When `current` is swapped to another generation, that one answers") {
  const Library old(Entries{{.id = "old", .title = "Labor"}});
  const Library made_anew(Entries{{.id = "new", .title = "Labor"}});
  Searcher searcher = old.open();
  CHECK(ids(ask(searcher, "labor")) == std::vector<std::string>{"old"});
  const fs::path directory = old.path();
  const auto previous = carrel::schema::current_generation(directory).value();
  fs::rename(carrel::schema::current_generation(made_anew.path()).value(), directory / "generation-000002");
  fs::create_symlink("generation-000002", directory / "next");
  fs::rename(directory / "next", directory / "current");
  fs::remove_all(previous);
  CHECK(ids(ask(searcher, "labor")) == std::vector<std::string>{"new"});
}

TEST_CASE("An index that goes away answers as before until it comes back") {
  const Library library(Entries{{.id = "a", .title = "Labor"}});
  Searcher searcher = library.open();
  fs::rename(library.path(), library.path() + ".gone");
  CHECK_FALSE(searcher.refresh());
  CHECK(ask(searcher, "labor").total == 1);
  fs::rename(library.path() + ".gone", library.path());
  CHECK(searcher.refresh());
}

TEST_CASE("Threads share an index and no question fails while a writer commits") {
  Library library(Entries{{.id = "a", .title = "Labor", .pages = {"labor"}}});
  const Searcher first = library.open();
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0, questions = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      auto own = first.fork_for_thread();
      if (!own) {
        ++failures;
        return;
      }
      while (!done) {
        const auto answer = own->search({.q = "labor"});
        if (!answer || answer->total == 0 || answer->hits.empty() || answer->hits[0].passages.empty())
          ++failures;
        ++questions;
      }
    });
  }
  for (int i = 0; i < 12; ++i) {
    library.commit({{.id = "r" + std::to_string(i), .title = "Labor", .pages = {"more labor"}},
                    {.id = "a", .title = "Labor " + std::to_string(i), .pages = {"labor again"}}});
  }
  done = true;
  threads.clear();
  CHECK(failures == 0);
  CHECK(questions > 0);
}
