// What can be done with one resource: show it, open it, cite it, list what is like it.
#pragma once

#include "search/cli/answer_source.h"
#include "search/cli/options.h"
#include "search/cli/output.h"
#include "search/cli/terminal.h"
#include "search/schema/result.h"

namespace carrel::search::cli {

Result<void> show(AnswerSource& source, const Options& options, const TerminalStyle& style, Output& output);

/// Starts the program for addresses (xdg-open) with that of the resource or of its page, and waits for it.
Result<void> open(AnswerSource& source, const Options& options);

Result<void> cite(AnswerSource& source, const Options& options, Output& output);

/// False when nothing is like it.
Result<bool> list_similar(AnswerSource& source, const Options& options, const TerminalStyle& style,
                          Output& output);

}  // namespace carrel::search::cli
