// Resources out of their records, found by document number or id.
#pragma once

#include <optional>
#include <string_view>

#include <xapian.h>

#include "search/answer.h"
#include "search/schema/record.h"

namespace carrel::search {

Resource to_resource(const schema::Record& record);

/// The resource of a document of `database`.
Resource read_resource(const Xapian::Database& database, Xapian::docid document);

/// The document of the resource `id`; nothing when there is none.
std::optional<Xapian::docid> find_document(const Xapian::Database& database, std::string_view id);

}  // namespace carrel::search
