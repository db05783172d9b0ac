// Reading Excel workbooks (.xlsx, .xlsm, .xltx).
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// One Page a sheet with its name as heading and first line, then a line a row, cells set apart by " | ":
/// texts, the values that formulas had when the file was saved, dates as dates. A long sheet is continued in
/// further Pages of the same heading. Hidden sheets are left out with the warning `hidden-content`. Failures:
/// damaged, encrypted, too-large.
Answer read_xlsx(std::string_view bytes);

}  // namespace carrel::indexer
