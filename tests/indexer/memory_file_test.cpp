#include "indexer/memory_file.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

MemoryKey key(std::string content, std::string detail = ".pdf") {
  return {.kind = MemoryKind::extraction, .content = std::move(content), .detail = std::move(detail)};
}

/// A value that does not compress away, so that a file of some of them has many pages.
std::string value(int seed, std::size_t bytes = 20'000) {
  std::string out;
  auto state = static_cast<std::uint32_t>(seed) * 2654435761U + 1;
  while (out.size() < bytes) {
    state = state * 1664525U + 1013904223U;
    out += static_cast<char>(state >> 24);
  }
  return out;
}

void fill(const fs::path& file, int values) {
  MemoryFile memory({.file = file});
  for (int i = 0; i < values; ++i) memory.put(key("content" + std::to_string(i)), "1", value(i));
}

/// How many of the values that fill() put are found, and whether each that is found is the right one.
int found(MemoryFile& memory, int values) {
  int count = 0;
  for (int i = 0; i < values; ++i) {
    const auto got = memory.get(key("content" + std::to_string(i)), "1");
    if (!got) continue;
    CHECK(*got == value(i));
    ++count;
  }
  return count;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void overwrite(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Another program that has the file open.
class OtherProgram {
 public:
  explicit OtherProgram(const fs::path& file) { sqlite3_open(file.c_str(), &database_); }
  ~OtherProgram() { sqlite3_close(database_); }
  OtherProgram(const OtherProgram&) = delete;
  OtherProgram& operator=(const OtherProgram&) = delete;
  void execute(const char* sql) {
    CHECK(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  }

 private:
  sqlite3* database_ = nullptr;
};

bool mentions(const std::vector<std::string>& notes, std::string_view words) {
  for (const std::string& note : notes) {
    if (note.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("A value is found again by its key and version, also after the file was closed") {
  const TemporaryFolder folder;
  {
    MemoryFile memory({.file = folder / "m"});
    memory.put(key("a"), "1", "first");
    CHECK(memory.get(key("a"), "1") == "first");
    memory.put(key("a"), "1", "second");
    memory.put(key("a", ".html"), "1", "other");
  }
  MemoryFile memory({.file = folder / "m"});
  CHECK(memory.get(key("a"), "1") == "second");
  CHECK(memory.get(key("a", ".html"), "1") == "other");
  CHECK_FALSE(memory.get(key("a"), "2"));
  CHECK_FALSE(memory.get(key("b"), "1"));
  CHECK_FALSE(memory.get({.kind = MemoryKind::recognised_page, .content = "a", .detail = ".pdf"}, "1"));
  CHECK(memory.take_notes().empty());
}

TEST_CASE("A value of an older version gives way to the new one") {
  const TemporaryFolder folder;
  MemoryFile memory({.file = folder / "m"});
  memory.put(key("a"), "1", "old");
  memory.flush();
  memory.put(key("a"), "2", "new");
  memory.flush();
  CHECK(memory.get(key("a"), "2") == "new");
  CHECK(memory.census().documents == 1);
}

TEST_CASE("A file that is cut anywhere costs values and never gives a wrong one") {
  const TemporaryFolder folder;
  constexpr int kValues = 12;
  fill(folder / "m", kValues);
  const std::string whole = bytes_of(folder / "m");
  REQUIRE(whole.size() > 100'000);
  for (const std::size_t size : {0UL, 1UL, 50UL, 100UL, 4096UL, 5000UL, whole.size() / 2, whole.size() - 1}) {
    INFO("cut to " << size);
    overwrite(folder / "m", whole.substr(0, size));
    MemoryFile memory({.file = folder / "m"});
    found(memory, kValues);
    memory.put(key("new"), "1", "written");
    memory.flush();
    CHECK(memory.get(key("new"), "1") == "written");
    // What the cut has cost can be made anew in the next run at the latest.
    MemoryFile again({.file = folder / "m"});
    for (int i = 0; i < kValues; ++i) again.put(key("content" + std::to_string(i)), "1", value(i));
    again.flush();
    MemoryFile last({.file = folder / "m"});
    CHECK(found(last, kValues) == kValues);
  }
}

TEST_CASE("A file with flipped bytes costs values and never gives a wrong one") {
  const TemporaryFolder folder;
  constexpr int kValues = 12;
  fill(folder / "m", kValues);
  const std::string whole = bytes_of(folder / "m");
  for (int round = 0; round < 40; ++round) {
    std::string damaged = whole;
    const std::string places = value(round + 1000, 64);
    for (std::size_t i = 0; i + 4 < places.size(); i += 4) {
      std::uint32_t at = 0;
      for (std::size_t k = 0; k < 4; ++k) at = at << 8 | static_cast<unsigned char>(places[i + k]);
      damaged[at % damaged.size()] ^= 0x5a;
    }
    overwrite(folder / "m", damaged);
    MemoryFile memory({.file = folder / "m"});
    CHECK(found(memory, kValues) <= kValues);
    memory.put(key("new"), "1", "written");
    memory.end_run({"new"});
  }
}

TEST_CASE("A damaged value is told once and made anew by the next put") {
  const TemporaryFolder folder;
  fill(folder / "m", 3);
  OtherProgram(folder / "m").execute("UPDATE entry SET value = x'00ff00ff' WHERE content = 'content1'");
  MemoryFile memory({.file = folder / "m"});
  CHECK(found(memory, 3) == 2);
  CHECK(mentions(memory.take_notes(), "1 damaged entries"));
  memory.put(key("content1"), "1", value(1));
  memory.flush();
  CHECK(found(memory, 3) == 3);
  CHECK(memory.take_notes().empty());
}

TEST_CASE("A value that stands under another key is no value") {
  const TemporaryFolder folder;
  fill(folder / "m", 2);
  OtherProgram(folder / "m")
      .execute(
          "UPDATE entry SET value = (SELECT value FROM entry WHERE content = 'content0'), "
          "sum = (SELECT sum FROM entry WHERE content = 'content0') WHERE content = 'content1'");
  MemoryFile memory({.file = folder / "m"});
  CHECK_FALSE(memory.get(key("content1"), "1"));
}

TEST_CASE("A file that is no database is made anew inside an index and left alone elsewhere") {
  const TemporaryFolder folder;
  const std::string letter = "Dear colleagues, this is my only copy of a letter." + std::string(5000, '.');
  folder.write("inside", letter);
  folder.write("elsewhere", letter);
  MemoryFile inside({.file = folder / "inside"});
  inside.put(key("a"), "1", "x");
  inside.flush();
  CHECK(inside.get(key("a"), "1") == "x");
  CHECK(mentions(inside.take_notes(), "made anew"));
  {
    MemoryFile elsewhere({.file = folder / "elsewhere", .ours_by_place = false});
    elsewhere.put(key("a"), "1", "x");
    elsewhere.flush();
    CHECK_FALSE(elsewhere.get(key("a"), "1"));
    CHECK(mentions(elsewhere.take_notes(), "left alone"));
  }
  CHECK(bytes_of(folder / "elsewhere") == letter);
}

TEST_CASE("Somebody else's database is left alone") {
  const TemporaryFolder folder;
  OtherProgram(folder / "m").execute("CREATE TABLE entry(kind, content); INSERT INTO entry VALUES (1, 'x')");
  const std::string before = bytes_of(folder / "m");
  {
    MemoryFile memory({.file = folder / "m", .ours_by_place = false});
    memory.put(key("a"), "1", "x");
  }
  CHECK(bytes_of(folder / "m") == before);
}

TEST_CASE("A file of a newer layout is left alone, of an older one made anew") {
  const TemporaryFolder folder;
  fill(folder / "m", 1);
  OtherProgram(folder / "m").execute("PRAGMA user_version = 99");
  {
    MemoryFile memory({.file = folder / "m"});
    CHECK(found(memory, 1) == 0);
    CHECK(mentions(memory.take_notes(), "newer"));
  }
  OtherProgram(folder / "m").execute("PRAGMA user_version = 0");
  MemoryFile memory({.file = folder / "m"});
  CHECK(found(memory, 1) == 0);
  memory.put(key("a"), "1", "x");
  memory.flush();
  CHECK(memory.get(key("a"), "1") == "x");
}

TEST_CASE("A table that has lost its columns is made anew") {
  const TemporaryFolder folder;
  fill(folder / "m", 1);
  OtherProgram(folder / "m").execute("DROP TABLE entry; CREATE TABLE entry(other)");
  MemoryFile memory({.file = folder / "m"});
  CHECK_FALSE(memory.get(key("content0"), "1"));
  memory.put(key("a"), "1", "x");
  memory.flush();
  CHECK(memory.get(key("a"), "1") == "x");
  CHECK(mentions(memory.take_notes(), "made anew"));
}

TEST_CASE("While another program writes, what is there is read, and what cannot be written is told") {
  const TemporaryFolder folder;
  fill(folder / "m", 2);
  OtherProgram other(folder / "m");
  other.execute("BEGIN IMMEDIATE");
  MemoryFile memory({.file = folder / "m", .patience = std::chrono::milliseconds(50)});
  CHECK(found(memory, 2) == 2);
  memory.put(key("a"), "1", "x");
  memory.flush();
  CHECK(mentions(memory.take_notes(), "another program"));
  CHECK(found(memory, 2) == 2);
}

TEST_CASE("Two programs that share a file see each other's values") {
  const TemporaryFolder folder;
  MemoryFile one({.file = folder / "m"});
  MemoryFile two({.file = folder / "m"});
  one.put(key("a"), "1", "of one");
  one.flush();
  two.put(key("b"), "1", "of two");
  two.flush();
  CHECK(two.get(key("a"), "1") == "of one");
  CHECK(one.get(key("b"), "1") == "of two");
}

TEST_CASE("A full disk is one sentence, and what was there stays") {
  const TemporaryFolder folder;
  fill(folder / "m", 2);
  // A limit on the size of files is refused to SQLite in the middle of writing, as a full disk is.
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit tight = before;
  tight.rlim_cur = 100'000;
  MemoryFile memory({.file = folder / "m"});
  CHECK(found(memory, 2) == 2);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &tight) == 0);
  memory.put(key("a"), "1", value(9, 500'000));
  memory.flush();
  memory.put(key("b"), "1", value(9, 500'000));
  memory.flush();
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto notes = memory.take_notes();
  CHECK(notes.size() == 1);
  CHECK(mentions(notes, "cannot be written"));
  CHECK(found(memory, 2) == 2);
}

TEST_CASE("A folder in the place of the file, or no place for it, costs nothing but the memory") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "m");
  for (const fs::path& place : {folder / "m", folder / "no" / "such" / "folder", fs::path("/proc/carrel")}) {
    MemoryFile memory({.file = place});
    memory.put(key("a"), "1", "x");
    memory.end_run({});
    CHECK_FALSE(memory.get(key("a"), "1"));
    CHECK(memory.take_notes().size() == 1);
  }
}

TEST_CASE("A file that may not be written is read all the same") {
  const TemporaryFolder folder;
  fill(folder / "m", 2);
  // Rights bind everybody but root.
  const bool root = ::geteuid() == 0;
  constexpr auto kRead = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  constexpr auto kEnter = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(folder / "m", kRead);
  fs::permissions(folder.path(), kRead | kEnter);
  if (root) REQUIRE(::seteuid(65534) == 0);
  {
    MemoryFile memory({.file = folder / "m"});
    CHECK(found(memory, 2) == 2);
    memory.put(key("a"), "1", "x");
    memory.flush();
    const auto notes = memory.take_notes();
    CAPTURE(notes);
    CHECK(mentions(notes, "may not be written"));
  }
  if (root) REQUIRE(::seteuid(0) == 0);
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_CASE("What no index has is kept for some runs and then forgotten") {
  const TemporaryFolder folder;
  MemoryFile memory({.file = folder / "m", .keep_runs = 3});
  memory.put(key("kept"), "1", value(1));
  memory.put(key("gone"), "1", value(2));
  for (int run = 0; run < 3; ++run) {
    memory.end_run({"kept"});
    CHECK(memory.get(key("gone"), "1").has_value());
  }
  memory.end_run({"kept"});
  CHECK_FALSE(memory.get(key("gone"), "1"));
  CHECK(memory.get(key("kept"), "1") == value(1));
}

TEST_CASE("What comes back into an index in time starts its time anew") {
  const TemporaryFolder folder;
  MemoryFile memory({.file = folder / "m", .keep_runs = 2});
  memory.put(key("a"), "1", "x");
  memory.end_run({});
  memory.end_run({});
  memory.end_run({"a"});
  memory.end_run({});
  memory.end_run({});
  CHECK(memory.get(key("a"), "1").has_value());
}

TEST_CASE("A file stays within its bounds and gives room back, unused values first") {
  const TemporaryFolder folder;
  MemoryFile memory({.file = folder / "m", .most_bytes = 300'000});
  std::unordered_set<std::string> contents;
  for (int i = 0; i < 40; ++i) {
    memory.put(key("content" + std::to_string(i)), "1", value(i));
    if (i % 4 == 0) contents.insert("content" + std::to_string(i));
  }
  memory.flush();
  const auto before = memory.census();
  memory.end_run(contents);
  const auto after = memory.census();
  CHECK(before.documents == 40);
  CHECK(after.documents == 14);
  for (int i = 0; i < 40; i += 4) CHECK(memory.get(key("content" + std::to_string(i)), "1").has_value());
}

TEST_CASE("The size of a file is told to others that only look") {
  const TemporaryFolder folder;
  CHECK_FALSE(read_census(folder / "m"));
  fill(folder / "m", 3);
  const auto census = read_census(folder / "m");
  REQUIRE(census);
  CHECK(census->documents == 3);
  CHECK(census->file_bytes > 50'000);
  folder.write("letter", std::string(1000, 'x'));
  CHECK_FALSE(read_census(folder / "letter"));
}
