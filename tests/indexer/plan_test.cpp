#include "indexer/plan.h"

#include <map>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::tests::TemporaryFolder;

namespace {

ListedFile file(const std::string& relative, std::uint64_t size = 1) {
  return {.path = "/s/" + relative,
          .relative = relative,
          .size = size,
          .modified_ns = 10'500'000'000,
          .inode = std::hash<std::string>{}(relative)};
}

LedgerEntry remembered(const ListedFile& seen, const std::string& code = "") {
  return {.file = seen,
          .content_hash = "content of " + seen.relative,
          .settings_hash = settings_hash(nullptr, ResourceOptions{}),
          .id = code.empty() ? seen.relative : "",
          .added = code.empty() ? "2020-01-02" : "",
          .code = code};
}

/// What a plan was made from lives as long as the plan.
struct Planned {
  Inputs inputs;
  Ledger ledger;
  Plan plan;

  Planned(std::vector<ListedFile> now, const std::vector<LedgerEntry>& before, PlanOptions options = {}) {
    for (const LedgerEntry& entry : before) ledger.put(entry);
    inputs.sources.push_back({.root = "/s", .files = std::move(now), .unreadable = {}, .only = {}});
    plan = make_plan(inputs, ledger, options);
  }

  Action only() const {
    if (plan.files.empty() && plan.unchanged.size() == 1) return Action::unchanged;
    REQUIRE(plan.files.size() == 1);
    REQUIRE(plan.unchanged.empty());
    return plan.files[0].action;
  }
};

Action action_of(std::vector<ListedFile> now, const std::vector<LedgerEntry>& before,
                 PlanOptions options = {}) {
  return Planned(std::move(now), before, std::move(options)).only();
}

/// Options under which files have these contents.
PlanOptions with_contents(std::map<std::string, std::string> contents) {
  PlanOptions options;
  options.digest = [contents = std::move(contents)](const std::string& path) {
    const auto found = contents.find(path);
    return found == contents.end() ? std::string() : found->second;
  };
  return options;
}

}  // namespace

TEST_CASE("A file is added, changed, unchanged or removed by what is remembered of it") {
  CHECK(action_of({file("a")}, {}) == Action::add);
  CHECK(action_of({file("a")}, {remembered(file("a"))}) == Action::unchanged);
  CHECK(action_of({file("a", 2)}, {remembered(file("a"))}) == Action::change);
  CHECK(action_of({}, {remembered(file("a"))}) == Action::remove);
  ListedFile later = file("a");
  later.modified_ns += 1;
  CHECK(action_of({later}, {remembered(file("a"))}) == Action::change);
  ListedFile replaced = file("a");
  replaced.inode += 1;
  CHECK(action_of({replaced}, {remembered(file("a"))}) == Action::change);
}

TEST_CASE("A file under another time with the same content is touched, and is not read again") {
  ListedFile touched = file("a");
  touched.modified_ns += 1'000;
  CHECK(action_of({touched}, {remembered(file("a"))}, with_contents({{"/s/a", "content of a"}})) ==
        Action::touch);
  CHECK(action_of({touched}, {remembered(file("a"))}, with_contents({{"/s/a", "another"}})) ==
        Action::change);
  ListedFile next_day = file("a");
  next_day.modified_ns += 86'400'000'000'000;
  const Planned planned({next_day}, {remembered(file("a"))}, with_contents({{"/s/a", "content of a"}}));
  CHECK(planned.only() == Action::refield);
  CHECK(planned.plan.files[0].known_digest == "content of a");
}

TEST_CASE("A file that was changed in the tick in which it was looked at is looked at again") {
  PlanOptions options = with_contents({{"/s/a", "another"}});
  options.now_ns = file("a").modified_ns + 1'000'000;
  const Planned first({file("a")}, {}, options);
  CHECK(first.plan.files.at(0).look_again);
  options.now_ns = file("a").modified_ns + 3'000'000'000;
  CHECK_FALSE(Planned({file("a")}, {}, options).plan.files.at(0).look_again);

  LedgerEntry entry = remembered(file("a"));
  entry.look_again = true;
  CHECK(action_of({file("a")}, {entry}, options) == Action::change);
  CHECK(action_of({file("a")}, {entry}, with_contents({{"/s/a", "content of a"}})) == Action::touch);
}

TEST_CASE("Times in whole seconds come from file systems that keep no finer ones") {
  ListedFile coarse = file("a");
  coarse.modified_ns = 10'000'000'000;
  PlanOptions options;
  options.now_ns = coarse.modified_ns + 1'500'000'000;
  CHECK(Planned({coarse}, {}, options).plan.files.at(0).look_again);
}

