// Plans, updates, rebuilds and going back, as a librarian meets them.
#include <csignal>
#include <ctime>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

std::string page(std::string_view title, std::string_view text) {
  return "<!doctype html><html lang=en><head><meta charset=utf-8><title>" + std::string(title) +
         "</title></head><body><main><h1>" + std::string(title) + "</h1><p>" + std::string(text) +
         "</p></main></body></html>";
}

json::object read_json(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return json::parse(std::string{std::istreambuf_iterator<char>(in), {}}).as_object();
}

struct SmallLibrary {
  TemporaryFolder folder;
  fs::path index = folder / "index";
  fs::path source = folder / "documents";

  Finished ask(const std::string& command, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{command, "--index", index.string(), source.string()};
    words.insert(words.end(), more.begin(), more.end());
    return run("carrel-index", words);
  }
  json::object reported(const std::string& command, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--report", (folder / "report.json").string()});
    const Finished finished = ask(command, more);
    INFO(finished.err);
    REQUIRE(finished.exit_code <= 1);
    return read_json(folder / "report.json");
  }
  std::size_t found(const std::string& query) const {
    const Finished searched = run("carrel-search", {"--index", index.string(), "--json", query});
    return json::parse(searched.out).at("total").to_number<std::size_t>();
  }
  /// Makes a file look as if it had been written long ago.
  void age(const std::string& name, std::int64_t seconds) const {
    const timespec times[2] = {{seconds, 1}, {seconds, 1}};
    REQUIRE(::utimensat(AT_FDCWD, (source / name).c_str(), times, 0) == 0);
  }
};

std::string action(const json::object& report, std::string_view ending) {
  for (const json::value& one : report.at("documents").as_array()) {
    if (std::string_view(one.at("path").as_string()).ends_with(ending))
      return one.at("action").as_string().c_str();
  }
  return "not there";
}

}  // namespace

TEST_CASE("plan names every action with its reason, as lines and as a report") {
  const SmallLibrary library;
  for (const char* name : {"same.html", "changed.html", "moved.html", "touched.html", "gone.html"}) {
    library.folder.write(std::string("documents/") + name, page(name, std::string("text of ") + name));
    library.age(name, 1'000'000);
  }
  library.folder.write("documents/broken.pdf", "%PDF-1.4 and no more");
  library.age("broken.pdf", 1'000'000);
  CHECK(library.ask("update").exit_code == 1);
  library.folder.write("documents/new.html", page("New", "quite new"));
  library.folder.write("documents/changed.html", page("Changed", "much longer than it was before"));
  library.age("touched.html", 1'000'100);
  fs::rename(library.source / "moved.html", library.source / "elsewhere.html");
  fs::remove(library.source / "gone.html");
  const json::object plan = library.reported("plan");
  CHECK(action(plan, "/same.html") == "unchanged");
  CHECK(action(plan, "/new.html") == "add");
  CHECK(action(plan, "/changed.html") == "change");
  CHECK(action(plan, "/elsewhere.html") == "move");
  CHECK(action(plan, "/touched.html") == "touch");
  CHECK(action(plan, "/gone.html") == "remove");
  CHECK(action(plan, "/broken.pdf") == "failed-before");
  const Finished told = library.ask("plan");
  CHECK(told.out.find("(moved from " + (library.source / "moved.html").string() + ")") != std::string::npos);
  CHECK(
      told.out.find("1 to add, 1 to change, 1 moved, 1 to remove, 1 touched, 1 unchanged, 1 failed before") !=
      std::string::npos);

  const json::object done = library.reported("update");
  CHECK(done.at("opened").to_number<int>() == 2);
  CHECK(action(done, "/elsewhere.html") == "moved");
  CHECK(action(done, "/touched.html") == "unchanged");
  CHECK(library.found("id:elsewhere.html") == 1);
  CHECK(library.found("id:moved.html") == 0);
  CHECK(run("carrel-index", {"check", "--index", library.index.string()}).exit_code == 0);
  const json::object again = library.reported("plan");
  CHECK(again.at("counts").at("unchanged").to_number<int>() == 5);
}

