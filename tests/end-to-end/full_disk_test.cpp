// A disk that fills up is one clear sentence, and the index stays as it was.
#include <cstdlib>
#include <fstream>
#include <string>

#include <sys/mount.h>
#include <unistd.h>

#include "indexer/index_writer.h"
#include "search/searcher.h"
#include "tests/catch.h"
#include "tests/end-to-end/index_dump.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::tests;

namespace fs = std::filesystem;

namespace {

/// Eight megabytes of disk where the system lets us mount them, else a limit on the size of each file, which
/// a program meets as an error of the same kind.
class SmallDisk {
 public:
  SmallDisk() {
    fs::create_directory(place());
    mounted_ = ::mount("carrel-test", place().c_str(), "tmpfs", 0, "size=8m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(place().c_str(), MNT_DETACH);
  }

  fs::path place() const { return folder_ / "disk"; }
  bool mounted() const { return mounted_; }

  /// Runs carrel-index as somebody would whose disk this is.
  Finished run_index(std::vector<std::string> words) const {
    return mounted_ ? run("carrel-index", words) : run_with_file_limit("carrel-index", words, 1500 << 10);
  }

 private:
  TemporaryFolder folder_;
  bool mounted_ = false;
};

/// Pages of words that are all different: they compress badly.
void write_pages(const TemporaryFolder& folder, const std::string& name, int pages, unsigned seed) {
  for (int page = 0; page < pages; ++page) {
    std::string text;
    for (int word = 0; word < 4000; ++word) {
      seed = seed * 1664525U + 1013904223U;
      text += std::to_string(seed) + "x ";
    }
    folder.write(
        "documents/" + name + std::to_string(page) + ".html",
        "<html lang=en><title>" + name + "</title><body><main><h1>" + name + "</h1><p>apricot " + text);
  }
}

std::size_t found(const fs::path& index) {
  auto searcher = search::Searcher::open(index);
  REQUIRE(searcher);
  return searcher->search({.q = "apricot"})->total;
}

void check_told(const Finished& finished) {
  INFO(finished.err);
  CHECK(finished.exit_code == 2);
  CHECK(finished.err.find("the disk is full") != std::string::npos);
  const auto at = finished.err.find("carrel-index: ");
  REQUIRE(at != std::string::npos);
  CHECK(std::count(finished.err.begin() + static_cast<std::ptrdiff_t>(at), finished.err.end(), '\n') == 1);
}

}  // namespace

TEST_CASE("A disk that fills up during update or rebuild leaves the old index as it was") {
  const TemporaryFolder folder;
  const SmallDisk disk;
  const std::string index = (disk.place() / "index").string();
  const std::vector<std::string> source{
      (folder / "documents").string(),   "--index", index, "--progress", "none", "--cache",
      (folder / "cache.sqlite").string()};
  const auto words = [&](std::vector<std::string> first) {
    first.insert(first.end(), source.begin(), source.end());
    return first;
  };
  write_pages(folder, "small", 10, 1);
  const Finished first = disk.run_index(words({"update"}));
  INFO(first.err);
  REQUIRE(first.exit_code == 0);
  const IndexDump before = dump_index(index);

  write_pages(folder, "more", 80, 2);
  check_told(disk.run_index(words({"update"})));
  CHECK(indexer::check_index(index));
  CHECK(found(index) == 10);
  CHECK(first_difference(before, dump_index(index)) == "");

  check_told(disk.run_index(words({"rebuild", "--force"})));
  CHECK(indexer::check_index(index));
  CHECK(first_difference(before, dump_index(index)) == "");
  CHECK_FALSE(fs::exists(fs::path(index) / "candidate"));

  for (int page = 0; page < 80; ++page)
    fs::remove(folder / "documents" / ("more" + std::to_string(page) + ".html"));
  write_pages(folder, "fits", 2, 3);
  const Finished last = disk.run_index(words({"update"}));
  INFO(last.err);
  CHECK(last.exit_code == 0);
  CHECK(found(index) == 12);
  CHECK(indexer::check_index(index));
}

TEST_CASE("A first index that does not fit on the disk leaves none, and no rest of one") {
  const TemporaryFolder folder;
  const SmallDisk disk;
  write_pages(folder, "page", 80, 5);
  const fs::path index = disk.place() / "index";
  const Finished finished =
      disk.run_index({"update", "--index", index.string(), "--progress", "none", "--cache",
                      (folder / "cache.sqlite").string(), (folder / "documents").string()});
  check_told(finished);
  CHECK_FALSE(fs::exists(index));
}

TEST_CASE("A report and a memory that find the disk full do not harm the index") {
  const TemporaryFolder folder;
  const SmallDisk disk;
  if (!disk.mounted()) return;  // a limit on the size of files does not tell a full disk from a small file
  write_pages(folder, "page", 5, 5);
  std::ofstream(disk.place() / "filler") << std::string(std::size_t{9} << 20, 'x');
  const std::string index = (folder / "index").string();
  const Finished finished = disk.run_index(
      {"update", "--index", index, "--progress", "none", "--cache", (disk.place() / "cache.sqlite").string(),
       "--report", (disk.place() / "report.json").string(), (folder / "documents").string()});
  INFO(finished.err);
  CHECK(finished.exit_code == 2);
  CHECK(finished.err.find("report.json") != std::string::npos);
  CHECK_FALSE(fs::exists(disk.place() / "report.json"));
  CHECK_FALSE(fs::exists(disk.place() / "report.json.partial"));
  CHECK(indexer::check_index(index));
  CHECK(found(index) == 5);
}
