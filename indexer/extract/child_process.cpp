#include "indexer/extract/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "indexer/extract/sandbox.h"
#include "indexer/extract/worker_socket.h"

namespace carrel::indexer {
namespace {

/// posix_spawn's two sets of wishes, freed together.
struct SpawnWishes {
  SpawnWishes() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnWishes() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnWishes(const SpawnWishes&) = delete;
  SpawnWishes& operator=(const SpawnWishes&) = delete;

  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
};

void wish(SpawnWishes& wishes, int socket) {
  posix_spawn_file_actions_adddup2(&wishes.files, socket, kWorkerSocket);
  posix_spawn_file_actions_addopen(&wishes.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&wishes.files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (!kUnderSanitizer) {
    posix_spawn_file_actions_addopen(&wishes.files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  posix_spawn_file_actions_addclosefrom_np(&wishes.files, kWorkerSocket + 1);
  // The child starts with nothing blocked or ignored, and Ctrl-C at the terminal is not for it.
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&wishes.attributes, &none);
  posix_spawnattr_setsigdefault(&wishes.attributes, &all);
  posix_spawnattr_setpgroup(&wishes.attributes, 0);
  posix_spawnattr_setflags(&wishes.attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::string& executable,
                                         const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(ErrorKind::failed, fmt::format("no socket for a child process: {}", std::strerror(errno)));
  }
  std::vector<std::string> words{executable};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  // A child may start no threads; OpenMP, which Tesseract uses, asks for that here and nowhere else.
  std::string one_thread = "OMP_THREAD_LIMIT=1";
  std::vector<char*> environment{one_thread.data()};
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("OMP_")) environment.push_back(*variable);
  }
  environment.push_back(nullptr);

  SpawnWishes wishes;
  wish(wishes, ends[1]);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, executable.c_str(), &wishes.files, &wishes.attributes, argv.data(),
                                environment.data());
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return fail(ErrorKind::failed, fmt::format("{} cannot be started: {}", executable, std::strerror(error)),
                "the program reads documents in child processes of itself; check that it may be executed");
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return ChildProcess(pid, ends[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), socket_(std::exchange(other.socket_, -1)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(socket_, other.socket_);
  return *this;
}

ChildProcess::~ChildProcess() {
  kill_and_reap();
  if (socket_ >= 0) close(socket_);
}

int ChildProcess::kill_and_reap() {
  if (pid_ <= 0) return -1;
  kill(pid_, SIGKILL);
  int status = -1;
  while (waitpid(pid_, &status, 0) < 0) {
    if (errno == EINTR) continue;
    status = -1;
    break;
  }
  pid_ = -1;
  return status;
}

int ChildProcess::reap(std::chrono::milliseconds patience) {
  if (pid_ <= 0) return -1;
  for (std::chrono::milliseconds waited{0}; waited < patience; ++waited) {
    int status = -1;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return status;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  kill_and_reap();
  return -1;
}

}  // namespace carrel::indexer
