// What a librarian is told about documents that depend on each other.
#include <algorithm>

#include "tests/catch.h"
#include "tests/end-to-end/small_library.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// Texts of the warnings of one code.
std::vector<std::string> warnings(const json::object& report, std::string_view ending,
                                  std::string_view code) {
  std::vector<std::string> texts;
  for (const json::value& warning : document(report, ending).at("warnings").as_array()) {
    if (warning.at("code").as_string() == code) texts.emplace_back(warning.at("text").as_string());
  }
  return texts;
}

/// A text of many different words.
std::string long_text(int seed, int words = 400) {
  static constexpr const char* kWords[] = {"shelter", "advocate", "legal",  "visa",    "family",  "worker",
                                           "school",  "hotline",  "safety", "housing", "consent", "record",
                                           "police",  "nurse",    "debt",   "wage",    "travel"};
  std::string text;
  auto state = static_cast<unsigned>(seed) * 2654435761U + 1;
  for (int i = 0; i < words; ++i) {
    state = state * 1664525U + 1013904223U;
    text += std::string(kWords[(state >> 16) % 17]) + std::to_string((state >> 8) % 50) + " ";
  }
  return text;
}

std::string linking(std::string_view title, const std::vector<std::string>& targets) {
  std::string text = long_text(static_cast<int>(title.size()) * 31 + title[0]);
  for (const std::string& target : targets) text += "<a href=\"" + target + "\">see there</a> ";
  return page(title, text);
}

}  // namespace

TEST_CASE("A broken link is told until its target is there, and again when it goes") {
  const SmallLibrary library;
  const fs::path report = library.folder / "report.json";
  const auto told = [&](const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"--report", report.string(), "--url-prefix",
                                   "https://example.org/library"};
    words.insert(words.end(), more.begin(), more.end());
    CHECK(library.update(words).exit_code == 0);
    return warnings(read_json(report), "index.html", "broken-link");
  };
  library.folder.write(
      "documents/index.html",
      linking("Index", {"guides/a.html", "guides/missing.html", "https://example.org/library/b.html",
                        "https://elsewhere.org/library/c.html", "mailto:x@example.org"}));
  library.folder.write("documents/guides/a.html", linking("Guide A", {"../index.html"}));
  CHECK(told() ==
        std::vector<std::string>{"It links to guides/missing.html, which is not there",
                                 "It links to https://example.org/library/b.html, which is not there"});
  const Finished summary = library.update({"--url-prefix", "https://example.org/library"});
  CHECK(summary.exit_code == 0);

  library.folder.write("documents/guides/missing.html", linking("Found again", {}));
  library.folder.write("documents/b.html", linking("B", {}));
  CHECK(told().empty());
  CHECK(document(read_json(report), "index.html").at("action").as_string() == "unchanged");

  fs::remove(library.source / "guides/a.html");
  CHECK(told() == std::vector<std::string>{"It links to guides/a.html, which is not there"});
  fs::rename(library.source / "b.html", library.source / "moved.html");
  CHECK(told().size() == 2);
}

TEST_CASE("A file that lies twice in the library is told for both until one goes") {
  const SmallLibrary library;
  const fs::path report = library.folder / "report.json";
  library.folder.write("documents/a.html", page("Same", long_text(1)));
  library.folder.write("documents/copy/b.html", page("Same", long_text(1)));
  const Finished first = library.update({"--report", report.string()});
  CHECK(first.out.find("2 documents: the same file lies elsewhere too (duplicate), as ") !=
        std::string::npos);
  CHECK(warnings(read_json(report), "a.html", "duplicate") ==
        std::vector<std::string>{"It is the same file as copy/b.html"});
  CHECK(warnings(read_json(report), "b.html", "duplicate").size() == 1);
  CHECK(warnings(read_json(report), "a.html", "near-duplicate").empty());
  fs::remove(library.source / "copy/b.html");
  library.update({"--report", report.string()});
  CHECK(warnings(read_json(report), "a.html", "duplicate").empty());
}

TEST_CASE("Nearly the same text is told, also between a new document and an old one, but not of editions") {
  const SmallLibrary library;
  const fs::path report = library.folder / "report.json";
  library.folder.write("documents/a.html", page("Guide", long_text(1)));
  library.folder.write("documents/other.html", page("Other", long_text(2)));
  library.update({"--report", report.string()});
  CHECK(warnings(read_json(report), "a.html", "near-duplicate").empty());

  library.folder.write("documents/b.html", page("Guide, corrected", long_text(1) + "with one more remark"));
  library.update({"--report", report.string()});
  CHECK(warnings(read_json(report), "a.html", "near-duplicate") ==
        std::vector<std::string>{"Its text is nearly that of b.html"});
  CHECK(warnings(read_json(report), "b.html", "near-duplicate").size() == 1);
  CHECK(warnings(read_json(report), "other.html", "near-duplicate").empty());

  const fs::path catalogue =
      library.folder.write("catalog.csv", "path,id,supersedes\na.html,a,\nb.html,b,a\n");
  library.update({"--report", report.string(), "--catalog", catalogue.string()});
  CHECK(warnings(read_json(report), "a.html", "near-duplicate").empty());
  CHECK(warnings(read_json(report), "b.html", "near-duplicate").empty());

  library.folder.write("catalog.csv", "path,id,supersedes\na.html,a,\nb.html,b,\n");
  library.update({"--report", report.string(), "--catalog", catalogue.string()});
  CHECK(warnings(read_json(report), "a.html", "near-duplicate").size() == 1);
  library.folder.write("documents/b.html", page("Guide", long_text(3)));
  library.update({"--report", report.string(), "--catalog", catalogue.string()});
  CHECK(warnings(read_json(report), "a.html", "near-duplicate").empty());
}
