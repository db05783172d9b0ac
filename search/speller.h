// “Did you mean”: corrections out of the words of the documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <xapian.h>

#include "search/query_node.h"
#include "search/vocabulary.h"
#include "search/word_forms.h"

namespace carrel::search {

/// The query with its unknown or very rare words replaced by much more frequent ones of like spelling;
/// nothing when there is none to replace. Words in phrases, fields, wildcards and exclusions stay as they
/// are. Whether the correction finds more is for the caller to see.
std::optional<std::string> corrected_query(std::string_view query, const QueryNode& root,
                                           const Xapian::Database& database, const Vocabulary& vocabulary,
                                           WordForms& forms);

}  // namespace carrel::search
