// Sessions: concordances and plots.
#include <algorithm>
#include <sstream>

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel::tests;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string one; std::getline(in, one);) lines.push_back(one);
  return lines;
}

}  // namespace

TEST_CASE("Every occurrence has a line of its own, with its page, the words above each other") {
  const auto lines = lines_of(search("--kwic 'debt bondage' --type report").out);
  REQUIRE(lines.size() > 4);
  CHECK(lines[0].starts_with("   1  p. 1"));
  CHECK(lines[1].starts_with("   1  p. 3"));
  CHECK(lines[2].starts_with("   1  p. 3"));
  const std::size_t column = lines[0].find("debt bondage");
  CHECK(column != std::string::npos);
  CHECK(lines[1].find("debt bondage") == column);
  CHECK(lines[2].find("debt bondage", column) == column);
  CHECK(holds(lines[1], "Nothing here. Where debt bondage begins, wages end."));
}

TEST_CASE("A phrase that runs over the end of a page is found on the page where it begins") {
  const auto lines = lines_of(search("--kwic --format tsv 'debt bondage' --type report").out);
  REQUIRE(lines.size() == 5);
  CHECK(holds(lines[4], "\t3\tL3\t"));
  CHECK(holds(lines[4], "and so does this \tdebt bondage\t over two pages."));
}

TEST_CASE("Counts by resource and by year follow, and come to the number of lines") {
  const std::string out = search("--kwic 'debt bondage'").out;
  CHECK(holds(out, "     4×  Debt bondage, \"in figures\", 2020-04-28 · reports/bondage.pdf"));
  CHECK(holds(out, "     1×  A guide to housing & shelter, 2022 · guide"));
  CHECK(holds(out, "2020       4×\n2022       1×\n"));
  CHECK(out.ends_with("5 occurrences in 2 resources\n"));
}

TEST_CASE("Occurrences can be ordered by the word on their left or right") {
  const auto words = [](const std::string& arguments, int column) {
    return shell(line("--kwic --format tsv 'debt bondage' " + arguments) + " | tail -n +2 | cut -f" +
                 std::to_string(column))
        .out;
  };
  const auto right = lines_of(words("--kwic-sort right --type report", 10));
  REQUIRE(right.size() == 4);
  CHECK(right[0].starts_with(" begins"));
  CHECK(right[1].starts_with(" case"));
  CHECK(right[2].starts_with(" of farm"));
  CHECK(right[3].starts_with(" over"));
  const auto left = lines_of(words("--kwic-sort left --type report", 8));
  REQUIRE(left.size() == 4);
  CHECK(left[0].ends_with("Every "));
  CHECK(left[1].ends_with("The "));
  CHECK(left[2].ends_with("this "));
  CHECK(left[3].ends_with("Where "));
}

TEST_CASE("A concordance as one object has the lines, the counts and what they were made of") {
  const auto all = boost::json::parse(search("--kwic --json 'debt bondage'").out).as_object();
  CHECK(all.at("occurrences").as_array().size() == 5);
  CHECK(all.at("total").as_int64() == 5);
  CHECK(all.at("resources").as_array().size() == 2);
  CHECK(all.at("years").at(0).at("occurrences").as_int64() == 4);
  CHECK(all.at("occurrences").at(0).at("url").as_string().find("#page=1") != std::string::npos);
  CHECK(all.at("collection").as_string().size() == 32);
  CHECK(search("--kwic --json qwertyuiop --no-correct").exit_code == 1);
  CHECK(boost::json::parse(search("--kwic --json qwertyuiop --no-correct").out).at("total").as_int64() == 0);
}

TEST_CASE("So many characters of context are shown as were asked for") {
  const auto lines = lines_of(search("--kwic --context 5 bondage --type guide").out);
  CHECK(lines[0] == "   1  p. 1      debt bondage too.");
}

TEST_CASE("The option --trend draws results by year, or occurrences") {
  const std::string results = search("--trend bondage -n 1").out;
  CHECK(holds(results, "2020         1  ████"));
  CHECK(holds(results, "2021         0\n"));
  CHECK(holds(results, "2022         1  ████"));
  CHECK(holds(search("--trend --kwic bondage").out, "2022         1  █"));
  CHECK(holds(search("--trend --year 2022 bondage").out, "2022         1"));
  CHECK_FALSE(holds(search("--trend --year 2022 bondage").out, "\n2020 "));
  CHECK(holds(search("--trend").out, "1 without a year"));
}

TEST_CASE("The option --plot writes the plot as SVG that a reader of XML accepts") {
  const TemporaryFolder folder;
  const std::string file = (folder / "plot.svg").string();
  CHECK(search("--plot " + word(file) + " '\"debt bondage\"' '<&>'").exit_code == 0);
  const std::string svg = content_of(file);
  CHECK(holds(svg, "<title id=\"t\">&quot;debt bondage&quot; &lt;&amp;&gt;</title>"));
  CHECK(holds(svg, "2020: 1, 2022: 1"));
  const Finished read = shell(
      "python3 -c 'import sys, xml.dom.minidom as m; "
      "print(len(m.parse(sys.argv[1]).getElementsByTagName(\"rect\")))' " +
      word(file));
  CHECK(read.out == "4\n");  // the ground and three years
  const Finished nowhere = search("--plot /nowhere/at/all.svg bondage 2>&1 >/dev/null");
  CHECK(nowhere.exit_code == 2);
  CHECK(holds(nowhere.out, "cannot write /nowhere/at/all.svg: No such file or directory"));
}
