#include "search/cli/settings.h"

#include <map>

#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel;
using namespace carrel::search::cli;
using namespace carrel::tests;

namespace {

std::string fault_in(std::string_view toml, bool of_project = false) {
  Settings settings;
  const auto read = read_settings_text(toml, "my.toml", of_project, settings);
  return read ? "" : to_line(read.error());
}

}  // namespace

TEST_CASE("A fault in a configuration is named with file, line and column, and what may be meant") {
  CHECK(fault_in("limit = 5\nsrot = \"date\"\n") ==
        "my.toml:2:1: there is no setting 'srot'; did you mean sort?.");
  CHECK(holds(fault_in("limit = \"five\"\n"), "my.toml:1:9: limit is not a whole number"));
  CHECK(holds(fault_in("limit = -1\n"), "limit is not a whole number"));
  CHECK(holds(fault_in("strict = 1\n"), "strict is not true or false"));
  CHECK(holds(fault_in("sort = \"size\"\n"), "sort cannot be 'size'; its values are relevance, date"));
  CHECK(holds(fault_in("limit = \n"), "my.toml:1:"));
  CHECK(holds(fault_in("index = \"a\"\nserver = \"http://x\"\n"), "both an index and a server"));
  CHECK(fault_in("index = \"a\"\nlimit = 5\nstrict = true\nsort = \"-date\"\n").empty());
}

TEST_CASE("A project's file names no programs") {
  CHECK(holds(fault_in("opener = \"rm\"\n", true), "a project's file may not name a program (opener)"));
  CHECK(holds(fault_in("pager_command = \"rm\"\n", true), "may not name a program"));
  CHECK(fault_in("opener = \"rm\"\n", false).empty());
}

TEST_CASE("The environment is stronger than the project, that than the person, that than the system") {
  const TemporaryFolder folder;
  const std::map<std::string, std::string> variables = {{"HOME", (folder / "home").string()},
                                                        {"XDG_CONFIG_DIRS", (folder / "etc").string()},
                                                        {"CARREL_LIMIT", "4"}};
  const Environment environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  folder.write("etc/carrel/search.toml",
               "index = \"/one\"\nlimit = 1\npassages = 1\nwidth = 41\ncontext = 11\n");
  folder.write("home/.config/carrel/search.toml",
               "server = \"http://two\"\nlimit = 2\npassages = 2\nwidth = 42\n");
  folder.write("work/.carrel.toml", "index = \"three\"\nlimit = 3\npassages = 3\n");
  folder.write("work/deep/down/notes.txt", "");
  const auto settings = read_settings(environment, folder / "work/deep/down");
  REQUIRE(settings);
  CHECK(settings->limit == 4);
  CHECK(settings->passages == 3);
  CHECK(settings->width == 42);
  CHECK(settings->context == 11);
  // An index that is named nearer takes the place of a server, and lies where its file says.
  CHECK_FALSE(settings->server);
  CHECK(settings->index == (folder / "work/three").string());
}

TEST_CASE("A project's file that others may write to is refused") {
  const TemporaryFolder folder;
  const auto file = folder.write(".carrel.toml", "limit = 3\n");
  std::filesystem::permissions(file, std::filesystem::perms::others_write,
                               std::filesystem::perm_options::add);
  const Finished run = shell("cd " + word(folder.path().string()) + " && " + line("bondage 2>&1"));
  CHECK(run.exit_code == 2);
  CHECK(holds(run.out, "belongs to somebody else"));
  CHECK(shell("cd " + word(folder.path().string()) + " && " + line("--no-config bondage")).exit_code == 0);
}

TEST_CASE("Flags are stronger than all") {
  CHECK(shell("CARREL_FORMAT=ids " + line("housing")).out == "guide\n");
  CHECK(shell("CARREL_FORMAT=ids " + line("--format urls housing")).out == "https://x.example/guide.pdf\n");
  CHECK(shell("CARREL_STRICT=1 " + line("-q crimes")).exit_code == 1);
  CHECK(shell("CARREL_STRICT=1 " + line("-q --no-strict crimes")).exit_code == 0);
  const Finished wrong = shell("CARREL_LIMIT=some " + line("housing 2>&1"));
  CHECK(wrong.exit_code == 2);
  CHECK(holds(wrong.out, "the environment variable CARREL_LIMIT: 'some' is not a number"));
}
