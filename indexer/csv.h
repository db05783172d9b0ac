// Comma-separated values as RFC 4180 has them, reading and writing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// One record of a CSV file. `line` is the line of the file (from 1) on which it begins.
struct CsvRecord {
  std::size_t line = 0;
  std::vector<std::string> fields;
};

/// The records of a CSV text: quoted fields may hold commas, quotes (doubled) and line ends; LF and CRLF; a
/// byte order mark at the start is passed over; blank lines are no records. Error usage: a quote that never
/// closes, text behind a closing quote; the message names the line.
Result<std::vector<CsvRecord>> parse_csv(std::string_view text);

/// One field, quoted when it needs to be. A field that a spreadsheet would take as a formula gets no special
/// care: reports are data.
std::string csv_field(std::string_view value);

}  // namespace carrel::indexer