TEST_CASE("A change of catalogue row or settings asks for other fields and for no other reading") {
  const TemporaryFolder folder;
  const auto catalogue = Catalogue::load(folder.write("c.csv", "path,title\na,A title\n")).value();
  Inputs inputs;
  inputs.sources.push_back({.root = "/s", .files = {file("a")}, .unreadable = {}, .only = {}});
  inputs.catalogue = catalogue;
  Ledger ledger;
  ledger.put(remembered(file("a")));
  const Plan with_row = make_plan(inputs, ledger, {});
  REQUIRE(with_row.files.size() == 1);
  CHECK(with_row.files[0].action == Action::refield);
  CHECK(with_row.files[0].reason == "its catalogue row is another");
  CHECK(with_row.files[0].known_digest == "content of a");
  CHECK(action_of({file("a")}, {remembered(file("a"))}, {.resource = {.url_prefix = "https://x/"}}) ==
        Action::refield);
}

TEST_CASE("A file that failed is not tried again unless it changed or someone asks") {
  CHECK(action_of({file("a")}, {remembered(file("a"), "damaged")}) == Action::failed_before);
  CHECK(action_of({file("a", 2)}, {remembered(file("a"), "damaged")}) == Action::change);
  CHECK(action_of({file("a")}, {remembered(file("a"), "damaged")}, {.retry_failed = true}) == Action::retry);
  CHECK(action_of({file("a")}, {remembered(file("a"), "noindex")}, {.retry_failed = true}) ==
        Action::skipped_before);
}

TEST_CASE("A file with the content or the inode of one that is gone has moved and keeps its day") {
  ListedFile moved = file("new/a");
  moved.inode = file("a").inode;
  const Planned by_inode({moved}, {remembered(file("a"))});
  REQUIRE(by_inode.only() == Action::move);
  CHECK(by_inode.plan.files[0].moved_from == "/s/a");
  CHECK(by_inode.plan.files[0].added == "2020-01-02");
  CHECK(by_inode.plan.files[0].known_digest == "content of a");

  const Planned by_content({file("new/a")}, {remembered(file("a"))},
                           with_contents({{"/s/new/a", "content of a"}}));
  CHECK(by_content.only() == Action::move);
  const Planned another({file("new/a")}, {remembered(file("a"))}, with_contents({{"/s/new/a", "another"}}));
  CHECK(another.plan.count(Action::add) == 1);
  CHECK(another.plan.count(Action::remove) == 1);
}

TEST_CASE("Of two files with the content of one that is gone only one has moved") {
  const Planned planned({file("b"), file("c")}, {remembered(file("a"))},
                        with_contents({{"/s/b", "content of a"}, {"/s/c", "content of a"}}));
  CHECK(planned.plan.count(Action::move) == 1);
  CHECK(planned.plan.count(Action::add) == 1);
  CHECK(planned.plan.count(Action::remove) == 0);
}

TEST_CASE("Two sources of the same structure give their files different ids") {
  Inputs inputs;
  for (const char* root : {"/one", "/two"}) {
    ListedFile same = file("index.html");
    same.path = std::string(root) + "/index.html";
    inputs.sources.push_back({.root = root, .files = {same}, .unreadable = {}, .only = {}});
  }
  const Plan plan = make_plan(inputs, Ledger{}, {});
  REQUIRE(plan.files.size() == 2);
  CHECK(plan.files[0].id == "index.html");
  CHECK(plan.files[1].id == "two/index.html");
}

TEST_CASE("Files whose catalogue exchanges their ids both get the other's") {
  const TemporaryFolder folder;
  Inputs inputs;
  inputs.sources.push_back({.root = "/s", .files = {file("a"), file("b")}, .unreadable = {}, .only = {}});
  inputs.catalogue = Catalogue::load(folder.write("c.csv", "path,id\na,second\nb,first\n")).value();
  Ledger ledger;
  LedgerEntry first = remembered(file("a"));
  first.id = "first";
  ledger.put(first);
  LedgerEntry second = remembered(file("b"));
  second.id = "second";
  ledger.put(second);
  const Plan plan = make_plan(inputs, ledger, {});
  CHECK(plan.owners.at("second") == "/s/a");
  CHECK(plan.owners.at("first") == "/s/b");
}

