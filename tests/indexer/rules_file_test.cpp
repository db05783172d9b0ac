#include "indexer/rules_file.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::indexer;

namespace {

std::string mistakes_in(std::string_view text) {
  const auto read = parse_rules(text, "rules.toml");
  return read ? "" : read.error().message;
}

constexpr const char* kWhole = R"(
version = "2026-11"
hidden = ["withdrawn-report"]

[[help]]
id = "hotline"
title = { en = "National hotline", es = "Línea nacional" }
text = "Free and confidential"
hours = { en = "Every day, all day" }
phone = "1-888-373-7888"
url = "https://hotline.example/"
languages = ["en", "es"]
words = ["help", "need to leave"]
always = true
expect = [{ query = "help" }]

[[best-bet]]
id = "t-visa"
words = ["t visa"]
resource = "t-visa-facts"
from = 2026-01-01
until = "2026-12-31"
expect = [{ query = "how to get a t visa", top = 1 }]

[[best-bet]]
id = "grants"
words = ["grants"]
url = "https://grants.example/"
title = "Grants"
description = { es = "Subvenciones" }
expect = [{ query = "grants" }]

[[redirect]]
words = ["jobs"]
url = "https://jobs.example/"
expect = [{ query = "jobs" }, { query = "work", hides = "old-jobs", top = 50 }]

[[expect]]
query = "debt bondage"
shows = "debt-bondage-facts"
)";

}  // namespace

TEST_CASE("rules are read with all that they say") {
  const auto rules = parse_rules(kWhole, "rules.toml");
  REQUIRE(rules);
  CHECK(rules->version == "2026-11");
  CHECK(rules->origin == "rules.toml");
  CHECK(rules->hidden == std::vector<std::string>{"withdrawn-report"});
  REQUIRE(rules->help.size() == 1);
  const schema::HelpCard& card = rules->help.front();
  CHECK(card.title.in("es") == "Línea nacional");
  CHECK(card.text.in("es") == "Free and confidential");
  CHECK(card.phone == "1-888-373-7888");
  CHECK(card.languages == std::vector<std::string>{"en", "es"});
  CHECK(card.words == std::vector<std::string>{"help", "need to leave"});
  CHECK(card.always);
  REQUIRE(rules->best_bets.size() == 2);
  CHECK(rules->best_bets[0].resource == "t-visa-facts");
  CHECK(rules->best_bets[0].from == "2026-01-01");
  CHECK(rules->best_bets[0].until == "2026-12-31");
  CHECK(rules->best_bets[1].description.in("en") == "Subvenciones");
  CHECK(rules->redirects.front().url == "https://jobs.example/");
  REQUIRE(rules->expectations.size() == 6);
  CHECK(rules->expectations[0].help == "hotline");
  CHECK(rules->expectations[1].shows == "t-visa-facts");
  CHECK(rules->expectations[1].top == 1);
  CHECK(rules->expectations[2].shows == "grants");
  CHECK(rules->expectations[3].redirect == "https://jobs.example/");
  CHECK(rules->expectations[4].hides == "old-jobs");
  CHECK(rules->expectations[4].redirect.empty());
  CHECK(rules->expectations[5].shows == "debt-bondage-facts");
  CHECK(rules->expectations[5].place == "line 38");
}

TEST_CASE("an empty file has no rules") {
  const auto rules = parse_rules("", "rules.toml");
  REQUIRE(rules);
  CHECK(rules->help.empty());
}

