// carrel-index as a librarian uses it.
#include <chrono>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/end-to-end/small_library.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// One sentence on standard error: it names the place and, behind a semicolon, what to do.
void check_one_clear_sentence(const Finished& finished, std::string_view place) {
  CHECK(finished.err.find(place) != std::string::npos);
  CHECK(std::count(finished.err.begin(), finished.err.end(), '\n') == 1);
  CHECK(finished.err.find("; ") != std::string::npos);
  CHECK(finished.err.ends_with(".\n"));
}

}  // namespace

TEST_CASE(
    "The demonstration library is indexed, the damaged and the locked document fail with their reasons") {
  const Library& library = demonstration_library();
  CHECK(library.first_run.exit_code == 1);
  const json::object report = read_json(library.report);
  CHECK(report.at("counts").at("added").to_number<int>() >= 45);
  CHECK(report.at("counts").at("failed").to_number<int>() == 2);
  CHECK(document(report, "partner-agreement-locked.pdf").at("reason").as_string() == "encrypted");
  CHECK(document(report, "grant-summary-damaged.pdf").at("reason").as_string() == "damaged");
  CHECK(library.first_run.err.find("partner-agreement-locked.pdf") != std::string::npos);
}

TEST_CASE("The scanned form is in the index with a warning that it has no text") {
  const json::object report = read_json(demonstration_library().report);
  const json::object& scan = document(report, "intake-form-scan.pdf");
  CHECK(scan.at("action").as_string() == "added");
  const auto& warnings = scan.at("warnings").as_array();
  CHECK(std::ranges::any_of(
      warnings, [](const json::value& w) { return w.at("code").as_string() == "no-text-layer"; }));
}

TEST_CASE("Every file of the library is in the report") {
  const json::object report = read_json(demonstration_library().report);
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(corpus() / "library"))
    files += entry.is_regular_file();
  CHECK(report.at("documents").as_array().size() == files);
}

TEST_CASE("A second update with nothing changed opens no document and takes a fraction of the first") {
  const TemporaryFolder folder;
  const auto timed = [&](const char* report) {
    const auto start = std::chrono::steady_clock::now();
    run("carrel-index",
        {"update", "--index", (folder / "i").string(), "--catalog", (corpus() / "catalog.csv").string(),
         "--report", (folder / report).string(), (corpus() / "library").string()});
    return std::chrono::steady_clock::now() - start;
  };
  const auto first = timed("first.json");
  const auto second = timed("second.json");
  CHECK(read_json(folder / "first.json").at("opened").to_number<int>() >= 45);
  const json::object again = read_json(folder / "second.json");
  CHECK(again.at("opened").to_number<int>() == 0);
  CHECK(again.at("counts").at("unchanged").to_number<int>() >= 45);
  CHECK(again.at("revision") == read_json(folder / "first.json").at("revision"));
  CHECK(second * 3 < first);
}

TEST_CASE("New, changed and vanished documents are followed") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot orchard"));
  library.folder.write("documents/b.html", page("Beta", "blueberry field"));
  CHECK(library.update().exit_code == 0);
  CHECK(found(library.index, "apricot") == 1);
  library.folder.write("documents/a.html", page("Alpha", "artichoke garden, much changed"));
  fs::remove(library.source / "b.html");
  library.folder.write("documents/c.html", page("Gamma", "cherry tree"));
  const Finished second = library.update();
  CHECK(second.exit_code == 0);
  CHECK(second.out.find("1 added, 1 changed, 1 removed, 0 unchanged") != std::string::npos);
  CHECK(found(library.index, "apricot") == 0);
  CHECK(found(library.index, "artichoke") == 1);
  CHECK(found(library.index, "blueberry") == 0);
  CHECK(found(library.index, "cherry") == 1);
}

TEST_CASE("A changed catalogue row changes the fields of its resource alone") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  library.folder.write("documents/b.html", page("Beta", "blueberry"));
  const fs::path catalogue =
      library.folder.write("catalog.csv", "path,topic\na.html,housing\nb.html,housing\n");
  CHECK(library.update({"--catalog", catalogue.string()}).exit_code == 0);
  CHECK(found(library.index, "topic:housing") == 2);
  library.folder.write("catalog.csv", "path,topic\na.html,housing\nb.html,health care\n");
  const Finished second = library.update({"--catalog", catalogue.string()});
  CHECK(second.out.find("1 changed, 0 removed, 1 unchanged") != std::string::npos);
  CHECK(found(library.index, "topic:housing") == 1);
  CHECK(found(library.index, "topic:\"health care\"") == 1);
}

