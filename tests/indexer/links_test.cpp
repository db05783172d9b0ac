#include "indexer/links.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

namespace {

ListedFile file(const std::string& relative) {
  return {.path = "/library/" + relative, .relative = relative};
}

/// Where the only link of guides/a.html leads; empty when that is not in the library.
std::string target(const LibraryPlaces& places, const std::string& link) {
  const auto links = places.library_links(file("guides/a.html"), {link});
  return links.empty() ? "" : links.at(0).target;
}

}  // namespace

TEST_CASE("Relative links are taken from the file's folder and stay in its source") {
  const LibraryPlaces places("", nullptr);
  CHECK(target(places, "b.html") == "/library/guides/b.html");
  CHECK(target(places, "../reports/b.pdf") == "/library/reports/b.pdf");
  CHECK(target(places, "./sub/") == "/library/guides/sub");
  CHECK(target(places, "a%20b%C3%A9.pdf?download=1#page=2") == "/library/guides/a bé.pdf");
  CHECK(target(places, "100%.html") == "/library/guides/100%.html");
  CHECK(target(places, "../../etc/passwd").empty());
  CHECK(target(places, "..%2f..%2fetc").empty());
  CHECK(target(places, "a.html").empty());  // the page itself
  CHECK(target(places, "?page=2").empty());
  CHECK(target(places, "x%00y.html").empty());
}

TEST_CASE("Addresses below the prefix are of the library, others are not") {
  const LibraryPlaces places("https://Example.org/library", nullptr);
  CHECK(target(places, "https://example.org/library/reports/b.pdf") == "/library/reports/b.pdf");
  CHECK(target(places, "http://example.org/library/b.pdf") == "/library/b.pdf");
  CHECK(target(places, "/library/b.pdf") == "/library/b.pdf");
  CHECK(target(places, "https://example.org/contact").empty());
  CHECK(target(places, "https://example.org/library-old/b.pdf").empty());
  CHECK(target(places, "https://other.org/library/b.pdf").empty());
  CHECK(target(places, "/contact").empty());
  CHECK(target(places, "//other.org/library/b.pdf").empty());
}

TEST_CASE("The catalogue's addresses imply a prefix where they end as the paths do") {
  const TemporaryFolder folder;
  const auto catalogue =
      Catalogue::load(folder.write("catalog.csv",
                                   "path,url\nreports/b.pdf,https://example.org/resources/reports/"
                                   "b.pdf\nc.pdf,https://example.org/other.pdf\n"));
  REQUIRE(catalogue);
  const LibraryPlaces places("", &*catalogue);
  CHECK(target(places, "https://example.org/resources/reports/gone.pdf") == "/library/reports/gone.pdf");
  CHECK(target(places, "https://example.org/other.pdf").empty());
}

TEST_CASE("A target is named once, as it was written first") {
  const LibraryPlaces places("", nullptr);
  const auto links = places.library_links(file("a.html"), {"b.pdf#page=1", "./b.pdf", "c.pdf"});
  REQUIRE(links.size() == 2);
  CHECK(links[0].written == "b.pdf#page=1");
}

TEST_CASE("The short name of a path has 40 bits and is another for another path") {
  CHECK(link_name("/a") != link_name("/b"));
  CHECK(link_name("/a") == link_name("/a"));
  CHECK(link_name("/a") < std::uint64_t{1} << 40);
}
