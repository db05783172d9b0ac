#include "indexer/csv.h"

#include "tests/catch.h"

using carrel::indexer::csv_field;
using carrel::indexer::parse_csv;

namespace {

std::vector<std::vector<std::string>> cells(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  const auto records = parse_csv(text);
  for (const auto& record : records.value()) rows.push_back(record.fields);
  return rows;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("CSV is read as RFC 4180 has it") {
  CHECK(cells("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(cells("a,b\r\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(cells("\xef\xbb\xbf"
              "a\n1\n") == Rows{{"a"}, {"1"}});
  CHECK(cells("\"a, b\",\"say \"\"yes\"\"\"\n") == Rows{{"a, b", "say \"yes\""}});
  CHECK(cells("\"two\nlines\",x\n") == Rows{{"two\nlines", "x"}});
  CHECK(cells("a,,c\n,,\n") == Rows{{"a", "", "c"}, {"", "", ""}});
  CHECK(cells("a\n\n\nb\n") == Rows{{"a"}, {"b"}});
  CHECK(cells("").empty());
}

TEST_CASE("A CSV record knows the line it begins on, also behind a field of several lines") {
  const auto records = parse_csv("h\n\"x\ny\nz\"\nlast\n").value();
  REQUIRE(records.size() == 3);
  CHECK(records[1].line == 2);
  CHECK(records[2].line == 5);
}

TEST_CASE("Broken quoting in CSV is an error that names the line") {
  const auto open = parse_csv("a\n\"never closed\n");
  REQUIRE_FALSE(open);
  CHECK(open.error().message.find("line 2") != std::string::npos);
  const auto behind = parse_csv("a\n\"x\"y\n");
  REQUIRE_FALSE(behind);
  CHECK(behind.error().message.find("line 2") != std::string::npos);
}

TEST_CASE("A CSV field is quoted when it must be and reads back the same") {
  for (const std::string value : {"plain", "a,b", "say \"yes\"", "two\nlines", "", "ñ"}) {
    CHECK(parse_csv("x," + csv_field(value) + "\n").value().front().fields[1] == value);
  }
  CHECK(csv_field("plain") == "plain");
}
