// The completion scripts that are part of the program.
#pragma once

#include <string_view>

namespace carrel::search::cli {

/// By file name, as "carrel-search.bash".
std::string_view asset(std::string_view name);

}  // namespace carrel::search::cli
