#include "indexer/search_program.h"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

/// What a program writes to standard output. Error failed when it cannot be started or ends badly.
Result<std::string> output_of(const std::vector<std::string>& words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(ErrorKind::failed, std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  std::vector<std::string> copies = words;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = -1;
  const int failed = ::posix_spawn(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string out;
  char buffer[16384];
  for (ssize_t got = 0; failed == 0 && (got = ::read(ends[0], buffer, sizeof buffer)) != 0;) {
    if (got < 0 && errno != EINTR) break;
    if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  if (failed != 0) {
    return fail(ErrorKind::failed, fmt::format("cannot start {}: {}", words.front(), std::strerror(failed)),
                "searches are checked through carrel-search, which lies beside carrel-index");
  }
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  // 0: found, 1: nothing found.
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
    return fail(ErrorKind::failed, fmt::format("{} could not answer a search", words.front()),
                "run it by hand to see why");
  }
  return out;
}

/// The texts that the objects of the list `name` have under `key`.
std::vector<std::string> texts(const boost::json::object& answer, std::string_view name,
                               std::string_view key) {
  std::vector<std::string> found;
  const auto* list = answer.if_contains(name);
  if (list == nullptr || !list->is_array()) return found;
  for (const boost::json::value& one : list->get_array()) {
    const auto* text = one.is_object() ? one.get_object().if_contains(key) : nullptr;
    if (text != nullptr && text->is_string()) found.emplace_back(text->get_string());
  }
  return found;
}

ShownAnswer read_answer(const std::string& bytes) {
  ShownAnswer shown;
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(bytes, error);
  if (error || !value.is_object()) return shown;
  const boost::json::object& answer = value.get_object();
  shown.hits = texts(answer, "hits", "id");
  shown.best_bets = texts(answer, "best_bets", "id");
  for (std::string& resource : texts(answer, "best_bets", "resource"))
    shown.best_bets.push_back(std::move(resource));
  shown.help = texts(answer, "help", "id");
  if (const auto* redirect = answer.if_contains("redirect"); redirect != nullptr && redirect->is_object()) {
    shown.redirect = redirect->at("url").as_string();
  }
  return shown;
}

}  // namespace

fs::path search_program() {
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path() / "carrel-search";
  if (fs::exists(beside, error)) return beside;
  // In a build folder the programs lie apart.
  return beside.parent_path().parent_path() / "search" / "cli" / "carrel-search";
}

Result<ShownAnswer> ask_search_program(const fs::path& program, const fs::path& index,
                                       const std::string& query, std::size_t limit) {
  // As one word the shell's way it would be a phrase; --query takes it as it would be typed.
  const auto answer = output_of({program.string(), "--index", index.string(), "--json", "--limit",
                                 std::to_string(limit), "--query=" + query});
  if (!answer) return std::unexpected(answer.error());
  return read_answer(*answer);
}

}  // namespace carrel::indexer
