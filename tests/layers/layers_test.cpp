// Fails with a sentence when an arrow of the architecture runs the wrong way.
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/fields.h"
#include "tests/catch.h"
#include "tests/layers/source_tree.h"

namespace carrel::layers {
namespace {

namespace fs = std::filesystem;

/// The layer of a path: the longest of these that it begins with.
constexpr std::string_view kLayers[] = {"search/schema/", "search/cli/",  "search/", "indexer/",
                                        "query-server/",  "benchmarks/", "tests/"};

std::string_view layer_of(std::string_view path) {
  for (const std::string_view layer : kLayers) {
    if (path.starts_with(layer)) return layer;
  }
  return {};
}

/// What each layer may include besides itself.
const std::map<std::string_view, std::set<std::string_view>> kMayInclude = {
    {"search/schema/", {}},
    {"search/", {"search/schema/"}},
    {"search/cli/", {"search/", "search/schema/"}},
    {"indexer/", {"search/schema/"}},
    {"query-server/", {"search/", "search/schema/"}},
    {"benchmarks/", {"search/schema/", "search/", "indexer/", "query-server/", "tests/"}},
    {"tests/", {"search/schema/", "search/cli/", "search/", "indexer/", "query-server/", "benchmarks/"}},
};

/// A sentence when `from` may not include `to`.
std::optional<std::string> wrong_arrow(std::string_view from, std::string_view to) {
  const std::string sentence = std::string(from) + " includes " + std::string(to);
  const std::string_view there = layer_of(to);
  if (there.empty()) return sentence + ", which is not spelled from the root of the project.";
  const std::string_view here = layer_of(from);
  if (here == there || kMayInclude.at(here).contains(there)) return std::nullopt;
  return sentence + ": " + std::string(here) + " may not know " + std::string(there) + ".";
}

/// Where the headers of a library may be included.
struct Foreign {
  std::string_view library;
  std::vector<std::string_view> headers;  ///< beginnings of the names of its headers
  std::vector<std::string_view>
      places;                ///< beginnings of the paths that may; tests/ and benchmarks/ always may
  bool headers_too = false;  ///< our headers may include it, not only .cpp files
  std::size_t files = 1000;  ///< in how many files of one layer at most
};

const std::vector<Foreign> kForeign = {
    {.library = "Poppler",
     .headers = {"poppler/", "goo/", "splash/", "SplashOutputDev.h", "PDFDoc.h", "GlobalParams.h",
                 "TextOutputDev.h", "Outline.h", "Page.h", "Catalog.h", "Object.h", "Stream.h", "Link.h",
                 "Error.h", "ErrorCodes.h", "FileSpec.h"},
     .places = {"indexer/extract/pdf", "indexer/extract/page_picture.cpp"},
     .files = 5},
    {.library = "Tesseract",
     .headers = {"tesseract/", "leptonica/"},
     .places = {"indexer/extract/recognition.cpp"},
     .files = 1},
    {.library = "libxml2", .headers = {"libxml/"}, .places = {"indexer/extract/"}, .files = 2},
    {.library = "libarchive", .headers = {"archive"}, .places = {"indexer/extract/"}, .files = 1},
    {.library = "MD4C", .headers = {"md4c"}, .places = {"indexer/extract/"}, .files = 1},
    {.library = "libseccomp", .headers = {"seccomp.h"}, .places = {"indexer/extract/"}, .files = 1},
    {.library = "CLD2", .headers = {"cld2/"}, .places = {"indexer/extract/"}, .files = 1},
    {.library = "Boost.Beast and Asio",
     .headers = {"boost/beast", "boost/asio"},
     .places = {"query-server/http_server.cpp"},
     .files = 1},
    {.library = "CLI11", .headers = {"CLI/"}, .places = {"search/", "indexer/", "query-server/"}, .files = 1},
    {.library = "Xapian", .headers = {"xapian"}, .places = {"search/", "indexer/"}, .headers_too = true},
    {.library = "ICU", .headers = {"unicode/"}, .places = {"search/", "indexer/", "query-server/"}},
    {.library = "Boost.JSON and URL",
     .headers = {"boost/json"},
     .places = {"search/", "indexer/", "query-server/"}},
    {.library = "toml++",
     .headers = {"toml++/"},
     .places = {"search/cli/saved_searches.cpp", "search/cli/search_record.cpp", "search/cli/settings.cpp", "indexer/",
                "query-server/configuration.cpp"}},
    {.library = "zstd",
     .headers = {"zstd"},
     .places = {"search/schema/compression.cpp", "query-server/content_coding.cpp"},
     .files = 1},
    {.library = "libcurl",
     .headers = {"curl/"},
     .places = {"search/cli/http_client.cpp", "indexer/fetch/http_client.cpp",
                "indexer/fetch/web_address.cpp"},
     .files = 2},
    {.library = "zlib and Brotli",
     .headers = {"zlib.h", "brotli/"},
     .places = {"query-server/content_coding.cpp", "indexer/fetch/gunzip.cpp"},
     .files = 1},
    {.library = "prometheus-cpp", .headers = {"prometheus/"}, .places = {"query-server/metrics.cpp"}, .files = 1},
    {.library = "Eigen", .headers = {"Eigen/"}, .places = {"indexer/randomised_svd.cpp"}, .files = 1},
    {.library = "SQLite", .headers = {"sqlite3"}, .places = {"indexer/memory_file.cpp"}, .files = 1},
    {.library = "OpenSSL", .headers = {"openssl/"}, .places = {"indexer/content_key.cpp"}, .files = 1},
    {.library = "Catch2", .headers = {"catch2/"}, .places = {}},
};

bool begins_with_any(std::string_view text, const std::vector<std::string_view>& beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view one) { return text.starts_with(one); });
}

