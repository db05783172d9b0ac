#include "indexer/extraction_memory.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

namespace {

const std::string kDigest(64, 'a');

Answer answer(std::string text) {
  Extraction extraction;
  extraction.format = "html";
  extraction.pages.push_back({.text = std::move(text), .heading = "One"});
  extraction.warnings.push_back({"untagged", "It has no tags"});
  return extraction;
}

Answer failure(std::string code) {
  return std::unexpected(ExtractionFailure{std::move(code), "so it is"});
}

}  // namespace

TEST_CASE("An answer is remembered for the same bytes under any name with the same ending") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  memory.remember(kDigest, "report.PDF", answer("text"));
  const auto again = memory.recall(kDigest, "moved and renamed.pdf");
  REQUIRE(again.has_value());
  REQUIRE(again->has_value());
  CHECK((*again)->pages.at(0).text == "text");
  CHECK((*again)->warnings.at(0).code == "untagged");
  CHECK_FALSE(memory.recall(kDigest, "report.txt").has_value());
  CHECK_FALSE(memory.recall(std::string(64, 'b'), "report.pdf").has_value());
}

TEST_CASE("Failures are remembered when another try would end the same way, and only then") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  for (const char* code : {"damaged", "encrypted", "unsupported-format", "empty-file"}) {
    memory.remember(kDigest, std::string("x.") + code, failure(code));
  }
  for (const char* code : {"timeout", "memory", "crashed", "unreadable", "too-large"}) {
    memory.remember(kDigest, std::string("x.") + code, failure(code));
    INFO(code);
    CHECK_FALSE(memory.recall(kDigest, std::string("x.") + code).has_value());
  }
  CHECK(memory.recall(kDigest, "x.damaged")->error().code == "damaged");
  CHECK(memory.recall(kDigest, "x.encrypted")->error().text == "so it is");
}

TEST_CASE("A document that was cut short is read again") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  Answer cut = answer("the first pages");
  cut->warnings.push_back({"cut-short", "only the first 3 of 9 pages"});
  memory.remember(kDigest, "x.pdf", cut);
  CHECK_FALSE(memory.recall(kDigest, "x.pdf").has_value());
}

TEST_CASE("A value that is no answer is as good as none") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  memory.remember(kDigest, "x.html", answer("text"));
  const std::string version = std::to_string(kExtractorVersion) + "." + std::to_string(kAnswerVersion);
  memory.file().put({.kind = MemoryKind::extraction, .content = kDigest, .detail = ".html"}, version,
                    "no answer at all");
  CHECK_FALSE(memory.recall(kDigest, "x.html").has_value());
}

TEST_CASE("An answer of another extractor is not used") {
  const TemporaryFolder folder;
  ExtractionMemory memory({.file = folder / "m"});
  memory.file().put({.kind = MemoryKind::extraction, .content = kDigest, .detail = ".html"}, "0.0",
                    encode_answer(answer("old")));
  CHECK_FALSE(memory.recall(kDigest, "x.html").has_value());
}
