#include "indexer/index_folder.h"

#include "search/schema/index_directory.h"
#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using carrel::indexer::IndexFolder;
using carrel::tests::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

IndexFolder opened(const fs::path& directory) {
  return IndexFolder::open(directory, "test").value();
}

/// Builds and publishes a generation that holds one file.
void publish(IndexFolder& folder) {
  REQUIRE(folder.begin_candidate());
  fs::create_directory(folder.candidate_generation());
  std::ofstream(folder.candidate_generation() / "table") << "content";
  REQUIRE(folder.seal_candidate());
  REQUIRE(folder.publish_candidate());
}

std::string name(const std::optional<fs::path>& generation) {
  return generation ? generation->filename().string() : "none";
}

}  // namespace

TEST_CASE("A published candidate answers, the one before is kept, older ones go") {
  const TemporaryFolder place;
  IndexFolder folder = opened(place / "i");
  CHECK(name(folder.current()) == "none");
  publish(folder);
  CHECK(name(folder.current()) == "generation-000001");
  CHECK(name(folder.previous()) == "none");
  publish(folder);
  publish(folder);
  CHECK(name(folder.current()) == "generation-000003");
  CHECK(name(folder.previous()) == "generation-000002");
  CHECK_FALSE(fs::exists(place / "i/generation-000001"));
  CHECK_FALSE(fs::exists(place / "i/candidate"));
  CHECK(schema::current_generation(place / "i").value().filename() == "generation-000003");
}

TEST_CASE("Going back exchanges the two generations, and twice changes nothing") {
  const TemporaryFolder place;
  IndexFolder folder = opened(place / "i");
  publish(folder);
  const auto nowhere = folder.roll_back();
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().kind == ErrorKind::not_found);
  publish(folder);
  REQUIRE(folder.roll_back());
  CHECK(name(folder.current()) == "generation-000001");
  CHECK(name(folder.previous()) == "generation-000002");
  REQUIRE(folder.roll_back());
  CHECK(name(folder.current()) == "generation-000002");
}

TEST_CASE("After going back a new generation takes no name that is in use") {
  const TemporaryFolder place;
  IndexFolder folder = opened(place / "i");
  publish(folder);
  publish(folder);
  REQUIRE(folder.roll_back());
  publish(folder);
  CHECK(name(folder.current()) == "generation-000003");
  CHECK(name(folder.previous()) == "generation-000001");
  CHECK_FALSE(fs::exists(place / "i/generation-000002"));
}

TEST_CASE("What killed runs have left is removed by the next one") {
  const TemporaryFolder place;
  {
    IndexFolder folder = opened(place / "i");
    publish(folder);
  }
  place.write("i/candidate/batches/batch-000001/table", "x");
  place.write("i/generation-000009/table", "x");
  fs::create_directory_symlink("generation-000009", place / "i/new-link");
  const IndexFolder folder = opened(place / "i");
  CHECK_FALSE(fs::exists(place / "i/candidate"));
  CHECK_FALSE(fs::exists(place / "i/generation-000009"));
  CHECK_FALSE(fs::is_symlink(place / "i/new-link"));
  CHECK(name(folder.current()) == "generation-000001");
}

TEST_CASE("A folder made for an index that never got a generation goes again") {
  const TemporaryFolder place;
  {
    IndexFolder folder = opened(place / "i");
    REQUIRE(folder.begin_candidate());
  }
  CHECK_FALSE(fs::exists(place / "i"));
}
