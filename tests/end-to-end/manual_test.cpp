// The manual pages: whatever a program takes is in its page, and the pages are sound.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "search/schema/fields.h"
#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::tests;

namespace {

std::filesystem::path manual() {
  return std::filesystem::path(CARREL_SOURCE_DIR) / "docs/man";
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The page as mdoc would show it, as far as words go: macros taken away, "Fl -all" written out.
std::string shown(const std::string& page) {
  const std::string joined = std::regex_replace(text_of(manual() / page), std::regex(" , -"), ", Fl -");
  std::string out = std::regex_replace(joined, std::regex("\\bFl -(-?)"), "--");
  return std::regex_replace(out, std::regex("\\bFl ([a-zA-Z0-9])\\b"), "-$1");
}

/// Options in a text of help: "-n,--limit", "--no-expand".
std::set<std::string> options_in(const std::string& help) {
  std::set<std::string> options;
  // Names stand at the beginning of a line, divided by commas and blanks as the version of CLI11 likes.
  const std::regex name("^[ ,]*(--?[a-zA-Z0-9][a-z0-9-]*)");
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ")) continue;
    std::smatch found;
    for (; std::regex_search(line, found, name); line = found.suffix()) options.insert(found[1]);
  }
  return options;
}

bool has_word(const std::string& text, const std::string& word) {
  const std::regex whole("(^|[^a-zA-Z0-9_-])" + word + "($|[^a-zA-Z0-9_-])", std::regex::multiline);
  return std::regex_search(text, whole);
}

void expect_options(const std::string& page, const std::string& help) {
  const std::string text = shown(page);
  const auto options = options_in(help);
  CHECK(options.size() > 1);
  for (const std::string& option : options) {
    INFO(page << " says nothing of " << option);
    CHECK(has_word(text, option));
  }
}

/// The names of subcommands in a text of help.
std::vector<std::string> commands_in(const std::string& help) {
  std::vector<std::string> commands;
  const std::size_t begin = std::min(help.find("Subcommands:"), help.find("SUBCOMMANDS:"));
  if (begin == std::string::npos) return commands;
  const std::regex line("\n  ([a-z]+) ");
  const std::string rest = help.substr(begin, help.find("\n\n", begin) - begin);
  for (auto it = std::sregex_iterator(rest.begin(), rest.end(), line); it != std::sregex_iterator(); ++it) {
    commands.push_back((*it)[1]);
  }
  return commands;
}

/// Each command, the commands below it, and the options of all.
void expect_commands(const std::string& page, const std::string& program, std::vector<std::string> words) {
  words.emplace_back("--help");
  const std::string help = run(program, words).out;
  words.pop_back();
  expect_options(page, help);
  const auto commands = commands_in(help);
  CHECK((!words.empty() || commands.size() > 8));
  const std::string text = shown(page);
  for (const std::string& command : commands) {
    words.push_back(command);
    std::string name = "Cm";
    for (const std::string& word : words) name += " " + word;
    INFO(page << " says nothing of the command " << name);
    CHECK(has_word(text, name));
    expect_commands(page, program, words);
    words.pop_back();
  }
}

}  // namespace

TEST_CASE("The test of the manual sees an option that is missing") {
  const auto options =
      options_in("Options:\n  -n,--limit N  How many\n  --no-expand [WORD] x\n  words  --not-this\n");
  CHECK(options == std::set<std::string>{"-n", "--limit", "--no-expand"});
  CHECK_FALSE(has_word("--limited", "--limit"));
  CHECK(has_word("a --limit, b", "--limit"));
}

TEST_CASE("carrel-search(1) has every option") {
  expect_options("carrel-search.1", run("carrel-search", {"--help"}).out);
}

TEST_CASE("carrel-server(8) has every option") {
  expect_options("carrel-server.8", run("carrel-server", {"--help"}).out);
}

TEST_CASE("carrel-index(1) has every command and every option of each") {
  expect_commands("carrel-index.1", "carrel-index", {});
}

TEST_CASE("carrel-query(7) has every field that can be asked for") {
  const std::string text = shown("carrel-query.7");
  for (const schema::Field& field : schema::kFields) {
    if (!field.is(schema::kFilter) && !field.is(schema::kWords) && !field.is(schema::kRange)) continue;
    for (const std::string_view name : {field.name, field.alias}) {
      INFO("carrel-query.7 says nothing of " << name);
      if (!name.empty()) CHECK(has_word(text, std::string(name)));
    }
  }
}

TEST_CASE("carrel-catalog(5) has every column") {
  const std::string text = shown("carrel-catalog.5");
  CHECK(has_word(text, "path"));
  for (const schema::Field& field : schema::kFields) {
    if (!field.is(schema::kCatalogue)) continue;
    INFO("carrel-catalog.5 says nothing of " << field.name);
    CHECK(has_word(text, std::string(field.name)));
  }
}

TEST_CASE("carrel-config(5) has every setting of both programs") {
  const std::string text = shown("carrel-config.5");
  // A key that there is not is answered with those that there are.
  const TemporaryFolder folder;
  folder.write("carrel/search.toml", "zzzzzzzzzzzz = 1\n");
  const Finished wrong = run("carrel-search", {"x"}, {{"XDG_CONFIG_HOME", folder.path().string()}});
  const std::size_t begin = wrong.err.find("the settings are ");
  REQUIRE(begin != std::string::npos);
  const std::string settings = wrong.err.substr(begin + 17);
  const std::regex name("[a-z_]+");
  std::size_t seen = 0;
  for (auto it = std::sregex_iterator(settings.begin(), settings.end(), name); it != std::sregex_iterator();
       ++it) {
    INFO("carrel-config.5 says nothing of " << it->str());
    CHECK(has_word(text, it->str()));
    ++seen;
  }
  CHECK(seen > 15);
  // The server's keys are those of its example, each of which the program takes.
  const std::string example = text_of(std::filesystem::path(CARREL_SOURCE_DIR) / "packaging/server.toml");
  const std::regex key("(^|\n)#?([a-z_]+) = ");
  for (auto it = std::sregex_iterator(example.begin(), example.end(), key); it != std::sregex_iterator();
       ++it) {
    INFO("carrel-config.5 says nothing of " << (*it)[2]);
    CHECK(has_word(text, (*it)[2]));
  }
}

TEST_CASE("mandoc has nothing to say against the pages") {
  for (const auto& page : std::filesystem::directory_iterator(manual())) {
    const std::string command = "mandoc -Tlint -Wwarning '" + page.path().string() + "' 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string said;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
    INFO(said);
    CHECK(::pclose(pipe) == 0);
  }
}
