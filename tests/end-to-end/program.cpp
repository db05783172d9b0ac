#include "tests/end-to-end/program.h"

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace carrel::tests {
namespace {

/// Where CMake put the programs: CARREL_INDEX_PROGRAM and so on are generator expressions of the build. The daemon
/// may be one of another build: CARREL_TEST_SERVER names that of the preset tsan, where the others are not needed.
std::string path_of(std::string_view program) {
  if (program == "carrel-index") return CARREL_INDEX_PROGRAM;
  if (program == "carrel-search") return CARREL_SEARCH_PROGRAM;
  if (program == "carrel-server") {
    const char* const other = std::getenv("CARREL_TEST_SERVER");
    return other != nullptr ? other : CARREL_SERVER_PROGRAM;
  }
  throw std::invalid_argument("no such program: " + std::string(program));
}

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    read = ends[0];
    write = ends[1];
  }
};

int spawn(std::string_view program, const std::vector<std::string>& arguments,
          const std::map<std::string, std::string>& environment, int out, int err) {
  std::vector<std::string> words{path_of(program)};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> settings;
  for (char** one = environ; *one != nullptr; ++one) settings.emplace_back(*one);
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> out_pointers;
    for (std::string& text : texts) out_pointers.push_back(text.data());
    out_pointers.push_back(nullptr);
    return out_pointers;
  };
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  if (err >= 0) ::posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  pid_t process = -1;
  const int failed = ::posix_spawn(&process, words[0].c_str(), &actions, nullptr, pointers(words).data(),
                                   pointers(settings).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
  return process;
}

int wait_for(int process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Finished run(std::string_view program, const std::vector<std::string>& arguments,
             const std::map<std::string, std::string>& environment) {
  const Pipe out;
  const Pipe err;
  const int process = spawn(program, arguments, environment, out.write, err.write);
  ::close(out.write);
  ::close(err.write);
  Finished finished;
  std::array<pollfd, 2> waiting{{{out.read, POLLIN, 0}, {err.read, POLLIN, 0}}};
  std::array<char, 65536> buffer{};
  for (int open = 2; open > 0;) {
    ::poll(waiting.data(), waiting.size(), -1);
    for (pollfd& one : waiting) {
      if (one.fd < 0 || one.revents == 0) continue;
      const ssize_t got = ::read(one.fd, buffer.data(), buffer.size());
      if (got > 0) {
        (one.fd == out.read ? finished.out : finished.err)
            .append(buffer.data(), static_cast<std::size_t>(got));
      } else {
        one.fd = -1;
        --open;
      }
    }
  }
  ::close(out.read);
  ::close(err.read);
  finished.exit_code = wait_for(process);
  return finished;
}

Finished run_with_file_limit(std::string_view program, const std::vector<std::string>& arguments,
                             std::uint64_t bytes) {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit limit{bytes, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);  // goes to the child; this process writes nothing meanwhile
  Finished finished = run(program, arguments);
  ::setrlimit(RLIMIT_FSIZE, &before);
  return finished;
}

Background::Background(std::string_view program, const std::vector<std::string>& arguments) {
  const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  process_ = spawn(program, arguments, {}, nothing, nothing);
  ::close(nothing);
}

Background::~Background() {
  if (process_ <= 0) return;
  signal(SIGKILL);
  wait();
}

void Background::signal(int number) const {
  ::kill(process_, number);
}

int Background::wait() {
  const int code = wait_for(process_);
  process_ = -1;
  return code;
}

RunningServer::RunningServer(std::vector<std::string> arguments, const std::filesystem::path& log) {
  arguments.insert(arguments.end(), {"--listen", "127.0.0.1:0"});
  const Pipe out;
  const int err = log.empty() ? -1 : ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  process_ = spawn("carrel-server", arguments, {}, out.write, err);
  ::close(out.write);
  if (err >= 0) ::close(err);
  output_ = out.read;
  std::string said;
  std::array<char, 4096> buffer{};
  std::size_t at = std::string::npos;
  // A line for each address: the port's may not be the first.
  while ((at = said.find("127.0.0.1:")) == std::string::npos || said.find('\n', at) == std::string::npos) {
    const ssize_t got = ::read(output_, buffer.data(), buffer.size());
    if (got <= 0) {
      stop();
      throw std::runtime_error("carrel-server ended before it said where it listens: " + said);
    }
    said.append(buffer.data(), static_cast<std::size_t>(got));
  }
  std::from_chars(said.data() + at + 10, said.data() + said.size(), port_);
}

RunningServer::~RunningServer() {
  if (process_ > 0) stop();
}

int RunningServer::stop() {
  ::kill(process_, SIGTERM);
  const int code = wait_for(process_);
  process_ = -1;
  ::close(output_);
  return code;
}

HttpAnswer http(int port, std::string_view target, std::string_view form) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(connection);
    throw std::runtime_error("cannot connect");
  }
  std::string request = std::string(form.empty() ? "GET " : "POST ") + std::string(target) +
                        " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
  if (!form.empty()) {
    request +=
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(form.size()) +
        "\r\n";
  }
  request += "\r\n" + std::string(form);
  std::string answer;
  std::array<char, 65536> buffer{};
  if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) ==
      static_cast<ssize_t>(request.size())) {
    while (true) {
      const ssize_t got = ::recv(connection, buffer.data(), buffer.size(), 0);
      if (got <= 0) break;
      answer.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
  ::close(connection);
  const std::size_t split = answer.find("\r\n\r\n");
  if (split == std::string::npos || answer.size() < 12) throw std::runtime_error("no HTTP answer");
  return {.status = std::atoi(answer.substr(9, 3).c_str()),
          .head = answer.substr(0, split),
          .body = answer.substr(split + 4)};
}

std::string url_encoded(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-') {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::filesystem::path corpus() {
  return std::filesystem::path(CARREL_SOURCE_DIR) / "corpus";
}

const Library& demonstration_library() {
  static const Library library = [] {
    const std::filesystem::path folder = CARREL_TEST_LIBRARY;
    const auto content = [&](const char* name) {
      std::ifstream in(folder / name, std::ios::binary);
      if (!in) throw std::runtime_error("the demonstration library is not indexed: run this test by ctest");
      return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    return Library{
        .index = folder / "index",
        .report = folder / "report.json",
        .first_run = {.exit_code = std::stoi(content("code")), .out = content("out"), .err = content("err")}};
  }();
  return library;
}

}  // namespace carrel::tests
