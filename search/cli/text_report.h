// Answers as text for people at a terminal.
#pragma once

#include <string>

#include "search/answer.h"
#include "search/cli/terminal.h"

namespace carrel::search::cli {

/// What the rules bring (help, best bets), the results, then the facets (those that the answer has values of), then the totals.
std::string text_report(const Answer& answer, const TerminalStyle& style);

/// The fields of one resource, under the names by which queries ask for them.
std::string text_report(const Hit& hit, const TerminalStyle& style);

/// The text of one page under a line that says which.
std::string text_report(const PageText& page, const TerminalStyle& style);

/// What the searcher should know besides the results: notices and “did you mean”, a line each; may be empty.
std::string side_notes(const Answer& answer);

}  // namespace carrel::search::cli
