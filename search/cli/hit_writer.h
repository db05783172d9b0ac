// Hits one after the other in the form that was asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "search/answer.h"
#include "search/cli/options.h"
#include "search/cli/terminal.h"

namespace carrel::search::cli {

/// Holds nothing of the hits that it has written.
class HitWriter {
 public:
  virtual ~HitWriter() = default;
  virtual std::string head() { return {}; }
  /// `number` counts from 1, over pages of results.
  virtual std::string hit(const Hit& hit, std::uint64_t number) = 0;
  virtual std::string tail() { return {}; }
};

/// Of every format but json, which is one object. With `zero`, records of jsonl, csv, tsv, urls and ids end
/// with a zero byte.
std::unique_ptr<HitWriter> make_hit_writer(OutputFormat format, bool zero, const TerminalStyle& style);

/// One row: csv as RFC 4180 has it, tsv with blanks in the place of tabs and line ends.
std::string table_row(const std::vector<std::string>& cells, OutputFormat format, bool zero);

/// Several values of one cell.
std::string joined(const std::vector<std::string>& values);

}  // namespace carrel::search::cli
