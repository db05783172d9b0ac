#include "indexer/extract/document.h"

#include <algorithm>
#include <string>
#include <utility>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/docx.h"
#include "indexer/extract/epub.h"
#include "indexer/extract/html.h"
#include "indexer/extract/language.h"
#include "indexer/extract/markdown.h"
#include "indexer/extract/odf.h"
#include "indexer/extract/office_binary.h"
#include "indexer/extract/pdf.h"
#include "indexer/extract/plain_text.h"
#include "indexer/extract/pptx.h"
#include "indexer/extract/rtf.h"
#include "indexer/extract/transcript.h"
#include "indexer/extract/xlsx.h"

namespace carrel::indexer {
namespace {

bool is_blank(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; });
}

std::unexpected<ExtractionFailure> unsupported(std::string text) {
  return std::unexpected(ExtractionFailure{"unsupported-format", std::move(text)});
}

Answer read_as(DocumentFormat format, std::string_view bytes) {
  switch (format) {
    case DocumentFormat::pdf:
      return read_pdf(bytes);
    case DocumentFormat::html:
      return read_html(bytes);
    case DocumentFormat::transcript:
      return read_transcript(bytes);
    case DocumentFormat::docx:
      return read_docx(bytes);
    case DocumentFormat::pptx:
      return read_pptx(bytes);
    case DocumentFormat::xlsx:
      return read_xlsx(bytes);
    case DocumentFormat::odt:
      return read_odf(bytes, "odt");
    case DocumentFormat::odp:
      return read_odf(bytes, "odp");
    case DocumentFormat::ods:
      return read_odf(bytes, "ods");
    case DocumentFormat::epub:
      return read_epub(bytes);
    case DocumentFormat::rtf:
      return read_rtf(bytes);
    case DocumentFormat::txt:
      return read_plain_text(bytes);
    case DocumentFormat::markdown:
      return read_markdown(bytes);
    case DocumentFormat::compound:
      return std::unexpected(explain_compound_file(bytes));
    case DocumentFormat::archive:
      return unsupported("It is an archive, which is not looked into; unpack it and put its documents there");
    case DocumentFormat::media:
      return unsupported(
          "Films and recordings are not read; put captions of the same name beside it (.vtt, .srt)");
    case DocumentFormat::unknown:
      break;
  }
  return unsupported(
      "It is none of the formats that are read: PDF, HTML, office files, EPUB, RTF, text, Markdown, "
      "captions");
}

}  // namespace

Answer read_document(std::string_view bytes, std::string_view name) {
  if (is_blank(bytes)) return std::unexpected(ExtractionFailure{"empty-file", "It holds nothing but blanks"});
  Answer answer = read_as(recognise_format(bytes, format_hint(name)), bytes);
  if (answer) note_languages(*answer);
  return answer;
}

void warm_up_readers() {
  warm_up_pdf();
  // One small document of each kind touches the converters, normalisers and locale data that load lazily.
  static_cast<void>(read_document(
      "<!doctype html><html lang=en><meta charset=gb2312><p>\xc4\xe3\xba\xc3 \xef\xac\x81", ""));
  static_cast<void>(clean_text("e\u0301\u0416"));
  static_cast<void>(
      detect_language("This sentence is long enough to load the tables of the language detector."));
}

}  // namespace carrel::indexer
