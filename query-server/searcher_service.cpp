#include "query-server/searcher_service.h"

#include <optional>
#include <utility>

namespace carrel::query_server {
namespace {

class SearcherService : public SearchService {
 public:
  SearcherService(std::shared_ptr<SharedIndex> index, std::chrono::milliseconds time)
      : index_(std::move(index)), time_(time) {
    static_cast<void>(prepare());  // now, so that an index that goes away later is open already
  }

  Result<search::Answer> search(const search::Request& request) override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    search::Request timed = request;
    timed.limits.time = time_;
    return searcher_->search(timed);
  }

  Result<std::vector<search::Suggestion>> suggest(std::string_view typed, std::size_t limit) override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    return searcher_->suggest(typed, limit);
  }

  Result<search::Hit> resource(std::string_view id) override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    return searcher_->resource(id);
  }

  Result<search::PageText> page(std::string_view id, std::uint32_t number) override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    return searcher_->page(id, number);
  }

  Result<std::vector<search::Hit>> similar(std::string_view id, std::size_t limit) override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    return searcher_->similar(id, limit);
  }

  Result<search::ConcordanceAnswer> concordance(const search::Request& request, std::size_t context) override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    search::ConcordanceAnswer made;
    auto answer = searcher_->concordance(
        request, context, [&](const search::Resource& resource, const search::Occurrence& one) {
          if (made.resources.empty() || made.resources.back().resource.id != resource.id) {
            made.resources.push_back({.resource = resource, .occurrences = {}});
          }
          made.resources.back().occurrences.push_back(one);
          return true;
        });
    if (!answer) return std::unexpected(answer.error());
    made.answer = *std::move(answer);
    return made;
  }

  Result<LibraryState> state() override {
    if (auto ready = prepare(); !ready) return std::unexpected(ready.error());
    if (std::string revision = searcher_->revision(); revision != revision_) {
      committed_ = searcher_->committed();
      revision_ = std::move(revision);
    }
    return LibraryState{.revision = searcher_->revision(),
                        .resources = searcher_->size(),
                        .committed = committed_,
                        .day = searcher_->rules()->has_days() ? search::local_day() : ""};
  }

  std::string concept_named(std::string_view query) override {
    return searcher_ ? searcher_->concept_named(query) : std::string();
  }

  std::shared_ptr<const search::RuleBook> rules() const override {
    return searcher_ ? searcher_->rules() : nullptr;
  }

 private:
  /// Opens the handle, or moves it to a newer revision. While a newer one cannot be opened the old one
  /// answers.
  Result<void> prepare() {
    if (searcher_) {
      static_cast<void>(searcher_->refresh());
      return {};
    }
    auto handle = index_->handle();
    if (!handle) {
      // Whatever the reason, it is the library that is missing and not what was asked for.
      return fail(ErrorKind::failed, std::move(handle.error().message), std::move(handle.error().hint));
    }
    searcher_.emplace(*std::move(handle));
    return {};
  }

  std::shared_ptr<SharedIndex> index_;
  std::chrono::milliseconds time_;
  std::optional<search::Searcher> searcher_;
  std::string revision_;  ///< of committed_
  std::optional<std::int64_t> committed_;
};

}  // namespace

Result<std::shared_ptr<SharedIndex>> SharedIndex::open(const std::string& directory) {
  auto first = search::Searcher::open(directory);
  if (!first) return std::unexpected(first.error());
  return std::shared_ptr<SharedIndex>(new SharedIndex(*std::move(first)));
}

Result<search::Searcher> SharedIndex::handle() {
  const std::lock_guard lock(mutex_);
  static_cast<void>(first_.refresh());
  return first_.fork_for_thread();
}

SearchServiceFactory searcher_services(std::shared_ptr<SharedIndex> index, std::chrono::milliseconds time) {
  return [index = std::move(index), time] { return std::make_unique<SearcherService>(index, time); };
}

}  // namespace carrel::query_server
