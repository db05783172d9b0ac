#include "search/rule_answers.h"

#include <algorithm>
#include <optional>
#include <string>

#include "search/relations.h"
#include "search/resource_reader.h"
#include "search/schema/language.h"

namespace carrel::search {
namespace {

/// The resource of a best bet, in the language of the interface where there is such a version.
std::optional<Resource> resource_for(const Xapian::Database& database, const std::string& id,
                                     std::string_view ui) {
  const auto document = find_document(database, id);
  if (!document) return std::nullopt;
  Resource resource = read_resource(database, *document);
  const std::string wanted = schema::base_language(ui);
  if (schema::base_language(resource.language) == wanted) return resource;
  for (const Translation& other : translations_of(database, resource)) {
    if (schema::base_language(other.language) != wanted) continue;
    if (const auto version = find_document(database, other.id)) return read_resource(database, *version);
  }
  return resource;
}

std::optional<BestBet> shown(const schema::BestBet& bet, const Xapian::Database& database,
                             std::string_view ui) {
  BestBet out{.id = bet.id,
              .title = std::string(bet.title.in(ui)),
              .url = bet.url,
              .description = std::string(bet.description.in(ui)),
              .resource = {}};
  if (bet.resource.empty()) return out;
  const auto resource = resource_for(database, bet.resource, ui);
  if (!resource) return std::nullopt;
  if (out.title.empty()) out.title = resource->title;
  if (out.description.empty()) out.description = resource->description;
  out.url = resource->url.empty() ? resource->path : resource->url;
  out.resource = resource->id;
  return out;
}

}  // namespace

void add_rules(Answer& answer, const RuleBook& book, const Xapian::Database& database,
               const Request& request) {
  const std::string today = local_day();
  CalledRules called = book.called_by(answer.query.q, today);
  if (answer.spelling) {
    CalledRules corrected = book.called_by(answer.spelling->corrected, today);
    if (!answer.spelling->applied) corrected.redirect = nullptr;
    called.add(corrected);
  }
  answer.help = book.help(called, request.ui);
  if (called.redirect != nullptr) {
    answer.redirect =
        Redirect{.url = called.redirect->url, .title = std::string(called.redirect->title.in(request.ui))};
  }
  if (answer.offset > 0) return;
  for (const schema::BestBet* bet : called.best_bets) {
    if (auto one = shown(*bet, database, request.ui)) answer.best_bets.push_back(*std::move(one));
  }
}

}  // namespace carrel::search
