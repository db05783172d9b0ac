#include "search/schema/index_directory.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

namespace carrel::schema {
namespace {

namespace fs = std::filesystem;

using tests::TemporaryFolder;

TEST_CASE("Generations have names that sort by their number") {
  CHECK(generation_name(1) == "generation-000001");
  CHECK(generation_name(999'999) == "generation-999999");
  CHECK(generation_name(1'000'000) == "generation-1000000");
  CHECK(generation_name(9) < generation_name(10));
}

TEST_CASE("The current generation is where the link points") {
  const TemporaryFolder folder;
  fs::create_directory(folder.path() / generation_name(7));
  fs::create_directory_symlink(generation_name(7), folder.path() / kCurrentName);
  const auto generation = current_generation(folder.path());
  REQUIRE(generation.has_value());
  CHECK(fs::equivalent(*generation, folder.path() / generation_name(7)));
}

TEST_CASE("A folder that is not there is not found, with a hint how to make one") {
  const TemporaryFolder folder;
  const auto generation = current_generation(folder.path() / "nowhere");
  REQUIRE_FALSE(generation.has_value());
  CHECK(generation.error().kind == ErrorKind::not_found);
  CHECK(generation.error().message.find("nowhere") != std::string::npos);
  CHECK(generation.error().hint.find("carrel-index update") != std::string::npos);
}

TEST_CASE("What holds no current generation is not an index") {
  const TemporaryFolder folder;
  SECTION("an empty folder") {}
  SECTION("a link to nothing") {
    fs::create_symlink("generation-000001", folder.path() / kCurrentName);
  }
  SECTION("a link to a file") {
    std::ofstream(folder.path() / "file") << "text";
    fs::create_symlink("file", folder.path() / kCurrentName);
  }
  SECTION("a folder where the link should be") {
    fs::create_directory(folder.path() / kCurrentName);
  }
  const auto generation = current_generation(folder.path());
  REQUIRE_FALSE(generation.has_value());
  CHECK(generation.error().kind == ErrorKind::not_an_index);
  CHECK(generation.error().message.find(folder.path().string()) != std::string::npos);
}

TEST_CASE("A file is not an index") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "text";
  const auto generation = current_generation(folder.path() / "file");
  REQUIRE_FALSE(generation.has_value());
  CHECK(generation.error().kind == ErrorKind::not_an_index);
}

TEST_CASE("A folder without rights is unreadable") {
  if (geteuid() == 0) return;  // root may read everything
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "closed" / "index");
  fs::permissions(folder.path() / "closed", fs::perms::none);
  const auto generation = current_generation(folder.path() / "closed" / "index");
  fs::permissions(folder.path() / "closed", fs::perms::owner_all);
  REQUIRE_FALSE(generation.has_value());
  CHECK(generation.error().kind == ErrorKind::unreadable);
}

TEST_CASE("Only the format of this version is read") {
  const std::string now = std::to_string(kFormatVersion);
  CHECK(check_format(now, "/x").has_value());
  struct Row {
    std::string value;
    ErrorKind kind;
  };
  for (const Row& row : {Row{"", ErrorKind::not_an_index}, Row{"x", ErrorKind::not_an_index},
                         Row{now + "x", ErrorKind::not_an_index}, Row{" " + now, ErrorKind::not_an_index},
                         Row{std::to_string(kFormatVersion - 1), ErrorKind::older_format},
                         Row{std::to_string(kFormatVersion + 1), ErrorKind::newer_format}}) {
    CAPTURE(row.value);
    const auto checked = check_format(row.value, "/srv/library-index");
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().kind == row.kind);
    CHECK(checked.error().message.find("/srv/library-index") != std::string::npos);
    CHECK_FALSE(checked.error().hint.empty());
  }
}

}  // namespace
}  // namespace carrel::schema
