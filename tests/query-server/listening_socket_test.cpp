#include "query-server/listening_socket.h"

#include <filesystem>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::query_server;
using tests::TemporaryFolder;

namespace {

ListenAddress at(const std::filesystem::path& path) {
  return {.host = {}, .port = 0, .path = path.string()};
}

}  // namespace

TEST_CASE("port 0 takes a free port and says which") {
  const auto socket = ListeningSocket::open({.port = 0});
  REQUIRE(socket);
  CHECK(socket->address().port != 0);
  CHECK(socket->family() == AF_INET);
}

TEST_CASE("an address in use, one of another machine and a name that is none are usage errors") {
  const auto first = ListeningSocket::open({.port = 0});
  REQUIRE(first);
  const auto second = ListeningSocket::open(first->address());
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::usage);
  CHECK(second.error().message.find("another program") != std::string::npos);
  CHECK_FALSE(ListeningSocket::open({.host = "not a host", .port = 0}));
  CHECK_FALSE(ListeningSocket::open({.host = "192.0.2.1", .port = 0}));  // TEST-NET-1: of no machine
}

TEST_CASE("a Unix socket is for its owner and group, and goes away when nobody listens") {
  const TemporaryFolder folder;
  const auto path = folder / "a.sock";
  {
    const auto socket = ListeningSocket::open(at(path));
    REQUIRE(socket);
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0660);
    const auto second = ListeningSocket::open(at(path));
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("another program") != std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a Unix socket that a killed server has left is replaced, another file is not") {
  const TemporaryFolder folder;
  const auto path = folder / "a.sock";
  {
    auto socket = ListeningSocket::open(at(path));
    REQUIRE(socket);
    std::filesystem::rename(path, folder / "left.sock");
    ::close(socket->release());
  }
  std::filesystem::rename(folder / "left.sock", path);
  CHECK(ListeningSocket::open(at(path)));
  const auto file = folder.write("file.sock", "text");
  CHECK_FALSE(ListeningSocket::open(at(file)));
  CHECK(std::filesystem::file_size(file) == 4);
}

TEST_CASE("a socket that was handed over must listen") {
  const int plain = ::socket(AF_INET, SOCK_STREAM, 0);
  CHECK_FALSE(ListeningSocket::open({.inherited = plain}));
  ::close(plain);
  auto opened = ListeningSocket::open({.port = 0});
  REQUIRE(opened);
  const auto taken = ListeningSocket::open({.inherited = opened->release()});
  REQUIRE(taken);
  CHECK(taken->family() == AF_INET);
}
