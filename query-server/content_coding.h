// Compressing answers for clients that take it (RFC 9110, section 12.5.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query-server/http_message.h"

namespace carrel::query_server {

enum class Coding { identity, gzip, zstd, brotli };

/// The coding to use for a client that sends this Accept-Encoding: the one it likes best, and among equals
/// brotli, then zstd, then gzip. Without the field, or when it likes none of these, identity.
Coding choose_coding(std::optional<std::string_view> accept_encoding);

/// "gzip", "zstd", "br"; empty for identity.
std::string_view name_of(Coding coding);

/// The bytes in this coding.
std::string encode(Coding coding, std::string_view bytes);

/// Compresses the body of an answer when it is text, worth it and not compressed yet, and says so; adds Vary:
/// Accept-Encoding to whatever could have been compressed. Files are left alone.
void compress(HttpResponse& response, Coding coding);

/// Adds a name to the Vary field.
void add_vary(HttpResponse& response, std::string_view name);

}  // namespace carrel::query_server
