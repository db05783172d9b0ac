#include "query-server/arguments.h"

#include <cstdlib>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::query_server;

namespace {

Result<std::variant<Arguments, std::string>> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "carrel-server");
  return parse_arguments(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("the command line sets what it names and leaves the rest to the configuration") {
  const auto parsed = parse({"--index", "somewhere", "--listen", "[::1]:0", "--listen", "unix:/run/a.sock",
                             "--threads", "5"});
  REQUIRE(parsed);
  const auto& arguments = std::get<Arguments>(*parsed);
  CHECK(arguments.index == "somewhere");
  REQUIRE(arguments.listen.size() == 2);
  CHECK(arguments.listen[0].host == "::1");
  CHECK(arguments.listen[1].path == "/run/a.sock");
  CHECK(arguments.threads == 5U);
  CHECK_FALSE(arguments.documents);
}

TEST_CASE("options are stronger than the environment, and that is stronger than the configuration") {
  const tests::TemporaryFolder folder;
  const std::string file = folder.write("server.toml", "index = \"from-file\"\n[search]\nthreads = 7\n");
  const auto index_of = [&](std::vector<const char*> words) {
    words.insert(words.begin(), {"--config", file.c_str()});
    const auto configuration = effective_configuration(std::get<Arguments>(*parse(words)));
    REQUIRE(configuration);
    CHECK(configuration->threads == 7);
    return configuration->index;
  };
  CHECK(index_of({}) == "from-file");
  ::setenv("CARREL_INDEX", "from-environment", 1);
  CHECK(index_of({}) == "from-environment");
  CHECK(index_of({"--index", "from-option"}) == "from-option");
  ::unsetenv("CARREL_INDEX");
}

TEST_CASE("without an index nothing can start") {
  ::unsetenv("CARREL_INDEX");
  const auto configuration = effective_configuration(Arguments{});
  REQUIRE_FALSE(configuration);
  CHECK(configuration.error().front().message == "Which index to search is not said");
}

TEST_CASE("wrong options are usage errors with a hint") {
  ::unsetenv("CARREL_INDEX");
  for (const auto& words : std::vector<std::vector<const char*>>{{"--index", "x", "--nonsense"},
                                                                 {"--index"},
                                                                 {"--index", "x", "--threads", "0"},
                                                                 {"--index", "x", "--threads", "many"},
                                                                 {"--index", "x", "--listen", "nowhere"},
                                                                 {"--index", "x", "stray"}}) {
    const auto parsed = parse(words);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == ErrorKind::usage);
    CHECK_FALSE(parsed.error().hint.empty());
  }
}

TEST_CASE("help and version are texts to print") {
  CHECK(std::get<std::string>(*parse({"--help"})).find("--listen") != std::string::npos);
  CHECK(std::get<std::string>(*parse({"--version"})) == "carrel-server " CARREL_VERSION "\n");
}