TEST_CASE("A changed catalogue row rewrites fields and reads nothing") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot orchard"));
  const fs::path catalogue = library.folder.write("catalog.csv", "path,topic\na.html,housing\n");
  CHECK(library.ask("update", {"--catalog", catalogue.string()}).exit_code == 0);
  library.folder.write("catalog.csv", "path,topic\na.html,health care\n");
  const json::object report = library.reported("update", {"--catalog", catalogue.string()});
  CHECK(report.at("opened").to_number<int>() == 0);
  CHECK(report.at("counts").at("changed").to_number<int>() == 1);
  CHECK(library.found("topic:\"health care\"") == 1);
  CHECK(library.found("\"apricot orchard\"") == 1);
}

TEST_CASE("A page that changes in the tick in which it was looked at is seen by the next run") {
  const SmallLibrary library;
  // Whole seconds, as a coarse file system keeps them, and not over when the first run looks.
  const std::int64_t tick = std::time(nullptr) + 1;
  const auto write_in_tick = [&](std::string_view text) {
    library.folder.write("documents/a.html", page("Alpha", text));
    const timespec times[2] = {{tick, 0}, {tick, 0}};
    REQUIRE(::utimensat(AT_FDCWD, (library.source / "a.html").c_str(), times, 0) == 0);
  };
  write_in_tick("apricot");
  CHECK(library.ask("update").exit_code == 0);
  write_in_tick("avocado");
  CHECK(library.ask("update").exit_code == 0);
  CHECK(library.found("avocado") == 1);
}

TEST_CASE("Excluded files are left out, and those that are in the index leave it") {
  const SmallLibrary library;
  for (const char* name : {"a.html", "b.html", "drafts/c.html"}) {
    library.folder.write(std::string("documents/") + name, page(name, "apricot"));
  }
  CHECK(library.ask("update").exit_code == 0);
  CHECK(library.found("apricot") == 3);
  const Finished finished = library.ask("update", {"--exclude", "drafts", "--exclude", "b.*"});
  CHECK(finished.out.find("2 removed") != std::string::npos);
  CHECK(library.found("apricot") == 1);
}

TEST_CASE("Files named in a list are looked at alone, and nothing else is removed") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  library.folder.write("documents/b.html", page("Beta", "blueberry"));
  library.folder.write("documents/c\nd.html", page("Gamma", "cherry"));
  CHECK(library.ask("update").exit_code == 0);
  library.folder.write("documents/a.html", page("Alpha", "artichoke"));
  library.folder.write("documents/c\nd.html", page("Gamma", "cranberry"));
  fs::remove(library.source / "b.html");
  const std::string a = (library.source / "a.html").string();
  const std::string c = (library.source / "c\nd.html").string();
  CHECK(library.ask("update", {"--files-from", library.folder.write("list", a + "\n").string()}).exit_code ==
        0);
  CHECK(library.found("artichoke") == 1);
  CHECK(library.found("cranberry") == 0);
  CHECK(library.found("blueberry") == 1);
  const std::string zeros = c + '\0' + (library.source / "b.html").string() + '\0';
  CHECK(
      library.ask("update", {"-0", "--files-from", library.folder.write("list", zeros).string()}).exit_code ==
      0);
  CHECK(library.found("cranberry") == 1);
  CHECK(library.found("blueberry") == 0);
}

TEST_CASE("Two sources of the same structure are both in the index") {
  const SmallLibrary library;
  library.folder.write("documents/index.html", page("Alpha", "apricot"));
  library.folder.write("more/index.html", page("Beta", "apricot"));
  CHECK(library.ask("update", {(library.folder / "more").string()}).exit_code == 0);
  CHECK(library.found("apricot") == 2);
  CHECK(library.found("id:more/index.html") == 1);
}

