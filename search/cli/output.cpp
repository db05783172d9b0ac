#include "search/cli/output.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <unistd.h>

namespace carrel::search::cli {
namespace {

/// Leaves at once when it all fits, lets colours and links through, keeps the screen.
constexpr const char* kLess = "less -FIRX";

bool is_in_path(const std::string& program) {
  const char* variable = std::getenv("PATH");
  std::string folders = variable == nullptr ? "/usr/bin:/bin" : variable;
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    if (::access((folders.substr(0, end) + "/" + program).c_str(), X_OK) == 0) return true;
    folders.erase(0, end + 1);
  }
  return false;
}

std::string pager_of(const Look& look) {
  if (!look.pager_command.empty()) return look.pager_command;
  return is_in_path("less") ? kLess : "";
}

}  // namespace

Output::Output(const Look& look, bool paged) {
  std::signal(SIGPIPE, SIG_IGN);
  const char* term = std::getenv("TERM");
  const bool able = ::isatty(STDOUT_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
  if (!paged || look.pager == When::never || (look.pager == When::automatic && !able)) return;
  const std::string pager = pager_of(look);
  if (pager.empty()) return;
  std::FILE* pipe = ::popen(pager.c_str(), "w");
  if (pipe == nullptr) return;
  std::signal(SIGINT, SIG_IGN);  // the pager's business while it runs
  to_ = pipe;
  piped_ = true;
}

Output::~Output() {
  if (piped_) ::pclose(to_);
}

void Output::note_failure() {
  if (errno != EPIPE) {
    failed_ = true;
    fmt::print(stderr, "carrel-search: the results cannot be written: {}.\n", std::strerror(errno));
  }
  gone_ = true;
}

bool Output::put(std::string_view text) {
  if (!gone_ && std::fwrite(text.data(), 1, text.size(), to_) != text.size()) note_failure();
  return !gone_;
}

void Output::flush() {
  if (!gone_ && std::fflush(to_) != 0) note_failure();
}

bool Output::finish() {
  flush();
  if (piped_) ::pclose(to_);
  piped_ = false;
  to_ = stdout;
  return !failed_;
}

}  // namespace carrel::search::cli
