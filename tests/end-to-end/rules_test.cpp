// The librarians' rules, from the file to the answer.
#include "search/schema/rules.h"

#include <boost/json.hpp>

#include "indexer/index_writer.h"
#include "indexer/rules_file.h"
#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/end-to-end/small_library.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr const char* kRules = R"(version = "1"

[[help]]
id = "hotline"
title = "Hotline"
phone = "1-888-373-7888"
words = ["help"]
always = true
expect = [{ query = "nothing of the kind" }]

[[best-bet]]
id = "apricots"
words = ["orchard"]
resource = "a.html"
expect = [{ query = "orchards" }]

[[expect]]
query = "artichoke garden"
shows = "b.html"
top = 1
)";

struct RuledLibrary : SmallLibrary {
  RuledLibrary() {
    folder.write("documents/a.html", page("Alpha", "apricot orchard"));
    folder.write("documents/b.html", page("Beta", "artichoke garden, and a secret unicornword"));
    folder.write("documents/c.html", page("Gamma", "apricot cake"));
  }
  fs::path rules(std::string_view text) const { return folder.write("rules.toml", text); }
  Finished ask(const std::string& command, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{command, "--index", index.string()};
    if (command != "check" && command != "status" && command != "why") words.push_back(source.string());
    words.insert(words.end(), more.begin(), more.end());
    return run("carrel-index", words);
  }
  json::object reported(const std::string& command, std::vector<std::string> more) const {
    more.insert(more.end(), {"--report", (folder / "report.json").string()});
    const Finished finished = ask(command, more);
    INFO(finished.err);
    REQUIRE(finished.exit_code == 0);
    return read_json(folder / "report.json");
  }
  json::object search(const std::string& query) const {
    return json::parse(run("carrel-search", {"--index", index.string(), "--json", "--query", query}).out)
        .as_object();
  }
  std::string revision() const { return std::string(search("x").at("revision").as_string()); }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Rules given once stay with the index, and change without a document being read") {
  const RuledLibrary library;
  CHECK(library.ask("update").exit_code == 0);
  CHECK(library.search("apricot").at("help").as_array().empty());
  json::object report = library.reported("update", {"--rules", library.rules(kRules).string()});
  CHECK(report.at("opened").to_number<int>() == 0);
  CHECK(report.at("remembered").to_number<int>() == 0);
  const json::object answer = library.search("orchard");
  CHECK(answer.at("help").at(0).at("phone").as_string() == "1-888-373-7888");
  CHECK(answer.at("best_bets").at(0).at("title").as_string() == "Alpha");
  CHECK(library.search("zzz").at("help").as_array().size() == 1);
  const Finished shown = run("carrel-search", {"--index", library.index.string(), "zzz"});
  CHECK(has(shown.out, "Hotline · 1-888-373-7888"));

  const std::string before = library.revision();
  CHECK(library.ask("update").exit_code == 0);
  CHECK(library.revision() == before);
  CHECK(library.ask("rebuild").exit_code == 0);
  CHECK(library.search("zzz").at("help").as_array().size() == 1);
  CHECK(has(library.ask("status").out, "rules       version 1, 1 help card, 1 best bet, 3 expectations"));
  CHECK(has(library.ask("plan", {"--rules", "none"}).out, "other rules: none"));
  CHECK(library.search("zzz").at("help").as_array().size() == 1);
  CHECK(library.ask("update", {"--rules", "none"}).exit_code == 0);
  CHECK(library.search("zzz").at("help").as_array().empty());
}

TEST_CASE("A mistake in the rules is named by line and column before anything is written") {
  const RuledLibrary library;
  CHECK(library.ask("update", {"--rules", library.rules(kRules).string()}).exit_code == 0);
  const std::string before = library.revision();
  library.folder.write("documents/d.html", page("Delta", "quite new"));
  const fs::path wrong = library.rules("[[help]]\nid = \"a\"\ntitel = \"T\"\n");
  for (const char* command : {"update", "rebuild", "plan"}) {
    const Finished refused = library.ask(command, {"--rules", wrong.string()});
    CHECK(refused.exit_code == 2);
    CHECK(has(refused.err,
              "rules.toml, line 3, column 1: unknown key 'titel' in help card 'a', did you mean 'title'?"));
  }
  CHECK(library.revision() == before);
  const Finished none = library.ask("update", {"--rules", (library.folder / "none.toml").string()});
  CHECK(none.exit_code == 2);
  CHECK(has(none.err, "none.toml"));
  CHECK(library.revision() == before);
}