bool includes(const SourceFile& file, const Foreign& rule) {
  return std::ranges::any_of(
      file.foreign, [&](const std::string& header) { return begins_with_any(header, rule.headers); });
}

std::optional<std::string> wrong_place(const SourceFile& file, const Foreign& rule) {
  const std::string_view layer = layer_of(file.path);
  if (!includes(file, rule) || layer == "tests/" || layer == "benchmarks/") return std::nullopt;
  const std::string library(rule.library);
  if (!begins_with_any(file.path, rule.places)) return file.path + " may not include " + library + ".";
  if (file.is_header() && !rule.headers_too)
    return file.path + " is a header: " + library + " belongs into a .cpp file.";
  return std::nullopt;
}

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> files = source_tree(CARREL_SOURCE_DIR);
  return files;
}

/// A failed check shows nothing but the sentences.
void expect_none(const std::vector<std::string>& sentences) {
  std::string all;
  for (const std::string& sentence : sentences) all += sentence + "\n";
  INFO(all);
  CHECK(sentences.empty());
}

TEST_CASE("The rules tell a wrong arrow from a right one") {
  CHECK(wrong_arrow("search/schema/terms.cpp", "search/request.h"));
  CHECK(wrong_arrow("indexer/main.cpp", "search/searcher.h"));
  CHECK(wrong_arrow("search/searcher.cpp", "indexer/plan.h"));
  CHECK(wrong_arrow("query-server/main.cpp", "indexer/plan.h"));
  CHECK(wrong_arrow("indexer/main.cpp", "tests/catch.h"));
  CHECK(wrong_arrow("search/matcher.cpp", "matcher.h"));
  CHECK(wrong_arrow("search/searcher.cpp", "search/cli/options.h"));
  CHECK(wrong_arrow("query-server/main.cpp", "search/cli/terminal.h"));
  CHECK_FALSE(wrong_arrow("indexer/main.cpp", "search/schema/fields.h"));
  CHECK_FALSE(wrong_arrow("query-server/main.cpp", "search/searcher.h"));
  CHECK_FALSE(wrong_arrow("tests/indexer/plan_test.cpp", "indexer/plan.h"));

  const auto file =
      read_source("search/x.h",
                  "// #include <libxml/tree.h>\n#pragma once\n#include <CLI/CLI.hpp>\n/* \"XPB\" */\n"
                  "#include \"search/y.h\"\nauto a = f(\"one\", '\"', \"two\\\"\"); // \"three\"\n");
  CHECK(file.pragma_once);
  CHECK(file.first == "CLI/CLI.hpp");
  CHECK(file.own == std::vector<std::string>{"search/y.h"});
  CHECK(file.foreign == std::vector<std::string>{"CLI/CLI.hpp"});
  CHECK(file.literals == std::vector<std::string>{"one", "two\\\""});
  CHECK(std::ranges::any_of(kForeign,
                            [&](const Foreign& rule) { return wrong_place(file, rule).has_value(); }));
  CHECK(program_sources("add_executable(carrel-x main.cpp\n  a.cpp)\n", "carrel-x") ==
        std::vector<std::string>{"main.cpp", "a.cpp"});
}

TEST_CASE("Every include follows the arrows of the architecture") {
  REQUIRE(tree().size() > 20);
  std::vector<std::string> sentences;
  for (const SourceFile& file : tree()) {
    for (const std::string& included : file.own) {
      if (auto sentence = wrong_arrow(file.path, included)) sentences.push_back(*sentence);
      if (!fs::exists(fs::path(CARREL_SOURCE_DIR) / included))
        sentences.push_back(file.path + " includes " + included + ", which does not exist.");
    }
  }
  expect_none(sentences);
}