TEST_CASE("A resource that moves keeps its id when the catalogue gives one") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  const fs::path catalogue = library.folder.write("catalog.csv", "path,id\na.html,alpha\n");
  CHECK(library.update({"--catalog", catalogue.string()}).exit_code == 0);
  fs::create_directories(library.source / "new");
  fs::rename(library.source / "a.html", library.source / "new/a.html");
  library.folder.write("catalog.csv", "path,id\nnew/a.html,alpha\n");
  CHECK(library.update({"--catalog", catalogue.string()}).exit_code == 0);
  CHECK(found(library.index, "apricot") == 1);
  CHECK(found(library.index, "id:alpha") == 1);
  CHECK(run("carrel-index", {"check", "--index", library.index.string()}).exit_code == 0);
}

TEST_CASE("A document that was moved, or is indexed anew, is remembered and not read again") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  library.folder.write("documents/b.pdf", "%PDF-1.4 that is none");
  const fs::path report = library.folder / "report.json";
  CHECK(library.update({"--report", report.string()}).exit_code == 1);
  CHECK(read_json(report).at("opened").to_number<int>() == 2);
  CHECK(document(read_json(report), "a.html").at("extraction").as_string() == "read");
  fs::rename(library.source / "a.html", library.source / "moved.html");
  library.update({"--report", report.string(), "--retry-failed", "--force"});
  CHECK(read_json(report).at("opened").to_number<int>() == 0);
  CHECK(read_json(report).at("remembered").to_number<int>() == 2);
  CHECK(document(read_json(report), "moved.html").at("extraction").as_string() == "remembered");
  CHECK(document(read_json(report), "b.pdf").at("reason").as_string() == "damaged");
  CHECK(found(library.index, "apricot") == 1);

  const std::string second = (library.folder / "second").string();
  run("carrel-index",
      {"update", "--index", second, "--cache", (library.index / "extractions.sqlite").string(), "--report",
       report.string(), library.source.string()});
  CHECK(read_json(report).at("opened").to_number<int>() == 0);
  CHECK(found(second, "apricot") == 1);
  const Finished status = run("carrel-index", {"status", "--index", library.index.string()});
  CHECK(status.out.find("2 documents") != std::string::npos);
}

TEST_CASE("A damaged memory of extractions is made anew with one note, and the run is as good as any") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  CHECK(library.update().exit_code == 0);
  library.folder.write("index/extractions.sqlite", std::string(10'000, '#'));
  library.folder.write("documents/b.html", page("Beta", "blueberry"));
  const Finished second = library.update();
  CHECK(second.exit_code == 0);
  CHECK(second.err.find("made anew") != std::string::npos);
  CHECK(found(library.index, "blueberry") == 1);
  library.folder.write("documents/c.html", page("Gamma", "cherry"));
  const Finished third = library.update();
  CHECK(third.exit_code == 0);
  CHECK(third.err.empty());
}

TEST_CASE("A source that is missing or suddenly empty leaves the index as it was") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  CHECK(library.update().exit_code == 0);
  fs::remove(library.source / "a.html");
  const Finished emptied = library.update();
  CHECK(emptied.exit_code == 2);
  check_one_clear_sentence(emptied, "--force");
  fs::remove(library.source);
  const Finished missing = library.update();
  CHECK(missing.exit_code == 2);
  check_one_clear_sentence(missing, library.source.string());
  CHECK(found(library.index, "apricot") == 1);
}

TEST_CASE("A catalogue with a wrong column is refused before anything is written") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  const fs::path catalogue = library.folder.write("catalog.csv", "path,titel\na.html,x\n");
  const Finished refused = library.update({"--catalog", catalogue.string()});
  CHECK(refused.exit_code == 2);
  check_one_clear_sentence(refused, "did you mean 'title'");
  CHECK_FALSE(fs::exists(library.index));
}

TEST_CASE("A catalogue row for a file that does not exist is told and the rest is indexed") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  const fs::path catalogue = library.folder.write("catalog.csv", "path,title\na.html,x\nnowhere.pdf,y\n");
  const Finished finished = library.update({"--catalog", catalogue.string()});
  CHECK(finished.exit_code == 1);
  CHECK(finished.err.find("line 3") != std::string::npos);
  CHECK(finished.err.find("nowhere.pdf") != std::string::npos);
  CHECK(found(library.index, "apricot") == 1);
}

TEST_CASE("An unreadable folder is told and what was indexed from it stays") {
  if (::geteuid() == 0) {
    // Root reads everything; a folder that the system cannot list stands in: a dangling link is met the same
    // way.
    const SmallLibrary library;
    library.folder.write("documents/a.html", page("Alpha", "apricot"));
    fs::create_symlink("gone", library.source / "dangling");
    const Finished finished = library.update();
    CHECK(finished.exit_code == 1);
    CHECK(finished.err.find("dangling") != std::string::npos);
    return;
  }
  const SmallLibrary library;
  library.folder.write("documents/shut/a.html", page("Alpha", "apricot"));
  CHECK(library.update().exit_code == 0);
  fs::permissions(library.source / "shut", fs::perms::none);
  const Finished finished = library.update();
  fs::permissions(library.source / "shut", fs::perms::owner_all);
  CHECK(finished.exit_code == 1);
  CHECK(finished.err.find("shut") != std::string::npos);
  CHECK(found(library.index, "apricot") == 1);
}

