// Lists of addresses: sitemaps (sitemaps.org, version 0.9) and plain text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// What one sitemap says: either pages or further sitemaps.
struct Sitemap {
  std::vector<std::string> pages;  ///< as written, each once
  std::vector<std::string> sitemaps;
};

/// Reads XML (a urlset or a sitemapindex) or plain text with an address a line; either may be packed with
/// gzip. Entities are not expanded, nothing is loaded. Errors: damaged (no sitemap, XML that is not
/// well-formed, a packed one that unpacks to more than 64 MB); `name` is for the message.
Result<Sitemap> read_sitemap(std::string_view bytes, std::string_view name);

/// Addresses of a text, one a line; blank lines and what follows a '#' at the beginning of a line or behind a
/// blank are passed over.
std::vector<std::string> read_address_lines(std::string_view text);

}  // namespace carrel::indexer
