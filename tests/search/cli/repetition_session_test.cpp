// Sessions: searches that are recorded, repeated, saved and asked for news.
#include <boost/json.hpp>

#include "search/cli/search_record.h"
#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

Entry shelter(const std::string& id) {
  return {.id = id,
          .title = "Shelter " + id,
          .pages = {"A shelter for the night."},
          .fields = {{FieldId::date, "2021"}}};
}

std::string in(const Library& library, const std::string& arguments) {
  return "$SEARCH --index " + word(library.path()) + " " + arguments;
}

}  // namespace

TEST_CASE("A record has what PRISMA-S asks for, and every hit") {
  const TemporaryFolder folder;
  const std::string file = (folder / "search.toml").string();
  CHECK(search("--record " + word(file) + " --strict --type report,guide --type report -n 1 bondage")
            .exit_code == 0);
  const auto record = carrel::search::cli::read_record(file);
  REQUIRE(record);
  CHECK(record->date.size() == 20);
  CHECK(record->program.starts_with("Carrel "));
  CHECK(record->place.index == reading_room().path());
  CHECK(record->size == 3);
  CHECK(record->revision.size() > 0);
  CHECK(record->collection.size() == 32);
  CHECK(record->request.q == "bondage");
  CHECK(record->request.mode == carrel::search::Mode::strict);
  REQUIRE(record->request.selections.size() == 1);
  CHECK(record->hits == 1);
  CHECK(record->ids == std::vector<std::string>{"reports/bondage.pdf"});
  CHECK(record->complete);
  const std::string text = content_of(file);
  CHECK(holds(text, "statement = \"The library at "));
  CHECK(holds(
      text,
      "for bondage, the words as typed alone, limited to type report,guide or report; 1 work was found"));
}

TEST_CASE("A repeated search tells that nothing changed, or what did") {
  const TemporaryFolder folder;
  Library library({shelter("one"), shelter("two")});
  const std::string file = (folder / "search.toml").string();
  CHECK(shell(in(library, "--record " + word(file) + " shelter")).exit_code == 0);

  const Finished same = shell("$SEARCH --replay " + word(file));
  CHECK(same.exit_code == 0);
  CHECK(holds(same.out, "2 hits. Now: 2."));
  CHECK(holds(same.out, "The library holds the same documents."));
  CHECK(holds(same.out, "The same resources are found."));

  library.commit({shelter("three"), {.id = "one", .title = "Something else", .pages = {"Nothing."}}});
  const Finished changed = shell("$SEARCH --replay " + word(file));
  CHECK(holds(changed.out, "2 hits. Now: 2."));
  CHECK(holds(changed.out, "The library's revision: "));
  CHECK(holds(changed.out, "+ three\n"));
  CHECK(holds(changed.out, "- one\n"));
  CHECK_FALSE(holds(changed.out, "two"));
  const auto told = boost::json::parse(shell("$SEARCH --json --replay " + word(file)).out);
  CHECK(told.at("added").at(0).as_string() == "three");
  CHECK(told.at("gone").at(0).as_string() == "one");
  CHECK(told.at("then").at("hits").as_int64() == 2);
}

TEST_CASE("A record made with a relative path is repeated from any folder") {
  const TemporaryFolder folder;
  const std::string file = (folder / "search.toml").string();
  const std::filesystem::path index = reading_room().path();
  CHECK(shell("cd " + word(index.parent_path().string()) + " && $SEARCH --index index --record " +
              word(file) + " -q bondage")
            .exit_code == 0);
  CHECK(holds(shell("cd / && $SEARCH --replay " + word(file)).out, "The same resources are found."));
}

TEST_CASE("A record that is none is refused with its place") {
  const TemporaryFolder folder;
  const auto broken = folder.write("broken.toml", "record = 1\nx = \n");
  const Finished finished = shell("$SEARCH --replay " + word(broken.string()) + " 2>&1");
  CHECK(finished.exit_code == 2);
  CHECK(holds(finished.out, "broken.toml:2:"));
  const auto other = folder.write("other.toml", "limit = 1\n");
  CHECK(holds(shell("$SEARCH --replay " + word(other.string()) + " 2>&1").out, "is no record of a search"));
}

