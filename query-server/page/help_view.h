// What rules put beside the hits: cards of help as help.html shows them, and best bets.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "query-server/page/links.h"
#include "query-server/page/messages.h"
#include "query-server/page/view.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// One map a card; an empty list stands for the help that the page has by itself.
View::List help_view(std::span<const search::HelpCard> cards, const Messages& messages);

/// One map a best bet; those that lead nowhere are left out.
View::List bets_view(std::span<const search::BestBet> bets, const Links& links);

/// "tel:+18883737888": the digits of a number to dial. A number of eleven digits that begins with 1 has its
/// country in front.
std::string telephone_link(std::string_view phone);

}  // namespace carrel::query_server::page
