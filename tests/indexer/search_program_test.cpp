#include "indexer/search_program.h"

#include <fstream>
#include <iterator>

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

namespace {

/// A stand-in for carrel-search that notes its words, a line each, and answers with `json`.
std::filesystem::path program_answering(const TemporaryFolder& folder, const std::string& json) {
  folder.write("answer.json", json);
  auto file = folder.write("program", "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + (folder / "words").string() +
                                          "\ncat " + (folder / "answer.json").string() + "\n");
  ::chmod(file.c_str(), 0755);
  return file;
}

}  // namespace

TEST_CASE("a query is asked as it was typed") {
  const TemporaryFolder folder;
  const auto program = program_answering(folder, R"({"hits": []})");
  REQUIRE(ask_search_program(program, "/i", "-debt \"bondage\" help", 7));
  std::ifstream in(folder / "words");
  const std::string words{std::istreambuf_iterator<char>(in), {}};
  CHECK(words == "--index\n/i\n--json\n--limit\n7\n--query=-debt \"bondage\" help\n");
}

TEST_CASE("an answer is read as far as checks look at it") {
  const TemporaryFolder folder;
  const auto answer = ask_search_program(
      program_answering(folder, R"({"hits": [{"id": "a"}, {"id": "b"}], "help": [{"id": "h"}],
                                    "best_bets": [{"id": "bet", "resource": "r"}], "redirect": {"url": "u"}})"),
      "/i", "q", 1);
  REQUIRE(answer);
  CHECK(answer->hits == std::vector<std::string>{"a", "b"});
  CHECK(answer->help == std::vector<std::string>{"h"});
  CHECK(answer->best_bets == std::vector<std::string>{"bet", "r"});
  CHECK(answer->redirect == "u");
  const auto nothing = ask_search_program(program_answering(folder, R"({"redirect": null})"), "/i", "q", 1);
  REQUIRE(nothing);
  CHECK(nothing->hits.empty());
  CHECK(nothing->redirect.empty());
}
