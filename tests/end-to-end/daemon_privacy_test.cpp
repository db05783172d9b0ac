// No trace: a word that nobody else searches is searched by every way there is, and then looked for wherever the
// server can have left it.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/resource.h>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/query-server/test_client.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;
using carrel::query_server::testing::ask;
using carrel::query_server::testing::get;
using carrel::query_server::testing::post;

namespace fs = std::filesystem;

namespace {

constexpr const char* kCanary = "zqxcanaryword";

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Any spelling of the canary: case does not count.
bool holds_canary(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text.find(kCanary) != std::string::npos;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

/// The regular files that a process has open.
std::vector<fs::path> open_files(int process) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process) + "/fd")) {
    std::error_code error;
    if (fs::is_regular_file(entry.path(), error)) files.push_back(entry.path());
  }
  return files;
}

void search_everywhere(int number) {
  const auto port = static_cast<std::uint16_t>(number);
  const std::string word = kCanary;
  for (const std::string& target :
       {"/search?q=" + word, "/v1/search?q=" + word, "/v1/search?topic=" + word, "/v1/suggest?q=" + word,
        "/v1/resources/" + word, "/v1/resources/" + word + "/similar", "/v1/resources/" + word + "/cite",
        "/v1/facets/topic?q=" + word, "/v1/facets/" + word, "/resources/" + word, "/feed.atom?q=" + word,
        "/api/v2/search/i14y?query=" + word, "/documents/" + word, "/" + word, "/v1/search?" + word + "=1",
        "/v1/search?limit=" + word, "/v1/search?q=%zz" + word, "/search?q=%22" + word + "+OR+("}) {
    const std::string more = "User-Agent: " + word + "\r\nCookie: " + word + "=1\r\nReferer: http://" + word +
                             ".example/\r\nX-Forwarded-For: " + word + "\r\n";
    get(port, target, more);
    ask(port, "HEAD " + target + " HTTP/1.1\r\nHost: " + word + "\r\n\r\n", true);
    ask(port, "OPTIONS " + target + " HTTP/1.1\r\nHost: " + word + "\r\n\r\n", true);
    ask(port, "DELETE " + target + " HTTP/1.1\r\nHost: " + word + "\r\n\r\n");
  }
  for (const char* target : {"/search", "/v1/search", "/v1/facets/topic"}) {
    post(port, target, "application/x-www-form-urlencoded", "q=" + word);
    post(port, target, "application/json", "{\"q\":\"" + word + "\"}");
    post(port, target, "application/json", "{\"" + word);
    post(port, target, "text/" + word, word);
  }
  ask(port, word + "\r\n\r\n");
  ask(port, "GET /" + word + " HTTP/9.9\r\n\r\n");
  ask(port, "GET /v1/search?q=" + word + std::string(9000, 'a') + " HTTP/1.1\r\n\r\n");
}

}  // namespace

TEST_CASE("a word that was searched is in no file, no log and no metric") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  fs::copy(demonstration_library().index, index, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  const fs::path config = folder.write("server.toml", "[log]\naccess = true\nformat = \"json\"\n");
  const fs::path log = folder / "log";
  RunningServer server({"--index", index.string(), "--config", config.string(), "--documents",
                        (corpus() / "library").string()},
                       log);
  search_everywhere(server.port());
  search_everywhere(server.port());  // the second time from what is kept in memory

  CHECK_FALSE(holds_canary(http(server.port(), "/metrics").body));
  for (const fs::path& file : open_files(server.process())) {
    INFO(fs::read_symlink(file));
    CHECK_FALSE(holds_canary(content(file)));
  }
  rlimit core{};
  REQUIRE(::prlimit(server.process(), RLIMIT_CORE, nullptr, &core) == 0);
  CHECK(core.rlim_cur == 0);

  CHECK(server.stop() == 0);
  const std::string lines = content(log);
  CHECK(lines.find("\"event\":\"answered\"") != std::string::npos);
  CHECK(lines.find("\"route\":\"/v1/search\"") != std::string::npos);
  for (const fs::path& file : files_below(folder.path())) {
    INFO(file);
    CHECK_FALSE(holds_canary(content(file)));
  }
}

TEST_CASE("without a wish for it the server writes nothing at all") {
  const TemporaryFolder folder;
  const fs::path log = folder / "log";
  RunningServer server({"--index", demonstration_library().index.string()}, log);
  search_everywhere(server.port());
  CHECK(server.stop() == 0);
  CHECK(content(log) == "");
}

TEST_CASE("statistics tell concepts that were searched ten times, and hold no word of those who search") {
  const TemporaryFolder folder;
  const fs::path statistics = folder / "statistics.csv";
  const fs::path config =
      folder.write("server.toml", "[statistics]\nenabled = true\nfile = \"" + statistics.string() + "\"\n");
  const fs::path log = folder / "log";
  RunningServer server({"--index", demonstration_library().index.string(), "--config", config.string()}, log);
  const auto port = static_cast<std::uint16_t>(server.port());
  search_everywhere(server.port());
  for (int i = 0; i < 20; ++i) get(port, "/v1/search?q=" + std::string(kCanary));
  // The same concept in two languages, by three routes.
  for (int i = 0; i < 4; ++i) get(port, "/v1/search?q=debt+bondage");
  for (int i = 0; i < 3; ++i) get(port, "/search?q=Debt-Bondage");
  for (int i = 0; i < 3; ++i) post(port, "/search", "application/x-www-form-urlencoded", "q=servidumbre+por+deudas");
  for (int i = 0; i < 9; ++i) get(port, "/v1/search?q=recruitment+fees");
  for (int i = 0; i < 20; ++i) get(port, "/v1/search?q=debt+bondage+" + std::string(kCanary));
  for (const fs::path& file : files_below(folder.path())) CHECK_FALSE(holds_canary(content(file)));
  CHECK_FALSE(holds_canary(http(server.port(), "/metrics").body));
  CHECK_FALSE(fs::exists(statistics));
  CHECK(server.stop() == 0);
  const std::string told = content(statistics);
  CHECK(told.starts_with("day,concept,searches\n"));
  CHECK(told.ends_with(",debt bondage,10\n"));
  CHECK(std::ranges::count(told, '\n') == 2);
  for (const fs::path& file : files_below(folder.path())) CHECK_FALSE(holds_canary(content(file)));
}

TEST_CASE("statistics that cannot be written are told of once, and everybody is answered") {
  const TemporaryFolder folder;
  const fs::path missing = folder / "missing" / "statistics.csv";
  const fs::path config =
      folder.write("server.toml", "[statistics]\nenabled = true\nfile = \"" + missing.string() + "\"\n");
  const std::string index = demonstration_library().index.string();
  const Finished checked = run("carrel-server", {"--index", index, "--config", config.string(), "--check-config"});
  CHECK(checked.exit_code == 2);
  CHECK(checked.err.find("Cannot write the statistics to " + missing.string()) != std::string::npos);

  const fs::path log = folder / "log";
  RunningServer server({"--index", index, "--config", config.string()}, log);
  for (int i = 0; i < 10; ++i) CHECK(http(server.port(), "/v1/search?q=debt+bondage").status == 200);
  CHECK(content(log).find("Cannot write the statistics to ") != std::string::npos);
  fs::create_directory(folder / "missing");
  CHECK(server.stop() == 0);
  CHECK(content(missing).ends_with(",debt bondage,10\n"));
}
