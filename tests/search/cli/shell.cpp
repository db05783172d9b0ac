#include "tests/search/cli/shell.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

namespace carrel::tests {
namespace {

/// Nothing of whoever runs the tests may shape what they see.
std::string prelude() {
  static const TemporaryFolder home;
  const std::string folder = home.path().string();
  return "export LC_ALL=C.UTF-8 HOME=" + word(folder) + " XDG_CONFIG_DIRS=" + word(folder + "/etc") +
         "; unset CARREL_INDEX CARREL_SERVER NO_COLOR PAGER XDG_CONFIG_HOME XDG_STATE_HOME; SEARCH=" +
         word(CARREL_SEARCH_PROGRAM) + "; ";
}

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Finished shell(const std::string& line) {
  const std::string command = "bash -c " + word(prelude() + line);
  Finished finished;
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) finished.out += static_cast<char>(c);
  finished.exit_code = code_of(::pclose(pipe));
  return finished;
}

Finished terminal(const std::string& line, int columns, std::string_view keys) {
  const std::string script = "export TERM=xterm; " + prelude() + line;
  winsize size{.ws_row = 24, .ws_col = static_cast<unsigned short>(columns), .ws_xpixel = 0, .ws_ypixel = 0};
  int screen = -1;
  const pid_t process = ::forkpty(&screen, nullptr, nullptr, &size);
  REQUIRE(process >= 0);
  if (process == 0) {
    ::execlp("bash", "bash", "-c", script.c_str(), nullptr);
    ::_exit(127);
  }
  if (!keys.empty()) REQUIRE(::write(screen, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  Finished finished;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(screen, buffer.data(), buffer.size())) > 0;) {
    for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(got))) {
      if (c != '\r') finished.out += c;
    }
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  ::close(screen);
  finished.exit_code = code_of(status);
  return finished;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace carrel::tests
