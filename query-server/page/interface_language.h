// Which language the page speaks to a visitor.
#pragma once

#include <string>
#include <string_view>

#include "query-server/page/messages.h"
#include "query-server/page/view.h"

namespace carrel::query_server::page {

/// The language of the page, and whether the visitor chose it by the switch: then links carry it on, because
/// nothing else remembers it.
struct InterfaceLanguage {
  std::string tag = "en";
  bool chosen = false;

  const Messages& messages() const { return Messages::of(tag); }

  /// "?ui=es" when it was chosen, else nothing.
  std::string suffix() const { return chosen ? "?ui=" + tag : std::string(); }
};

/// `asked`: what the visitor chose, a tag or nothing; `accepted`: the field Accept-Language (RFC 9110, section
/// 12.5.4). English when neither names a language that has messages.
InterfaceLanguage choose_language(std::string_view asked, std::string_view accepted);

}  // namespace carrel::query_server::page
