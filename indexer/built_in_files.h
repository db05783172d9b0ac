// Files that are part of the program; made from the files themselves when it is built.
#pragma once

#include <string_view>

namespace carrel::indexer {

/// The text of a built-in file by its name without folders. Throws std::logic_error for an unknown name.
std::string_view asset(std::string_view name);

}  // namespace carrel::indexer
