#include "indexer/document_reader.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "indexer/extract/recognition_languages.h"
#include "indexer/recognised_text.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

// Remembered documents wait for nothing: so many are enough to keep a writer busy.
constexpr std::size_t kMostRecalled = 16;

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

DocumentReader::DocumentReader(PoolOptions options, ExtractionMemory* memory,
                               std::function<void(const std::string&)> note, RecognitionOptions recognition,
                               RecognitionProgress progress)
    : options_(std::move(options)),
      memory_(memory),
      note_(std::move(note)),
      recognition_(std::move(recognition)) {
  options_.hash_contents = false;  // ContentKey is what counts here
  if (options_.workers == 0) options_.workers = std::max(1U, std::thread::hardware_concurrency());
  if (memory_ != nullptr) recogniser_.emplace(options_, memory_->file(), std::move(progress));
}

Result<void> DocumentReader::submit(ReadRequest request) {
  if (!request.language.empty()) languages_.emplace(request.tag, request.language);
  std::optional<ContentKey> key;
  if (memory_ != nullptr && !request.known_digest.empty()) {
    std::error_code error;
    const auto bytes = fs::file_size(request.path, error);
    if (!error && recall(request, request.known_digest, bytes)) return {};
  }
  // What cannot be opened or is too large is told by the pool, as without a memory.
  if (auto read = read_content_key(request.path, options_.limits.file_bytes)) {
    if (memory_ != nullptr && recall(request, read->digest, read->stamp.size)) return {};
    key = std::move(*read);
  }
  if (!pool_) {
    auto pool = ExtractorPool::start(options_);
    if (!pool) return std::unexpected(pool.error());
    pool_ = std::move(*pool);
    if (note_) note_(to_sentence(pool_->sandbox()));
  }
  const std::uint64_t tag = next_tag_++;
  waiting_.emplace(tag, Waiting{request.tag, std::move(key)});
  pool_->submit(std::move(request.path), tag);
  return {};
}

bool DocumentReader::recall(const ReadRequest& request, const std::string& digest, std::uint64_t bytes) {
  auto answer = memory_->recall(digest, file_name(request.path));
  if (!answer) return false;
  recalled_.push_back({.outcome = {.tag = request.tag,
                                   .path = request.path,
                                   .content_hash = digest,
                                   .bytes = bytes,
                                   .seconds = 0,
                                   .result = std::move(*answer)},
                       .remembered = true});
  return true;
}

std::optional<ReadOutcome> DocumentReader::next(std::chrono::milliseconds patience) {
  // Recognising takes seconds a page: what needs none of it goes first, and short waits do for the rest.
  constexpr std::chrono::milliseconds kGlance{10};
  while (auto read = next_read(scans_.empty() ? patience : kGlance)) {
    if (!begin_recognition(*read)) return read;
  }
  return scans_.empty() ? std::nullopt : end_recognition(patience);
}

std::optional<ReadOutcome> DocumentReader::next_read(std::chrono::milliseconds patience) {
  if (!recalled_.empty()) {
    ReadOutcome recalled = std::move(recalled_.front());
    recalled_.pop_front();
    return recalled;
  }
  if (!pool_) return std::nullopt;
  auto outcome = pool_->next(patience);
  if (!outcome) return std::nullopt;
  auto waited = waiting_.extract(outcome->tag);
  const Waiting& waiting = waited.mapped();
  outcome->tag = waiting.tag;
  // Only this process's own hash counts: a child may have been taken over by its document. And only if the
  // child has read the bytes that were hashed.
  const bool same = waiting.key && is_still(outcome->path, waiting.key->stamp);
  outcome->content_hash = same ? waiting.key->digest : "";
  if (same && memory_ != nullptr)
    memory_->remember(waiting.key->digest, file_name(outcome->path), outcome->result);
  return ReadOutcome{.outcome = std::move(*outcome), .remembered = false};
}

/// The languages in which to recognise a document: as asked, else its own, else English.
std::string DocumentReader::languages_of(const ReadOutcome& read) const {
  if (!recognition_.languages.empty()) return recognition_.languages;
  std::string language;
  if (const auto known = languages_.find(read.outcome.tag); known != languages_.end())
    language = known->second;
  for (const FoundField& found : read.outcome.result->found) {
    if (language.empty() && found.field == schema::FieldId::language) language = found.value;
  }
  const std::string name = language.empty() ? "eng" : recognition_language(language);
  return name.empty() ? "eng" : name;
}

/// Sends a scan on its way; false when there is nothing to recognise, or nobody has asked for it.
bool DocumentReader::begin_recognition(ReadOutcome& read) {
  if (!read.outcome.result) return false;
  Scan scan{.path = read.outcome.path,
            .digest = read.outcome.content_hash,
            .tag = read.outcome.tag,
            .pages = unread_pages(*read.outcome.result),
            .languages = recognition_.recognise ? languages_of(read) : ""};
  if (scan.pages.empty()) return false;
  read.unread_pages = scan.pages.size();
  if (!recogniser_ || scan.digest.empty()) return false;
  const auto apply_known = [&] {
    const RecognisedScan known = recogniser_->recall(scan);
    if (known.pages.empty()) return;
    read.recognised_in = known.languages;
    read.unread_pages = apply_recognition(*read.outcome.result, known);
  };
  if (recognition_.recognise) {
    if (language_folder_.empty()) language_folder_ = language_folder();
    if (const auto there = check_languages(scan.languages, language_folder_); !there) {
      read.outcome.result->warnings.push_back({"ocr-language-missing", to_line(there.error())});
      scan.languages.clear();
    } else if (recogniser_->submit(scan)) {
      scans_.emplace(scan.tag, std::move(read));
      return true;
    }
  }
  apply_known();
  return false;
}

std::optional<ReadOutcome> DocumentReader::end_recognition(std::chrono::milliseconds patience) {
  auto scan = recogniser_->next(patience);
  if (!scan) return std::nullopt;
  auto held = scans_.extract(scan->tag);
  ReadOutcome read = std::move(held.mapped());
  read.recognised_in = scan->languages;
  read.unread_pages = apply_recognition(*read.outcome.result, *scan);
  return read;
}

std::size_t DocumentReader::pending() const {
  return recalled_.size() + waiting_.size() + scans_.size();
}

std::size_t DocumentReader::capacity() const {
  return std::max(kMostRecalled, std::size_t{options_.workers} * 4);
}

}  // namespace carrel::indexer
