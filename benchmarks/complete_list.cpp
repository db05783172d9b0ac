// What a complete list costs: carrel-search --all on a library of invented resources.
//   complete-list PROGRAM [N]      N resources (default 100,000) in a temporary folder; PROGRAM:
//   carrel-search
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benchmarks/scratch_folder.h"
#include "indexer/index_writer.h"

extern char** environ;

namespace {

using namespace carrel;
using schema::FieldId;

bool make_library(const std::string& folder, int size) {
  auto writer = indexer::IndexWriter::open(folder);
  if (!writer) return false;
  for (int i = 0; i < size; ++i) {
    indexer::Resource made;
    made.record.add(FieldId::id, fmt::format("reports/{:06}.pdf", i));
    made.record.add(FieldId::url, fmt::format("https://x.example/reports/{:06}.pdf", i));
    made.record.add(FieldId::title, fmt::format("Report number {} on shelter", i));
    made.record.add(FieldId::language, "en");
    made.record.add(FieldId::format, "pdf");
    made.record.add(FieldId::type, i % 3 == 0 ? "report" : "guide");
    made.record.add(FieldId::date, fmt::format("{}-{:02}", 1990 + i % 35, 1 + i % 12));
    made.record.add(FieldId::added, "2026-01-01");
    made.record.add(FieldId::pages, "2");
    made.pages.push_back({.text = fmt::format("A shelter for the night, number {}, and what it costs.", i)});
    made.pages.push_back({.text = "The second page says where the shelter is and who may come."});
    if (!writer->put(made)) return false;
    if (writer->commit_is_due() && !writer->commit("made")) return false;
  }
  return writer->commit("made").has_value();
}

/// In a process of its own: the peak of a child counts what its parent held when it began.
bool make_library_apart(const std::string& folder, int size) {
  const pid_t process = ::fork();
  if (process == 0) ::_exit(make_library(folder, size) ? 0 : 1);
  int status = 1;
  ::waitpid(process, &status, 0);
  return status == 0;
}

struct Cost {
  std::size_t bytes = 0;
  std::size_t lines = 0;
  double seconds = 0;
  long peak_kib = 0;
  int code = -1;
};

/// Runs the program with its output read away, and tells what it took.
Cost cost_of(std::vector<std::string> arguments) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return {};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addclose(&actions, ends[0]);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
  std::vector<char*> pointers;
  for (std::string& one : arguments) pointers.push_back(one.data());
  pointers.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  pid_t process = -1;
  if (::posix_spawn(&process, pointers[0], &actions, nullptr, pointers.data(), environ) != 0) return {};
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Cost cost;
  std::array<char, 65536> buffer{};
  for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
    cost.bytes += static_cast<std::size_t>(got);
    cost.lines += static_cast<std::size_t>(std::count(buffer.data(), buffer.data() + got, '\n'));
  }
  ::close(ends[0]);
  int status = 0;
  rusage usage{};
  ::wait4(process, &status, 0, &usage);
  cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  cost.peak_kib = usage.ru_maxrss;
  cost.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return cost;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "complete-list PROGRAM [N]\n");
    return 2;
  }
  const int size = argc > 2 ? std::atoi(argv[2]) : 100'000;
  const benchmarks::ScratchFolder folder;
  const std::string index = (folder.path() / "index").string();
  if (!make_library_apart(index, size)) return 1;
  const auto measure = [&](const std::string& what, std::vector<std::string> options) {
    std::vector<std::string> arguments = {argv[1], "--no-config", "--index", index};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Cost cost = cost_of(std::move(arguments));
    fmt::print("{:42} {:>8} lines {:>7.1f} MB {:>7.2f} s, peak {:>6.1f} MiB, exit {}\n", what, cost.lines,
               static_cast<double>(cost.bytes) / 1e6, cost.seconds, static_cast<double>(cost.peak_kib) / 1024,
               cost.code);
    std::fflush(stdout);
  };
  measure("ten results", {"shelter"});
  measure("--all jsonl, a thousandth", {"--all", "--format", "jsonl", "id:reports/000001.pdf"});
  measure("--all jsonl", {"--all", "--format", "jsonl", "shelter"});
  measure("--all csv, by title", {"--all", "--format", "csv", "--sort", "title", "shelter"});
  measure("--all ris, by date", {"--all", "--format", "ris", "--sort", "-date", "shelter"});
  measure("--all ids", {"--all", "--format", "ids", "shelter"});
  measure("--kwic jsonl", {"--kwic", "--format", "jsonl", "shelter"});
  return 0;
}
