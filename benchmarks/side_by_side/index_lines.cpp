// index-lines [--threads N] [--in-place] FILE INDEX: indexes ready text (JSON Lines) with the document
// builder and the writers of carrel-index; what it leaves out is reading documents.
//   without an option     a new index in batches on all cores, as the first update and rebuild write it
//   --in-place            adds the resources to the index that is there and commits, as update does
// Prints one JSON object: resources, bytes of text, seconds.
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/new_index.h"
#include "benchmarks/side_by_side/ready_text.h"
#include "benchmarks/side_by_side/timings.h"
#include "indexer/batch_writer.h"
#include "indexer/document.h"
#include "indexer/index_writer.h"

namespace {

using namespace carrel;
using benchmarks::LineSource;

constexpr std::size_t kLinesAtATime = 32;

struct Settings {
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  bool in_place = false;
  std::string file;
  std::string index;
};

struct Written {
  std::uint64_t resources = 0;
  std::uint64_t text_bytes = 0;
};

/// The threads of a batch run: each parses, analyses and writes.
class BatchRun {
 public:
  BatchRun(LineSource& lines, indexer::BatchWriter& writer) : lines_(lines), writer_(writer) {}

  Result<Written> run(unsigned threads) {
    std::vector<std::jthread> running;
    for (unsigned i = 0; i < threads; ++i) running.emplace_back([this, i] { work(i); });
    running.clear();
    if (error_) return std::unexpected(*error_);
    return Written{resources_, text_bytes_};
  }

 private:
  void work(std::size_t worker) {
    indexer::DocumentBuilder builder;
    while (!failed_) {
      const auto lines = lines_.take(kLinesAtATime);
      if (lines.empty()) return;
      for (const std::string& line : lines) {
        if (auto done = write(worker, builder, line); !done) {
          const std::lock_guard lock(mutex_);
          failed_ = true;
          error_ = done.error();
          return;
        }
      }
    }
  }

  Result<void> write(std::size_t worker, indexer::DocumentBuilder& builder, const std::string& line) {
    const auto resource = benchmarks::parse_ready_text(line);
    if (!resource) return std::unexpected(resource.error());
    const indexer::IndexedResource indexed = builder.build(*resource);
    ++resources_;
    text_bytes_ += indexed.text_bytes;
    return writer_.put(worker, indexed);
  }

  LineSource& lines_;
  indexer::BatchWriter& writer_;
  std::atomic<bool> failed_ = false;
  std::atomic<std::uint64_t> resources_ = 0;
  std::atomic<std::uint64_t> text_bytes_ = 0;
  std::mutex mutex_;
  std::optional<Error> error_;
};

Result<Written> write_generation(LineSource& lines, const Settings& settings) {
  auto index = benchmarks::NewIndex::begin(settings.index, settings.threads);
  if (!index) return std::unexpected(index.error());
  auto written = BatchRun(lines, index->writer()).run(settings.threads);
  if (!written) return written;
  if (auto published = index->publish(); !published) return std::unexpected(published.error());
  return written;
}

Result<Written> write_in_place(LineSource& lines, const Settings& settings) {
  auto writer = indexer::IndexWriter::open(settings.index);
  if (!writer) return std::unexpected(writer.error());
  indexer::DocumentBuilder builder;
  Written written;
  for (auto some = lines.take(kLinesAtATime); !some.empty(); some = lines.take(kLinesAtATime)) {
    for (const std::string& line : some) {
      const auto resource = benchmarks::parse_ready_text(line);
      if (!resource) return std::unexpected(resource.error());
      const indexer::IndexedResource indexed = builder.build(*resource);
      ++written.resources;
      written.text_bytes += indexed.text_bytes;
      if (auto put = writer->put(indexed); !put) return std::unexpected(put.error());
    }
  }
  if (auto committed = writer->commit(""); !committed) return std::unexpected(committed.error());
  return written;
}

std::optional<Settings> parse(int argc, char** argv) {
  Settings settings;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--threads" && i + 1 < argc) {
      settings.threads = static_cast<unsigned>(std::max(1, std::atoi(argv[++i])));
    } else if (word == "--in-place") {
      settings.in_place = true;
    } else {
      paths.emplace_back(word);
    }
  }
  if (paths.size() != 2) return std::nullopt;
  settings.file = paths[0];
  settings.index = paths[1];
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = parse(argc, argv);
  if (!settings) {
    fmt::print(stderr, "usage: index-lines [--threads N] [--in-place] FILE INDEX\n");
    return 2;
  }
  if (benchmarks::refuse_debug_build("index-lines")) return 2;
  LineSource lines(settings->file);
  if (!lines.is_open()) {
    fmt::print(stderr, "index-lines: cannot read {}\n", settings->file);
    return 2;
  }
  const auto start = benchmarks::Clock::now();
  const auto written =
      settings->in_place ? write_in_place(lines, *settings) : write_generation(lines, *settings);
  if (!written) {
    fmt::print(stderr, "index-lines: {}\n", to_line(written.error()));
    return 1;
  }
  fmt::print("{{\"resources\":{},\"text_bytes\":{},\"seconds\":{:.4f}}}\n", written->resources,
             written->text_bytes, benchmarks::milliseconds_since(start) / 1000);
  return 0;
}
