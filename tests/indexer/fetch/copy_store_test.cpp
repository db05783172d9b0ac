#include "indexer/fetch/copy_store.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

WebAddress at(std::string_view url) {
  return parse_address(url).value();
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A copy is put, found again after a restart, replaced and forgotten") {
  const TemporaryFolder folder;
  const WebAddress a = at("https://example.org/guides/a");
  {
    auto store = CopyStore::open(folder.path()).value();
    CHECK(store.put(a, "one", "text/html", 784903526).value());
    store.of(a.url).etag = "\"e\"";
    store.of(a.url).listed_by = {"list"};
    CHECK_FALSE(store.put(a, "one", "text/html", std::nullopt).value());
    REQUIRE(store.save());
  }
  auto store = CopyStore::open(folder.path()).value();
  CHECK(store.copies().at(a.url).file == "example.org/guides/a.html");
  CHECK(store.copies().at(a.url).etag == "\"e\"");
  CHECK(store.copies().at(a.url).listed_by == std::vector<std::string>{"list"});
  CHECK(text_of(folder / "example.org/guides/a.html") == "one");
  using Addresses = std::vector<std::pair<std::string, std::string>>;
  CHECK(copy_addresses(folder.path()).value() ==
        Addresses{{(folder / "example.org/guides/a.html").string(), "https://example.org/guides/a"}});
  CHECK(store.put(a, "two", "text/html", std::nullopt).value());
  CHECK(text_of(folder / "example.org/guides/a.html") == "two");
  // Another type, another name: the old file goes.
  CHECK(store.put(a, "%PDF", "application/pdf", std::nullopt).value());
  CHECK_FALSE(fs::exists(folder / "example.org/guides/a.html"));
  store.forget(a.url);
  CHECK_FALSE(fs::exists(folder / "example.org"));
  CHECK(fs::exists(folder.path()));
}

TEST_CASE("Addresses that want one name, or one's folder, get names of their own") {
  const TemporaryFolder folder;
  auto store = CopyStore::open(folder.path()).value();
  const std::vector<WebAddress> all = {at("https://example.org/a"),   at("https://example.org/a.html"),
                                       at("https://example.org/b"),   at("https://example.org/b/c"),
                                       at("https://example.org/d/e"), at("https://example.org/d")};
  for (const WebAddress& one : all)
    CHECK(store.put(one, one.url, one.path == "/a" ? "text/html" : "", {}).value());
  for (const WebAddress& one : all) {
    INFO(one.url);
    CHECK(text_of(folder.path() / store.copies().at(one.url).file) == one.url);
  }
}

TEST_CASE("A copy that somebody deleted is asked for without conditions") {
  const TemporaryFolder folder;
  const WebAddress a = at("https://example.org/a.html");
  auto store = CopyStore::open(folder.path()).value();
  REQUIRE(store.put(a, "one", "text/html", {}));
  store.of(a.url).etag = "e";
  REQUIRE(store.save());
  fs::remove(folder / "example.org/a.html");
  const auto again = CopyStore::open(folder.path()).value();
  CHECK(again.copies().at(a.url).file.empty());
  CHECK(again.copies().at(a.url).etag.empty());
}

TEST_CASE("What is known is read with care") {
  const TemporaryFolder folder;
  folder.write(".copies.jsonl", "{\"url\":\"https://example.org/a\",\"file\":\"\"}\nnonsense\n");
  const auto damaged = CopyStore::open(folder.path());
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().kind == ErrorKind::damaged);
  CHECK(damaged.error().message.find("line 2") != std::string::npos);
  for (const char* file : {"../../etc/passwd", "/etc/passwd", "a/../../b", ".ssh/x"}) {
    folder.write(".copies.jsonl",
                 "{\"url\":\"https://example.org/a\",\"file\":\"" + std::string(file) + "\"}\n");
    CHECK_FALSE(CopyStore::open(folder.path()));
  }
}
