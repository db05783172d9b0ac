// The stages between plan and index, side by side: children read, one thread carries, several threads
// analyse.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "indexer/companion_reader.h"
#include "indexer/document.h"
#include "indexer/ledger.h"
#include "indexer/plan.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// Which file each id of a run belongs to. Safe to use from several threads.
class IdClaims {
 public:
  explicit IdClaims(std::unordered_map<std::string, std::string> owners) : owners_(std::move(owners)) {}

  /// Gives `id` to the file `path` unless it belongs to another: then the path of that one.
  std::optional<std::string> claim(const std::string& id, const std::string& path);

  /// Whether `id` belongs to another file than `path`.
  bool belongs_to_another(const std::string& id, const std::string& path) const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::string> owners_;
};

/// A planned file as it leaves the pipeline.
struct ReadyDocument {
  const PlannedFile* planned = nullptr;
  LedgerEntry entry;                       ///< entry.code empty: its resource is in `indexed`
  std::optional<IndexedResource> indexed;  ///< empty as well when `store` has taken it
  std::vector<std::string> links;          ///< Extraction::links
  ReadOutcome read;                        ///< its result has been moved from
};

struct PipelineOptions {
  unsigned workers = 1;  ///< threads that analyse
  const Catalogue* catalogue = nullptr;
  const ResourceOptions* resource = nullptr;
  const HiddenIds* hidden = nullptr;  ///< for ids that only the document itself leads to
  /// Called by the worker of this number with each document that has a resource; may take the resource.
  std::function<Result<void>(std::size_t worker, ReadyDocument&)> store;
};

/// Carries the files of a plan through reader, assembly and analysis. What waits between two stages is
/// bounded in number and in bytes of text. Every file comes out once, in the order they finish, unless stop()
/// is called or an error ends it.
class Pipeline {
 public:
  /// `reader` and `claims` outlive the pipeline and are used by nobody else meanwhile.
  Pipeline(std::vector<const PlannedFile*> files, CompanionReader& reader, IdClaims& claims,
           PipelineOptions options);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// The next finished document; waits for it at most `patience`. Nothing: none yet, or all are done. The
  /// first error of a stage ends the pipeline.
  Result<std::optional<ReadyDocument>> next(std::chrono::milliseconds patience);

  /// No document will come any more.
  bool finished() const;

  /// Takes up no further document and waits for the threads. What is finished already can still be taken.
  void stop();

 private:
  void carry();
  void analyse(std::size_t worker);
  void fail_with(Error error);
  void wake_all();

  std::vector<const PlannedFile*> files_;
  CompanionReader& reader_;
  IdClaims& claims_;
  PipelineOptions options_;

  mutable std::mutex mutex_;
  // Each for those who wait for one thing: with one for all, every document would wake everybody.
  std::condition_variable room_;  ///< the carrying thread waits for room in read_
  std::condition_variable work_;  ///< the analysing threads wait for a document and room in ready_
  std::condition_variable done_;  ///< next() waits for a finished document
  std::deque<ReadOutcome> read_;
  std::deque<ReadyDocument> ready_;
  std::uint64_t read_bytes_ = 0;
  std::size_t taken_ = 0;
  bool all_read_ = false;
  bool stopped_ = false;
  std::size_t analysing_ = 0;  ///< workers that have not ended
  std::optional<Error> error_;

  std::vector<std::thread> threads_;
};

}  // namespace carrel::indexer