TEST_CASE("What belongs to one program stays with it") {
  std::vector<std::string> sentences;
  for (const auto& [folder, program] : std::map<std::string, std::string>{
           {"search/cli/", "carrel-search"}, {"indexer/", "carrel-index"}, {"query-server/", "carrel-server"}}) {
    const auto sources =
        program_sources(file_text(fs::path(CARREL_SOURCE_DIR) / folder / "CMakeLists.txt"), program);
    CHECK(std::ranges::find(sources, "main.cpp") != sources.end());
    for (const std::string& source : sources) {
      const std::string header = folder + fs::path(source).replace_extension(".h").generic_string();
      for (const SourceFile& file : tree()) {
        if (file.path.starts_with(folder) || file.path.starts_with("tests/")) continue;
        if (std::ranges::find(file.own, header) != file.own.end())
          sentences.push_back(file.path + " includes " + header + ", which belongs to " + program +
                              " alone.");
      }
    }
  }
  expect_none(sentences);
}

TEST_CASE("Libraries from outside stay in their places") {
  std::vector<std::string> sentences;
  for (const Foreign& rule : kForeign) {
    std::map<std::string_view, std::vector<std::string>> users;
    for (const SourceFile& file : tree()) {
      if (auto sentence = wrong_place(file, rule)) sentences.push_back(*sentence);
      if (includes(file, rule)) users[layer_of(file.path)].push_back(file.path);
    }
    for (const auto& [layer, files] : users) {
      if (layer == "tests/" || layer == "benchmarks/" || files.size() <= rule.files) continue;
      std::string sentence = std::string(rule.library) + " may be included in " + std::to_string(rule.files) +
                             " file of " + std::string(layer) + ", but it is in:";
      for (const std::string& path : files) sentence += " " + path;
      sentences.push_back(sentence);
    }
  }
  expect_none(sentences);
}

TEST_CASE("The query server never sees Xapian, not even through a header") {
  std::map<std::string, const SourceFile*> by_path;
  for (const SourceFile& file : tree()) by_path[file.path] = &file;
  std::vector<std::string> sentences;
  for (const SourceFile& start : tree()) {
    if (layer_of(start.path) != "query-server/") continue;
    std::set<std::string> seen;
    std::vector<std::string> open = {start.path};
    while (!open.empty()) {
      const std::string path = open.back();
      open.pop_back();
      if (!by_path.contains(path) || !seen.insert(path).second) continue;
      const SourceFile& file = *by_path.at(path);
      for (const std::string& header : file.foreign) {
        if (header.starts_with("xapian"))
          sentences.push_back(start.path + " sees Xapian through " + path + ".");
      }
      open.insert(open.end(), file.own.begin(), file.own.end());
    }
  }
  expect_none(sentences);
}

TEST_CASE("Every header says #pragma once") {
  std::vector<std::string> sentences;
  for (const SourceFile& file : tree()) {
    if (file.is_header() && !file.pragma_once) sentences.push_back(file.path + " lacks #pragma once.");
  }
  expect_none(sentences);
}

TEST_CASE("Every source includes its own header first, so that the header stands alone") {
  std::vector<std::string> sentences;
  for (const SourceFile& file : tree()) {
    if (file.is_header()) continue;
    const std::string header = fs::path(file.path).replace_extension(".h").generic_string();
    if (file.first != header && fs::exists(fs::path(CARREL_SOURCE_DIR) / header))
      sentences.push_back(file.path + " must include " + header + " before anything else.");
  }
  expect_none(sentences);
}

TEST_CASE("No name of a test has a semicolon, at which CMake would cut it so that ctest runs neither half") {
  std::vector<std::string> sentences;
  for (const SourceFile& file : tree()) {
    if (!file.path.ends_with("_test.cpp")) continue;
    const std::string text = file_text(fs::path(CARREL_SOURCE_DIR) / file.path);
    const std::string_view opening = "\nTEST_CASE(";
    for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
      const std::size_t begin = text.find_first_not_of(" \n", at + opening.size());
      if (begin == std::string::npos || text[begin] != '"') continue;
      const std::string name = text.substr(begin + 1, text.find('"', begin + 1) - begin - 1);
      if (name.find(';') != std::string::npos) sentences.push_back(file.path + ": \"" + name + "\"");
    }
  }
  expect_none(sentences);
}

TEST_CASE("Prefixes of terms are written in the table of fields and nowhere else") {
  std::set<std::string_view> prefixes = {schema::kPageBreakTerm, schema::kExactPrefix,
                                         schema::kIdentifierPrefix};
  for (const schema::Field& row : schema::kFields) {
    // One letter is too common a string to tell.
    if (row.term_prefix.size() > 1) prefixes.insert(row.term_prefix);
    if (row.word_prefix.size() > 1) prefixes.insert(row.word_prefix);
  }
  std::vector<std::string> sentences;
  for (const SourceFile& file : tree()) {
    if (layer_of(file.path) == "tests/" || file.path == "search/schema/fields.h") continue;
    for (const std::string& literal : file.literals) {
      if (prefixes.contains(literal))
        sentences.push_back(file.path + " writes \"" + literal +
                            "\" itself: take it from search/schema/fields.h.");
    }
  }
  expect_none(sentences);
}

}  // namespace
}  // namespace carrel::layers
