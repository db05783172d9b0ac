// Standard output, maybe through a pager.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "search/cli/options.h"

namespace carrel::search::cli {

/// One a run. A reader that goes away (`| head`, a pager that is left) has what it wanted: then nothing more
/// is written and nothing is wrong.
class Output {
 public:
  /// With `paged`, and where `look` and the terminal say so, text goes through the pager: that of the
  /// configuration, $PAGER, or less.
  Output(const Look& look, bool paged);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  /// False when there is nobody to write for any more.
  bool put(std::string_view text);

  /// True when nobody reads any more, or something could not be written.
  bool gone() const { return gone_; }

  /// Everything written so far is on its way.
  void flush();

  /// Waits for the pager. False, and a sentence on standard error, when something could not be written.
  bool finish();

 private:
  void note_failure();

  std::FILE* to_ = stdout;
  bool piped_ = false;
  bool gone_ = false;
  bool failed_ = false;
};

}  // namespace carrel::search::cli
