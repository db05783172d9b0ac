// The stage between plan and index that turns planned files into what they say: remembered where they have
// been read before, else read by a child.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "indexer/content_key.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/extraction_memory.h"
#include "indexer/page_recogniser.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// A document to be read. `tag` comes back in its outcome.
struct ReadRequest {
  std::string path;
  std::uint64_t tag = 0;
  /// ContentKey::digest of the file where the caller knows that it has not changed; then a remembered
  /// document is not even opened. Empty: nobody knows.
  std::string known_digest;
  std::string language;  ///< of the document as the catalogue has it (BCP 47); may be empty
};

/// What became of a document. `outcome.content_hash` is the ContentKey::digest of the bytes that were read,
/// empty when the file could not be read or changed meanwhile.
struct ReadOutcome {
  ExtractionOutcome outcome;
  bool remembered = false;    ///< no reader has opened it in this run
  std::string recognised_in;  ///< languages of Tesseract of the pages that were recognised, now or before
  std::uint64_t unread_pages = 0;  ///< pictures of text that nobody has tried to recognise
};

/// How pages without text are read.
struct RecognitionOptions {
  bool recognise = false;  ///< else only what is remembered is used
  std::string languages;   ///< of Tesseract, as "eng+spa"; empty: the language of the document, else English
};

/// Every submitted document yields exactly one outcome. One thread.
class DocumentReader {
 public:
  /// `memory` may be nullptr: every document is read. `note` is told in one sentence what protects the
  /// children, when the first of them starts; may be empty.
  DocumentReader(PoolOptions options, ExtractionMemory* memory,
                 std::function<void(const std::string&)> note = {}, RecognitionOptions recognition = {},
                 RecognitionProgress progress = {});

  /// Looks the document up or queues it for a child; the children start with the first that needs one.
  /// Errors: failed (no child can be started).
  Result<void> submit(ReadRequest request);

  /// The next finished document; waits for it at most `patience`.
  std::optional<ReadOutcome> next(std::chrono::milliseconds patience);

  /// Documents submitted whose outcome has not been taken.
  std::size_t pending() const;

  /// How many documents are worth having pending.
  std::size_t capacity() const;

 private:
  struct Waiting {
    std::uint64_t tag = 0;
    std::optional<ContentKey> key;
  };

  bool recall(const ReadRequest& request, const std::string& digest, std::uint64_t bytes);
  std::optional<ReadOutcome> next_read(std::chrono::milliseconds patience);
  std::string languages_of(const ReadOutcome& read) const;
  bool begin_recognition(ReadOutcome& read);
  std::optional<ReadOutcome> end_recognition(std::chrono::milliseconds patience);

  PoolOptions options_;
  ExtractionMemory* memory_;
  std::function<void(const std::string&)> note_;
  std::unique_ptr<ExtractorPool> pool_;
  std::deque<ReadOutcome> recalled_;
  std::unordered_map<std::uint64_t, Waiting> waiting_;  ///< by the pool's tag
  std::uint64_t next_tag_ = 0;
  RecognitionOptions recognition_;
  std::optional<PageRecogniser>
      recogniser_;  ///< with a memory alone: else a page would be read again and again
  std::unordered_map<std::uint64_t, std::string> languages_;  ///< by the caller's tag
  std::unordered_map<std::uint64_t, ReadOutcome> scans_;      ///< on their way through the recogniser
  std::string language_folder_;
};

}  // namespace carrel::indexer