TEST_CASE("check --rules asks every expectation and tells those that do not hold") {
  const RuledLibrary library;
  CHECK(library.ask("update", {"--rules", library.rules(kRules).string()}).exit_code == 0);
  const Finished holds = library.ask("check", {"--rules"});
  CHECK(holds.exit_code == 0);
  CHECK(has(holds.out, "3 of 3 expectations of the rules hold."));
  std::string rules = kRules;
  rules += R"(
[[expect]]
query = "apricot"
shows = "b.html"

[[best-bet]]
id = "lost"
words = ["x"]
resource = "lost.html"

[[best-bet]]
id = "late"
words = ["x"]
resource = "a.html"
until = 2001-01-01
)";
  CHECK(library.ask("update", {"--rules", library.rules(rules).string()}).exit_code == 0);
  const Finished broken = library.ask("check", {"--rules"});
  CHECK(broken.exit_code == 1);
  CHECK(has(broken.out, "rules.toml, line 22: 'apricot' does not show 'b.html' among the first 3 hits"));
  CHECK(has(broken.out, "3 of 4 expectations of the rules hold."));
  CHECK(has(broken.out, "the best bet 'lost' shows 'lost.html', which the index does not hold"));
  CHECK(has(broken.out, "the best bet 'late' is over since 2001-01-01"));
  CHECK(library.ask("check").exit_code == 0);
}

TEST_CASE("A rebuild whose index breaks an expectation is refused, and the old one answers on") {
  const RuledLibrary library;
  CHECK(library.ask("update", {"--rules", library.rules(kRules).string()}).exit_code == 0);
  const std::string before = library.revision();
  library.folder.write("documents/b.html", page("Beta", "nothing of it any more"));
  const Finished refused = library.ask("rebuild");
  CHECK(refused.exit_code == 2);
  CHECK(has(refused.err,
            "the new generation was not taken, the old one answers on: 1 of 3 expectations of the rules "
            "do not hold"));
  CHECK(has(refused.err, "rules.toml, line 17: 'artichoke garden' does not show 'b.html'"));
  CHECK(library.revision() == before);
  CHECK(found(library.index, "artichoke") == 1);
  const fs::path fewer =
      library.rules(std::string(kRules).substr(0, std::string(kRules).rfind("[[expect]]")));
  CHECK(library.ask("rebuild", {"--rules", fewer.string()}).exit_code == 0);
  CHECK(found(library.index, "artichoke") == 0);
  CHECK(library.ask("rebuild", {"--rules", library.rules(kRules).string()}).exit_code == 2);
  CHECK(library.ask("rebuild", {"--rules", library.rules(kRules).string(), "--force"}).exit_code == 0);
}

TEST_CASE("A hidden document is in no hit, count, suggestion or address, and comes back unread") {
  const RuledLibrary library;
  CHECK(library.ask("update").exit_code == 0);
  CHECK(found(library.index, "unicornword") == 1);
  const fs::path rules = library.rules("hidden = [\"b.html\"]\n");
  CHECK(has(library.ask("plan", {"--rules", rules.string()}).out, "1 to hide"));
  json::object report = library.reported("update", {"--rules", rules.string()});
  CHECK(report.at("opened").to_number<int>() == 0);
  CHECK(document(report, "/b.html").at("reason").as_string() == "hidden");
  const auto is_gone = [&] {
    CHECK(found(library.index, "unicornword") == 0);
    CHECK(found(library.index, "*") == 2);
    CHECK(library.search("unicornwords").at("spelling").is_null());
    CHECK(run("carrel-search", {"--index", library.index.string(), "--show", "b.html"}).exit_code == 2);
    CHECK(library.ask("check").exit_code == 0);
    const Finished why = library.ask("why", {(library.source / "b.html").string()});
    CHECK(why.exit_code == 1);
    CHECK(has(why.out, "the rules hide it (hidden)"));
    CHECK(has(library.ask("why", {"b.html"}).out, "the rules hide it (hidden)"));
    const RunningServer server({"--index", library.index.string(), "--documents", library.source.string()});
    CHECK(http(server.port(), "/v1/resources/b.html").status == 404);
    CHECK(has(http(server.port(), "/v1/suggest?q=unicorn").body, "\"suggestions\":[]"));
    CHECK_FALSE(has(http(server.port(), "/v1/resources/a.html/similar").body, "b.html"));
  };
  is_gone();
  const std::string before = library.revision();
  CHECK(library.ask("update").exit_code == 0);
  CHECK(library.revision() == before);
  library.folder.write("documents/b.html",
                       page("Beta", "a longer artichoke garden, and a secret unicornword"));
  CHECK(library.ask("update").exit_code == 0);
  is_gone();
  CHECK(library.ask("rebuild").exit_code == 0);
  is_gone();
  report = library.reported("update", {"--rules", "none"});
  CHECK(document(report, "/b.html").at("action").as_string() == "added");
  CHECK(found(library.index, "unicornword") == 1);
  report = library.reported("update", {"--rules", rules.string()});
  report = library.reported("update", {"--rules", "none"});
  CHECK(report.at("opened").to_number<int>() == 0);
  CHECK(report.at("remembered").to_number<int>() == 1);
  CHECK(found(library.index, "unicornword") == 1);
}

