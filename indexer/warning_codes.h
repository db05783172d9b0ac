// The warnings of a report: what there is, what it means, what to do. README.md lists the same table.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/report.h"

namespace carrel::indexer {

/// One kind of warning. `means` goes on from "12 documents: "; `advice` may be empty.
struct WarningCode {
  std::string_view code;
  std::string_view means;
  std::string_view advice;
};

/// Codes are promises: scripts know them. In the order in which a summary tells them.
inline constexpr std::array kWarningCodes{
    WarningCode{"no-text-layer", "pages that are pictures, without text", "run with --ocr"},
    WarningCode{"unreadable-text", "pages whose text is garbage, as the fonts give no letters",
                "run with --ocr"},
    WarningCode{"ocr", "pages were recognised in their pictures", ""},
    WarningCode{"ocr-low-confidence", "much of what was recognised is likely wrong",
                "look for a better scan"},
    WarningCode{"ocr-failed", "pages could not be recognised", "look at them"},
    WarningCode{"ocr-language-missing", "the language data to recognise their pages are not installed",
                "install the package that the report names"},
    WarningCode{"some-pages-failed", "some pages are damaged and stay empty", "make the file anew"},
    WarningCode{"cut-short", "only the first pages were read before time or memory ran out",
                "divide the file or make it anew"},
    WarningCode{"captions-unreadable", "captions beside the page could not be read", "mend the caption file"},
    WarningCode{"attachments", "files are attached, of which only the names are found",
                "put what readers need into the library itself"},
    WarningCode{"hidden-content", "hidden sheets or slides were left out",
                "look whether they are meant to be read"},
    WarningCode{"no-text", "nothing to read was found", ""},
    WarningCode{"no-title", "the document itself gives no title", "add it there or in the catalogue"},
    WarningCode{"file-name-title", "called by the name of the file", "give it a title in the catalogue"},
    WarningCode{"no-language", "the document does not say in which language it is",
                "add it there or in the catalogue"},
    WarningCode{"language-mismatch", "the document says another language than it is written in",
                "correct it there or in the catalogue"},
    WarningCode{"untagged", "not tagged, so screen readers cannot follow it", "make it anew as a tagged PDF"},
    WarningCode{"broken-link", "links to files of the library that are not there",
                "correct the link or add the file"},
    WarningCode{"duplicate", "the same file lies elsewhere too", "keep one of them"},
    WarningCode{"near-duplicate", "nearly the same text as another document",
                "keep one, or name translation_of or supersedes in the catalogue"},
};

/// How many documents of a report have a warning of one code, and the first of them.
struct WarningCount {
  std::string code;
  std::uint64_t documents = 0;
  std::string example;  ///< path
};

/// The code of a line "code: sentence".
std::string_view warning_code(std::string_view line);

/// The warnings of the rows, in the order of kWarningCodes, unknown ones last.
std::vector<WarningCount> count_warnings(const std::vector<ReportRow>& rows);

/// "  3 documents: links to files of the library that are not there (broken-link), as guides/a.html; correct
/// the link or add the file".
std::string to_line(const WarningCount& count);

}  // namespace carrel::indexer
