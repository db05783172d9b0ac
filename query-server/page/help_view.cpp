#include "query-server/page/help_view.h"

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

View::List help_view(std::span<const search::HelpCard> cards) {
  View::List views;
  for (const search::HelpCard& card : cards) {
    views.push_back({{"title", View(card.title)},
                     {"text", View(card.text)},
                     {"hours", View(card.hours)},
                     {"phone", View(card.phone)},
                     {"phone_link", View(telephone_link(card.phone))},
                     {"url", View(card.url)}});
  }
  return views;
}

}  // namespace carrel::query_server::page
