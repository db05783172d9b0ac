#include "indexer/pipeline.h"

#include <utility>

#include <fmt/format.h>

#include "indexer/assembly.h"
#include "indexer/hiding.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace {

/// How long the carrying thread waits for a document before it looks whether it is to stop.
constexpr std::chrono::milliseconds kPatience{50};

/// Text that may wait for analysis, and documents that may wait for the writer.
constexpr std::uint64_t kMostWaitingBytes = 64ULL << 20;
constexpr std::size_t kMostReady = 32;

std::uint64_t text_bytes(const ReadOutcome& read) {
  std::uint64_t bytes = 0;
  if (read.outcome.result) {
    for (const Page& page : read.outcome.result->pages) bytes += page.text.size();
  }
  return bytes;
}

}  // namespace

std::optional<std::string> IdClaims::claim(const std::string& id, const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto [owner, fresh] = owners_.try_emplace(id, path);
  if (fresh || owner->second == path) return std::nullopt;
  return owner->second;
}

bool IdClaims::belongs_to_another(const std::string& id, const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto owner = owners_.find(id);
  return owner != owners_.end() && owner->second != path;
}

Pipeline::Pipeline(std::vector<const PlannedFile*> files, CompanionReader& reader, IdClaims& claims,
                   PipelineOptions options)
    : files_(std::move(files)), reader_(reader), claims_(claims), options_(std::move(options)) {
  analysing_ = options_.workers;
  threads_.emplace_back([this] { carry(); });
  for (std::size_t worker = 0; worker < options_.workers; ++worker) {
    threads_.emplace_back([this, worker] { analyse(worker); });
  }
}

Pipeline::~Pipeline() {
  stop();
}

void Pipeline::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool Pipeline::finished() const {
  const std::lock_guard lock(mutex_);
  return ready_.empty() && analysing_ == 0;
}

Result<std::optional<ReadyDocument>> Pipeline::next(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  done_.wait_for(lock, patience, [&] { return !ready_.empty() || analysing_ == 0 || error_; });
  if (error_) return std::unexpected(*error_);
  if (ready_.empty()) return std::nullopt;
  ReadyDocument ready = std::move(ready_.front());
  ready_.pop_front();
  // Only who found no room waits for it.
  if (ready_.size() + 1 >= kMostReady) work_.notify_all();
  return ready;
}

void Pipeline::fail_with(Error error) {
  const std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  stopped_ = true;
  wake_all();
}

void Pipeline::wake_all() {
  room_.notify_all();
  work_.notify_all();
  done_.notify_all();
}

/// Keeps the reader busy and hands on what it has read.
void Pipeline::carry() {
  std::size_t submitted = 0;
  for (std::size_t done = 0; done < files_.size();) {
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) break;
    }
    while (submitted < files_.size() && reader_.pending() < reader_.capacity()) {
      const PlannedFile& planned = *files_[submitted];
      auto begun =
          reader_.submit({.path = planned.file.path,
                          .tag = submitted,
                          .known_digest = planned.known_digest,
                          .language = planned.row ? planned.row->fields.get(schema::FieldId::language) : ""},
                         planned.file.companions);
      if (!begun) return fail_with(begun.error());
      ++submitted;
    }
    auto read = reader_.next(kPatience);
    if (!read) continue;
    ++done;
    const std::uint64_t bytes = text_bytes(*read);
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] {
      return stopped_ || read_.empty() ||
             (read_bytes_ + bytes <= kMostWaitingBytes && read_.size() < kMostReady);
    });
    read_bytes_ += bytes;
    read_.push_back(std::move(*read));
    work_.notify_one();
  }
  const std::lock_guard lock(mutex_);
  all_read_ = true;
  work_.notify_all();
}

/// Turns what was read into documents of the index.
void Pipeline::analyse(std::size_t worker) {
  DocumentBuilder builder;
  for (;;) {
    std::unique_lock lock(mutex_);
    work_.wait(lock,
               [&] { return stopped_ || ((!read_.empty() || all_read_) && ready_.size() < kMostReady); });
    if (stopped_ || (read_.empty() && all_read_)) break;
    ReadOutcome read = std::move(read_.front());
    read_.pop_front();
    read_bytes_ -= text_bytes(read);
    room_.notify_one();
    lock.unlock();

    ReadyDocument ready{.planned = files_[read.outcome.tag],
                        .entry = {},
                        .indexed = {},
                        .links = {},
                        .read = std::move(read)};
    auto [entry, resource, links] =
        assemble(*ready.planned, ready.read.outcome, options_.catalogue, *options_.resource);
    ready.entry = std::move(entry);
    ready.entry.unread_pages = ready.read.unread_pages;
    ready.entry.recognised_in = ready.read.recognised_in;
    ready.links = std::move(links);
    if (resource && options_.hidden != nullptr && options_.hidden->contains(ready.entry.id)) {
      make_hidden(ready.entry);
      ready.links.clear();
      resource.reset();
    }
    if (resource) {
      if (const auto owner = claims_.claim(ready.entry.id, ready.entry.file.path)) {
        make_duplicate(ready.entry, *owner);
      } else {
        ready.indexed = builder.build(*resource);
        resource.reset();
        if (options_.store) {
          if (auto stored = options_.store(worker, ready); !stored) {
            fail_with(stored.error());
            break;
          }
        }
      }
    }
    lock.lock();
    ready_.push_back(std::move(ready));
    done_.notify_one();
  }
  const std::lock_guard lock(mutex_);
  --analysing_;
  done_.notify_all();
}

}  // namespace carrel::indexer
