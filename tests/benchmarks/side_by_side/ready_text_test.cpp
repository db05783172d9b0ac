#include "benchmarks/side_by_side/ready_text.h"

#include <fstream>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

namespace carrel::benchmarks {
namespace {

using schema::FieldId;

TEST_CASE("A line of ready text becomes a resource with its fields and pages") {
  const auto resource = parse_ready_text(
      R"({"id":"a/b.html","title":"Wages","topic":["housing","wages"],"language":"en","text":"One.\fTwo."})");
  REQUIRE(resource);
  CHECK(resource->record.get(FieldId::id) == "a/b.html");
  CHECK(resource->record.all(FieldId::topic) == std::vector<std::string>{"housing", "wages"});
  CHECK(resource->record.get(FieldId::pages) == "2");
  REQUIRE(resource->pages.size() == 2);
  CHECK(resource->pages[1].text == "Two.");
}

TEST_CASE("A line that is no resource is refused") {
  CHECK_FALSE(parse_ready_text("not json"));
  CHECK_FALSE(parse_ready_text("[]"));
  CHECK_FALSE(parse_ready_text(R"({"title":"without an id"})"));
}

TEST_CASE("Every line of a file is taken once") {
  const tests::TemporaryFolder folder;
  const std::string path = (folder.path() / "lines").string();
  std::ofstream(path) << "one\n\ntwo\nthree";
  LineSource lines(path);
  REQUIRE(lines.is_open());
  CHECK(lines.take(2) == std::vector<std::string>{"one", "two"});
  CHECK(lines.take(2) == std::vector<std::string>{"three"});
  CHECK(lines.take(2).empty());
}

}  // namespace
}  // namespace carrel::benchmarks
