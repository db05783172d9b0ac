// Sessions: results as tables, lines and lists, complete ones, and what scripts do with them.
#include <algorithm>

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel::tests;

TEST_CASE("The option --all writes every hit as JSON Lines, each as in the answer") {
  const Finished all = search("--all --format jsonl --sort title");
  CHECK(all.exit_code == 0);
  CHECK(std::ranges::count(all.out, '\n') == 3);
  CHECK(all.out.starts_with("{\"id\":\"guide\""));
  const auto first = boost::json::parse(all.out.substr(0, all.out.find('\n')));
  const auto answer = boost::json::parse(search("--json --sort title").out);
  CHECK(first == answer.at("hits").at(0));
}

TEST_CASE("The option --all tells the exact total on the error stream, the revision with it") {
  const std::string said = search("--all --format ids bondage 2>&1 >/dev/null").out;
  CHECK(holds(said, "2 resources, revision "));
}

TEST_CASE("A table has one row a hit, quoted as RFC 4180 has it") {
  const std::string csv = search("--all --format csv 'debt bondage' --type report").out;
  CHECK(csv.starts_with("id,title,date,type,language,format,pages,author,"));
  CHECK(
      holds(csv, "\r\nreports/bondage.pdf,\"Debt bondage, \"\"in figures\"\"\",2020-04-28,report,en,pdf,4,"));
  CHECK(holds(csv, "\"Rivera, Ana; Lantern Program\""));
  CHECK(holds(csv, ",https://x.example/reports/bondage.pdf#page="));
  CHECK(csv.ends_with("\r\n"));
}

TEST_CASE("A tab-separated row is one line whatever stands in it") {
  const std::string tsv = search("--format tsv 'debt bondage'").out;
  CHECK(std::ranges::count(tsv, '\n') == 3);
  CHECK(holds(tsv, "\nguide\tA guide to housing & shelter\t2022\tguide\ten\t"));
}

TEST_CASE("The option -0 alone gives ids for xargs, each with a zero byte behind it") {
  CHECK(search("-0 --type guide housing").out == std::string("guide\0", 6));
  const Finished cited =
      shell(line("-0 --sort title bondage") + " | xargs -0 -n1 " + line("--cite") + " | grep '^TI'");
  CHECK(cited.out == "TI  - A guide to housing & shelter\r\nTI  - Debt bondage, \"in figures\"\r\n");
}

TEST_CASE("What does not go together is said, with what to do") {
  const auto said = [](const std::string& arguments) {
    const Finished finished = search(arguments + " 2>&1 >/dev/null");
    CHECK(finished.exit_code == 2);
    return finished.out;
  };
  CHECK(holds(said("--all --json x"), "choose jsonl"));
  CHECK(holds(said("--all -n 5 x"), "--all and --limit contradict each other"));
  CHECK(holds(said("--show a --cite b"), "--show and --cite cannot be done at once"));
  CHECK(holds(said("--format ris --kwic x"), "a concordance cannot be written as ris"));
  CHECK(holds(said("--server http://x.example x"), "both --index and --server are given"));
  CHECK(holds(said("--facets=tpoic x"), "did you mean topic?"));
  CHECK(holds(said("--new x"), "name one with --saved NAME"));
  CHECK(holds(said("--page 2 x"), "--page names a page of the resource"));
}

TEST_CASE("A field that there is not is searched as words, and the right one is named") {
  CHECK(holds(search("tpoic:housing 2>&1 >/dev/null").out, "topic"));
}

TEST_CASE("The option -q writes nothing, and the exit code tells") {
  const Finished found = search("-q bondage 2>&1");
  CHECK(found.exit_code == 0);
  CHECK(found.out.empty());
  CHECK(search("-q --no-correct qwertyuiop 2>&1").exit_code == 1);
}

TEST_CASE("A reader that goes away ends a complete list without a word") {
  const Finished cut = shell("(" + line("--all --format jsonl") + "; echo $? >&2) 2>&1 >/dev/null | cat");
  CHECK(holds(cut.out, "0\n"));
  CHECK(shell(line("--all --format jsonl 2>/dev/null") + " | head -c 5").out == "{\"id\"");
}

TEST_CASE("An answer says by which revision, collection and thesaurus it was made") {
  const auto answer = boost::json::parse(search("--json bondage").out).as_object();
  CHECK(answer.at("revision").as_string().size() > 0);
  CHECK(answer.at("collection").as_string().size() == 32);
  CHECK(answer.at("thesaurus").is_null());  // this library has none
  CHECK(answer.at("total_exact").as_bool());
  CHECK(answer.at("query").at("parsed").as_string().size() > 0);
}

TEST_CASE("The option --strict finds the words as typed alone") {
  CHECK(search("--strict crimes").exit_code == 1);
  CHECK(search("crimes").exit_code == 0);
}

TEST_CASE("Resources are opened where a page is, by the program of the configuration or xdg-open") {
  const TemporaryFolder folder;
  const auto opener = folder.write("bin/xdg-open", "#!/bin/sh\necho opened $1\n");
  std::filesystem::permissions(opener, std::filesystem::perms::owner_all);
  const std::string path = "PATH=" + word((folder / "bin").string()) + ":$PATH ";
  CHECK(shell(path + line("--open guide")).out == "opened https://x.example/guide.pdf\n");
  CHECK(shell(path + line("--open guide --page 1")).out == "opened https://x.example/guide.pdf#page=1\n");
  CHECK(shell("CARREL_OPENER='echo with' " + line("--open guide")).out ==
        "with https://x.example/guide.pdf\n");
  const Finished missing = shell("CARREL_OPENER=no-such-program " + line("--open guide 2>&1"));
  CHECK(missing.exit_code == 2);
  CHECK(holds(missing.out, "there is no program no-such-program"));
  CHECK(search("--open nobody 2>/dev/null").exit_code == 2);
}

TEST_CASE("The preview of the recipe for fzf shows the resource of a row") {
  // fzf gives the preview the first column of the chosen line.
  const Finished preview = shell(line("--format tsv --all housing 2>/dev/null") +
                                 " | sed -n 2p | cut -f1 | xargs " + line("--show"));
  CHECK(holds(preview.out, "A guide to housing & shelter"));
}

TEST_CASE("Similar resources come in every form of a list") {
  CHECK(holds(search("--similar guide").out, "1 resource"));
  CHECK(holds(search("--similar guide --format ids").out, "reports/bondage.pdf\n"));
  CHECK(search("--similar guide --json").out.starts_with("{\"id\":\"guide\",\"hits\":[{\"id\":"));
}