TEST_CASE("An index that lies in its own source is no document of it") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  const std::string index = (library.source / "index").string();
  for (int round = 0; round < 2; ++round) {
    const Finished finished = run("carrel-index", {"update", "--index", index, library.source.string()});
    CHECK(finished.exit_code == 0);
    CHECK(finished.out.find(", 0 skipped") != std::string::npos);
  }
}

TEST_CASE("rebuild reads nothing again, keeps the old generation, and rollback goes back to it") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  library.folder.write("documents/b.html", page("Beta", "blueberry"));
  CHECK(library.ask("update").exit_code == 0);
  library.folder.write("documents/a.html", page("Alpha", "artichoke"));
  const json::object report = library.reported("rebuild");
  CHECK(report.at("opened").to_number<int>() == 1);
  CHECK(report.at("remembered").to_number<int>() == 1);
  CHECK(action(report, "/b.html") == "rebuilt");
  CHECK(library.found("artichoke") == 1);
  const Finished status = run("carrel-index", {"status", "--index", library.index.string()});
  CHECK(status.out.find("generation-000002\n") != std::string::npos);
  CHECK(status.out.find("generation-000001; carrel-index rollback goes back to it") != std::string::npos);
  CHECK(run("carrel-index", {"rollback", "--index", library.index.string()}).exit_code == 0);
  CHECK(library.found("apricot") == 1);
  CHECK(library.ask("update").exit_code == 0);
  CHECK(library.found("artichoke") == 1);
}

TEST_CASE(
    "A rebuild that would lose much, or answers judged queries worse, is refused and the old one answers") {
  const SmallLibrary library;
  for (int i = 0; i < 40; ++i) {
    library.folder.write("documents/" + std::to_string(i) + ".html",
                         page("Page " + std::to_string(i), "apricot number" + std::to_string(i)));
  }
  CHECK(library.ask("update").exit_code == 0);
  const fs::path judgements =
      library.folder.write("judgements.tsv", "query\tid\tgrade\nnumber7\t7.html\t3\n");
  CHECK(library.ask("rebuild", {"--judgements", judgements.string()}).exit_code == 0);

  library.folder.write("documents/7.html", page("Page", "nothing of the kind"));
  const Finished worse = library.ask("rebuild", {"--judgements", judgements.string()});
  CHECK(worse.exit_code == 2);
  CHECK(worse.err.find("it misses what answers 'number7'") != std::string::npos);
  CHECK(library.found("number7") == 1);
  const Finished candidate =
      run("carrel-search", {"--index", (library.index / "candidate").string(), "--json", "apricot"});
  CHECK(json::parse(candidate.out).at("total").to_number<int>() == 39);

  for (int i = 10; i < 40; ++i) fs::remove(library.source / (std::to_string(i) + ".html"));
  const Finished lost = library.ask("rebuild");
  CHECK(lost.exit_code == 2);
  CHECK(lost.err.find("30 of 40 files are gone") != std::string::npos);
  CHECK(library.found("apricot") == 40);
  CHECK(library.ask("rebuild", {"--force"}).exit_code == 0);
  CHECK(library.found("apricot") == 9);
}

TEST_CASE("Two writers at once: one works, the other says who holds the index and ends with 3") {
  const SmallLibrary library;
  for (int i = 0; i < 200; ++i) {
    library.folder.write("documents/" + std::to_string(i) + ".html",
                         page("Page", "apricot " + std::to_string(i)));
  }
  Background first("carrel-index", {"update", "--index", library.index.string(), library.source.string()});
  // Held while it works, so that it cannot be done before the second asks.
  std::error_code error;
  while (fs::file_size(library.index / "lock", error) == 0 || error) ::usleep(200);
  first.signal(SIGSTOP);
  const Finished second = library.ask("update");
  first.signal(SIGCONT);
  const int code = first.wait();
  CHECK(code == 0);
  CHECK(second.exit_code == 3);
  CHECK(second.err.find("carrel-index update, process ") != std::string::npos);
  CHECK(library.found("apricot") == 200);
}
