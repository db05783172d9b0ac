// Documents of the web on their way into an index, by the programs.
#include "tests/catch.h"
#include "tests/end-to-end/small_library.h"
#include "tests/indexer/fetch/web_of_a_test.h"

using namespace carrel::tests;

namespace fs = std::filesystem;

namespace {

Finished fetch(const SmallLibrary& library, const WebOfATest& web, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"fetch",
                                 "--index",
                                 library.index.string(),
                                 "--delay",
                                 "0",
                                 "--urls",
                                 (library.folder / "urls.txt").string(),
                                 "--sitemap",
                                 web.url("/sitemap.xml")};
  words.insert(words.end(), more.begin(), more.end());
  return run("carrel-index", words);
}

Finished index(const SmallLibrary& library, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"update", "--index", library.index.string()};
  words.insert(words.end(), more.begin(), more.end());
  return run("carrel-index", words);
}

}  // namespace

TEST_CASE("What a sitemap and a list name is fetched, indexed under its address, and goes again") {
  const SmallLibrary library;
  WebOfATest web;
  web.answer("/guide", {.body = page("Guide to shelters", "Shelter words, and <a href=\"other\">more</a>.")});
  web.answer("/other", {.body = page("Other page", "Legal words.")});
  web.answer("/closed", {.body = page("Closed", "Secret words.")});
  web.answer("/robots.txt", {.body = "User-agent: *\nDisallow: /closed\n", .type = "text/plain"});
  web.answer("/sitemap.xml", {.body = "<urlset><url><loc>" + web.url("/guide") + "</loc></url><url><loc>" +
                                      web.url("/closed") + "</loc></url></urlset>"});
  library.folder.write("urls.txt", "# by hand\n" + web.url("/other") + "\n");

  const Finished refused = fetch(library, web);
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("private-address") != std::string::npos);
  CHECK(web.requests().empty());

  const Finished fetched =
      fetch(library, web, {"--allow-private", "--report", (library.folder / "r.json").string()});
  INFO(fetched.err);
  CHECK(fetched.exit_code == 0);
  CHECK(fetched.out.find("2 added") != std::string::npos);
  CHECK(document(read_json(library.folder / "r.json"), "/closed").at("reason").as_string() == "robots");
  CHECK(web.count("/closed") == 0);

  CHECK(run("carrel-index", {"plan", "--index", library.index.string()}).out.find("2 to add") !=
        std::string::npos);
  const Finished indexed = index(library);
  INFO(indexed.err);
  CHECK(indexed.exit_code == 0);
  CHECK(indexed.out.find("broken-link") == std::string::npos);
  CHECK(found(library.index, "shelters") == 1);
  CHECK(found(library.index, "secret") == 0);
  const Finished why = run("carrel-index", {"why", "--index", library.index.string(), web.url("/guide")});
  CHECK(why.out.find("(fetched)") != std::string::npos);

  // What the librarian says of an address counts for its copy.
  const fs::path catalogue = library.folder.write(
      "catalog.csv", "url,id,title,topic\n" + web.url("/guide") + ",guide,Where to sleep,housing\n");
  CHECK(index(library, {"--catalog", catalogue.string()}).exit_code == 0);
  CHECK(found(library.index, "id:guide") == 1);
  CHECK(found(library.index, "title:sleep topic:housing") == 1);

  web.forget("/guide");
  CHECK(fetch(library, web, {"--allow-private"}).exit_code == 1);
  CHECK(index(library, {"--catalog", catalogue.string()}).out.find("2 unchanged") != std::string::npos);
  CHECK(fetch(library, web, {"--allow-private", "--gone-after", "0"}).out.find("1 removed") !=
        std::string::npos);
  CHECK(index(library, {"--catalog", catalogue.string()}).out.find("1 removed") != std::string::npos);
  CHECK(found(library.index, "id:guide") == 0);
  CHECK(found(library.index, "legal") == 1);
}

TEST_CASE("Folders and copies are indexed together, and rebuilt together") {
  const SmallLibrary library;
  WebOfATest web;
  web.answer("/a", {.body = page("From the web", "Web words.")});
  web.answer("/sitemap.xml", {.body = "<urlset><url><loc>" + web.url("/a") + "</loc></url></urlset>"});
  library.folder.write("urls.txt", "");
  library.folder.write("documents/b.html", page("From the folder", "Folder words."));
  CHECK(fetch(library, web, {"--allow-private"}).exit_code == 0);
  CHECK(library.update().out.find("2 added") != std::string::npos);
  CHECK(run("carrel-index", {"rebuild", "--index", library.index.string(), library.source.string()})
            .exit_code == 0);
  CHECK(found(library.index, "from") == 2);
  CHECK(run("carrel-index", {"check", "--index", library.index.string()}).exit_code == 0);
}

TEST_CASE("Mistakes in the words of fetch are told before anything is asked") {
  const SmallLibrary library;
  const auto said = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"fetch", "--index", library.index.string()};
    words.insert(words.end(), more.begin(), more.end());
    const Finished finished = run("carrel-index", words);
    CHECK(finished.exit_code == 2);
    return finished.err;
  };
  CHECK(said({}).find("--sitemap") != std::string::npos);
  CHECK(said({"--urls", "x", "--user-agent", "1"}).find("user agent") != std::string::npos);
  CHECK(said({"--urls", "x", "--report", "r.txt"}).find("r.txt") != std::string::npos);
  CHECK(said({"--urls", "x", "--delay", "soon"}).find("--delay") != std::string::npos);
}