TEST_CASE("each mistake is named with its line and what is meant") {
  struct {
    const char* text;
    const char* says;
  } const rows[] = {
      {"versoin = \"1\"", "line 1, column 1: unknown key 'versoin', did you mean 'version'?"},
      {"version = 1", "line 1, column 11: 'version' must be a text in quotation marks"},
      {"[help]\nid = \"a\"", "line 1, column 1: 'help' must be written as [[help]], once for each"},
      {"[[help]]\ntitle = \"T\"\nphone = \"1\"\nalways = true", "the help card has no id"},
      {"[[help]]\nid = \"a\"\nphone = \"1\"\nalways = true", "the help card 'a' has no title"},
      {"[[help]]\nid = \"a\"\ntitle = \"T\"\nalways = true", "neither phone, url nor text"},
      {"[[help]]\nid = \"a\"\ntitle = \"T\"\nphone = \"1\"", "there are no words in help card 'a'"},
      {"[[help]]\nid = \"a\"\ntitle = \"T\"\nphone = \"1\"\nwords = [\"?\"]", "has no word in it"},
      {"[[help]]\nid = \"a\"\ntitle = \"T\"\nphone = \"1\"\nalways = \"yes\"", "'always' must be true or false"},
      {"[[help]]\nid = \"a\"\ntitle = { xx-yy-zz = \"T\" }\nphone = \"1\"\nalways = true", "is no language such as"},
      {"[[help]]\nid = \"a\"\ntitle = \"T\"\nurl = \"javascript:alert(1)\"\nalways = true",
       "line 4, column 7: 'javascript:alert(1)' is no address"},
      {"[[best-bet]]\nid = \"a\"\nwords = [\"x\"]", "needs either a resource or a url"},
      {"[[best-bet]]\nid = \"a\"\nwords = [\"x\"]\nurl = \"https://a.example/\"", "has a url but no title"},
      {"[[best-bet]]\nid = \"a\"\nwords = [\"x\"]\nresource = \"r\"\nfrom = \"2026-02-30\"", "'from' must be a day"},
      {"[[best-bet]]\nid = \"a\"\nwords = [\"x\"]\nresource = \"r\"\nfrom = 2026-02-01\nuntil = 2026-01-01",
       "ends before it begins"},
      {"[[best-bet]]\nid = \"a\"\nwords = [\"x\"]\nresource = \"r\"\n[[best-bet]]\nid = \"a\"\nwords = [\"y\"]\n"
       "resource = \"r\"",
       "there are two of the id 'a' for a best bet"},
      {"[[redirect]]\nwords = [\"x\"]", "the redirect has no url"},
      {"[[expect]]\nshows = \"a\"", "the expectation has no query"},
      {"[[expect]]\nquery = \"a\"", "neither what it shows or hides"},
      {"[[expect]]\nquery = \"a\"\nshows = \"b\"\ntop = 0", "'top' must be a whole number from 1 to 50"},
      {"[[expect]]\nquery = \"a\"\nhelp = \"b\"", "line 1, column 1: the expectation names the help card 'b'"},
      {"hidden = [\"r\"]\n[[best-bet]]\nid = \"a\"\nwords = [\"x\"]\nresource = \"r\"",
       "line 2, column 1: the best bet shows 'r', which is hidden"},
      {"hidden = \"a\"", "'hidden' must be a list of texts"},
      {"hidden = [1]", "'hidden' holds something that is no text"},
      {"[[help", "line 1, column"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const std::string said = mistakes_in(row.text);
    INFO(said);
    CHECK(said.starts_with("the rules rules.toml, line "));
    CHECK(said.find(row.says) != std::string::npos);
  }
}

TEST_CASE("rules that cannot be read are an error with the name of the file") {
  const tests::TemporaryFolder folder;
  const auto missing = read_rules(folder / "none.toml");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message.find("none.toml") != std::string::npos);
  CHECK(read_rules(folder.path()).error().kind == ErrorKind::unreadable);
  CHECK(read_rules(folder.write("empty.toml", "")));
  const auto latin = read_rules(folder.write("latin.toml", "version = \"a\xe9\""));
  REQUIRE_FALSE(latin);
  CHECK(latin.error().message.find("not UTF-8") != std::string::npos);
  CHECK(read_rules(folder.write("rules.toml", kWhole)));
}
