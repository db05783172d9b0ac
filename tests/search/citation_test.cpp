#include "search/citation.h"

#include <boost/json.hpp>

#include "tests/catch.h"

using namespace carrel::search;

namespace {

Resource report() {
  Resource resource;
  resource.id = "reports/housing & more.pdf";
  resource.url = "https://lantern.example/reports/housing.pdf";
  resource.title = "Housing {first}: 100% of what works & why";
  resource.description = "A line\nand another";
  resource.type = "report";
  resource.format = "pdf";
  resource.language = "en";
  resource.date = "2021-04";
  resource.publisher = "Lantern Program";
  resource.author = {"Miriam Castellane", "Lantern Research Desk", "García López, Ana"};
  resource.topic = {"housing", "legal services"};
  resource.identifier = {"NCJ 900123"};
  resource.pages = 40;
  return resource;
}

PageText page_twelve() {
  return {.page = 12, .label = "8", .heading = "Eligibility", .text = {}, .url = "https://lantern.example/reports/housing.pdf#page=12"};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("people are told from bodies, and what is neither for certain stays as it is") {
  const auto castellane = person_name("Miriam Castellane");
  REQUIRE(castellane);
  CHECK(castellane->first == "Castellane");
  CHECK(castellane->second == "Miriam");
  CHECK(person_name("Ana B. Ortiz")->second == "Ana B.");
  CHECK(person_name("García López, Ana")->first == "García López");
  for (const char* body : {"Office for Victims of Crime", "Lantern Program", "Polaris", "Research Desk",
                           "Ana García López", "Department of Justice, Civil Rights Division"}) {
    INFO(body);
    CHECK_FALSE(person_name(body));
  }
}

TEST_CASE("RIS has a line a value and the page as locator") {
  const PageText page = page_twelve();
  const std::string ris = cite(report(), CitationFormat::ris, &page);
  CHECK(ris.starts_with("TY  - RPRT\r\n"));
  CHECK(ris.ends_with("ER  - \r\n"));
  for (const char* line : {"TI  - Housing {first}: 100% of what works & why\r\n", "AU  - Castellane, Miriam\r\n",
                           "AU  - Lantern Research Desk\r\n", "PY  - 2021\r\n", "DA  - 2021/04//\r\n", "SP  - 8\r\n",
                           "KW  - legal services\r\n", "AB  - A line and another\r\n", "SN  - NCJ 900123\r\n",
                           "UR  - https://lantern.example/reports/housing.pdf#page=12\r\n"}) {
    INFO(line);
    CHECK(has(ris, line));
  }
  CHECK_FALSE(has(cite(report(), CitationFormat::ris), "SP  - "));
}

TEST_CASE("BibTeX escapes what TeX takes for commands") {
  const std::string bibtex = cite(report(), CitationFormat::bibtex);
  CHECK(bibtex.starts_with("@techreport{reports-housing---more.pdf,\n"));
  CHECK(has(bibtex, "title = {{Housing \\{first\\}: 100\\% of what works \\& why}},"));
  CHECK(has(bibtex, "author = {Castellane, Miriam and {Lantern Research Desk} and García López, Ana},"));
  CHECK(has(bibtex, "institution = {Lantern Program},"));
  CHECK(has(bibtex, "year = {2021},"));
  CHECK(has(bibtex, "url = {https://lantern.example/reports/housing.pdf},"));
}

TEST_CASE("CSL-JSON is an array of one item") {
  const PageText page = page_twelve();
  const auto items = boost::json::parse(cite(report(), CitationFormat::csl_json, &page)).as_array();
  REQUIRE(items.size() == 1);
  const auto& item = items.front().as_object();
  CHECK(item.at("type").as_string() == "report");
  CHECK(item.at("page").as_string() == "8");
  CHECK(boost::json::serialize(item.at("issued")) == R"({"date-parts":[[2021,4]]})");
  CHECK(item.at("author").as_array().at(1).as_object().at("literal").as_string() == "Lantern Research Desk");
  CHECK(item.at("author").as_array().at(2).as_object().at("family").as_string() == "García López");
}

TEST_CASE("a section of a web page is named, not numbered") {
  Resource resource = report();
  resource.format = "html";
  resource.type = "web page";
  const PageText section{.page = 3, .label = {}, .heading = "Who can apply", .text = {}, .url = "https://x.example/#who"};
  const std::string ris = cite(resource, CitationFormat::ris, &section);
  CHECK(has(ris, "TY  - ELEC\r\n"));
  CHECK(has(ris, "SE  - Who can apply\r\n"));
  CHECK_FALSE(has(ris, "SP  - "));
  CHECK(has(ris, "UR  - https://x.example/#who\r\n"));
}

TEST_CASE("a resource of which little is known is still cited") {
  Resource resource;
  resource.id = "x";
  for (const auto format : {CitationFormat::ris, CitationFormat::bibtex, CitationFormat::csl_json}) {
    CHECK_FALSE(cite(resource, format).empty());
  }
  CHECK_FALSE(find_citation_format("endnote"));
  CHECK(find_citation_format("csl-json") == CitationFormat::csl_json);
}
