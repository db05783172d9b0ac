// carrel-index watch as somebody meets it who only drops files into a folder.
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "search/searcher.h"
#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::tests;

namespace fs = std::filesystem;

namespace {

std::string page(const std::string& word) {
  return "<html lang=en><title>" + word + "</title><body><main><h1>" + word + "</h1><p>Some " + word +
         " here.</p>";
}

std::size_t found(const fs::path& index, const std::string& query) {
  auto searcher = search::Searcher::open(index);
  if (!searcher) return 0;
  const auto answer = searcher->search({.q = query});
  return answer ? answer->total : 0;
}

/// Generous: what is awaited comes within a second, but not on every machine.
bool comes_true(const std::function<bool()>& condition) {
  for (int i = 0; i < 600; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace

TEST_CASE("watch follows new files, new folders, changes, moves, removals and the catalogue") {
  const TemporaryFolder folder;
  folder.write("documents/a.html", page("apricot"));
  const fs::path catalogue = folder.write("catalog.csv", "path,topic\na.html,housing\n");
  const fs::path index = folder / "index";
  Background program("carrel-index", {"watch", "--index", index.string(), "--settle", "0.1", "--catalog",
                                      catalogue.string(), (folder / "documents").string()});
  CHECK(comes_true([&] { return found(index, "apricot") == 1; }));

  folder.write("documents/b.html", page("blueberry"));
  CHECK(comes_true([&] { return found(index, "blueberry") == 1; }));

  folder.write("documents/new/deeper/c.html", page("cherry"));
  CHECK(comes_true([&] { return found(index, "cherry") == 1; }));
  folder.write("documents/new/deeper/d.html", page("damson"));
  CHECK(comes_true([&] { return found(index, "damson") == 1; }));

  folder.write("documents/b.html", page("bilberry"));
  CHECK(comes_true([&] { return found(index, "bilberry") == 1 && found(index, "blueberry") == 0; }));

  fs::rename(folder / "documents/new", folder / "documents/renamed");
  CHECK(comes_true([&] { return found(index, "id:renamed/deeper/c.html") == 1; }));

  fs::remove(folder / "documents/b.html");
  CHECK(comes_true([&] { return found(index, "bilberry") == 0; }));

  // As editors write: a new file in the place of the old one.
  folder.write("catalog.new", "path,topic\na.html,health care\n");
  fs::rename(folder / "catalog.new", catalogue);
  CHECK(comes_true([&] { return found(index, "topic:\"health care\"") == 1; }));

  program.signal(SIGTERM);
  CHECK(program.wait() == 0);
}

TEST_CASE("watch goes on when its source is away for a while") {
  const TemporaryFolder folder;
  folder.write("documents/a.html", page("apricot"));
  const fs::path index = folder / "index";
  Background program("carrel-index", {"watch", "--index", index.string(), "--settle", "0.1", "--scan-every",
                                      "1", (folder / "documents").string()});
  CHECK(comes_true([&] { return found(index, "apricot") == 1; }));
  fs::rename(folder / "documents", folder / "away");
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  CHECK(found(index, "apricot") == 1);
  fs::rename(folder / "away", folder / "documents");
  folder.write("documents/b.html", page("blueberry"));
  CHECK(comes_true([&] { return found(index, "blueberry") == 1; }));
  program.signal(SIGTERM);
  CHECK(program.wait() == 0);
}

TEST_CASE("watch says at once what is wrong at its start") {
  const TemporaryFolder folder;
  const Finished finished =
      run("carrel-index", {"watch", "--index", (folder / "index").string(), (folder / "nowhere").string()});
  CHECK(finished.exit_code == 2);
  CHECK(finished.err.find("nowhere") != std::string::npos);
}
