// carrel-server as systemd and operators handle it.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/query-server/test_client.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;
using namespace std::chrono_literals;
using carrel::query_server::testing::TestClient;

namespace fs = std::filesystem;

namespace {

std::string index_folder() {
  return demonstration_library().index.string();
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The end of a service manager that hears what a service tells it.
class NotifySocket {
 public:
  explicit NotifySocket(const fs::path& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~NotifySocket() { ::close(socket_); }

  /// The next message; empty when none comes for some seconds.
  std::string next() const {
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    char bytes[512];
    if (::poll(&ready, 1, 10'000) != 1) return {};
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    return got > 0 ? std::string(bytes, static_cast<std::size_t>(got)) : std::string();
  }

 private:
  int socket_;
};

}  // namespace

TEST_CASE("the service manager hears when the server is ready, alive, reading again and stopping") {
  const TemporaryFolder folder;
  const NotifySocket manager(folder / "notify");
  ::setenv("NOTIFY_SOCKET", (folder / "notify").c_str(), 1);
  ::setenv("WATCHDOG_USEC", "200000", 1);
  const fs::path log = folder / "log";
  RunningServer server({"--index", index_folder()}, log);
  ::unsetenv("NOTIFY_SOCKET");
  ::unsetenv("WATCHDOG_USEC");
  CHECK(manager.next() == "READY=1");
  CHECK(manager.next() == "WATCHDOG=1");
  CHECK(manager.next() == "WATCHDOG=1");
  ::kill(server.process(), SIGHUP);
  std::string heard = manager.next();
  while (heard == "WATCHDOG=1") heard = manager.next();
  CHECK(heard.starts_with("RELOADING=1\nMONOTONIC_USEC="));
  heard = manager.next();
  while (heard == "WATCHDOG=1") heard = manager.next();
  CHECK(heard == "READY=1");
  CHECK(server.stop() == 0);
  heard = manager.next();
  while (heard == "WATCHDOG=1") heard = manager.next();
  CHECK(heard == "STOPPING=1");
}

TEST_CASE("SIGHUP reads the configuration again, and a wrong one changes nothing") {
  const TemporaryFolder folder;
  const fs::path config = folder.write("server.toml", "[limits]\ntarget_bytes = 8192\n");
  const fs::path log = folder / "log";
  const RunningServer server({"--index", index_folder(), "--config", config.string()}, log);
  const std::string target = "/healthz?" + std::string(3000, 'a');
  CHECK(http(server.port(), target).status == 200);

  folder.write("server.toml", "[limits]\ntarget_bytes = \"many\"\n");
  ::kill(server.process(), SIGHUP);
  for (int i = 0; i < 200 && content(log).find("was not changed") == std::string::npos; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  CHECK(content(log).find("server.toml:2:16") != std::string::npos);
  CHECK(http(server.port(), target).status == 200);

  folder.write("server.toml", "[limits]\ntarget_bytes = 1024\n[search]\nthreads = 3\n");
  ::kill(server.process(), SIGHUP);
  for (int i = 0; i < 200 && content(log).find("was read again") == std::string::npos; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  CHECK(http(server.port(), target).status == 414);
  CHECK(content(log).find("holds after a restart only") != std::string::npos);
}

TEST_CASE("a configuration is checked without serving") {
  const TemporaryFolder folder;
  const auto good = folder.write("good.toml", "index = \"" + index_folder() + "\"\n");
  const Finished fine = run("carrel-server", {"--config", good.string(), "--check-config"});
  CHECK(fine.exit_code == 0);
  CHECK(fine.out == "The configuration can be used\n");
  const auto bad = folder.write("bad.toml", "indx = 1\n[search]\nthreads = 0\n");
  const Finished wrong = run("carrel-server", {"--config", bad.string(), "--check-config"});
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.err.find("bad.toml:1:1: There is no setting “indx”; Did you mean “index”?") != std::string::npos);
  CHECK(wrong.err.find("bad.toml:3:11: ") != std::string::npos);
  const auto missing = folder.write("missing.toml", "index = \"" + (folder / "nothing").string() + "\"\n");
  CHECK(run("carrel-server", {"--config", missing.string(), "--check-config"}).exit_code == 2);
}

TEST_CASE("a Unix socket and metrics of their own serve beside the port") {
  const TemporaryFolder folder;
  const std::string path = (folder / "http.sock").string();
  const auto config = folder.write("server.toml", "metrics = \"unix:" + (folder / "metrics.sock").string() + "\"\n");
  RunningServer server({"--index", index_folder(), "--config", config.string(), "--listen", "unix:" + path});
  TestClient client(path);
  client.send("GET /v1/search?q=housing HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->status == 200);
  TestClient measuring((folder / "metrics.sock").string());
  measuring.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto metrics = measuring.receive();
  REQUIRE(metrics);
  CHECK(metrics->body.find("carrel_searches_total 1") != std::string::npos);
  CHECK(http(server.port(), "/metrics").status == 404);
  CHECK(server.stop() == 0);
  CHECK_FALSE(fs::exists(path));
}
