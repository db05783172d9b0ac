#include "search/query_parser.h"

#include <string>
#include <vector>

#include "search/notices.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using carrel::tests::codes;

namespace {

const std::vector<std::string> kLanguages = {"en", "es"};

ParsedTree parse(std::string_view query, QueryLimits limits = {}) {
  return parse_query(query, limits, kLanguages);
}

struct Row {
  const char* query;
  const char* in_words;
  std::vector<std::string> notices;
};

void check(const Row& row) {
  INFO("query: " << row.query);
  const ParsedTree tree = parse(row.query);
  CHECK(in_words(tree.root) == row.in_words);
  CHECK(codes(tree.notices) == row.notices);
}

}  // namespace

TEST_CASE("What people type is taken as they mean it") {
  const std::vector<Row> rows = {
      // The behaviour of Xapian's own parser on these lines was found wanting.
      {"Shelters for victims", "shelters and victims", {}},
      {"sex OR labor trafficking", "(sex or labor) and trafficking", {}},
      {"\"debt bondage\"", "“debt bondage”", {}},
      {"victim's", "victim's", {}},
      {"victims\u2019", "victims", {}},
      {"18 U.S.C. § 1591", "18 U.S.C. § 1591", {}},
      {"T visa", "T visa", {}},
      {"T-visa H-2A", "T-visa and H-2A", {}},
      {"LGBTQ+", "LGBTQ+", {}},
      {"AT&T", "AT&T", {}},
      {"trafficking/smuggling", "“trafficking smuggling”", {}},
      {"*", "everything", {}},
      {"NEAR", "near", {}},
      {"AND OR", "and and or", {"taken-as-words", "taken-as-words"}},
      {"NOT labor", "everything, not labor", {}},
      {"a AND (b OR", "a and b", {"taken-as-words", "taken-as-words"}},
      {"(unbalanced", "unbalanced", {"taken-as-words"}},
      {"unbalanced)", "unbalanced", {"taken-as-words"}},
      {"\"open quote", "“open quote”", {}},
      {"2015..2020", "year from 2015 to 2020", {}},
      {"2020..2015", "“2020 2015”", {}},
      {"7102..7114", "“7102 7114”", {}},
      {"date:2019..2020", "date from 2019 to 2020", {}},
      {"date:2020-13-45..", "“2020 13 45”", {"taken-as-words"}},
      {"人口贩卖", "人口贩卖", {}},
      {"abc 人口贩卖 def", "abc and 人口贩卖 and def", {}},
      {"T签证", "T签证", {}},
      {"labor or sex", "labor and sex", {}},
      {"to be or not to be", "to and be and or and not and to and be", {}},
      // The syntax that is offered.
      {"\u201cdebt bondage\u201d \u00abmain-d\u2019oeuvre\u00bb", "“debt bondage” and “main d oeuvre”", {}},
      {"\u201edebt bondage\u201c visa", "“debt bondage” and visa", {}},
      {"main-d\u2019oeuvre l'aide dell\u2019uomo O'Brien",
       "“main oeuvre” and aide and uomo and “o brien”",
       {}},
      {"labor -sex", "labor, not sex", {}},
      {"labor -\"sex work\" -(a1 OR b1)", "labor, not “sex work” and not (a1 or b1)", {}},
      {"labor NOT sex", "labor, not sex", {}},
      {"+the labor", "the and labor", {}},
      {"the AND labor", "the and labor", {}},
      {"labor AND NOT sex", "labor, not sex", {}},
      {"labor | sex | forced", "labor or sex or forced", {}},
      {"(labor law) OR (sex -work)", "(labor and law) or (sex, not work)", {}},
      {"((((labor))))", "labor", {}},
      {"() labor ( )", "labor", {}},
      {"traffick*", "words that begin with “traffick”", {}},
      {"tr*", "tr", {"taken-as-words"}},
      {"labor NEAR/5 visa", "labor within 5 words of visa", {}},
      {"labor ADJ/3 visa", "labor followed within 3 words by visa", {}},
      {"labor NEAR/0 visa", "labor and “near 0” and visa", {}},
      {"NEAR/5 visa", "“near 5” and visa", {"taken-as-words"}},
      {"=Organ", "“organ”", {}},
      {"~tvpa housing", "tvpa or what it is also called and housing", {}},
      {"~\"debt bondage\"", "“debt bondage” or what it is also called", {}},
      {"~ ~~ =", "everything", {}},
      {"type:report labor", "type is “report” and labor", {}},
      {"TYPE:report,toolkit", "type is “report” or “toolkit”", {}},
      {"type:\"fact sheet\"", "type is “fact sheet”", {}},
      {"title:\"two words\"", "title has “two words”", {}},
      {"subject:housing intitle:visa filetype:pdf",
       "topic is “housing” and title has “visa” and format is “pdf”",
       {}},
      {"site:ovc.ojp.gov ncj:254679", "url is “ovc.ojp.gov” and identifier is “254679”", {}},
      {"is:accessible lang:es", "accessible is “accessible” and language is “es”", {}},
      {"year:2015..2020", "year from 2015 to 2020", {}},
      {"year:2015", "year 2015", {}},
      {"date:2019-06..", "date from 2019-06", {}},
      {"pages:..10", "pages up to 10", {}},
      {"pages:many", "many", {"taken-as-words"}},
      {"year:soon", "soon", {"taken-as-words"}},
      {"year:2020..2015", "“2020 2015”", {"taken-as-words"}},
      {"topic:housing+ visa", "topic is “housing” or narrower and visa", {}},
      {"topic:\"labor trafficking\"+/housing,shelter",
       "topic is “labor trafficking” or narrower or topic is “housing” or “shelter”",
       {}},
      {"type:toolkit/\"fact sheet\"", "type is “toolkit” or “fact sheet”", {}},
      {"title:housing/shelter", "title has “housing” or title has “shelter”", {}},
      {"autor:Núñez título:vivienda año:2019",
       "author has “Núñez” and title has “vivienda” and year 2019",
       {}},
      {"-type:toolkit -year:2019", "everything, not type is “toolkit” and not year 2019", {}},
      {"id:reports/2020.pdf", "id is “reports/2020.pdf”", {}},
      {"has:ocr", "accessible is “scanned”", {}},
      {"has:text", "accessible is “accessible” or “untagged”", {}},
      {"after:2019 before:2021-06", "date from 2019 and date up to 2021-06", {}},
      {"date:P2Y/", "date P2Y/", {}},
      {"date:2019/2020", "date 2019/2020", {}},
      {"year:2015,2018..2020", "year 2015 or year from 2018 to 2020", {}},
      {"pages:>=10 pages:2-5", "pages >=10 and pages 2-5", {}},
      {"(lang:es)", "language is “es”", {}},
      {"lang：es", "language is “es”", {}},
      {"tpic:housing", "tpic and housing", {"unknown-field"}},
      {"foo:bar", "foo and bar", {"unknown-field"}},
      {"note: something", "note and something", {}},
      {"https://ovc.ojp.gov/help", "“https ovc ojp gov help”", {}},
      {"10:30", "“10 30”", {}},
      {"22 U.S.C. 7102(11)(A)", "22 U.S.C. 7102(11)(A)", {}},
      {"victim(s)", "victim", {}},
      {"(888) 373-7888", "888) 373-7888", {}},
      {"call (888) 373-7888 (help)", "call and 888) 373-7888 and help", {}},
      {"T and U visas", "T and U visas", {}},
      {"18 USC 1589, 1591 -housing", "(18 U.S.C. 1589 or 18 U.S.C. 1591), not housing", {}},
      {"-I-914 (T visa OR U visa)", "(T visa or U visa), not I-914", {}},
      {"+1 888 373 7888", "1 888 373 7888", {}},
      {"form I-914, Supplement B housing", "form I-914, Supplement B and housing", {}},
      {"\"T visa\" title:\"T visa\"", "“t visa” and title has “T visa”", {}},
      {"doi:10.1186/s13643", "identifier is “10.1186/s13643”", {}},
      {"housing,shelter;help", "housing and shelter and help", {}},
      {"9,854 people", "9854 and people", {}},
      {"WHO guidelines", "who and guidelines", {}},
      {"who is a victim", "victim", {}},
      {"víctimas de la trata", "víctimas and trata", {}},
      {"HOUSING OR SHELTER FOR VICTIMS OF TRAFFICKING",
       "housing and shelter and victims and trafficking",
       {"taken-as-words"}},
      {"TVPA OR VAWA", "tvpa or vawa", {}},
      {"- -- + & § …", "everything", {}},
      {"", "everything", {}},
      {"full\u3000width", "full and width", {}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("What was understood is told in Spanish to readers of Spanish") {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"labor (sex OR work) -music", "labor y (sex o work), sin music"},
      {"-a1 -b1", "todo, sin a1 ni b1"},
      {"type:report year:2015..2020", "tipo es “report” y año de 2015 a 2020"},
      {"date:2019-06.. pages:..10", "fecha desde 2019-06 y páginas hasta 10"},
      {"title:visa traffick*", "título contiene “visa” y palabras que empiezan por “traffick”"},
      {"labor NEAR/5 visa", "labor a 5 palabras como máximo de visa"},
      {"~tvpa topic:housing+", "tvpa o como también se llama y tema es “housing” o más específico"},
  };
  for (const auto& [query, told] : rows) CHECK(in_words(parse(query).root, "es-MX") == told);
}

TEST_CASE("Notices are in the language of the interface") {
  auto notices = parse("tpic:housing").notices;
  CHECK(notices.at(0).text.ends_with("Did you mean “topic:”?"));
  CHECK(notices::for_readers(notices, "vi").at(0).text == notices.at(0).text);
  CHECK(notices::for_readers(notices, "es").at(0).text.ends_with("¿Quiso decir “topic:”?"));
}

TEST_CASE("A query is bounded, and says what was left out") {
  SECTION("bytes") {
    const ParsedTree tree = parse("labor labör", {.bytes = 10});
    CHECK(in_words(tree.root) == "labor and lab");
    CHECK(codes(tree.notices) == std::vector<std::string>{"cut"});
  }
  SECTION("words") {
    const ParsedTree tree = parse("aa bb cc \"dd ee\"", {.words = 4});
    CHECK(in_words(tree.root) == "aa and bb and cc and “dd”");
    CHECK(codes(tree.notices) == std::vector<std::string>{"cut"});
  }
  SECTION("words of fields") {
    const ParsedTree tree = parse("title:\"aa bb cc\" lang:en,es dd", {.words = 4});
    CHECK(in_words(tree.root) == "title has “aa bb cc” and language is “en”");
    CHECK(codes(tree.notices) == std::vector<std::string>{"cut"});
  }
  SECTION("nesting") {
    const ParsedTree tree = parse("(aa (bb OR (cc dd)))", {.nesting = 2});
    CHECK(in_words(tree.root) == "aa and ((bb or cc) and dd)");
    CHECK(codes(tree.notices) == std::vector<std::string>{"cut"});
  }
}

TEST_CASE("Queries made to exhaust the parser are answered") {
  const QueryLimits wide{.bytes = 1 << 20, .words = 1 << 20, .nesting = 50, .wildcard_terms = 10};
  std::string many, nots, signs;
  for (int i = 0; i < 50'000; ++i) many += "w" + std::to_string(i) + " OR ";
  for (int i = 0; i < 20'000; ++i) nots += "a NOT (";
  for (int i = 0; i < 5'000; ++i) signs += "NOT ";
  for (const std::string& query :
       {many, nots, std::string(200'000, '('), std::string(200'000, ')'), signs, std::string(200'000, '"'),
        std::string(100'000, '-'), std::string(1000, '\xff')}) {
    CHECK_NOTHROW(parse(query, wide));
    CHECK_NOTHROW(parse(query));
  }
}
