// Recognising the pages of scanned documents, several at once, each page once and for all.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/extract/extractor_pool.h"
#include "indexer/extract/recognition_worker.h"
#include "indexer/memory_file.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// Pages of a document that have no text of their own.
struct Scan {
  std::string path;
  std::string digest;  ///< ContentKey::digest
  std::uint64_t tag = 0;
  std::vector<int> pages;  ///< from 1
  std::string languages;   ///< of Tesseract: "eng+spa"
};

/// What became of a page: recognised, or not and why.
using PageResult = std::expected<RecognisedPage, ExtractionFailure>;

/// What is known of the pages of a scan.
struct RecognisedScan {
  std::uint64_t tag = 0;
  std::string languages;
  std::map<int, PageResult> pages;
};

/// Told how many of the pages asked for so far are done, and of which document the last one was.
using RecognitionProgress =
    std::function<void(std::uint64_t done, std::uint64_t total, const std::string& path)>;

/// Every page is a job of its own in a child, with limits of its own, so a scan of 300 pages is no different
/// from 300 scans. What a page yields is kept at once under the content of its document, also that it cannot
/// be recognised: whatever ends a run, no page is done twice. One thread.
class PageRecogniser {
 public:
  /// `options`: how many children at once, and the program; arguments and limits are set here.
  PageRecogniser(PoolOptions options, MemoryFile& memory, RecognitionProgress progress = {});

  /// What is remembered of these pages; nothing is recognised. With `languages` only pages recognised in
  /// just these count, else all.
  RecognisedScan recall(const Scan& scan);

  /// Recognises the pages that are not remembered. Yields one RecognisedScan with all of them. Error failed
  /// when no child can be started.
  Result<void> submit(Scan scan);

  /// The next finished scan; waits for it at most `patience`.
  std::optional<RecognisedScan> next(std::chrono::milliseconds patience);

  /// Scans submitted and not yet taken.
  std::size_t pending() const { return open_.size() + finished_.size(); }

 private:
  struct Open {
    RecognisedScan known;
    std::string path;
    std::size_t missing = 0;
  };
  /// A page on its way, and the scans that wait for it: copies of one document share it.
  struct Job {
    std::string digest;
    int page = 0;
    std::string languages;
    std::vector<std::uint64_t> waiting;
  };

  Result<void> start_pool();
  void take(ExtractionOutcome outcome);
  std::optional<PageResult> recall_page(const std::string& digest, int page, const std::string& languages,
                                        std::string* found_languages);
  void remember(const Job& job, const PageResult& result);

  PoolOptions options_;
  MemoryFile& memory_;
  RecognitionProgress progress_;
  std::unique_ptr<ExtractorPool> pool_;
  std::map<std::uint64_t, Open> open_;
  std::deque<RecognisedScan> finished_;
  std::map<std::uint64_t, Job> jobs_;
  std::unordered_map<std::string, std::uint64_t> on_their_way_;  ///< digest, page and languages → job
  std::uint64_t next_number_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
};

}  // namespace carrel::indexer
