// ETags: the same tag for the same request at the same revision.
#pragma once

#include <string>
#include <string_view>

namespace carrel::query_server {

/// 16 hexadecimal digits of the bytes (XXH3-64).
std::string content_hash(std::string_view bytes);

/// A weak ETag (answers differ in took_ms) of an answer to `request` at `revision`.
std::string entity_tag(std::string_view revision, std::string_view request);

/// True when If-None-Match (RFC 9110, section 13.1.2: a list, or "*") holds the tag, weakly compared.
bool matches_any(std::string_view if_none_match, std::string_view tag);

}  // namespace carrel::query_server
