#include "indexer/extract/extractor_pool.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <sys/stat.h>

#include "indexer/extract/sandbox.h"
#include "search/schema/terms.h"
#include "tests/catch.h"
#include "tests/indexer/extract/pdf_writer.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<ExtractorPool> start(ExtractionLimits limits = {}, unsigned workers = 2) {
  auto pool =
      ExtractorPool::start({.workers = workers, .limits = limits, .executable = CARREL_EXTRACT_WORKER});
  REQUIRE(pool.has_value());
  return std::move(*pool);
}

/// Reads all files; the outcome of each by its tag.
std::map<std::uint64_t, ExtractionOutcome> read_all(ExtractorPool& pool,
                                                    const std::vector<std::string>& paths) {
  for (std::size_t i = 0; i < paths.size(); ++i) pool.submit(paths[i], i);
  std::map<std::uint64_t, ExtractionOutcome> outcomes;
  while (pool.pending() > 0) {
    auto outcome = pool.next(std::chrono::seconds(60));
    REQUIRE(outcome.has_value());
    const std::uint64_t tag = outcome->tag;
    REQUIRE(outcomes.emplace(tag, std::move(*outcome)).second);
  }
  return outcomes;
}

std::string code_of(const ExtractionOutcome& outcome) {
  return outcome.result ? "ok" : outcome.result.error().code;
}

const std::string kPage = "<!doctype html><title>A page</title><p>Words on a page.";

}  // namespace

TEST_CASE("Every submitted file yields one outcome, with its hash and size") {
  const TemporaryFolder folder;
  const auto pool = start();
  std::vector<std::string> paths;
  for (int i = 0; i < 40; ++i)
    paths.push_back(folder.write("p" + std::to_string(i), kPage + std::to_string(i)));
  const auto outcomes = read_all(*pool, paths);
  REQUIRE(outcomes.size() == 40);
  for (const auto& [tag, outcome] : outcomes) {
    REQUIRE(outcome.result.has_value());
    CHECK(outcome.path == paths[tag]);
    CHECK(outcome.content_hash == carrel::schema::content_hash(kPage + std::to_string(tag)));
    CHECK(outcome.bytes == kPage.size() + (tag < 10 ? 1 : 2));
    CHECK(outcome.result->pages.front().text == "Words on a page." + std::to_string(tag));
  }
  CHECK_FALSE(pool->next(std::chrono::milliseconds(1)).has_value());
}

TEST_CASE("A misfortune costs one document, and the pool goes on") {
  const TemporaryFolder folder;
  const auto pool = start({.memory_bytes = 256 << 20, .answer_bytes = 1 << 20});
  struct Case {
    std::string name;
    std::string code;
    std::string text;
  };
  std::vector<Case> cases = {{"crash", "crashed", "SIGSEGV"},
                             {"abort", "crashed", "SIGABRT"},
                             {"leave", "crashed", ""},
                             {"throw", "damaged", "unhappy"},
                             {"garbage", "crashed", "understood"},
                             {"bad-answer", "crashed", "understood"},
                             {"silent", "crashed", "without an answer"},
                             {"flood", "crashed", "understood"},
                             {"huge frame", "too-large", ""},
                             {"unknown frame", "crashed", "understood"},
                             {"greeting again", "crashed", "understood"},
                             {"hash again", "crashed", "understood"},
                             {"half an answer", "crashed", "understood"},
                             {"ranges outside", "crashed", "understood"},
                             {"chatty", "too-large", ""}};
  if (!kUnderSanitizer) {
    cases.push_back({"memory", "memory", ""});
    cases.push_back({"memory-abort", "memory", ""});
  } else {
    // A sanitizer turns signals into exits of its own.
    std::erase_if(cases, [](const Case& c) { return c.name == "crash"; });
  }
  std::vector<std::string> paths;
  for (const Case& c : cases) {
    paths.push_back(folder.write(c.name, kPage));
    paths.push_back(folder.write("good after " + c.name, kPage));
  }
  const auto outcomes = read_all(*pool, paths);
  REQUIRE(outcomes.size() == paths.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const ExtractionOutcome& bad = outcomes.at(2 * i);
    INFO(cases[i].name);
    CHECK(code_of(bad) == cases[i].code);
    if (!bad.result) CHECK(bad.result.error().text.find(cases[i].text) != std::string::npos);
    CHECK(bad.content_hash == carrel::schema::content_hash(kPage));
    CHECK(code_of(outcomes.at(2 * i + 1)) == "ok");
  }
}

TEST_CASE("A document that takes too long costs itself alone") {
  const TemporaryFolder folder;
  const auto pool = start({.wall = std::chrono::seconds(2)});
  const auto outcomes = read_all(*pool, {folder.write("hang", kPage)});
  CHECK(code_of(outcomes.at(0)) == "timeout");
  CHECK(outcomes.at(0).result.error().text.find("2 seconds") != std::string::npos);
  CHECK(outcomes.at(0).content_hash == carrel::schema::content_hash(kPage));
  // A machine under load may need the time that is left for a document on its own, so it is asked for again.
  std::string after = "timeout";
  for (int tries = 0; tries < 5 && after == "timeout"; ++tries) {
    after = code_of(read_all(*pool, {folder.write("good", kPage)}).at(0));
  }
  CHECK(after == "ok");
}

