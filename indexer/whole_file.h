// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

#include "search/schema/result.h"

namespace carrel::indexer {

/// Puts `content` into `file` in place of what was there: written beside it, synced to the disk, renamed.
/// What was there stays when anything goes wrong. Errors: no_space, unreadable.
Result<void> write_whole_file(const std::filesystem::path& file, std::string_view content);

}  // namespace carrel::indexer
