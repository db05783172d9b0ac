// Sessions: references, read by programs that others wrote (bibutils, Python's json).
#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel::tests;

TEST_CASE("A reference to a page has the page as its place, in each form") {
  const std::string cite = "--cite reports/bondage.pdf --page 3";
  const std::string ris = search(cite).out;
  CHECK(holds(ris, "TY  - RPRT\r\n"));
  CHECK(holds(ris, "AU  - Rivera, Ana\r\n"));
  CHECK(holds(ris, "SP  - L3\r\n"));
  CHECK(holds(ris, "UR  - https://x.example/reports/bondage.pdf#page=3\r\n"));
  CHECK(holds(search(cite + " --format bibtex").out, "pages = {L3}"));
  CHECK(holds(search(cite + " --format csl-json").out, "\"locator\":\"L3\""));
  CHECK(search("--cite nobody 2>/dev/null").exit_code == 2);
}

TEST_CASE("bibutils reads our RIS without a warning and finds every field") {
  const Finished read = shell(line("--cite reports/bondage.pdf --page 3") + " | ris2xml 2>&1");
  CHECK(read.exit_code == 0);
  CHECK(holds(read.out, "<title>Debt bondage, &quot;in figures&quot;</title>"));
  CHECK(holds(read.out, "<namePart type=\"family\">Rivera</namePart>"));
  CHECK(holds(read.out, "<publisher>Lantern Program</publisher>"));
  CHECK(holds(read.out, "<dateIssued>2020-04-28</dateIssued>"));
  CHECK(holds(read.out, "L3"));
  CHECK(holds(read.out, "<url>https://x.example/reports/bondage.pdf#page=3</url>"));
}

TEST_CASE("bibutils reads our BibTeX and gives back title, names, number and page") {
  const auto as_ris = [](const std::string& cite) {
    return shell(line("--format bibtex --cite " + cite) + " | bib2xml 2>/dev/null | xml2ris 2>/dev/null").out;
  };
  const std::string report = as_ris("reports/bondage.pdf");
  CHECK(holds(report, "TY  - RPRT"));
  CHECK(holds(report, "TI  - Debt bondage, "));
  CHECK(holds(report, "AU  - Rivera, Ana"));
  CHECK(holds(report, "AU  - Lantern Program"));
  CHECK(holds(report, "PY  - 2020"));
  CHECK(holds(report, "IS  - NCJ 123456"));
  CHECK(holds(as_ris("hoja --page 1"), "SP  - L1"));  // it leaves out the pages of reports
}

TEST_CASE("A list of references is one file that each reader takes") {
  CHECK(shell(line("--all --format ris bondage 2>/dev/null") + " | ris2xml 2>/dev/null | grep -c '<mods '")
            .out == "2\n");
  CHECK(shell(line("--all --format bibtex bondage 2>/dev/null") + " | bib2xml 2>/dev/null | grep -c '<mods '")
            .out == "2\n");
  const Finished csl =
      shell(line("--all --format csl-json bondage 2>/dev/null") +
            " | python3 -c 'import json, sys; print(sorted(i[\"id\"] for i in json.load(sys.stdin)))'");
  CHECK(csl.out == "['guide', 'reports/bondage.pdf']\n");
  CHECK(search("--format csl-json --no-correct qwertyuiop").out == "[\n]\n");
}

TEST_CASE("References of a search stand on the page of its best passage") {
  CHECK(holds(search("--format ris 'farm workers' --type report").out, "SP  - L1\r\n"));
  CHECK_FALSE(holds(search("--format ris --passages 0 'farm workers' --type report").out, "SP  - "));
}
