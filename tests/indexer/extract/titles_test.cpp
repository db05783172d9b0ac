#include "indexer/extract/titles.h"

#include "tests/catch.h"

using carrel::indexer::is_junk_title;

TEST_CASE("Titles that word processors leave behind are junk") {
  for (const char* title : {"",
                            "-",
                            "Microsoft Word - Document1",
                            "Microsoft Word - NCJ 254 final.doc",
                            "Untitled",
                            "untitled-2",
                            "Document1",
                            "Slide 1",
                            "PowerPoint Presentation",
                            "report_final_v2",
                            "ncj-250-1",
                            "Annual report.pdf",
                            "C:\\Users\\me\\x.docx",
                            "/home/me/x",
                            "http://example.org/",
                            "12345",
                            "layout 1",
                            "Title",
                            "SF-424.indd",
                            "<4D6963726F736F667420576F7264>",
                            "bad \xef\xbf\xbd bytes"}) {
    INFO(title);
    CHECK(is_junk_title(title));
  }
}

TEST_CASE("Titles of documents are not junk") {
  for (const char* title : {"Trafficking in Persons Report 2020", "T visa", "Title 18 of the U.S. Code",
                            "Presentation of findings", "Document the abuse", "La trata de personas",
                            "\xe4\xba\xba\xe5\x8f\xa3", "COVID-19 and trafficking", "Toolkit"}) {
    INFO(title);
    CHECK_FALSE(is_junk_title(title));
  }
}