TEST_CASE("Files of other sources and below unreadable folders are never planned for removal") {
  Ledger ledger;
  for (const char* path : {"/other/a", "/s/locked/b", "/s/gone", "/s2/c"}) {
    ledger.put({.file = {.path = path, .relative = "r"}, .id = path});
  }
  Inputs inputs;
  inputs.sources.push_back({.root = "/s",
                            .files = {},
                            .unreadable = {{.path = "/s/locked", .text = "Permission denied"}},
                            .only = {}});
  const Plan plan = make_plan(inputs, ledger, {});
  REQUIRE(plan.files.size() == 1);
  CHECK(plan.files[0].file.path == "/s/gone");
  CHECK(plan.hidden == 1);
  REQUIRE(plan.failures.size() == 1);
  CHECK(plan.failures[0].code == "unreadable");
}

TEST_CASE("Of a source that was not walked only the named files can be gone") {
  Ledger ledger;
  ledger.put(remembered(file("a")));
  ledger.put(remembered(file("b")));
  Inputs inputs;
  inputs.sources.push_back(
      {.root = "/s", .files = {}, .unreadable = {}, .only = std::vector<std::string>{"/s/a"}});
  const Plan plan = make_plan(inputs, ledger, {});
  REQUIRE(plan.files.size() == 1);
  CHECK(plan.files[0].file.path == "/s/a");
  CHECK(plan.emptied.empty());
}

TEST_CASE("A rebuild plans every file and knows the content of those that have not changed") {
  const Planned planned({file("a"), file("b")}, {remembered(file("a")), remembered(file("b"), "damaged")},
                        {.everything = true});
  REQUIRE(planned.plan.files.size() == 2);
  CHECK(planned.plan.files[0].action == Action::rebuild);
  CHECK(planned.plan.files[0].known_digest == "content of a");
  CHECK(planned.plan.files[0].added == "2020-01-02");
  CHECK(planned.plan.files[1].action == Action::retry);
}

TEST_CASE("A catalogue row without its file is told, with file and line") {
  const TemporaryFolder folder;
  folder.write("lib/a.pdf", "a");
  Inputs inputs;
  inputs.catalogue = Catalogue::load(folder.write("catalog.csv", "path\na.pdf\nlib/a.pdf\nb.pdf\n")).value();
  inputs.sources.push_back(list_source(folder / "lib").value());
  const Plan plan = make_plan(inputs, Ledger{}, {});
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
    return Planned(now, before).plan;
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

TEST_CASE("One source of two that is suddenly empty is refused too") {
  Ledger ledger;
  ledger.put(remembered(file("a")));
  LedgerEntry other = remembered(file("b"));
  other.file.path = "/t/b";
  ledger.put(other);
  Inputs inputs;
  inputs.sources.push_back({.root = "/s", .files = {file("a")}, .unreadable = {}, .only = {}});
  inputs.sources.push_back({.root = "/t", .files = {}, .unreadable = {}, .only = {}});
  const auto refused = check_deletions(make_plan(inputs, ledger, {}), {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("/t is empty") != std::string::npos);
}

TEST_CASE("what the rules hide leaves the index unread, whatever else would be done with it") {
  PlanOptions options;
  options.hide = {"a"};
  CHECK(action_of({file("a")}, {remembered(file("a"))}, options) == Action::hide);
  CHECK(action_of({file("a")}, {}, options) == Action::hide);
  CHECK(action_of({file("a", 2)}, {remembered(file("a"))}, options) == Action::hide);
  CHECK(action_of({file("b")}, {remembered(file("b"))}, options) == Action::unchanged);
  CHECK(action_of({}, {remembered(file("a"))}, options) == Action::remove);
  options.everything = true;
  CHECK(action_of({file("a")}, {remembered(file("a"))}, options) == Action::hide);
  CHECK(action_of({file("a")}, {remembered(file("a"), "hidden")}, options) == Action::hide);
}

TEST_CASE("what is hidden already stays so, and is tried again when the rules hide it no longer") {
  PlanOptions options;
  options.hide = {"a"};
  CHECK(action_of({file("a")}, {remembered(file("a"), "hidden")}, options) == Action::skipped_before);
  const Planned shown({file("a")}, {remembered(file("a"), "hidden")});
  CHECK(shown.only() == Action::retry);
  CHECK(shown.plan.files[0].id == "a");
  CHECK(shown.plan.files[0].reason == "the rules hide it no longer");
  CHECK(shown.plan.files[0].known_digest == "content of a");
}

TEST_CASE("hiding many documents is no loss of documents") {
  PlanOptions options;
  std::vector<ListedFile> now;
  std::vector<LedgerEntry> before;
  for (int i = 0; i < 40; ++i) {
    now.push_back(file(std::to_string(i)));
    before.push_back(remembered(now.back()));
    if (i < 30) options.hide.insert(std::to_string(i));
  }
  const Planned planned(now, before, options);
  CHECK(planned.plan.count(Action::hide) == 30);
  CHECK(check_deletions(planned.plan, {}));
}
