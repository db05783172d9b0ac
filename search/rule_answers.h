// Puts what the rules say of a search into its answer.
#pragma once

#include "search/answer.h"
#include "search/request.h"
#include "search/rule_book.h"

namespace Xapian {
class Database;
}

namespace carrel::search {

/// Fills help, best bets and redirect of a finished answer. A correction that is offered or applied calls
/// rules as if it had been typed. A best bet of a resource is shown in the language of the interface when the
/// resource is translated into it, and not at all when the index does not hold the resource. Throws
/// Xapian::Error.
void add_rules(Answer& answer, const RuleBook& book, const Xapian::Database& database,
               const Request& request);

}  // namespace carrel::search
