// extract-folder: reads every file below a folder through the extractor pool and says what became of them.
// Usage: extract-folder [--workers N] [--wall SECONDS] [--text DIR] [--list FILE] FOLDER
// --text writes the text of each document to DIR, named by content hash, pages parted by form feeds;
// --list writes one line a file: path, reason or "ok", hash, seconds, pages, bytes of text, title, warnings.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "indexer/extract/extractor_pool.h"

namespace {

namespace fs = std::filesystem;
using carrel::indexer::Extraction;
using carrel::indexer::ExtractionOutcome;
using carrel::indexer::ExtractorPool;

struct Settings {
  carrel::indexer::PoolOptions pool;
  fs::path folder;
  fs::path text_folder;
  fs::path list;
};

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

Settings parse(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--workers" && i + 1 < argc) {
      settings.pool.workers = static_cast<unsigned>(std::atoi(argv[++i]));
    } else if (word == "--wall" && i + 1 < argc) {
      settings.pool.limits.wall = std::chrono::seconds(std::atoi(argv[++i]));
    } else if (word == "--text" && i + 1 < argc) {
      settings.text_folder = argv[++i];
    } else if (word == "--list" && i + 1 < argc) {
      settings.list = argv[++i];
    } else {
      settings.folder = word;
    }
  }
  return settings;
}

/// Figures of a run, and the files of those who want to look closer.
class Tally {
 public:
  explicit Tally(const Settings& settings) : settings_(settings) {
    if (!settings.list.empty()) list_.open(settings.list);
    if (!settings.text_folder.empty()) fs::create_directories(settings.text_folder);
  }

  void add(const ExtractionOutcome& outcome) {
    ++files_;
    bytes_ += outcome.bytes;
    slowest_.emplace_back(outcome.seconds, outcome.path);
    const std::string reason = outcome.result ? "ok " + outcome.result->format : outcome.result.error().code;
    ++reasons_[reason];
    std::size_t text = 0;
    std::size_t pages = 0;
    std::string warnings;
    if (outcome.result) {
      pages = outcome.result->pages.size();
      for (const auto& page : outcome.result->pages) text += page.text.size();
      for (const auto& warning : outcome.result->warnings) {
        ++warnings_[warning.code];
        warnings += (warnings.empty() ? "" : ",") + warning.code;
      }
      write_text(outcome.content_hash, *outcome.result);
    } else {
      warnings = outcome.result.error().text;
    }
    pages_ += pages;
    text_ += text;
    if (list_.is_open()) {
      list_ << fmt::format("{}\t{}\t{}\t{:.3f}\t{}\t{}\t{}\t{}\n", outcome.path, reason, outcome.content_hash,
                           outcome.seconds, pages, text, title_of(outcome), warnings);
    }
  }

  void print(double wall) {
    fmt::print("{} files, {:.1f} MB, {} pages, {:.1f} MB of text in {:.1f} s\n", files_,
               static_cast<double>(bytes_) / 1e6, pages_, static_cast<double>(text_) / 1e6, wall);
    fmt::print("CPU: children {:.1f} s, this process {:.1f} s\n", cpu_seconds(RUSAGE_CHILDREN),
               cpu_seconds(RUSAGE_SELF));
    for (const auto& [reason, count] : reasons_) fmt::print("  {:<20} {}\n", reason, count);
    fmt::print("warnings\n");
    for (const auto& [code, count] : warnings_) fmt::print("  {:<20} {}\n", code, count);
    std::sort(slowest_.rbegin(), slowest_.rend());
    fmt::print("slowest\n");
    for (std::size_t i = 0; i < std::min<std::size_t>(10, slowest_.size()); ++i) {
      fmt::print("  {:8.3f} s  {}\n", slowest_[i].first, slowest_[i].second);
    }
  }

  std::size_t files() const { return files_; }

 private:
  static std::string title_of(const ExtractionOutcome& outcome) {
    if (!outcome.result) return {};
    for (const auto& found : outcome.result->found) {
      if (found.field == carrel::schema::FieldId::title) return found.value;
    }
    return {};
  }

  void write_text(const std::string& hash, const Extraction& extraction) {
    if (settings_.text_folder.empty()) return;
    std::ofstream out(settings_.text_folder / (hash + ".txt"));
    for (const auto& page : extraction.pages) out << page.text << "\n\f";
  }

  const Settings& settings_;
  std::ofstream list_;
  std::size_t files_ = 0;
  std::size_t pages_ = 0;
  std::uint64_t bytes_ = 0;
  std::size_t text_ = 0;
  std::map<std::string, int> reasons_;
  std::map<std::string, int> warnings_;
  std::vector<std::pair<double, std::string>> slowest_;
};

int run(const Settings& settings) {
  auto pool = ExtractorPool::start(settings.pool);
  if (!pool) {
    fmt::print(stderr, "{}\n", carrel::to_line(pool.error()));
    return EXIT_FAILURE;
  }
  fmt::print("{}\n", to_sentence((*pool)->sandbox()));
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(settings.folder)) {
    if (!entry.is_directory()) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  Tally tally(settings);
  const auto begun = std::chrono::steady_clock::now();
  std::size_t submitted = 0;
  while (tally.files() < paths.size()) {
    while (submitted < paths.size() && (*pool)->pending() < (*pool)->capacity()) {
      (*pool)->submit(paths[submitted], submitted);
      ++submitted;
    }
    if (const auto outcome = (*pool)->next(std::chrono::seconds(1))) tally.add(*outcome);
  }
  pool->reset();  // reaps the children, so their CPU time is counted
  tally.print(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], carrel::indexer::kExtractWorkerArgument) == 0) {
    return carrel::indexer::extract_worker_main();
  }
  const Settings settings = parse(argc, argv);
  if (settings.folder.empty()) {
    fmt::print(stderr,
               "usage: extract-folder [--workers N] [--wall SECONDS] [--text DIR] [--list FILE] FOLDER\n");
    return 2;
  }
  return run(settings);
}
