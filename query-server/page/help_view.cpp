#include "query-server/page/help_view.h"

#include "query-server/page/words.h"

namespace carrel::query_server::page {

std::string telephone_link(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.empty()) return {};
  const bool whole = phone.starts_with('+') || (digits.size() == 11 && digits.starts_with('1'));
  return (whole ? "tel:+" : "tel:") + digits;
}

View::List help_view(std::span<const search::HelpCard> cards, const Messages& messages) {
  View::List views;
  for (const search::HelpCard& card : cards) {
    std::string spoken;
    for (const std::string& language : card.languages) {
      if (!spoken.empty()) spoken += messages.text("list_separator") + " ";
      spoken += language_name(language, messages.language());
    }
    views.push_back({{"title", View(card.title)},
                     {"text", View(card.text)},
                     {"hours", View(card.hours)},
                     {"phone", View(card.phone)},
                     {"phone_link", View(telephone_link(card.phone))},
                     {"languages", View(spoken.empty() ? spoken : messages.text("help_languages", {{"languages", spoken}}))},
                     {"url", View(Links::safe(card.url))}});
  }
  return views;
}

View::List bets_view(std::span<const search::BestBet> bets, const Links& links) {
  View::List views;
  for (const search::BestBet& bet : bets) {
    std::string url = bet.resource.empty() ? Links::safe(bet.url) : links.to_other(bet.resource, bet.url);
    if (url.empty()) continue;
    views.push_back({{"url", View(std::move(url))},
                     {"title", View(bet.title)},
                     {"description", View(shortened(bet.description, 240))}});
  }
  return views;
}

}  // namespace carrel::query_server::page
