// The other translations and editions of a resource.
#pragma once

#include <vector>

#include <xapian.h>

#include "search/answer.h"

namespace carrel::search {

/// The others of the resource's translation set (the original and all that say they translate it), by
/// language.
std::vector<Translation> translations_of(const Xapian::Database& database, const Resource& resource);

/// The others of the resource's chain of editions, newest first: what it supersedes, what that superseded…,
/// and what supersedes it.
std::vector<Edition> editions_of(const Xapian::Database& database, const Resource& resource);

}  // namespace carrel::search
