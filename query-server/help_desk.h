// Help for those whose search could not be answered.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "query-server/http_message.h"
#include "search/rule_book.h"

namespace carrel::query_server {

/// Keeps the rules last known in memory, so that their cards come when the queue is full, when a request
/// cannot be read and while the index is away. Any thread.
class HelpDesk {
 public:
  /// Takes newer rules; nullptr changes nothing.
  void learn(std::shared_ptr<const search::RuleBook> rules);

  /// The cards that a search calls and those that are in every answer, in the language `ui`.
  std::vector<search::HelpCard> cards(std::string_view query, std::string_view ui) const;

  /// Cards for a request that asks for a search, as far as it can be read; none for any other.
  std::vector<search::HelpCard> cards_for(const HttpRequest& request) const;

 private:
  std::shared_ptr<const search::RuleBook> rules() const;

  mutable std::mutex mutex_;  ///< of rules_
  std::shared_ptr<const search::RuleBook> rules_;
};

/// True for paths whose errors bring help: the pages, and the routes that search.
bool brings_help(std::string_view path);

}  // namespace carrel::query_server
