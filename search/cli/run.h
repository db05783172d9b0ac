// One run of carrel-search: checked options in, an exit code out.
#pragma once

#include "search/cli/options.h"

namespace carrel::search::cli {

enum ExitCode { kFound = 0, kNothingFound = 1, kError = 2 };

int run(const Options& options);

}  // namespace carrel::search::cli
