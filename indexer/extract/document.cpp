#include "indexer/extract/document.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "indexer/extract/charset.h"
#include "indexer/extract/cleaning.h"
#include "indexer/extract/html.h"
#include "indexer/extract/language.h"
#include "indexer/extract/pdf.h"
#include "indexer/extract/transcript.h"

namespace carrel::indexer {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// The beginning without a byte order mark, blanks, comments and an XML declaration; lower case.
std::string html_beginning(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  for (;;) {
    const std::size_t text = bytes.find_first_not_of(" \t\r\n\f");
    if (text == std::string_view::npos) return {};
    bytes.remove_prefix(text);
    if (bytes.starts_with("<!--")) {
      const std::size_t end = bytes.find("-->", 4);
      if (end == std::string_view::npos) return {};
      bytes.remove_prefix(end + 3);
    } else if (bytes.starts_with("<?xml")) {
      const std::size_t end = bytes.find("?>");
      if (end == std::string_view::npos) return {};
      bytes.remove_prefix(end + 2);
    } else {
      return lower(bytes.substr(0, 64));
    }
  }
}

bool begins_as_html(std::string_view bytes) {
  const std::string beginning = html_beginning(bytes);
  // The tags of the MIME Sniffing Standard.
  constexpr std::array<std::string_view, 18> kTags{
      "<!doctype html", "<html",  "<head", "<script", "<iframe", "<h1", "<div",  "<font", "<table", "<a",
      "<style",         "<title", "<b",    "<body",   "<br",     "<p",  "<meta", "<link"};
  return std::any_of(kTags.begin(), kTags.end(), [&](std::string_view tag) {
    return beginning.starts_with(tag) &&
           (beginning.size() == tag.size() ||
            std::string_view(" \t\r\n\f>/").find(beginning[tag.size()]) != std::string_view::npos);
  });
}

bool ends_as_html(std::string_view name) {
  const std::string folded = lower(name);
  constexpr std::array<std::string_view, 8> kEndings{".html",  ".htm", ".xhtml", ".xht",
                                                     ".shtml", ".php", ".aspx",  ".jsp"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view end) { return folded.ends_with(end); });
}

bool is_utf16_or_32(std::string_view bytes) {
  return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") ||
         bytes.starts_with(std::string_view("\0\0\xfe\xff", 4));
}

/// Bytes that no text has: many of them mean pictures, archives, programs.
bool is_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte != 0x1b);
  });
  return static_cast<std::size_t>(odd) * 50 > head.size();
}

bool is_blank(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; });
}

Answer read_as(DocumentFormat format, std::string_view bytes) {
  switch (format) {
    case DocumentFormat::pdf:
      return read_pdf(bytes);
    case DocumentFormat::html:
      return read_html(bytes);
    case DocumentFormat::transcript:
      return read_transcript(bytes);
    case DocumentFormat::unknown:
      break;
  }
  return std::unexpected(
      ExtractionFailure{"unsupported-format", "It is neither PDF nor HTML nor a transcript"});
}

}  // namespace

DocumentFormat recognise_format(std::string_view bytes, std::string_view name) {
  const std::string ending = lower(name);
  // Readers of PDF accept some junk before the header, and some files have lost it.
  const std::size_t header = bytes.substr(0, 1024).find("%PDF-");
  if (header == 0) return DocumentFormat::pdf;
  if (looks_like_transcript(bytes)) return DocumentFormat::transcript;
  if (is_utf16_or_32(bytes)) {
    const std::string text = decode_page(bytes.substr(0, 4096)).utf8;
    if (begins_as_html(text) || ends_as_html(name)) return DocumentFormat::html;
    if (looks_like_transcript(text)) return DocumentFormat::transcript;
  }
  if (begins_as_html(bytes)) return DocumentFormat::html;
  if (header != std::string_view::npos || ending.ends_with(".pdf")) return DocumentFormat::pdf;
  if (ending.ends_with(".vtt") || ending.ends_with(".srt")) return DocumentFormat::transcript;
  if (ends_as_html(name) && !is_binary(bytes)) return DocumentFormat::html;
  return DocumentFormat::unknown;
}

std::string format_hint(std::string_view name) {
  constexpr std::size_t kLongest = 16;
  name.remove_prefix(name.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > kLongest) return {};
  return lower(name.substr(dot));
}

Answer read_document(std::string_view bytes, std::string_view name) {
  if (is_blank(bytes)) return std::unexpected(ExtractionFailure{"empty-file", "It holds nothing but blanks"});
  Answer answer = read_as(recognise_format(bytes, format_hint(name)), bytes);
  if (answer) {
    add_detected_language(*answer);
    note_languages_of_pages(*answer);
  }
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
