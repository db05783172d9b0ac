// A small library in memory, in place of an index.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "query-server/search_service.h"

namespace carrel::query_server::testing {

/// What tests set and read of all fakes of one server. Any thread.
struct FakeLibrary {
  std::atomic<int> searches{0};
  std::atomic<int> services{0};
  std::atomic<int> revision{1};
  std::atomic<bool> hold{false};     ///< searches wait until it is false again
  std::atomic<bool> broken{false};   ///< searches throw
  std::atomic<bool> missing{false};  ///< searches fail as when the index is gone
  std::atomic<bool> partial{false};  ///< searches run out of time

  void set_rules(schema::Rules rules);
  std::shared_ptr<const search::RuleBook> rules() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const search::RuleBook> rules_ = std::make_shared<const search::RuleBook>();
};

/// An answer with every kind of part in it: marks, headings, times, translations, editions, facets, notices,
/// and markup where there must be none.
search::Answer sample_answer();

/// Answers any search with sample_answer(), but "nothing" with no hits. Knows the resource "reports/a b.pdf"
/// with three pages.
SearchServiceFactory fake_services(std::shared_ptr<FakeLibrary> library);

}  // namespace carrel::query_server::testing
