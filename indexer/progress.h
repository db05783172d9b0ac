// How far a run is, for people and for programs. Always on standard error, never mixed with results.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace carrel::indexer {

/// Is told of a run's course; how it shows that is its own business. One thread.
class Progress {
 public:
  virtual ~Progress() = default;

  /// `total` documents will be read.
  virtual void begin(std::uint64_t total) = 0;
  /// `done` of them are finished, the last was `path`; `failed` could not be read.
  virtual void advance(std::uint64_t done, std::uint64_t failed, std::string_view path) = 0;
  /// `done` of the `total` pages that were to be recognised so far are finished, the last was of `path`.
  /// May be called from another thread than the others.
  virtual void recognise(std::uint64_t done, std::uint64_t total, std::string_view path) = 0;
  virtual void end() = 0;
};

enum class ProgressStyle { automatic, plain, json, none };

/// automatic: a bar with rate and time left when standard error is a terminal, else as plain: a line every
/// ten seconds. json: one object a line, at most ten a second. none: nothing.
std::unique_ptr<Progress> make_progress(ProgressStyle style);

}  // namespace carrel::indexer
