// What handlers ask of the search library; tests put a fake in its place.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/occurrence.h"
#include "search/request.h"
#include "search/rule_book.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// Which state of the library answers.
struct LibraryState {
  std::string revision;
  std::uint64_t resources = 0;
  std::optional<std::int64_t> committed = {};  ///< when, in seconds since 1970
  std::string day = {};  ///< today, when answers of this revision depend on the day, else empty
};

/// Serves one thread at a time. Expected failures are errors; the calls wait as long as the search takes.
class SearchService {
 public:
  virtual ~SearchService() = default;
  virtual Result<search::Answer> search(const search::Request& request) = 0;
  virtual Result<std::vector<search::Suggestion>> suggest(std::string_view typed, std::size_t limit) = 0;
  virtual Result<search::Hit> resource(std::string_view id) = 0;
  virtual Result<search::PageText> page(std::string_view id, std::uint32_t number) = 0;
  /// At most `limit` resources about the same as the resource `id`, the most similar first.
  virtual Result<std::vector<search::Hit>> similar(std::string_view id, std::size_t limit) = 0;
  /// Every occurrence on the pages of the hits of a request, with `context` code points on either side.
  virtual Result<search::ConcordanceAnswer> concordance(const search::Request& request, std::size_t context) = 0;
  /// Looks for a newer revision first.
  virtual Result<LibraryState> state() = 0;
  /// The preferred label of the thesaurus's concept that all of `query` names; empty when it names none. Looks
  /// at nothing but the thesaurus last known.
  virtual std::string concept_named(std::string_view query) = 0;
  /// The rules last known; nullptr when none were ever. Looks at nothing.
  virtual std::shared_ptr<const search::RuleBook> rules() const = 0;
};

/// Makes one service for one worker thread; called on that thread.
using SearchServiceFactory = std::function<std::unique_ptr<SearchService>()>;

}  // namespace carrel::query_server
