// Sessions: what the shells offer when Tab is pressed.
#include "tests/catch.h"
#include "tests/search/cli/reading_room.h"

using namespace carrel::tests;

namespace {

/// What bash would offer for a line that ends where the cursor stands; a word a line.
std::string bash_offers(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& one : words) list += " " + word(one);
  return shell("PATH=$(dirname $SEARCH):$PATH; export CARREL_INDEX=" + word(reading_room().path()) +
               "; eval \"$($SEARCH --completion bash)\"; COMP_WORDS=(carrel-search" + list +
               "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _carrel_search; printf '%s\\n' \"${COMPREPLY[@]}\"")
      .out;
}

}  // namespace

TEST_CASE("bash completes options, choices, field names and values from the index") {
  CHECK(bash_offers({"--kw"}) == "--kwic\n--kwic-sort\n");
  CHECK(bash_offers({"--sort", "d"}) == "date\n");
  CHECK(bash_offers({"--type", ""}) == "fact\\ sheet\nguide\nreport\n");
  CHECK(bash_offers({"--topic", "=", "lab"}) == "labor\\ trafficking\n");
  CHECK(bash_offers({"--facets", "=", "type,to"}) == "type\\,topic\n");
  CHECK(bash_offers({"--topic", "\"leg"}) == "\"legal services\"\n");
  CHECK(bash_offers({"au"}) == "author:\naudience:\n");
  CHECK(bash_offers({"topic", ":", "hou"}) == "housing\n");
  CHECK(bash_offers({"--lang", "span"}) == "es\n");
  CHECK(bash_offers({"--record", "x"}) == "\n");  // names of files are bash's business
}

TEST_CASE("Candidates carry what they mean") {
  const std::string all = shell("$SEARCH --complete 3 -- $SEARCH --index " + word(reading_room().path()) +
                                " --topic= ; $SEARCH --complete 1 -- $SEARCH --stri")
                              .out;
  CHECK(holds(all, "--strict\tOnly the words as typed"));
  CHECK(holds(all, "--topic=housing\t1 resource\n"));
}

TEST_CASE("Completion of nonsense is silent") {
  CHECK(shell("$SEARCH --complete 2>&1; $SEARCH --complete 9 -- a b 2>&1; $SEARCH --complete x -- a b 2>&1")
            .out.empty());
  CHECK(shell("CARREL_INDEX=/nowhere $SEARCH --complete 2 -- $SEARCH --topic '' 2>&1").out.empty());
}

TEST_CASE("zsh and fish take their scripts") {
  CHECK(shell("$SEARCH --completion zsh | zsh -n && echo good").out == "good\n");
  CHECK(shell("$SEARCH --completion fish | fish -n && echo good").out == "good\n");
  const Finished offered =
      shell("PATH=$(dirname $SEARCH):$PATH; export CARREL_INDEX=" + word(reading_room().path()) +
            "; $SEARCH --completion fish > $HOME/c.fish; "
            "fish -c 'source ~/c.fish; complete -C \"carrel-search --topic hou\"' 2>/dev/null");
  CHECK(holds(offered.out, "housing\t1 resource"));
  CHECK(shell("$SEARCH --completion tcsh 2>/dev/null").exit_code == 2);
}
