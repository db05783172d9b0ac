// The collection health report as a librarian asks for it.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/catch.h"
#include "tests/end-to-end/small_library.h"

using namespace carrel::tests;

namespace json = boost::json;

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> behind(const json::object& report, std::string_view code) {
  std::vector<std::string> paths;
  for (const json::value& problem : report.at("problems").as_array()) {
    if (problem.at("code").as_string() != code) continue;
    for (const json::value& one : problem.at("documents").as_array())
      paths.emplace_back(one.at("path").as_string());
  }
  return paths;
}

}  // namespace

TEST_CASE("The health report names the documents of the demonstration library that need care") {
  const TemporaryFolder folder;
  const Finished made =
      run("carrel-index", {"report", "--index", demonstration_library().index.string(), "--html",
                           (folder / "health.html").string(), "--json", (folder / "health.json").string(),
                           "--csv", (folder / "health.csv").string()});
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  CHECK(made.out.find(" unreadable\n") != std::string::npos);
  const json::object report = read_json(folder / "health.json");
  CHECK(behind(report, "unreadable") ==
        std::vector<std::string>{"forms/partner-agreement-locked.pdf", "reports/grant-summary-damaged.pdf"});
  CHECK(behind(report, "no-text-layer") == std::vector<std::string>{"forms/intake-form-scan.pdf"});
  const std::string html = text_of(folder / "health.html");
  CHECK(html.find("forms/intake-form-scan.pdf") != std::string::npos);
  CHECK(html.find("<svg class=\"columns\"") != std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
}

TEST_CASE("The health report escapes what hostile files say and what they are called") {
  const SmallLibrary library;
  library.folder.write("documents/a'><img src=x onerror=alert(1)>.html",
                       page("&lt;script&gt;alert(2)&lt;/script&gt;", "Some words on housing."));
  library.folder.write("documents/broken.pdf", "%PDF-1.4 and nothing");
  CHECK(library.update().exit_code == 1);
  const Finished made = run("carrel-index", {"report", "--index", library.index.string(), "--html",
                                             (library.folder / "health.html").string()});
  REQUIRE(made.exit_code == 0);
  const std::string html = text_of(library.folder / "health.html");
  CHECK(html.find("&lt;img src=x onerror=alert(1)&gt;") != std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(2)") != std::string::npos);
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("broken.pdf") != std::string::npos);
}

TEST_CASE("A health report that cannot be made says why and leaves nothing behind") {
  const SmallLibrary library;
  const auto report = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"report", "--index", library.index.string()};
    words.insert(words.end(), more.begin(), more.end());
    return run("carrel-index", words);
  };
  CHECK(report({"--html", (library.folder / "x.html").string()}).exit_code == 2);
  library.folder.write("documents/a.html", page("A", "words"));
  CHECK(library.update().exit_code == 0);
  const Finished nothing = report({});
  CHECK(nothing.exit_code == 2);
  CHECK(nothing.err.find("--html") != std::string::npos);
  const Finished nowhere = report({"--html", (library.folder / "no" / "x.html").string()});
  CHECK(nowhere.exit_code == 2);
  CHECK(nowhere.err.find("no/x.html") != std::string::npos);
  CHECK(report({"--html", (library.folder / "x.html").string(), "--languages", "english!"}).exit_code == 2);
  CHECK_FALSE(std::filesystem::exists(library.folder / "x.html"));
}
