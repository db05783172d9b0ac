// A concordance as text, tables or JSON: every occurrence on a line of its own, then what they come to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/answer.h"
#include "search/cli/options.h"
#include "search/cli/output.h"
#include "search/cli/terminal.h"
#include "search/cli/year_plot.h"
#include "search/occurrence.h"

namespace carrel::search::cli {

/// Takes occurrences in the order of places. In that order lines go out at once and nothing but the counts is
/// held; sorted by their neighbours they are all held until `finish`.
class KwicReport {
 public:
  KwicReport(const Options& options, const TerminalStyle& style, Output& output);

  /// Context on either side that a line has room for, in code points.
  std::size_t context() const { return context_; }

  /// False when there is nobody to write for any more.
  bool take(const Resource& resource, const Occurrence& occurrence);

  /// Writes what is held and the counts.
  void finish(const Answer& answer);

  std::uint64_t occurrences() const { return occurrences_; }
  const YearCounts& years() const { return years_; }

 private:
  struct Counted {
    std::string id, title, date, url, format;
    std::uint64_t occurrences = 0;
  };
  struct Held {
    std::string key;
    std::size_t resource;
    Occurrence occurrence;
  };

  std::string line(std::size_t resource, const Occurrence& occurrence) const;
  std::string text_line(std::size_t resource, const Occurrence& occurrence) const;
  std::string counts_as_text(const Answer& answer) const;
  std::string counts_as_json(const Answer& answer) const;
  bool put(const std::string& one);

  OutputFormat format_;
  KwicOrder order_;
  bool zero_;
  bool trend_;
  TerminalStyle style_;
  Output& output_;
  std::size_t context_;
  std::vector<Counted> resources_;
  std::vector<Held> held_;
  YearCounts years_{.what = "occurrences"};
  std::uint64_t occurrences_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace carrel::search::cli
