// The catalogue on its way in and out, by the programs.
#include <fstream>
#include <iterator>

#include "tests/catch.h"
#include "tests/end-to-end/small_library.h"
#include "tests/indexer/fetch/web_of_a_test.h"

using namespace carrel::tests;

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Finished catalog(std::vector<std::string> words) {
  words.insert(words.begin(), "catalog");
  return run("carrel-index", words);
}

std::string record(int number, std::string_view title) {
  const std::string n = std::to_string(number);
  return "<record><header><identifier>oai:x:" + n + "</identifier></header><metadata><dc><title>" +
         std::string(title) + "</title><subject>housing</subject><identifier>https://example.org/" + n +
         "</identifier></dc></metadata></record>";
}

}  // namespace

TEST_CASE("The catalogue of the demonstration library goes out, comes in and changes nothing") {
  const TemporaryFolder folder;
  const std::string original = (corpus() / "catalog.csv").string();
  const std::string lines = (folder / "catalog.jsonl").string();
  const std::string csv = (folder / "catalog.csv").string();
  CHECK(catalog({"export", "--catalog", original, "-o", lines}).exit_code == 0);
  CHECK(catalog({"export", "--catalog", lines, "-o", csv}).exit_code == 0);
  const Finished same = catalog({"import", "--catalog", original, "--replace", csv});
  CHECK(same.exit_code == 0);
  CHECK(same.out.find("0 added, 0 changed, 0 removed") != std::string::npos);
  // Written once more, the bytes are the same.
  const std::string once = text_of(csv);
  CHECK(catalog({"export", "--catalog", csv}).out == once);
}

TEST_CASE("What an index amounts to is a catalogue with which it stays as it is") {
  const SmallLibrary library;
  library.folder.write("documents/a.html", page("First; and best", "Words of the first."));
  library.folder.write("documents/b.html", page("Second", "Words of the second."));
  CHECK(library.update().exit_code == 0);
  const fs::path made = library.folder / "catalog.csv";
  CHECK(catalog({"export", "--index", library.index.string(), "-o", made.string()}).exit_code == 0);
  CHECK(text_of(made).find("a.html,a.html") != std::string::npos);
  CHECK(library.update({"--catalog", made.string()}).exit_code == 0);
  CHECK(found(library.index, "title:best") == 1);
  CHECK(found(library.index, "words") == 2);
}

TEST_CASE("The records of a repository are shown, then imported, then brought up to date") {
  const TemporaryFolder folder;
  WebOfATest web;
  web.answer("/oai?verb=ListRecords&metadataPrefix=oai_dc",
             {.body = "<OAI-PMH><ListRecords>" + record(1, "One") +
                      "<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>"});
  web.answer("/oai?verb=ListRecords&resumptionToken=next",
             {.body = "<OAI-PMH><ListRecords>" + record(2, "Two") + "</ListRecords></OAI-PMH>"});
  const fs::path file = folder / "catalog.csv";
  const auto import = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"import",  "--catalog", file.string(), "--oai", web.url("/oai"),
                                   "--delay", "0"};
    words.insert(words.end(), more.begin(), more.end());
    return catalog(words);
  };
  CHECK(import({}).exit_code == 2);
  CHECK(web.requests().empty());
  const Finished shown = import({"--allow-private"});
  INFO(shown.err);
  CHECK(shown.exit_code == 0);
  CHECK(shown.out.find("+ added   https://example.org/1  One") != std::string::npos);
  CHECK(shown.out.find("2 added, 0 changed, 0 removed, 0 unchanged; nothing was written") !=
        std::string::npos);
  CHECK_FALSE(fs::exists(file));
  CHECK(import({"--allow-private", "--apply"}).out.find("written to") != std::string::npos);
  CHECK(text_of(file).find("oai:x:2,https://example.org/2,Two,housing") != std::string::npos);

  web.answer("/oai?verb=ListRecords&resumptionToken=next",
             {.body = "<OAI-PMH><ListRecords>" + record(2, "Two, revised") +
                      "<record><header status=\"deleted\"><identifier>oai:x:1</identifier></header></record>"
                      "</ListRecords></OAI-PMH>"});
  const Finished again = import({"--allow-private", "--apply"});
  CHECK(again.out.find("Two → Two, revised") != std::string::npos);
  CHECK(again.out.find("- removed https://example.org/1") != std::string::npos);
  web.answer("/oai?verb=ListRecords&resumptionToken=next", {.status = 500});
  const std::string before = text_of(file);
  CHECK(import({"--allow-private", "--apply"}).exit_code == 2);
  CHECK(text_of(file) == before);
}

TEST_CASE("Mistakes of an import are told with row and column") {
  const TemporaryFolder folder;
  const fs::path rows = folder.write("rows.csv", "path,date,colour\na.pdf,soon,red\n");
  const Finished made =
      catalog({"import", "--catalog", (folder / "c.csv").string(), rows.string(), "--apply"});
  CHECK(made.exit_code == 2);
  CHECK(made.err.find("there is no column 'colour'") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "c.csv"));
  CHECK(catalog({"import", "--catalog", "x.csv"}).exit_code == 2);
  CHECK(catalog({"export"}).exit_code == 2);
  CHECK(catalog({}).exit_code == 2);
}
