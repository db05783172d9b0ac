#include "search/cli/command_line.h"

#include <vector>

#include "tests/catch.h"

using namespace carrel::search;
using namespace carrel::search::cli;
using carrel::schema::FieldId;

namespace {

ParsedCommandLine parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), {"carrel-search", "--index", "somewhere"});
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

Request request(std::vector<const char*> arguments) {
  const auto parsed = parse(std::move(arguments));
  REQUIRE(parsed.options);
  return parsed.options->request;
}

}  // namespace

TEST_CASE("Arguments become one query, one with blanks is a phrase unless it is a query of its own") {
  const auto join = [](std::vector<std::string> words) { return join_words(words); };
  CHECK(join({"forced", "labor"}) == "forced labor");
  CHECK(join({"forced labor", "OR", "servitude"}) == "\"forced labor\" OR servitude");
  CHECK(join({"sex OR labor"}) == "sex OR labor");
  CHECK(join({"\"debt bondage\" law"}) == "\"debt bondage\" law");
  CHECK(join({"labor -sex"}) == "labor -sex");
  CHECK(join({"type:report labor"}) == "type:report labor");
  CHECK(join({" labor "}) == " labor ");
  CHECK(join({}).empty());
}

TEST_CASE("Options become a request") {
  const Request made =
      request({"--type", "report", "--type",     "fact sheet", "--lang", "es",     "--filetype",
               "pdf",    "--year", "2015..2020", "--year",     "2023",   "--sort", "-date",
               "-n",     "5",      "--offset",   "10",         "labor",  "law"});
  CHECK(made.q == "labor law");
  REQUIRE(made.selections.size() == 4);
  CHECK(made.selections[0].field == FieldId::type);
  CHECK(made.selections[0].values == std::vector<std::string>{"report", "fact sheet"});
  CHECK(made.selections[1].field == FieldId::language);
  CHECK(made.selections[2].field == FieldId::format);
  CHECK(made.selections[3].field == FieldId::year);
  CHECK(made.selections[3].values == std::vector<std::string>{"2015..2020", "2023"});
  CHECK(made.sort == Sort::date_descending);
  CHECK(made.limit == 5);
  CHECK(made.offset == 10);
}

TEST_CASE("An option takes one value and leaves the words alone") {
  CHECK(request({"--topic", "housing", "labor"}).q == "labor");
  CHECK(request({"--facets", "labor"}).q == "labor");
  CHECK(request({"labor", "--facets=type,year"}).facets->size() == 2);
  CHECK_FALSE(request({"labor", "--facets"}).facets);
  CHECK(request({"labor"}).facets->empty());
  CHECK_FALSE(request({"--json", "labor"}).facets);
  CHECK(request({"-e", "labor -sex"}).q == "labor -sex");
}

TEST_CASE("Mistakes are errors of usage") {
  for (const std::vector<const char*>& arguments :
       std::vector<std::vector<const char*>>{{"--typ", "x"},
                                             {"-x"},
                                             {"--sort", "size"},
                                             {"--format", "xml"},
                                             {"-n", "many"},
                                             {"--facets=sizes"},
                                             {"--page", "2"},
                                             {"--color", "red"}}) {
    const auto parsed = parse(arguments);
    CHECK_FALSE(parsed.options);
    CHECK(parsed.exit_code == 2);
  }
}
