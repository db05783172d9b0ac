// The program itself, as a shell sees it.
#include <array>
#include <cstdio>
#include <string>

#include <sys/wait.h>

#include "tests/catch.h"

namespace {

struct Ended {
  int code = -1;
  std::string output;  ///< both streams
};

Ended run(const std::string& arguments) {
  const std::string command = "env -u CARREL_INDEX '" CARREL_SERVER_PROGRAM "' " + arguments + " 2>&1";
  Ended ended;
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> piece;
  for (std::size_t got; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;) {
    ended.output.append(piece.data(), got);
  }
  ended.code = WEXITSTATUS(::pclose(pipe));
  return ended;
}

}  // namespace

TEST_CASE("carrel-server ends with 2 and one sentence when it cannot start") {
  for (const char* arguments : {"", "--nonsense", "--index", "--index /nowhere/at/all",
                                "--index / --listen nowhere", "--index /nowhere --threads 0"}) {
    INFO(arguments);
    const Ended ended = run(arguments);
    INFO(ended.output);
    CHECK(ended.code == 2);
    CHECK(ended.output.starts_with("carrel-server: "));
    CHECK(ended.output.find('\n') == ended.output.size() - 1);
  }
}

TEST_CASE("carrel-server tells its options and its version") {
  const Ended help = run("--help");
  CHECK(help.code == 0);
  for (const char* option :
       {"--index", "--listen", "--documents", "--threads", "--version", "CARREL_INDEX"}) {
    CHECK(help.output.find(option) != std::string::npos);
  }
  const Ended version = run("--version");
  CHECK(version.code == 0);
  CHECK(version.output == "carrel-server " CARREL_VERSION "\n");
}
