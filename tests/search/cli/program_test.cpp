// carrel-search as a shell sees it: exit codes, streams, pipes.
#include <algorithm>
#include <string>

#include "tests/catch.h"
#include "tests/search/cli/shell.h"
#include "tests/search/library.h"

using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const Library& library() {
  static const Library one(Entries{
      {.id = "a",
       .title = "Labor report",
       .pages = {"forced labor", "second page"},
       .fields = {{FieldId::url, "https://x.example/a.pdf"}, {FieldId::type, "report"}}},
      {.id = "b",
       .title = "Labor toolkit",
       .pages = {"labor that is forced"},
       .fields = {{FieldId::type, "toolkit"}, {FieldId::path, "b.pdf"}}},
  });
  return one;
}

Finished search(const std::string& arguments) {
  return shell("$SEARCH --index '" + library().path() + "' " + arguments);
}

}  // namespace

TEST_CASE("The exit code is 0 when something was found, 1 when nothing, 2 on a mistake") {
  CHECK(search("labor").exit_code == 0);
  CHECK(search("qwertyuiop").exit_code == 1);
  CHECK(search("--typ x 2>/dev/null").exit_code == 2);
  CHECK(search("--year soon 2>/dev/null").exit_code == 2);
  CHECK(shell("$SEARCH --index /nowhere/at/all labor 2>/dev/null").exit_code == 2);
  CHECK(shell("unset CARREL_INDEX; $SEARCH labor 2>/dev/null").exit_code == 2);
  CHECK(search("--type nosuchtype labor").exit_code == 1);
}

TEST_CASE("The index may be named by the environment") {
  CHECK(shell("CARREL_INDEX='" + library().path() + "' $SEARCH labor").exit_code == 0);
}

TEST_CASE("A mistyped option names the right one on the error stream") {
  const Finished finished = search("--tpye report 2>&1 >/dev/null");
  CHECK(holds(finished.out, "did you mean --type?"));
}

TEST_CASE("A shell argument with blanks is a phrase") {
  CHECK(holds(search("'forced labor'").out, "1 resource,"));
  CHECK(holds(search("forced labor").out, "2 resources,"));
}

TEST_CASE("Plain output when piped, colours when asked, none by NO_COLOR") {
  CHECK_FALSE(holds(search("labor").out, "\x1b["));
  CHECK(holds(search("--color always labor").out, "\x1b[1m"));
  CHECK_FALSE(holds(shell("NO_COLOR=1 $SEARCH --index '" + library().path() + "' labor").out, "\x1b["));
}

TEST_CASE("Formats for programs") {
  CHECK(search("--format urls --type report labor").out == "https://x.example/a.pdf\n");
  CHECK(search("--format urls --type toolkit labor").out == "b.pdf\n");
  const std::string json = search("--json labor").out;
  CHECK(json.starts_with("{\"query\":{\"q\":\"labor\""));
  CHECK(holds(json, "\"facets\":[{\"field\":\"publisher\""));
  CHECK(json.ends_with("}\n"));
  const std::string lines = search("--format jsonl --sort title labor").out;
  CHECK(lines.starts_with("{\"id\":\"a\""));
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
}

TEST_CASE("One resource and one page of it can be shown") {
  CHECK(holds(search("--show a").out, "Labor report"));
  CHECK(holds(search("--show a --page 2").out, "second page"));
  CHECK(search("--show nobody 2>/dev/null").exit_code == 2);
  CHECK(search("--show a --page 9 2>/dev/null").exit_code == 2);
}

TEST_CASE("Notices go to the error stream") {
  CHECK(holds(search("labor qwertyuiop 2>&1 >/dev/null").out, "No resource has all"));
  CHECK_FALSE(holds(search("labor qwertyuiop 2>/dev/null").out, "No resource has all"));
}

TEST_CASE("A reader that goes away is no error worth a word") {
  CHECK(search("labor 2>&1 | head -c 1").out == " ");
}

TEST_CASE("Help begins with examples, and the version is told") {
  CHECK(holds(search("--help").out, "Examples:"));
  CHECK(search("--help").exit_code == 0);
  CHECK(search("--version").out.starts_with("carrel-search "));
}
