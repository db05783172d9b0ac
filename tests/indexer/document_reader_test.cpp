#include "indexer/document_reader.h"

#include <vector>

#include "indexer/content_key.h"
#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPage =
    "<!doctype html><html lang=en><title>A page</title><body><p>Words of a page.</p></body></html>";

PoolOptions pool() {
  PoolOptions options;
  options.workers = 1;
  options.executable = CARREL_EXTRACT_WORKER;
  options.limits.wall = std::chrono::milliseconds(2000);
  return options;
}

ReadOutcome read(DocumentReader& reader, ReadRequest request) {
  REQUIRE(reader.submit(std::move(request)));
  for (;;) {
    if (auto outcome = reader.next(std::chrono::seconds(30))) return std::move(*outcome);
  }
}

}  // namespace

TEST_CASE("A document is read once, and remembered under another name and in another run") {
  const TemporaryFolder folder;
  const fs::path first = folder.write("a.html", kPage);
  {
    ExtractionMemory memory({.file = folder / "m"});
    DocumentReader reader(pool(), &memory);
    const ReadOutcome one = read(reader, {.path = first, .tag = 7});
    CHECK_FALSE(one.remembered);
    CHECK(one.outcome.tag == 7);
    REQUIRE(one.outcome.result);
    CHECK(one.outcome.content_hash == read_content_key(first, 1 << 20)->digest);
    const ReadOutcome two = read(reader, {.path = folder.write("copy.html", kPage), .tag = 8});
    CHECK(two.remembered);
    CHECK(two.outcome.tag == 8);
  }
  fs::rename(first, folder / "moved.html");
  ExtractionMemory memory({.file = folder / "m"});
  PoolOptions nothing = pool();
  nothing.executable = "/no/such/program";
  DocumentReader reader(nothing, &memory);
  const ReadOutcome again = read(reader, {.path = folder / "moved.html", .tag = 9});
  CHECK(again.remembered);
  REQUIRE(again.outcome.result);
  CHECK(again.outcome.result->pages.at(0).text.find("Words of a page") != std::string::npos);
  CHECK(again.outcome.bytes == kPage.size());
}

TEST_CASE("A document whose content is known is not even opened") {
  const TemporaryFolder folder;
  const fs::path file = folder.write("a.html", kPage);
  const std::string digest = read_content_key(file, 1 << 20)->digest;
  ExtractionMemory memory({.file = folder / "m"});
  Extraction extraction;
  extraction.format = "html";
  extraction.pages.push_back({.text = "from memory"});
  memory.remember(digest, "a.html", extraction);
  fs::permissions(file, fs::perms::none);
  DocumentReader reader(pool(), &memory);
  const ReadOutcome outcome = read(reader, {.path = file, .tag = 1, .known_digest = digest});
  CHECK(outcome.remembered);
  CHECK(outcome.outcome.result->pages.at(0).text == "from memory");
}

TEST_CASE("Lasting failures are remembered, a crash and a timeout are tried again") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  DocumentReader reader(pool(), &memory);
  const fs::path damaged = folder.write("x.pdf", "%PDF-1.4 and nothing else");
  CHECK(read(reader, {.path = damaged, .tag = 1}).outcome.result.error().code == "damaged");
  CHECK(read(reader, {.path = damaged, .tag = 2}).remembered);
  for (const char* name : {"crash", "hang", "memory"}) {
    const fs::path unlucky = folder.write(name, kPage);
    const ReadOutcome first = read(reader, {.path = unlucky, .tag = 1});
    INFO(name);
    CHECK_FALSE(first.outcome.result);
    CHECK_FALSE(read(reader, {.path = unlucky, .tag = 2}).remembered);
  }
}

TEST_CASE("What cannot be opened is told as without a memory") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  DocumentReader reader(pool(), &memory);
  CHECK(read(reader, {.path = folder / "none.pdf", .tag = 1}).outcome.result.error().code == "unreadable");
  CHECK(read(reader, {.path = folder.write("empty.pdf", ""), .tag = 2}).outcome.result.error().code ==
        "empty-file");
}

TEST_CASE("Without a memory every document is read") {
  const TemporaryFolder folder;
  DocumentReader reader(pool(), nullptr);
  const fs::path file = folder.write("a.html", kPage);
  CHECK_FALSE(read(reader, {.path = file, .tag = 1}).remembered);
  CHECK_FALSE(read(reader, {.path = file, .tag = 2}).remembered);
}

TEST_CASE("The digest of a file is its SHA-256") {
  const TemporaryFolder folder;
  const auto key = read_content_key(folder.write("abc", "abc"), 100);
  REQUIRE(key);
  // FIPS 180-2, appendix B.1.
  CHECK(key->digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(is_still(folder / "abc", key->stamp));
  folder.write("abc", "abcd");
  CHECK_FALSE(is_still(folder / "abc", key->stamp));
  CHECK(read_content_key(folder / "abc", 3).error().code == "too-large");
}
