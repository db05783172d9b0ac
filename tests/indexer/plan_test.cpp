#include "indexer/plan.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::tests::TemporaryFolder;

namespace {

ListedFile file(const std::string& relative, std::uint64_t size = 1) {
  return {.path = "/s/" + relative, .relative = relative, .size = size, .modified_ns = 10, .inode = 5};
}

LedgerEntry remembered(const ListedFile& seen, const std::string& code = "") {
  return {.file = seen,
          .settings_hash = settings_hash(nullptr, {}),
          .id = code.empty() ? seen.relative : "",
          .code = code};
}

Plan plan_of(std::vector<ListedFile> now, const std::vector<LedgerEntry>& before, PlanOptions options = {}) {
  Ledger ledger;
  for (const LedgerEntry& entry : before) ledger.put(entry);
  const std::vector<SourceListing> sources{{.root = "/s", .files = std::move(now), .unreadable = {}}};
  return make_plan(sources, nullptr, ledger, options);
}

Action only_action(const Plan& plan) {
  REQUIRE(plan.files.size() == 1);
  return plan.files[0].action;
}

}  // namespace

TEST_CASE("A file is added, changed, unchanged or removed by what is remembered of it") {
  CHECK(only_action(plan_of({file("a")}, {})) == Action::add);
  CHECK(only_action(plan_of({file("a")}, {remembered(file("a"))})) == Action::unchanged);
  CHECK(only_action(plan_of({file("a", 2)}, {remembered(file("a"))})) == Action::change);
  CHECK(only_action(plan_of({}, {remembered(file("a"))})) == Action::remove);
  ListedFile touched = file("a");
  touched.modified_ns = 11;
  CHECK(only_action(plan_of({touched}, {remembered(file("a"))})) == Action::change);
  ListedFile replaced = file("a");
  replaced.inode = 6;
  CHECK(only_action(plan_of({replaced}, {remembered(file("a"))})) == Action::change);
  CHECK(only_action(plan_of({file("a")}, {remembered(file("a"))},
                            {.resource = {.url_prefix = "https://x/"}})) == Action::change);
}

TEST_CASE("A file that failed is not tried again unless it changed or someone asks") {
  CHECK(only_action(plan_of({file("a")}, {remembered(file("a"), "damaged")})) == Action::failed_before);
  CHECK(only_action(plan_of({file("a", 2)}, {remembered(file("a"), "damaged")})) == Action::change);
  CHECK(only_action(plan_of({file("a")}, {remembered(file("a"), "damaged")}, {.retry_failed = true})) ==
        Action::retry);
}

TEST_CASE("Files of other sources and below unreadable folders are never planned for removal") {
  Ledger ledger;
  for (const char* path : {"/other/a", "/s/locked/b", "/s/gone", "/s2/c"}) {
    ledger.put({.file = {.path = path, .relative = "r"}, .id = path});
  }
  const std::vector<SourceListing> sources{
      {.root = "/s", .files = {}, .unreadable = {{.path = "/s/locked", .text = "Permission denied"}}}};
  const Plan plan = make_plan(sources, nullptr, ledger, {});
  REQUIRE(plan.files.size() == 1);
  CHECK(plan.files[0].file.path == "/s/gone");
  REQUIRE(plan.failures.size() == 1);
  CHECK(plan.failures[0].code == "unreadable");
}

TEST_CASE("A catalogue row without its file is told, with file and line") {
  const TemporaryFolder folder;
  folder.write("lib/a.pdf", "a");
  const auto catalogue =
      Catalogue::load(folder.write("catalog.csv", "path\na.pdf\nlib/a.pdf\nb.pdf\n")).value();
  const auto listing = list_source(folder / "lib").value();
  const Plan plan = make_plan({listing}, &catalogue, {}, {});
  REQUIRE(plan.failures.size() == 1);
  CHECK(plan.failures[0].code == "missing-file");
  CHECK(plan.failures[0].text.find("line 4") != std::string::npos);
  CHECK(plan.failures[0].text.find("b.pdf") != std::string::npos);
}

TEST_CASE("A run that would remove much or everything is refused without --force") {
  const auto plan_removing = [](int removed, int left) {
    std::vector<ListedFile> now;
    std::vector<LedgerEntry> before;
    for (int i = 0; i < removed + left; ++i) {
      before.push_back(remembered(file("f" + std::to_string(1000 + i))));
      if (i >= removed) now.push_back(before.back().file);
    }
    return plan_of(now, before);
  };
  CHECK(check_deletions(plan_removing(1, 2), {}));
  CHECK(check_deletions(plan_removing(20, 80), {}));
  const auto much = check_deletions(plan_removing(21, 79), {});
  REQUIRE_FALSE(much);
  CHECK(much.error().kind == ErrorKind::refused);
  CHECK(much.error().hint.find("--force") != std::string::npos);
  CHECK(check_deletions(plan_removing(21, 79), {.max_percent = 30}));
  CHECK_FALSE(check_deletions(plan_removing(1, 2), {.max_percent = 30}));
  CHECK_FALSE(check_deletions(plan_removing(1, 0), {}));
  CHECK(check_deletions(plan_removing(21, 79), {.force = true}));
}
