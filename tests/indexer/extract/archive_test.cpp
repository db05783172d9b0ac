#include "indexer/extract/archive.h"

#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;
using carrel::tests::zip;

TEST_CASE("The parts of an archive are found by name, whatever the case and the strokes") {
  const std::string bytes = zip({{"Word\\document.xml", "one"}, {"/a/b.xml", "two"}, {"é.txt", "three"}});
  auto archive = Archive::open(bytes);
  REQUIRE(archive.has_value());
  CHECK(archive->read("word/document.xml") == "one");
  CHECK(archive->read("a/b.xml") == "two");
  CHECK(archive->read("é.txt") == "three");
  CHECK_FALSE(archive->read("a/c.xml"));
  CHECK_FALSE(archive->failure());
  CHECK_FALSE(archive->partly_damaged());
}

TEST_CASE("A part that unpacks to far more than the archive holds is refused before it fills memory") {
  const std::string bytes = zip({{"word/document.xml", std::string(std::size_t{70} << 20, ' ')}});
  REQUIRE(bytes.size() < 200'000);
  auto archive = Archive::open(bytes);
  REQUIRE(archive.has_value());
  archive->read("word/document.xml");
  REQUIRE(archive->failure());
  CHECK(archive->failure()->code == "too-large");
  const Answer answer = read_document(bytes, "x.docx");
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == "too-large");
}

TEST_CASE("Limits on parts and on their sum hold") {
  std::vector<std::pair<std::string, std::string>> parts;
  for (int i = 0; i < 30; ++i) parts.emplace_back("part" + std::to_string(i), std::string(1000, 'x'));
  const std::string bytes = zip(parts);
  CHECK(Archive::open(bytes, {.entries = 29}).error().code == "too-large");
  auto archive = Archive::open(bytes, {.total_bytes = 10'000});
  REQUIRE(archive.has_value());
  std::size_t read = 0;
  archive->read_each([](std::string_view) { return true; },
                     [&](const std::string&, std::string&&) { ++read; });
  CHECK(read == 10);
  CHECK(archive->failure()->code == "too-large");
  auto small = Archive::open(bytes, {.part_bytes = 999});
  small->read("part3");
  CHECK(small->failure()->code == "too-large");
}

TEST_CASE("An archive that is cut off gives what lies before the cut") {
  std::string noise;
  for (std::uint32_t i = 0, x = 1; i < 20'000; ++i)
    noise.push_back(static_cast<char>((x = x * 1664525 + 1013904223) >> 24));
  const std::string bytes = zip({{"first", "whole"}, {"second", noise}});
  auto archive = Archive::open(std::string_view(bytes).substr(0, bytes.size() / 2));
  REQUIRE(archive.has_value());
  CHECK(archive->read("first") == "whole");
  const auto second = archive->read("second");
  REQUIRE(second);
  CHECK(second->size() < noise.size());
  CHECK(noise.starts_with(*second));
  CHECK(archive->partly_damaged());
  CHECK(Archive::open("PK\x03\x04 nothing else").error().code == "damaged");
}

TEST_CASE("Encrypted parts are told from damaged ones") {
  const std::string bytes = zip({{"word/document.xml", "secret"}}, "password");
  const Answer answer = read_document(bytes, "x.docx");
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == "encrypted");
}
