#include "query-server/help_desk.h"

#include <algorithm>
#include <string>
#include <utility>

#include "query-server/form.h"
#include "query-server/router.h"

namespace carrel::query_server {

void HelpDesk::learn(std::shared_ptr<const search::RuleBook> rules) {
  if (!rules) return;
  const std::lock_guard lock(mutex_);
  rules_ = std::move(rules);
}

std::shared_ptr<const search::RuleBook> HelpDesk::rules() const {
  const std::lock_guard lock(mutex_);
  return rules_;
}

std::vector<search::HelpCard> HelpDesk::cards(std::string_view query, std::string_view ui) const {
  const auto book = rules();
  if (!book) return {};
  return book->help(book->called_by(query, search::local_day()), ui);
}

std::vector<search::HelpCard> HelpDesk::cards_for(const HttpRequest& request) const {
  if (!brings_help(request.path())) return {};
  std::string query;
  std::string ui = "en";
  if (const auto parameters = parameters_of(request)) {
    for (const Parameter& parameter : *parameters) {
      if (parameter.name == "q" || parameter.name == "query") query = parameter.value;
      if (parameter.name == "ui" && !parameter.value.empty()) ui = parameter.value;
    }
  }
  return cards(query, ui);
}

bool brings_help(std::string_view path) {
  switch (match_route(path).route) {
    case Route::home:
    case Route::search_page:
    case Route::resource_page:
    case Route::api_search:
    case Route::api_suggest:
    case Route::api_facet:
    case Route::api_concordance:
    case Route::api_i14y:
    case Route::feed:
      return true;
    default:
      return !is_for_programs(path);
  }
}

}  // namespace carrel::query_server
