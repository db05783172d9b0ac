// The page of one resource: what is known of it, where it matches, how to cite it, what is like it.
#pragma once

#include <string>
#include <vector>

#include "query-server/page/interface_language.h"
#include "query-server/page/links.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// A resource as its page shows it.
struct ShownResource {
  search::Hit hit;
  std::string q;                           ///< words that were searched inside it; empty: none
  bool in_address = false;                 ///< the words stand in the address of the page
  std::vector<search::Passage> passages;   ///< where these words are, best first
  std::vector<search::Hit> similar;
  std::vector<search::HelpCard> help;      ///< cards of the librarians; none: the words of the page itself
};

std::string resource_page(const InterfaceLanguage& language, const ShownResource& shown, const Links& links);

}  // namespace carrel::query_server::page