TEST_CASE("What was read before a page that hangs or eats memory is kept") {
  const TemporaryFolder folder;
  const auto pool = start({.wall = std::chrono::seconds(6), .memory_bytes = 256 << 20});
  std::vector<std::string> names = {"hang on page 2", "spin on page 2"};
  if (!kUnderSanitizer) names.push_back("memory on page 2");
  for (const std::string& name : names) {
    INFO(name);
    const auto outcomes = read_all(*pool, {folder.write(name, kPage), folder.write("good", kPage)});
    REQUIRE(code_of(outcomes.at(0)) == "ok");
    CHECK(outcomes.at(0).result->pages.at(0).text == "The page before the trouble");
    CHECK(outcomes.at(0).result->warnings.at(0).code == "cut-short");
    CHECK(outcomes.at(0).content_hash == carrel::schema::content_hash(kPage));
    CHECK(code_of(outcomes.at(1)) == "ok");
  }
}

TEST_CASE("A reader learns that time is short before it is killed") {
  const TemporaryFolder folder;
  const auto pool = start({.wall = std::chrono::seconds(6)});
  const auto outcomes = read_all(*pool, {folder.write("late", kPage), folder.write("good", kPage)});
  CHECK(code_of(outcomes.at(0)) == "ok");
  CHECK(outcomes.at(0).seconds >= 4);
  CHECK(code_of(outcomes.at(1)) == "ok");
}

TEST_CASE("Pages before a crash are not trusted") {
  if (kUnderSanitizer) return;  // it turns signals into exits of its own
  const TemporaryFolder folder;
  const auto pool = start();
  CHECK(code_of(read_all(*pool, {folder.write("crash on page 2", kPage)}).at(0)) == "crashed");
}

TEST_CASE("Files that are no documents are refused before a child sees them") {
  const TemporaryFolder folder;
  const auto pool = start({.file_bytes = 1000});
  const std::string pipe = folder / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const auto outcomes = read_all(*pool, {folder / "missing", folder / ".", pipe, folder.write("empty", ""),
                                         folder.write("large", std::string(1001, 'x')),
                                         folder.write("text", "plain words"), folder.write("blank", "  \n")});
  CHECK(code_of(outcomes.at(0)) == "unreadable");
  CHECK(code_of(outcomes.at(1)) == "unreadable");
  CHECK(code_of(outcomes.at(2)) == "unreadable");
  CHECK(code_of(outcomes.at(3)) == "empty-file");
  CHECK(code_of(outcomes.at(4)) == "too-large");
  CHECK(code_of(outcomes.at(5)) == "unsupported-format");
  CHECK(code_of(outcomes.at(6)) == "empty-file");
}

TEST_CASE("A child can neither reach the network nor files nor other processes") {
  const TemporaryFolder folder;
  const auto pool = start();
  const auto outcomes = read_all(*pool, {folder.write("sandbox", kPage)});
  REQUIRE(outcomes.at(0).result.has_value());
  const std::string said = outcomes.at(0).result->pages.front().text;
  INFO(said);
  REQUIRE(pool->sandbox().seccomp);
  for (const char* wish :
       {"socket", "write a file", "fork", "run a program", "remove a file", "signal the parent"}) {
    INFO(wish);
    CHECK(said.find(std::string(wish) + ": refused") != std::string::npos);
  }
  if (pool->sandbox().landlock_abi > 0) CHECK(said.find("read a file: refused") != std::string::npos);
  CHECK(pool->sandbox().no_new_privileges);
}

TEST_CASE("PDF and transcripts are read behind the sandbox too") {
  const TemporaryFolder folder;
  const auto pool = start();
  const auto outcomes =
      read_all(*pool, {folder.write("a.pdf", carrel::tests::PdfWriter().text_page({"Words in print"}).str()),
                       folder.write("b.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nSpoken words\n")});
  REQUIRE(outcomes.at(0).result.has_value());
  CHECK(outcomes.at(0).result->pages.front().text == "Words in print");
  REQUIRE(outcomes.at(1).result.has_value());
  CHECK(outcomes.at(1).result->pages.front().text == "Spoken words");
}

TEST_CASE("A program that cannot serve is an error at once, not a wait") {
  const auto missing = ExtractorPool::start({.executable = "/nonexistent/program"});
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message.find("/nonexistent/program") != std::string::npos);
  const auto dying =
      ExtractorPool::start({.executable = CARREL_EXTRACT_WORKER, .arguments = {"die-at-once"}});
  REQUIRE_FALSE(dying.has_value());
}

TEST_CASE("A pool that goes away ends its children at once") {
  const TemporaryFolder folder;
  const auto before = std::chrono::steady_clock::now();
  {
    const auto pool = start();
    pool->submit(folder.write("hang", kPage), 1);
    pool->submit(folder.write("another", kPage), 2);
    REQUIRE(pool->next(std::chrono::seconds(30)).has_value());
  }
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(25));
}

TEST_CASE("The sandbox is told in one sentence") {
  CHECK(to_sentence({.seccomp = true, .landlock_abi = 3, .memory_limit = true}) ==
        "Documents are read in child processes protected by: system call filter (no network, no programs, no "
        "writing), "
        "Landlock 3, memory limit; not available: no new privileges, no new processes");
}
