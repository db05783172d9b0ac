#include "indexer/page_recogniser.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "search/schema/values.h"

namespace carrel::indexer {

using schema::append_bytes;
using schema::take_bytes;

namespace {

// Changes when the same picture would be drawn or read in another way.
constexpr int kRecognitionVersion = 1;

std::string version() {
  return fmt::format("{} {}", kRecognitionVersion, recogniser_version());
}

MemoryKey key_of(const std::string& digest, int page) {
  return {.kind = MemoryKind::recognised_page, .content = digest, .detail = fmt::format("{}", page)};
}

std::string name_of(const std::string& digest, int page, const std::string& languages) {
  return fmt::format("{} {} {}", digest, page, languages);
}

std::string encode(const std::string& languages, const PageResult& result) {
  std::string out;
  append_bytes(out, languages);
  append_bytes(out, result ? "" : result.error().code);
  append_bytes(out, result ? result->text : result.error().text);
  append_bytes(out, result ? fmt::format("{:.1f}", result->confidence) : "");
  append_bytes(out, result ? result->language : "");
  return out;
}

std::optional<PageResult> decode(std::string_view in, std::string& languages) {
  std::string_view spoken, code, text, confidence, language;
  if (!take_bytes(in, spoken) || !take_bytes(in, code) || !take_bytes(in, text) ||
      !take_bytes(in, confidence) || !take_bytes(in, language))
    return std::nullopt;
  languages = spoken;
  if (!code.empty()) return std::unexpected(ExtractionFailure{std::string(code), std::string(text)});
  RecognisedPage page{.text = std::string(text), .confidence = 0, .language = std::string(language)};
  std::from_chars(confidence.data(), confidence.data() + confidence.size(), page.confidence);
  return page;
}

}  // namespace

PageRecogniser::PageRecogniser(PoolOptions options, MemoryFile& memory, RecognitionProgress progress)
    : options_(std::move(options)), memory_(memory), progress_(std::move(progress)) {
  options_.limits = recognition_limits();
  options_.arguments = {kRecognitionWorkerArgument};
}

std::optional<PageResult> PageRecogniser::recall_page(const std::string& digest, int page,
                                                      const std::string& languages,
                                                      std::string* found_languages) {
  const auto value = memory_.get(key_of(digest, page), version());
  if (!value) return std::nullopt;
  std::string spoken;
  auto result = decode(*value, spoken);
  if (!result || (!languages.empty() && spoken != languages)) return std::nullopt;
  if (found_languages != nullptr) *found_languages = spoken;
  return result;
}

void PageRecogniser::remember(const Job& job, const PageResult& result) {
  memory_.put(key_of(job.digest, job.page), version(), encode(job.languages, result));
  memory_.flush();
}

RecognisedScan PageRecogniser::recall(const Scan& scan) {
  RecognisedScan known{.tag = scan.tag, .languages = scan.languages, .pages = {}};
  for (const int page : scan.pages) {
    if (auto result = recall_page(scan.digest, page, scan.languages, &known.languages))
      known.pages.emplace(page, std::move(*result));
  }
  return known;
}

Result<void> PageRecogniser::start_pool() {
  if (pool_) return {};
  auto pool = ExtractorPool::start(options_);
  if (!pool) return std::unexpected(pool.error());
  pool_ = std::move(*pool);
  return {};
}

Result<void> PageRecogniser::submit(Scan scan) {
  Open open{.known = recall(scan), .path = scan.path, .missing = 0};
  const std::uint64_t number = next_number_++;
  for (const int page : scan.pages) {
    if (open.known.pages.contains(page)) continue;
    if (auto started = start_pool(); !started) return started;
    ++open.missing;
    ++total_;
    const std::uint64_t job = next_number_++;
    const auto [way, fresh] = on_their_way_.emplace(name_of(scan.digest, page, scan.languages), job);
    if (!fresh) {
      jobs_.at(way->second).waiting.push_back(number);
      continue;
    }
    jobs_.emplace(job, Job{scan.digest, page, scan.languages, {number}});
    pool_->submit(scan.path, job, to_question({page, scan.languages}));
  }
  if (open.missing == 0) {
    finished_.push_back(std::move(open.known));
  } else {
    open_.emplace(number, std::move(open));
  }
  return {};
}

std::optional<RecognisedScan> PageRecogniser::next(std::chrono::milliseconds patience) {
  while (finished_.empty() && pool_) {
    auto outcome = pool_->next(patience);
    if (!outcome) break;
    take(std::move(*outcome));
  }
  if (finished_.empty()) return std::nullopt;
  RecognisedScan scan = std::move(finished_.front());
  finished_.pop_front();
  return scan;
}

void PageRecogniser::take(ExtractionOutcome outcome) {
  const auto taken = jobs_.extract(outcome.tag);
  if (taken.empty()) return;
  const Job& job = taken.mapped();
  on_their_way_.erase(name_of(job.digest, job.page, job.languages));
  const PageResult result = to_page(outcome.result);
  remember(job, result);
  for (const std::uint64_t number : job.waiting) {
    ++done_;
    const auto waiting = open_.find(number);
    if (waiting == open_.end()) continue;
    waiting->second.known.pages.emplace(job.page, result);
    if (progress_) progress_(done_, total_, waiting->second.path);
    if (--waiting->second.missing > 0) continue;
    finished_.push_back(std::move(waiting->second.known));
    open_.erase(waiting);
  }
}

}  // namespace carrel::indexer
