// Scanned documents, with and without --ocr.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/end-to-end/small_library.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr const char* kScan = "intake-form-scan.pdf";

std::string warning(const json::object& report, std::string_view code) {
  for (const json::value& one : document(report, kScan).at("warnings").as_array()) {
    if (one.at("code").as_string() == code) return std::string(one.at("text").as_string());
  }
  return {};
}

/// Pages that the memory of extractions holds.
int recognised_pages(const fs::path& memory) {
  sqlite3* database = nullptr;
  int pages = 0;
  if (sqlite3_open_v2(memory.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    sqlite3_exec(
        database, "SELECT COUNT(*) FROM entry WHERE kind = 2",
        [](void* count, int, char** values, char**) {
          *static_cast<int*>(count) = std::atoi(values[0]);
          return 0;
        },
        &pages, nullptr);
  }
  sqlite3_close(database);
  return pages;
}

SmallLibrary& library_with_scan(SmallLibrary& library) {
  fs::create_directories(library.source);
  fs::copy_file(corpus() / "library" / "forms" / kScan, library.source / kScan);
  return library;
}

}  // namespace

TEST_CASE("With --ocr the words of a scan are found on their pages, once recognised they stay") {
  SmallLibrary library;
  library_with_scan(library);
  const fs::path report = library.folder / "report.json";
  library.update({"--report", report.string()});
  CHECK(found(library.index, "voicemail OR interpreter") == 0);
  CHECK_FALSE(warning(read_json(report), "no-text-layer").empty());
  CHECK(warning(read_json(report), "ocr").empty());

  const Finished with_ocr = library.update({"--ocr", "--report", report.string()});
  CHECK(with_ocr.exit_code == 0);
  CHECK(warning(read_json(report), "ocr") == "2 of 2 pages were recognised in their pictures (eng)");
  CHECK_FALSE(warning(read_json(report), "no-text-layer").empty());
  CHECK(found(library.index, "interpreter") == 1);
  CHECK(found(library.index, "\"passport or identity papers\"") == 1);
  CHECK(found(library.index, "accessible:scanned") == 1);
  const Finished second_page =
      run("carrel-search", {"--index", library.index.string(), "--json", "explain who must be told and why"});
  CHECK(json::parse(second_page.out).at("hits").at(0).at("passages").at(0).at("page").to_number<int>() == 2);

  // Nothing is left to recognise, nothing is read.
  library.update({"--ocr", "--report", report.string()});
  CHECK(document(read_json(report), kScan).at("action").as_string() == "unchanged");
  // Without --ocr what is known is kept, also in another place and under other fields.
  fs::rename(library.source / kScan, library.source / "moved-intake-form-scan.pdf");
  const fs::path catalogue =
      library.folder.write("catalog.csv", "path,title\nmoved-intake-form-scan.pdf,Intake form\n");
  library.update({"--catalog", catalogue.string(), "--force", "--report", report.string()});
  CHECK(read_json(report).at("opened").to_number<int>() == 0);
  CHECK(found(library.index, "interpreter") == 1);
  const Finished rebuilt = run("carrel-index", {"rebuild", "--index", library.index.string(), "--report",
                                                report.string(), library.source.string()});
  CHECK(rebuilt.exit_code == 0);
  CHECK(read_json(report).at("opened").to_number<int>() == 0);
  CHECK(found(library.index, "interpreter") == 1);
  CHECK(recognised_pages(library.index / "extractions.sqlite") == 2);
}

TEST_CASE("A run that is killed while it recognises loses no page that was finished") {
  SmallLibrary library;
  library_with_scan(library);
  const fs::path memory = library.folder / "memory";
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(CARREL_INDEX_PROGRAM, "carrel-index", "update", "--index", library.index.c_str(), "--cache",
            memory.c_str(), "--ocr", "--jobs", "1", "-q", library.source.c_str(), nullptr);
    ::_exit(127);
  }
  for (int i = 0; i < 6000 && recognised_pages(memory) < 1; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  REQUIRE(recognised_pages(memory) >= 1);
  // The page that is there is not recognised again: its entry is made unmistakable.
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(memory.c_str(), &database) == SQLITE_OK);
  sqlite3_exec(database,
               "CREATE TABLE IF NOT EXISTS seen AS SELECT rowid AS number FROM entry WHERE kind = 2", nullptr,
               nullptr, nullptr);
  sqlite3_close(database);
  CHECK(library.update({"--cache", memory.string(), "--ocr"}).exit_code == 0);
  CHECK(recognised_pages(memory) == 2);
  int kept = 0;
  REQUIRE(sqlite3_open(memory.c_str(), &database) == SQLITE_OK);
  sqlite3_exec(
      database, "SELECT COUNT(*) FROM entry JOIN seen ON entry.rowid = seen.number WHERE kind = 2",
      [](void* count, int, char** values, char**) {
        *static_cast<int*>(count) = std::atoi(values[0]);
        return 0;
      },
      &kept, nullptr);
  sqlite3_close(database);
  CHECK(kept >= 1);
  CHECK(found(library.index, "interpreter") == 1);
}

TEST_CASE("Missing language data are told in one sentence before anything is done") {
  SmallLibrary library;
  library_with_scan(library);
  const Finished finished = library.update({"--ocr=eng+xyz"});
  CHECK(finished.exit_code == 2);
  CHECK(finished.err.find("install the Debian package tesseract-ocr-xyz.") != std::string::npos);
  CHECK(std::ranges::count(finished.err, '\n') == 1);
  CHECK_FALSE(fs::exists(library.index));
}

TEST_CASE("A scan in a language without data is told and not recognised as another") {
  SmallLibrary library;
  library_with_scan(library);
  const fs::path empty = library.folder / "tessdata";
  fs::create_directories(empty);
  fs::create_symlink("/usr/share/tesseract-ocr/5/tessdata/eng.traineddata", empty / "eng.traineddata");
  const fs::path catalogue = library.folder.write("catalog.csv", "path,language\nintake-form-scan.pdf,vi\n");
  const fs::path report = library.folder / "report.json";
  const Finished finished = run("carrel-index",
                                {"update", "--index", library.index.string(), "--ocr", "--catalog",
                                 catalogue.string(), "--report", report.string(), library.source.string()},
                                {{"TESSDATA_PREFIX", empty.string()}});
  CHECK(finished.exit_code == 0);
  CHECK(warning(read_json(report), "ocr-language-missing").find("tesseract-ocr-vie") != std::string::npos);
  CHECK(warning(read_json(report), "ocr").empty());
}