TEST_CASE("A folder that is no index is refused by every program with one clear sentence") {
  const TemporaryFolder folder;
  folder.write("photos/a.jpg", "x");
  folder.write("documents/a.html", page("Alpha", "apricot"));
  const std::string photos = (folder / "photos").string();
  const Finished updated =
      run("carrel-index", {"update", "--index", photos, (folder / "documents").string()});
  CHECK(updated.exit_code == 2);
  check_one_clear_sentence(updated, photos);
  const Finished searched = run("carrel-search", {"--index", photos, "x"});
  CHECK(searched.exit_code == 2);
  check_one_clear_sentence(searched, photos);
  const Finished served = run("carrel-server", {"--index", photos, "--listen", "127.0.0.1:0"});
  CHECK(served.exit_code == 2);
  check_one_clear_sentence(served, photos);
}

TEST_CASE("A second writer ends with 3 and says who holds the index") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  CHECK(library.update().exit_code == 0);
  const int lock = ::open((library.index / "lock").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(::flock(lock, LOCK_EX | LOCK_NB) == 0);
  const Finished second = library.update();
  ::close(lock);
  CHECK(second.exit_code == 3);
  check_one_clear_sentence(second, "process ");
}

TEST_CASE("plan says what update would do and writes nothing") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  const Finished plan =
      run("carrel-index", {"plan", "--index", library.index.string(), library.source.string()});
  CHECK(plan.exit_code == 0);
  CHECK(plan.out.find("a.html (new)") != std::string::npos);
  CHECK_FALSE(fs::exists(library.index));
}

TEST_CASE("why tells whether and as what a document is in the index") {
  const Library& library = demonstration_library();
  const auto why = [&](const std::string& subject) {
    return run("carrel-index", {"why", "--index", library.index.string(), subject});
  };
  CHECK(why("housing-toolkit").out.find("(catalogue, line ") != std::string::npos);
  CHECK(why("web/about-the-library.html").out.find("(path)") != std::string::npos);
  const Finished locked = why("forms/partner-agreement-locked.pdf");
  CHECK(locked.exit_code == 1);
  CHECK(locked.out.find("encrypted") != std::string::npos);
  CHECK(why("no-such-thing").exit_code == 1);
}

TEST_CASE("A mistyped option is a usage error in one line") {
  const Finished finished = run("carrel-index", {"update", "--indx", "x", "y"});
  CHECK(finished.exit_code == 2);
  CHECK(finished.err.find("--help") != std::string::npos);
}

TEST_CASE("A report that cannot be written is told before anything is read") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("Alpha", "apricot"));
  const Finished finished = library.update({"--report", (library.folder / "report.txt").string()});
  CHECK(finished.exit_code == 2);
  CHECK_FALSE(fs::exists(library.index));
}

TEST_CASE("Another thesaurus changes what is found, reads no document and stays for later runs") {
  const TemporaryFolder folder;
  folder.write("d/a.html",
               "<!doctype html><html lang=en><title>T</title><body><p>Apricot jam.</p></body></html>");
  folder.write("own.toml",
               "[concept.jam]\nlabel = { en = 'fruit preserve' }\nused-for = { en = ['apricot jam'] }\n");
  folder.write("bad.toml", "[concept.jam]\nlabels = { en = 'fruit preserve' }\n");
  const auto index = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"update", "--index", (folder / "i").string(), (folder / "d").string()});
    return run("carrel-index", more);
  };
  const auto found = [&] {
    return run("carrel-search", {"--index", (folder / "i").string(), "fruit", "preserve"}).exit_code;
  };
  REQUIRE(index({}).exit_code == 0);
  CHECK(found() == 1);
  const Finished bad = index({"--thesaurus", (folder / "bad.toml").string()});
  CHECK(bad.exit_code == 2);
  CHECK(bad.err.find("line 2, column 1: unknown key 'labels'") != std::string::npos);
  const Finished own = index({"--thesaurus", (folder / "own.toml").string()});
  CHECK(own.exit_code == 0);
  CHECK(own.out.find("1 unchanged") != std::string::npos);
  CHECK(found() == 0);
  REQUIRE(index({}).exit_code == 0);
  CHECK(found() == 0);
  CHECK(run("carrel-index", {"status", "--index", (folder / "i").string()}).out.find("own.toml") !=
        std::string::npos);
}
