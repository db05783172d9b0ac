// ETags: the same tag for the same request at the same revision.
#pragma once

#include <string>
#include <string_view>

namespace carrel::query_server {

/// 16 hexadecimal digits of the bytes (XXH3-64).
std::string content_hash(std::string_view bytes);

/// A weak ETag (answers differ in took_ms) of an answer to `request` at `revision`.
std::string entity_tag(std::string_view revision, std::string_view request);

/// RFC 9110, section 8.8.3.2: by strong comparison a weak tag equals nothing, not even itself.
enum class Comparison { weak, strong };

/// True when a list of tags, as in If-None-Match and If-Match, holds the tag or is "*".
bool matches_any(std::string_view list, std::string_view tag, Comparison comparison = Comparison::weak);

}  // namespace carrel::query_server
