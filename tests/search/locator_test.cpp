#include "search/locator.h"

#include "search/cli/text_report.h"
#include "tests/catch.h"

using namespace carrel::search;
using namespace carrel::search::cli;

TEST_CASE("Pages are called what they are to people") {
  struct Case {
    std::string format;
    std::string label;
    std::string kind;
    std::string place;
  };
  const Case cases[] = {{"pdf", "viii", "page", "p. 3 (label viii) · Budget"},
                        {"txt", "3", "page", "p. 3 · Budget"},
                        {"txt", "", "section", "Budget"},
                        {"pptx", "", "slide", "slide 3 · Budget"},
                        {"odp", "", "slide", "slide 3 · Budget"},
                        {"xlsx", "", "sheet", "sheet Budget"},
                        {"docx", "", "section", "Budget"},
                        {"epub", "", "section", "Budget"}};
  for (const Case& c : cases) {
    INFO(c.format);
    CHECK(to_string(locator_kind(c.format, c.label)) == c.kind);
    Answer answer{.total = 1};
    answer.hits = {Hit{.resource = {.id = "x", .title = "T", .format = c.format},
                       .passages = {{.page = 3, .label = c.label, .heading = "Budget", .text = "words"}}}};
    CHECK(text_report(answer, {}).find("\n    " + c.place + "\n") != std::string::npos);
  }
}
