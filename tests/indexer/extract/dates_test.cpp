#include "indexer/extract/dates.h"

#include "tests/catch.h"

using carrel::indexer::iso_date;

TEST_CASE("Dates of documents keep their precision") {
  struct Case {
    std::string text;
    std::string date;  // empty: none
  };
  const Case cases[] = {{"D:20200428120000-05'00'", "2020-04-28"},
                        {"D:2020", "2020"},
                        {"D:202004", "2020-04"},
                        {"20200428", "2020-04-28"},
                        {"2020-04-28T10:00:00Z", "2020-04-28"},
                        {"2020-04-28 10:00", "2020-04-28"},
                        {"2020-04", "2020-04"},
                        {"2020/4/8", "2020-04-08"},
                        {" 2020 ", "2020"},
                        {"April 28, 2020", "2020-04-28"},
                        {"Apr. 28th 2020", "2020-04-28"},
                        {"28 April 2020", "2020-04-28"},
                        {"Tue, 28 Apr 2020 10:00:00 GMT", "2020-04-28"},
                        {"Published on September 2020", "2020-09"},
                        {"Sept 1, 2020", "2020-09-01"},
                        {"4/28/2020", "2020-04-28"},
                        {"28/4/2020", "2020-04-28"},
                        {"D:20201399", "2020"},
                        {"", ""},
                        {"soon", ""},
                        {"2020-02-30", ""},
                        {"2020-13-01", ""},
                        {"0000-00-00", ""},
                        {"99999999", ""},
                        {"April", ""},
                        {"version 2.2020", ""},
                        {"D:", ""}};
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(iso_date(c.text).value_or("") == c.date);
  }
}
