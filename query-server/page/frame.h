// What all pages have in common: their head, the way out, the languages, the foot.
#pragma once

#include <string>
#include <string_view>

#include "query-server/page/interface_language.h"
#include "query-server/page/template.h"
#include "query-server/page/view.h"
#include "search/request.h"

namespace carrel::query_server::page {

/// The addresses of the style sheet and the scripts; they change with the content, so that it can be kept for
/// long.
const std::string& stylesheet_address();
const std::string& box_script_address();
const std::string& page_script_address();

/// The template query-server/page/<name>.html.
Template load_template(std::string_view name);

/// What begin.html, search_box.html and end.html need. `title` is a key of the messages. `here`: the address of
/// this page without a language, for the switch; empty when the page was posted, then the form `again` asks
/// anew.
View frame_view(const InterfaceLanguage& language, std::string_view title, std::string_view here);

/// A request as hidden fields, one for each name and value.
View::List fields_of(const search::Request& request);

}  // namespace carrel::query_server::page
