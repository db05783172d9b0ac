#include "query-server/configuration.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::query_server;
using namespace std::chrono_literals;

namespace {

std::vector<Error> faults_of(std::string_view text) {
  const auto read = parse_configuration(text, "server.toml");
  return read ? std::vector<Error>{} : read.error();
}

}  // namespace

TEST_CASE("a configuration sets every setting") {
  const auto read = parse_configuration(R"(
index = "/var/lib/carrel"
documents = "/srv/library"
listen = ["127.0.0.1:8080", "unix:/run/carrel/http.sock"]
metrics = "127.0.0.1:9180"
public_url = "https://search.example.org"

[search]
threads = 4
waiting = 10
time_ms = 250
cache_mib = 8

[limits]
connections = 500
connections_per_address = 20
loopback_too = true
body_bytes = 4096
header_bytes = 4096
target_bytes = 2048
request_seconds = 5
send_seconds = 6
idle_seconds = 7

[api]
allowed_origins = ["https://www.example.org", "http://localhost:3000"]

[log]
access = true
format = "json"

[statistics]
enabled = true
file = "/var/lib/carrel-server/statistics.csv"
threshold = 25
)",
                                        "server.toml");
  REQUIRE(read);
  CHECK(read->index == "/var/lib/carrel");
  CHECK(read->documents == "/srv/library");
  REQUIRE(read->listen.size() == 2);
  CHECK(read->listen[1].path == "/run/carrel/http.sock");
  REQUIRE(read->metrics);
  CHECK(read->metrics->port == 9180);
  CHECK(read->public_url == "https://search.example.org");
  CHECK(read->threads == 4);
  CHECK(read->waiting == 10);
  CHECK(read->search_time == std::chrono::milliseconds(250));
  CHECK(read->cache_bytes == 8U << 20);
  CHECK(read->limits.connections == 500);
  CHECK(read->limits.connections_per_address == 20);
  CHECK(read->limits.loopback_too);
  CHECK(read->limits.request.body == 4096);
  CHECK(read->limits.request.headers == 4096);
  CHECK(read->limits.request.target == 2048);
  CHECK(read->limits.request_deadline == 5s);
  CHECK(read->limits.send_deadline == 6s);
  CHECK(read->limits.idle == 7s);
  CHECK(read->allowed_origins == std::vector<std::string>{"https://www.example.org", "http://localhost:3000"});
  CHECK(read->access_log);
  CHECK(read->log_format == LogFormat::json);
  CHECK(read->statistics ==
        StatisticsSettings{.enabled = true, .file = "/var/lib/carrel-server/statistics.csv", .threshold = 25});
}

TEST_CASE("an empty configuration is one, and keeps what there is") {
  Configuration before;
  before.threads = 9;
  const auto read = parse_configuration("", "server.toml", before);
  REQUIRE(read);
  CHECK(read->threads == 9);
}

TEST_CASE("what is wrong in a configuration is named with its place and what to do") {
  struct {
    const char* text;
    const char* place;
    const char* says;
    const char* hint;
  } const rows[] = {
      {"indx = \"a\"", "server.toml:1:1: ", "There is no setting “indx”", "Did you mean “index”?"},
      {"[search]\n\nthreds = 2", "server.toml:3:1: ", "There is no setting “search.threds”", "“threads”"},
      {"index = 3", "server.toml:1:9: ", "“index” is no text", "quotation marks"},
      {"[search]\nthreads = \"2\"", "server.toml:2:11: ", "is no whole number", "from 1 to 64"},
      {"[search]\nthreads = 65", "server.toml:2:11: ", "is out of range", "from 1 to 64"},
      {"search = 4", "server.toml:1:10: ", "“search” is no table", "[search]"},
      {"[log]\naccess = \"yes\"", "server.toml:2:10: ", "neither true nor false", "true or false"},
      {"[log]\nformat = \"xml\"", "server.toml:2:10: ", "no log format “xml”", "auto, text and json"},
      {"listen = [\"127.0.0.1:1\", \"nowhere\"]", "server.toml:1:26: ", "Cannot listen on “nowhere”", "HOST:PORT"},
      {"[api]\nallowed_origins = [\"example.org\"]", "server.toml:2:20: ", "is no origin", "https://"},
      {"[api]\nallowed_origins = [\"https://example.org/\"]", "server.toml:2:20: ", "is no origin", "slash"},
      {"[statistics]\nthreshold = 9", "server.toml:2:13: ", "is out of range", "from 10 to"},
      {"[statistics]\nenabled = 1", "server.toml:2:11: ", "neither true nor false", "true or false"},
      {"[statistics]\nenabled = true", "server.toml:1:1: ", "“statistics.file” is missing", "Name the file"},
      {"index = \"a", "server.toml:1:", "", "TOML"},
      {"index = \"a\"\nindex = \"b\"", "server.toml:2:", "", "TOML"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto faults = faults_of(row.text);
    REQUIRE(faults.size() == 1);
    INFO(to_line(faults.front()));
    CHECK(faults.front().kind == ErrorKind::usage);
    CHECK(faults.front().message.starts_with(row.place));
    CHECK(faults.front().message.find(row.says) != std::string::npos);
    CHECK(faults.front().hint.find(row.hint) != std::string::npos);
  }
}

TEST_CASE("every fault of a configuration is told at once") {
  CHECK(faults_of("a = 1\nb = 2\nindex = 3\n[log]\nc = 4\n").size() == 4);
}

TEST_CASE("a configuration that cannot be read is a usage error with its name") {
  const tests::TemporaryFolder folder;
  const auto missing = read_configuration((folder / "none.toml").string());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().front().message.find("none.toml") != std::string::npos);
  const auto file = folder.write("server.toml", "[search]\nthreads = 3\n");
  const auto read = read_configuration(file.string());
  REQUIRE(read);
  CHECK(read->threads == 3);
}
