// The command line and the daemon are two faces of one library: the same questions, the same bytes.
#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;

namespace {

constexpr std::size_t kQueries = 200;

/// The first so many different queries of the judged ones.
std::vector<std::string> judged_queries() {
  std::ifstream in(corpus() / "judgements.tsv");
  std::set<std::string> seen;
  std::vector<std::string> queries;
  for (std::string line; std::getline(in, line) && queries.size() < kQueries;) {
    const std::string query = line.substr(0, line.find('\t'));
    if (query.empty() || query == "query" || query.starts_with('#') || !seen.insert(query).second) continue;
    queries.push_back(query);
  }
  return queries;
}

/// What takes time differs from one answer to the next.
std::string timeless(const std::string& json) {
  static const std::regex took("\"took_ms\":[0-9.]+");
  return std::regex_replace(json, took, "\"took_ms\":0");
}

std::string index_option() {
  return "--index=" + demonstration_library().index.string();
}

RunningServer& server() {
  static RunningServer one({"--index", demonstration_library().index.string()});
  return one;
}

std::string address() {
  return "http://127.0.0.1:" + std::to_string(server().port());
}

/// The same arguments to the index and to the server: output and exit code must be the same.
void expect_same(const std::vector<std::string>& arguments) {
  std::vector<std::string> here = {index_option()};
  std::vector<std::string> there = {"--server", address()};
  std::string said;
  for (const std::string& one : arguments) {
    here.push_back(one);
    there.push_back(one);
    said += one + " ";
  }
  INFO(said);
  const Finished of_index = run("carrel-search", here);
  const Finished of_server = run("carrel-search", there);
  CHECK(of_index.exit_code == of_server.exit_code);
  CHECK(timeless(of_index.out) == timeless(of_server.out));
  CHECK_FALSE((of_index.out.empty() && of_index.exit_code == 0));
}

}  // namespace

TEST_CASE("200 queries give the same JSON by the command line and the daemon, but for the time they took") {
  const auto queries = judged_queries();
  REQUIRE(queries.size() == kQueries);
  std::size_t different = 0;
  for (const std::string& query : queries) {
    const Finished told =
        run("carrel-search", {index_option(), "--json", "--limit", "20", "--query=" + query});
    const HttpAnswer answer = http(server().port(), "/v1/search?q=" + url_encoded(query));
    REQUIRE(answer.status == 200);
    if (timeless(told.out) != timeless(answer.body) + "\n") ++different;
  }
  CHECK(different == 0);
}

TEST_CASE("Whatever is asked of an index is answered the same by a server, in every format") {
  expect_same({"--json", "debt bondage"});
  expect_same({"--json", "--strict", "--type", "report", "--year", "2015..2022", "labor"});
  expect_same({"--json", "--facets=type,year", "--sort", "-date", "--all-versions", "--explain", "trata"});
  expect_same({"--json", "--no-expand", "--no-correct", "TVPA"});
  expect_same({"--json", "--no-expand=tvpa", "TVPA", "--topic", "legal services", "--topic", "housing"});
  expect_same({"--json", "traficking"});
  for (const char* format : {"text", "jsonl", "csv", "tsv", "ris", "bibtex", "csl-json", "urls", "ids"}) {
    expect_same({"--format", format, "--facets", "debt bondage"});
    expect_same({"--format", format, "--all", "housing"});
  }
  expect_same({"-0", "housing", "-n", "7", "--offset", "2"});
  expect_same({"--trend", "--year", "2018..", "housing"});
  for (const char* format : {"text", "json", "jsonl", "csv"}) {
    expect_same({"--kwic", "--format", format, "housing"});
  }
  expect_same({"--kwic", "--kwic-sort", "left", "--context", "30", "debt bondage"});
  expect_same({"-q", "qwertyuiop", "--no-correct"});
  expect_same({"--no-correct", "qwertyuiop"});
}

TEST_CASE("One resource is the same from an index and from a server") {
  const std::string first =
      run("carrel-search", {index_option(), "--format", "ids", "-n", "1", "debt bondage"}).out;
  const std::string id = first.substr(0, first.find('\n'));
  expect_same({"--show", id});
  expect_same({"--show", id, "--json"});
  expect_same({"--show", id, "--page", "2"});
  expect_same({"--show", id, "--page", "2", "--json"});
  expect_same({"--cite", id, "--page", "2"});
  expect_same({"--cite", id, "--format", "bibtex"});
  expect_same({"--similar", id});
  expect_same({"--similar", id, "--json"});
  expect_same({"--similar", id, "--format", "csv"});
  expect_same({"--show", "no such thing"});
}

TEST_CASE("A server is reached by a socket of the file system, too") {
  const TemporaryFolder folder;
  const std::string socket = "unix:" + (folder / "carrel.socket").string();
  RunningServer own({"--index", demonstration_library().index.string(), "--listen", socket});
  const Finished found = run("carrel-search", {"--server", socket, "--format", "ids", "debt bondage"});
  CHECK(found.exit_code == 0);
  CHECK(found.out == run("carrel-search", {index_option(), "--format", "ids", "debt bondage"}).out);
}

TEST_CASE("A search that is recorded from a server can be repeated there") {
  const TemporaryFolder folder;
  const std::string file = (folder / "search.toml").string();
  CHECK(run("carrel-search", {"--server", address(), "--record", file, "--topic", "housing", "shelter"})
            .exit_code == 0);
  const Finished same = run("carrel-search", {"--replay", file});
  CHECK(same.exit_code == 0);
  CHECK(same.out.find("The same resources are found.") != std::string::npos);
  // The index behind it is the same library.
  const Finished here = run("carrel-search", {index_option(), "--replay", file});
  CHECK(here.out.find("The library holds the same documents.") != std::string::npos);
  CHECK(here.out.find("The same resources are found.") != std::string::npos);
}

TEST_CASE("What a server cannot do, or when there is none, is said in a sentence") {
  const Finished nobody = run("carrel-search", {"--server", "http://127.0.0.1:1", "x"});
  CHECK(nobody.exit_code == 2);
  CHECK(nobody.err.find("cannot be asked") != std::string::npos);
  const Finished refused = run("carrel-search", {"--server", address(), "--json", "-n", "60", "x"});
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("at most 50") != std::string::npos);
  const Finished deep = run("carrel-search", {"--server", address(), "--offset", "5000", "x"});
  CHECK(deep.exit_code == 2);
  CHECK(deep.err.find("says: ") != std::string::npos);
  const Finished missing = run("carrel-search", {"--server", address(), "--show", "nothing"});
  CHECK(missing.exit_code == 2);
  CHECK(missing.err.find("there is no resource") != std::string::npos);
  const Finished scheme = run("carrel-search", {"--server", "ftp://x", "x"});
  CHECK(scheme.err.find("is no address of a server") != std::string::npos);
}