TEST_CASE("A document is hidden by the id that the catalogue gives it, be it found by address alone") {
  const RuledLibrary library;
  library.folder.write(
      "documents/d.html",
      "<!doctype html><html lang=en><head><title>Delta</title>"
      "<link rel=canonical href=\"https://library.example/delta\"></head><body><main><h1>Delta</h1>"
      "<p>quincewords grow here in the garden</p></main></body></html>");
  const fs::path catalogue = library.folder.write(
      "catalog.csv", "id,path,url\nbeta,b.html,\ndelta,,https://library.example/delta\n");
  const fs::path rules = library.rules("hidden = [\"beta\", \"delta\"]\n");
  const std::vector<std::string> more{"--catalog", catalogue.string(), "--rules", rules.string()};
  CHECK(library.ask("update", more).exit_code == 0);
  CHECK(found(library.index, "unicornword") == 0);
  CHECK(found(library.index, "quincewords") == 0);
  CHECK(found(library.index, "*") == 2);
  const std::string before = library.revision();
  CHECK(library.ask("update", more).exit_code == 0);
  CHECK(library.revision() == before);
  CHECK(library.ask("check").exit_code == 0);
  CHECK(library.ask("update", {"--catalog", catalogue.string(), "--rules", "none"}).exit_code == 0);
  CHECK(found(library.index, "id:delta") == 1);
  CHECK(found(library.index, "id:beta") == 1);
  CHECK(library.ask("update", more).exit_code == 0);
  CHECK(found(library.index, "*") == 2);
}

namespace {

/// An index of many small resources with the same words, written without reading a document: it takes long to
/// see that some phrase of them is nowhere.
void write_many(const fs::path& index, int count, std::string_view rules) {
  auto writer = carrel::indexer::IndexWriter::open(index);
  REQUIRE(writer);
  for (int i = 0; i < count; ++i) {
    carrel::indexer::Resource one;
    one.record.add(carrel::schema::FieldId::id, std::to_string(i));
    one.record.add(carrel::schema::FieldId::title, "Number " + std::to_string(i));
    one.pages.push_back(
        {.text = "help in an emergency and far from it another emergency, then a door beside a door"});
    REQUIRE(writer->put(one));
  }
  const auto read = carrel::indexer::parse_rules(rules, "rules.toml");
  REQUIRE(read);
  REQUIRE(writer->put_metadata(carrel::schema::kRulesKey, carrel::schema::encode_rules(*read)));
  REQUIRE(writer->commit("test"));
}

}  // namespace

TEST_CASE("A search that runs out of time is answered with what was found, a notice and help") {
  const TemporaryFolder folder;
  write_many(folder / "index", 20'000, kRules);
  const fs::path configuration =
      folder.write("server.toml", "index = \"" + (folder / "index").string() + "\"\n[search]\ntime_ms = 1\n");
  const RunningServer server({"--config", configuration.string()});
  const std::string query = R"(help "emergency door")";
  const HttpAnswer partial = http(server.port(), "/v1/search?q=" + url_encoded(query));
  CHECK(partial.status == 200);
  const json::object answer = json::parse(partial.body).as_object();
  CHECK_FALSE(answer.at("total_exact").as_bool());
  CHECK(has(partial.body, "\"code\":\"time-limit\""));
  CHECK(answer.at("help").at(0).at("id").as_string() == "hotline");
  CHECK(answer.at("help").at(0).at("called").as_bool());
  CHECK_FALSE(has(partial.head, "ETag"));
  const HttpAnswer page = http(server.port(), "/search?q=" + url_encoded(query));
  CHECK(page.status == 200);
  CHECK(has(page.body, "The search took too long and ended early"));
  CHECK(has(page.body, "1-888-373-7888"));
}

TEST_CASE("The daemon brings help with nothing found, with errors, and while the index is away") {
  const RuledLibrary library;
  CHECK(library.ask("update", {"--rules", library.rules(kRules).string()}).exit_code == 0);
  const RunningServer server({"--index", library.index.string()});
  const auto hotline_comes = [&](std::string_view target, int status) {
    INFO(target);
    const HttpAnswer answer = http(server.port(), target);
    CHECK(answer.status == status);
    CHECK(has(answer.body, "1-888-373-7888"));
  };
  hotline_comes("/v1/search?q=zzz", 200);
  hotline_comes("/search?q=zzz", 200);
  hotline_comes("/v1/search?q=help&limit=x", 400);
  hotline_comes("/api/v2/search/i14y?query=orchard&limit=1000", 400);
  fs::rename(library.index, library.folder / "away");
  hotline_comes("/v1/search?q=apricot", 200);
  hotline_comes("/search?q=zzz", 200);
  hotline_comes("/v1/search?q=help&limit=x", 400);
  fs::rename(library.folder / "away", library.index);
  CHECK(library.ask("update", {"--rules", "none"}).exit_code == 0);
  CHECK_FALSE(has(http(server.port(), "/v1/search?q=zzz").body, "1-888"));
  const HttpAnswer fault = http(server.port(), "/v1/search?limit=x");
  CHECK(fault.status == 400);
  CHECK_FALSE(has(fault.body, "\"help\""));
}
