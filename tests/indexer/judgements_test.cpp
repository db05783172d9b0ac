#include "indexer/judgements.h"

#include <cmath>

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::tests::TemporaryFolder;

namespace {

const JudgedQuery kQuery{.query = "q", .grades = {{"best", 3}, {"good", 2}, {"poor", 0}}};

bool is_close(double a, double b) {
  return std::abs(a - b) < 1e-4;
}

/// A stand-in for carrel-search that answers every query with these ids.
std::filesystem::path program_answering(const TemporaryFolder& folder, const std::string& name,
                                        const std::string& hits, int exit_code = 0) {
  auto file = folder.write(
      name, "#!/bin/sh\necho '{\"hits\": [" + hits + "]}'\nexit " + std::to_string(exit_code) + "\n");
  ::chmod(file.c_str(), 0755);
  return file;
}

}  // namespace

TEST_CASE("nDCG is one for the best order, less for another, nothing without a judged answer") {
  CHECK(is_close(ndcg(kQuery, {"best", "good"}), 1.0));
  // By hand: gains 7 and 3, discounts 1 and log2 3: (3 + 7/1.58496) / (7 + 3/1.58496).
  CHECK(is_close(ndcg(kQuery, {"good", "best"}), 0.83399));
  CHECK(ndcg(kQuery, {"other", "poor"}) == 0);
  CHECK(ndcg(kQuery, {}) == 0);
}

TEST_CASE("Judgements are read by the names of their columns and mistakes are named by line") {
  const TemporaryFolder folder;
  const auto judged =
      load_judgements(folder.write("j.tsv", "id\tquery\tgrade\tpages\na\tone two\t3\t4\nb\tone two\t1\t\n"));
  REQUIRE(judged);
  REQUIRE(judged->size() == 1);
  CHECK(judged->front().query == "one two");
  CHECK(judged->front().grades == std::map<std::string, int>{{"a", 3}, {"b", 1}});
  const auto wrong = load_judgements(folder.write("w.tsv", "query\tid\tgrade\nq\ta\tgood\n"));
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("line 2") != std::string::npos);
  CHECK(load_judgements(folder / "none.tsv").error().kind == ErrorKind::not_found);
  CHECK_FALSE(load_judgements(folder.write("e.tsv", "query\tid\n")));
}

TEST_CASE("A score is what the asked program finds") {
  const TemporaryFolder folder;
  const std::vector<JudgedQuery> queries{kQuery};
  const auto good =
      score(queries, program_answering(folder, "good", R"({"id": "best"}, {"id": "good"})"), "/i");
  REQUIRE(good);
  CHECK(good->hits == 1);
  CHECK(is_close(good->ndcg, 1.0));
  const auto nothing = score(queries, program_answering(folder, "nothing", "", 1), "/i");
  REQUIRE(nothing);
  CHECK(nothing->missed == std::vector<std::string>{"q"});
  CHECK_FALSE(why_worse(*good, *nothing).empty());
  CHECK(why_worse(*good, *nothing).find("'q'") != std::string::npos);
  CHECK(why_worse(*nothing, *good).empty());
  CHECK_FALSE(score(queries, program_answering(folder, "broken", "", 2), "/i"));
  CHECK_FALSE(score(queries, folder / "no-such-program", "/i"));
}
