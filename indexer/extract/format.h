// Which format a document has: told by its bytes, by its name only where bytes leave it open.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

enum class DocumentFormat {
  pdf,
  html,
  transcript,
  docx,
  pptx,
  xlsx,
  odt,
  odp,
  ods,
  epub,
  rtf,
  txt,
  markdown,
  compound,  ///< office files of before 2007, and encrypted ones
  archive,   ///< a zip archive that is none of the above
  media,     ///< a film or a recording, by its name
  unknown,
};

/// The format of a document by its first bytes, of an archive by its parts. The name decides what bytes leave
/// open: a fragment of HTML without a doctype, Markdown, plain text, an office file that is damaged.
DocumentFormat recognise_format(std::string_view bytes, std::string_view name);

/// All that may be known of a document's name: its ending, lower case, with the dot; empty when it has none.
std::string format_hint(std::string_view name);

}  // namespace carrel::indexer
