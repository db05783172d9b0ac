// Searching again: what a record says and what has changed since, what is new of a saved search.
#pragma once

#include "search/cli/answer_source.h"
#include "search/cli/options.h"
#include "search/cli/output.h"
#include "search/cli/search_record.h"
#include "search/cli/terminal.h"
#include "search/schema/result.h"

namespace carrel::search::cli {

/// Searches for everything that `request` finds, as far as the source goes, and records it.
Result<SearchRecord> make_record(AnswerSource& source, const Place& place, Request request);

/// Repeats what the record `options.replay` says, in the place that it or `options` names, and writes what is
/// new, gone and different. True when the search finds something now.
Result<bool> replay(const Options& options, Output& output);

/// Lists the hits of the saved search that came into the library since the last time, and remembers what was
/// shown once all of it is written. True when there are any.
Result<bool> only_new(const Options& options, const TerminalStyle& style, Output& output);

}  // namespace carrel::search::cli
