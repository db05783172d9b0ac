// JSON-LD: what pages tell search engines about themselves in schema.org's words.
#pragma once

#include <string_view>

#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// Adds the fields of the articles, reports, videos, courses and pages that a JSON-LD script describes. Text
/// that is no JSON adds nothing.
void read_json_ld(std::string_view json, FoundFields& found);

}  // namespace carrel::indexer
