#include "query-server/arguments.h"

#include <cstdlib>

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::query_server;

namespace {

Result<std::variant<Arguments, std::string>> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "carrel-server");
  return parse_arguments(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("an address to listen on is a host and a port") {
  struct {
    const char* text;
    const char* host;
    int port;
  } const rows[] = {
      {"127.0.0.1:8080", "127.0.0.1", 8080}, {"[::1]:0", "::1", 0}, {"localhost:65535", "localhost", 65535}};
  for (const auto& row : rows) {
    INFO(row.text);
    const auto address = parse_listen_address(row.text);
    REQUIRE(address);
    CHECK(address->host == row.host);
    CHECK(address->port == row.port);
  }
}

TEST_CASE("what is no address to listen on is refused with a hint") {
  for (const char* text : {"8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536",
                           "127.0.0.1:-1", "::1:80", "[::1:80", "[]:80", "a:80x", ""}) {
    INFO(text);
    const auto address = parse_listen_address(text);
    REQUIRE_FALSE(address);
    CHECK(address.error().kind == ErrorKind::usage);
    CHECK(address.error().hint.find("HOST:PORT") != std::string::npos);
  }
}

TEST_CASE("the command line sets what it names and keeps the other defaults") {
  const auto parsed = parse({"--index", "somewhere", "--listen", "[::1]:0", "--threads", "5"});
  REQUIRE(parsed);
  const auto& arguments = std::get<Arguments>(*parsed);
  CHECK(arguments.index == "somewhere");
  CHECK(arguments.host == "::1");
  CHECK(arguments.port == 0);
  CHECK(arguments.threads == 5);
  CHECK(arguments.documents.empty());
}

TEST_CASE("the index may come from the environment, but an option is stronger") {
  ::setenv("CARREL_INDEX", "from-environment", 1);
  CHECK(std::get<Arguments>(*parse({})).index == "from-environment");
  CHECK(std::get<Arguments>(*parse({"--index", "from-option"})).index == "from-option");
  ::unsetenv("CARREL_INDEX");
}

TEST_CASE("wrong options are usage errors with a hint") {
  ::unsetenv("CARREL_INDEX");
  for (const auto& words : std::vector<std::vector<const char*>>{{},
                                                                 {"--index", "x", "--nonsense"},
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
