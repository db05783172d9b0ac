// Sessions in a pseudo-terminal: what a person at one sees, and what must not be there when nobody looks.
#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel::tests;

namespace {

constexpr std::string_view kLink = "\x1b]8;;";

Finished at_terminal(const std::string& arguments, int columns = 80) {
  return terminal(line("--no-pager " + arguments), columns);
}

std::size_t widest_line(const std::string& plain) {
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin < plain.size();) {
    const std::size_t end = std::min(plain.find('\n', begin), plain.size());
    widest = std::max(widest, end - begin);
    begin = end + 1;
  }
  return widest;
}

}  // namespace

TEST_CASE("At a terminal titles are bold, found words marked, addresses and pages linked") {
  const std::string out = at_terminal("'debt bondage' --type report").out;
  CHECK(holds(out, "\x1b[1mDebt bondage"));
  CHECK(holds(out, "\x1b[1;31m"));
  CHECK(holds(out, std::string(kLink) + "https://x.example/reports/bondage.pdf\x1b\\"));
  CHECK(holds(out, std::string(kLink) + "https://x.example/reports/bondage.pdf#page=3\x1b\\"));
}

TEST_CASE("NO_COLOR takes colours away, a dumb terminal links too, --color and --hyperlinks decide") {
  const std::string plain = terminal("NO_COLOR=1 " + line("--no-pager --hyperlinks never bondage")).out;
  CHECK_FALSE(holds(plain, "\x1b"));
  CHECK_FALSE(holds(terminal("TERM=dumb " + line("--no-pager bondage")).out, "\x1b"));
  CHECK_FALSE(holds(at_terminal("--color never --hyperlinks never bondage").out, "\x1b"));
  CHECK(holds(search("--color always bondage").out, "\x1b[1m"));
  CHECK_FALSE(holds(search("--color always bondage").out, kLink));
  CHECK(holds(search("--hyperlinks always bondage").out, kLink));
}

TEST_CASE("Lines are as wide as the terminal, or as was asked for") {
  const std::string narrow = terminal("NO_COLOR=1 " + line("--no-pager --hyperlinks never bondage"), 40).out;
  CHECK(widest_line(narrow) > 30);
  for (const char* title : {"Debt bondage, \"in figures\"", "A guide to housing & shelter"})
    CHECK(holds(narrow, title));
  CHECK(holds(search("--width 40 bondage").out, "\n      "));
}

TEST_CASE("Facets are drawn at a terminal and plain numbers in a pipe") {
  CHECK(holds(at_terminal("--facets=type --color never").out, "report          1 ████"));
  const std::string piped = search("--facets=type").out;
  CHECK(holds(piped, "report          1\n"));
  CHECK_FALSE(holds(piped, "█"));
}

TEST_CASE("A long answer goes through the pager of the environment, at a terminal alone") {
  const std::string pager = "PAGER=\"sed 's/^/| /'\" ";
  CHECK(holds(terminal(pager + line("bondage")).out, "|  1. "));
  CHECK_FALSE(holds(terminal(pager + line("--no-pager bondage")).out, "| "));
  CHECK_FALSE(holds(terminal(pager + line("--json bondage")).out, "| "));
  CHECK_FALSE(holds(shell(pager + line("bondage")).out, "| "));
  CHECK(holds(shell(pager + line("--pager always bondage")).out, "|  1. "));
}

TEST_CASE("Leaving the pager early is no error") {
  const Finished left = terminal("PAGER='head -n 1' " + line("bondage") + "; echo code $?");
  CHECK(holds(left.out, "code 0"));
}

TEST_CASE("A concordance at a terminal keeps to its width") {
  const std::string out =
      terminal("NO_COLOR=1 " + line("--no-pager --hyperlinks never --kwic 'debt bondage'"), 60).out;
  const std::string first = out.substr(0, out.find('\n'));
  CHECK(first.size() <= 60);
  CHECK(holds(first, "debt bondage"));
}
