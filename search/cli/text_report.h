// Answers as text for people at a terminal.
#pragma once

#include <cstdint>
#include <string>

#include "search/answer.h"
#include "search/cli/terminal.h"

namespace carrel::search::cli {

/// One result under its number.
std::string hit_report(const Hit& hit, std::uint64_t number, const TerminalStyle& style);

/// What comes below the results: the facets, then the totals. `shown`: how many results stand above.
std::string end_report(const Answer& answer, std::uint64_t shown, const TerminalStyle& style);

/// "12 · at 1:03 · Heading": where a passage stands, empty for title and abstract.
std::string place_of(const Passage& passage, const std::string& format);

/// What the rules bring: cards of help, a redirect, best bets; may be empty.
std::string rules_report(const Answer& answer, const TerminalStyle& style);

/// What the rules bring, the results, then the facets (those that the answer has values of), then the totals.
std::string text_report(const Answer& answer, const TerminalStyle& style);

/// The fields of one resource, under the names by which queries ask for them.
std::string text_report(const Hit& hit, const TerminalStyle& style);

/// The text of one page under a line that says which.
std::string text_report(const PageText& page, const TerminalStyle& style);

/// What the searcher should know besides the results: notices and “did you mean”, a line each; may be empty.
std::string side_notes(const Answer& answer);

}  // namespace carrel::search::cli