TEST_CASE("A saved search is a query or a list of arguments, and what is typed behind it counts") {
  const TemporaryFolder folder;
  const auto file = folder.write(
      "searches.toml",
      "bondage = \"debt bondage\"\nhousing = [\"--topic\", \"housing\", \"--format\", \"ids\"]\n");
  const std::string searches = "--searches " + word(file.string()) + " ";
  CHECK(search(searches + "--saved housing").out == "guide\n");
  CHECK(search(searches + "--saved housing --format urls").out == "https://x.example/guide.pdf\n");
  CHECK(search(searches + "--saved bondage --format ids --type report").out == "reports/bondage.pdf\n");
  const std::string listed = search(searches + "--list-saved").out;
  CHECK(holds(listed, "bondage\t--query=debt bondage\n"));
  CHECK(holds(listed, "housing\t--topic housing --format ids\n"));
  const Finished unknown = search(searches + "--saved housnig 2>&1");
  CHECK(unknown.exit_code == 2);
  CHECK(holds(unknown.out, "did you mean housing?"));
  CHECK(holds(search("--saved x 2>&1").out, "there are no saved searches in "));
}

TEST_CASE("The option --new shows once what has come, however often it is asked on one day") {
  const TemporaryFolder folder;
  Library library({shelter("one"), shelter("two")});
  folder.write("carrel/searches.toml", "night = \"shelter\"\n");
  const std::string environment = "export XDG_CONFIG_HOME=" + word(folder.path().string()) +
                                  " XDG_STATE_HOME=" + word((folder / "state").string()) + "; ";
  const std::string ask = environment + in(library, "--saved night --new --format ids 2>/dev/null");
  const Finished first = shell(ask);
  CHECK(first.exit_code == 0);
  CHECK(holds(first.out, "one\n"));
  CHECK(holds(first.out, "two\n"));
  const Finished nothing = shell(ask);
  CHECK(nothing.exit_code == 1);
  CHECK(nothing.out.empty());
  library.commit({shelter("three")});
  CHECK(shell(ask).out == "three\n");
  CHECK(shell(ask).exit_code == 1);
  CHECK(shell(environment + in(library, "--saved night --format ids | sort")).out == "one\nthree\ntwo\n");
}

TEST_CASE("What nobody has read is still new the next time") {
  const TemporaryFolder folder;
  const Library library({shelter("one")});
  folder.write("carrel/searches.toml", "night = \"shelter\"\n");
  const std::string environment = "export XDG_CONFIG_HOME=" + word(folder.path().string()) +
                                  " XDG_STATE_HOME=" + word((folder / "state").string()) + "; ";
  const std::string ask = in(library, "--saved night --new --format ids 2>/dev/null");
  shell(environment + "exec 3> >(:); sleep 0.2; " + ask + " >&3");
  CHECK(shell(environment + ask).out == "one\n");
}

TEST_CASE("What is remembered of a saved search is neither the query nor for others to read") {
  const TemporaryFolder folder;
  const Library library({shelter("one")});
  folder.write("carrel/searches.toml", "night = \"a shelter\"\n");
  const std::string environment = "export XDG_CONFIG_HOME=" + word(folder.path().string()) +
                                  " XDG_STATE_HOME=" + word((folder / "state").string()) + "; ";
  shell(environment + in(library, "--saved night --new 2>/dev/null"));
  CHECK(shell("grep -rc shelter " + word((folder / "state").string()) + " | grep -c ':0$'").out == "1\n");
  CHECK(shell("find " + word((folder / "state").string()) + " -type f -perm /077 | wc -l").out == "0\n");
}

TEST_CASE("Searching writes nothing into the home of who searches") {
  const TemporaryFolder home;
  const std::string environment = "export HOME=" + word(home.path().string()) + "; ";
  shell(environment + line("bondage") + "; " + line("--kwic bondage") + "; " + line("--all --format ris"));
  CHECK(shell("find " + word(home.path().string()) + " | wc -l").out == "1\n");
}
