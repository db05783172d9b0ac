// References to a resource, or to one of its pages, in the forms that reference software reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "search/answer.h"

namespace carrel::search {

enum class CitationFormat { ris, bibtex, csl_json };

/// "ris", "bibtex" or "csl-json".
std::optional<CitationFormat> find_citation_format(std::string_view name);

/// "application/x-research-info-systems" and so on; the text is UTF-8.
std::string_view media_type(CitationFormat format);

/// One reference, complete in itself: for CSL-JSON an array of one item. With `page`, its label (or number)
/// is the locator and its address the link.
std::string cite(const Resource& resource, CitationFormat format, const PageText* page = nullptr);

/// One item of CSL-JSON as an object, for lists of them.
std::string csl_item(const Resource& resource, const PageText* page = nullptr);

/// A person's name as "Family, Given"; nothing when it is the name of a body or cannot be told from one.
std::optional<std::pair<std::string, std::string>> person_name(std::string_view author);

}  // namespace carrel::search
