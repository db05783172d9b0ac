// What the copy of a fetched document is called.
#pragma once

#include <string>
#include <string_view>

#include "indexer/fetch/web_address.h"

namespace carrel::indexer {

/// A relative path of plain names that says where the document comes from: "example.org/guides/a.pdf". Names
/// never begin with a dot, never leave the folder and are no longer than file systems take. `type` is the
/// Content-Type, which gives an ending where the address has none that fits. Two addresses may get the same
/// name.
std::string copy_name(const WebAddress& address, std::string_view type);

/// Another name for the same document, which no other address gets and which needs no folder but its host's.
std::string distinct_copy_name(const WebAddress& address, std::string_view type);

/// "text/html; charset=utf-8" → "text/html"; lower case.
std::string media_type(std::string_view content_type);

/// The value of charset in a Content-Type; empty when there is none.
std::string charset_of(std::string_view content_type);

}  // namespace carrel::indexer
