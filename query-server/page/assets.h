// The templates, messages and styles of the page, put into the program when it is built (see embed.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace carrel::query_server::page {

/// The content of query-server/page/<name>; throws std::logic_error when there is no such file.
std::string_view asset(std::string_view name);

/// The names of all of them.
std::vector<std::string_view> asset_names();

}  // namespace carrel::query_server::page
