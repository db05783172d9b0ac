#include "indexer/warning_codes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "tests/catch.h"

using namespace carrel::indexer;

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("Every code that the sources warn with is in the table") {
  std::set<std::string> codes;
  const std::regex warning(R"re((?:warn\(|warnings\.push_back\(\{)\s*"([a-z-]+)")re");
  const std::regex line(R"re("([a-z]+-[a-z-]+): [A-Z])re");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(CARREL_SOURCE_DIR) / "indexer")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (const std::regex& pattern : {warning, line}) {
      for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
        codes.insert((*at)[1]);
    }
  }
  CHECK(codes.contains("untagged"));
  CHECK(codes.contains("broken-link"));
  for (const std::string& code : codes) {
    INFO(code);
    CHECK(std::ranges::find(kWarningCodes, code, &WarningCode::code) != kWarningCodes.end());
  }
}

TEST_CASE("The README lists every code with its meaning") {
  const std::string readme = text_of(fs::path(CARREL_SOURCE_DIR) / "README.md");
  for (const WarningCode& code : kWarningCodes) {
    INFO(code.code);
    CHECK(readme.find("| `" + std::string(code.code) + "` | " + std::string(code.means)) !=
          std::string::npos);
  }
}

TEST_CASE("A summary counts documents, not warnings, and names the first") {
  std::vector<ReportRow> rows(3);
  rows[0] = {.path = "/a", .warnings = {"broken-link: x", "broken-link: y", "untagged: z"}};
  rows[1] = {.path = "/b", .warnings = {"broken-link: x", "of-tomorrow: w"}};
  const auto counts = count_warnings(rows);
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].code == "untagged");
  CHECK(counts[1].code == "broken-link");
  CHECK(counts[1].documents == 2);
  CHECK(counts[1].example == "/a");
  CHECK(counts[2].code == "of-tomorrow");
  CHECK(to_line(counts[0]) ==
        "  1 document: not tagged, so screen readers cannot follow it (untagged), as /a; make it anew as a "
        "tagged PDF");
}
