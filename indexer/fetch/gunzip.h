// Unpacking gzip within a limit.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// Whether bytes begin as gzip does (RFC 1952).
bool is_gzip(std::string_view bytes);

/// All members of a gzip file. The error says what is wrong: "is damaged", "unpacks to more than 64 MB".
std::expected<std::string, std::string> gunzip(std::string_view bytes, std::size_t most_bytes);

}  // namespace carrel::indexer
