#include "indexer/source.h"

#include <unistd.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using carrel::ErrorKind;
using carrel::indexer::is_excluded;
using carrel::indexer::list_named_files;
using carrel::indexer::list_source;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

TEST_CASE("A source is listed with all below it, sorted, without hidden files") {
  const TemporaryFolder folder;
  folder.write("b.pdf", "22");
  folder.write("a/c d#?.html", "1");
  folder.write(".hidden", "");
  folder.write(".git/config", "");
  const auto listing = list_source(folder.path());
  REQUIRE(listing);
  REQUIRE(listing->files.size() == 2);
  CHECK(listing->files[0].relative == "a/c d#?.html");
  CHECK(listing->files[1].relative == "b.pdf");
  CHECK(listing->files[1].size == 2);
  CHECK(listing->files[1].path == (folder / "b.pdf").string());
  CHECK(listing->files[1].inode != 0);
}

TEST_CASE("A link to a file is followed, a link to a folder and a loop are not") {
  const TemporaryFolder folder;
  folder.write("real/a.txt", "a");
  fs::create_symlink("real/a.txt", folder / "link.txt");
  fs::create_directory_symlink("..", folder / "real/up");
  const auto listing = list_source(folder.path());
  REQUIRE(listing);
  CHECK(listing->files.size() == 2);
}

TEST_CASE("One file is a source of its own") {
  const TemporaryFolder folder;
  const auto listing = list_source(folder.write("x/one.pdf", "1"));
  REQUIRE(listing);
  REQUIRE(listing->files.size() == 1);
  CHECK(listing->files[0].relative == "one.pdf");
  CHECK(listing->root == (folder / "x").string());
}

TEST_CASE("A source that does not exist is an error, not an empty listing") {
  const auto listing = list_source("/no/such/place");
  REQUIRE_FALSE(listing);
  CHECK(listing.error().kind == ErrorKind::not_found);
  CHECK(listing.error().message.find("/no/such/place") != std::string::npos);
  CHECK_FALSE(listing.error().hint.empty());
}

TEST_CASE("Patterns leave out files by name and by place, and folders with all below them") {
  const TemporaryFolder folder;
  for (const char* name : {"a.pdf", "a.bak", "drafts/b.pdf", "sub/drafts/c.pdf", "sub/d.bak", "keep/e.pdf"}) {
    folder.write(name, "x");
  }
  const auto names = [&](std::vector<std::string> patterns) {
    const auto listing = list_source(folder.path(), {.exclude = std::move(patterns)}).value();
    std::vector<std::string> found;
    for (const auto& file : listing.files) found.push_back(file.relative);
    return found;
  };
  CHECK(names({"*.bak"}) ==
        std::vector<std::string>{"a.pdf", "drafts/b.pdf", "keep/e.pdf", "sub/drafts/c.pdf"});
  CHECK(names({"drafts", "*.bak"}) == std::vector<std::string>{"a.pdf", "keep/e.pdf"});
  CHECK(names({"drafts/*", "*.bak"}) == std::vector<std::string>{"a.pdf", "keep/e.pdf", "sub/drafts/c.pdf"});
  CHECK(is_excluded("sub/drafts/c.pdf", std::vector<std::string>{"drafts"}));
  CHECK_FALSE(is_excluded("sub/draft/c.pdf", std::vector<std::string>{"drafts"}));
}

TEST_CASE("Named files are looked at alone, and what is named but gone is told from what was not named") {
  const TemporaryFolder folder;
  folder.write("s/a.pdf", "1");
  folder.write("s/b.pdf", "2");
  folder.write("elsewhere.pdf", "3");
  const auto listings = list_named_files(
      {folder / "s"}, {"s/a.pdf", "s/gone.pdf", "elsewhere.pdf", "s/../s/a.pdf"}, folder.path());
  REQUIRE(listings);
  REQUIRE(listings->size() == 1);
  const auto& listing = listings->front();
  CHECK(listing.files.size() == 2);
  CHECK(listing.files[0].relative == "a.pdf");
  REQUIRE(listing.only);
  CHECK(std::ranges::find(*listing.only, (folder / "s/gone.pdf").string()) != listing.only->end());
  REQUIRE(listing.unreadable.size() == 1);
  CHECK(listing.unreadable[0].path == (folder / "elsewhere.pdf").string());
  CHECK_FALSE(list_named_files({folder / "s/a.pdf"}, {}, folder.path()));
}

TEST_CASE("A name that is no UTF-8 is listed byte for byte") {
  const TemporaryFolder folder;
  folder.write("caf\xe9.html", "x");
  const auto listing = list_source(folder.path());
  REQUIRE(listing);
  REQUIRE(listing->files.size() == 1);
  CHECK(listing->files[0].relative == "caf\xe9.html");
}

TEST_CASE("A broken link is named, the rest is listed") {
  const TemporaryFolder folder;
  folder.write("a.txt", "a");
  fs::create_symlink("gone", folder / "dangling");
  const auto listing = list_source(folder.path());
  REQUIRE(listing);
  CHECK(listing->files.size() == 1);
  REQUIRE(listing->unreadable.size() == 1);
  CHECK(listing->unreadable[0].path == (folder / "dangling").string());
}
