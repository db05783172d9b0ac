#include "indexer/extract/office_binary.h"

#include <string>

namespace carrel::indexer {
namespace {

/// Names of streams stand in UTF-16 in the directory, wherever it lies.
bool has_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide.push_back(c);
    wide.push_back('\0');
  }
  return bytes.find(wide) != std::string_view::npos;
}

}  // namespace

bool is_compound_file(std::string_view bytes) {
  return bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
}

ExtractionFailure explain_compound_file(std::string_view bytes) {
  if (has_stream(bytes, "EncryptedPackage")) {
    return {"encrypted", "It is protected with a password; save it without one"};
  }
  if (has_stream(bytes, "WordDocument"))
    return {"unsupported-format", "It is a Word document of before 2007 (.doc); save it as .docx or PDF"};
  if (has_stream(bytes, "PowerPoint Document"))
    return {"unsupported-format",
            "It is a PowerPoint presentation of before 2007 (.ppt); save it as .pptx or PDF"};
  if (has_stream(bytes, "Workbook") || has_stream(bytes, "Book"))
    return {"unsupported-format", "It is an Excel workbook of before 2007 (.xls); save it as .xlsx or PDF"};
  if (has_stream(bytes, "__properties_version1.0"))
    return {"unsupported-format", "It is a message of Outlook (.msg); save it as PDF or text"};
  return {"unsupported-format",
          "It is a file of an older office program; save it as .docx, .xlsx, .pptx or PDF"};
}

}  // namespace carrel::indexer
