// Reading a file together with those that are part of its resource.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/document_reader.h"
#include "indexer/source.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// A DocumentReader for files with companions: captions are read on their own, so that they are remembered on
/// their own, and put behind the page. Every submitted file yields exactly one outcome. One thread.
class CompanionReader {
 public:
  /// As DocumentReader.
  CompanionReader(PoolOptions options, ExtractionMemory* memory,
                  std::function<void(const std::string&)> note = {}, RecognitionOptions recognition = {},
                  RecognitionProgress progress = {})
      : reader_(std::move(options), memory, std::move(note), std::move(recognition), std::move(progress)) {}

  /// As DocumentReader. `companions` may be nullptr. A file that is left out is not opened: its outcome is
  /// the failure that says why.
  Result<void> submit(ReadRequest request, const std::shared_ptr<const Companions>& companions);

  /// The next file that is finished with all its companions; waits for it at most `patience`.
  std::optional<ReadOutcome> next(std::chrono::milliseconds patience);

  /// Files submitted whose outcome has not been taken.
  std::size_t pending() const { return groups_.size() + finished_.size(); }

  /// How many files are worth having pending.
  std::size_t capacity() const { return reader_.capacity(); }

 private:
  /// A file on its way: its own outcome first, then those of its captions.
  struct Group {
    std::uint64_t tag = 0;
    std::vector<std::optional<ReadOutcome>> outcomes;
    std::size_t missing = 0;
  };

  DocumentReader reader_;
  std::unordered_map<std::uint64_t, Group> groups_;
  std::unordered_map<std::uint64_t, std::pair<std::uint64_t, std::size_t>> places_;  ///< by the reader's tag
  std::deque<ReadOutcome> finished_;
  std::uint64_t next_tag_ = 0;
};

/// Puts captions behind a page: their pages with their times, their warnings as far as they concern the text.
/// A caption that could not be read is the warning `captions-unreadable`. `whole` must have a result.
void append_captions(ReadOutcome& whole, ReadOutcome&& captions);

}  // namespace carrel::indexer
