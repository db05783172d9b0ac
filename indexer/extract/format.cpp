#include "indexer/extract/format.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "indexer/extract/archive.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/office_binary.h"
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

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

/// The format that a media type or a content type names, as far as it names one of ours.
std::optional<DocumentFormat> format_of_type(std::string_view types) {
  // Of [Content_Types].xml the type of the main part; templates and files with macros are documents too. Of
  // OpenDocument the media type of the package.
  constexpr std::array<std::pair<std::string_view, DocumentFormat>, 17> kTypes{
      {{"wordprocessingml.document.main+xml", DocumentFormat::docx},
       {"wordprocessingml.template.main+xml", DocumentFormat::docx},
       {"ms-word.document.macroEnabled.main+xml", DocumentFormat::docx},
       {"ms-word.template.macroEnabledTemplate.main+xml", DocumentFormat::docx},
       {"presentationml.presentation.main+xml", DocumentFormat::pptx},
       {"presentationml.slideshow.main+xml", DocumentFormat::pptx},
       {"presentationml.template.main+xml", DocumentFormat::pptx},
       {"ms-powerpoint.presentation.macroEnabled.main+xml", DocumentFormat::pptx},
       {"ms-powerpoint.slideshow.macroEnabled.main+xml", DocumentFormat::pptx},
       {"spreadsheetml.sheet.main+xml", DocumentFormat::xlsx},
       {"spreadsheetml.template.main+xml", DocumentFormat::xlsx},
       {"ms-excel.sheet.macroEnabled.main+xml", DocumentFormat::xlsx},
       {"ms-excel.template.macroEnabled.main+xml", DocumentFormat::xlsx},
       {"vnd.oasis.opendocument.text", DocumentFormat::odt},
       {"vnd.oasis.opendocument.presentation", DocumentFormat::odp},
       {"vnd.oasis.opendocument.spreadsheet", DocumentFormat::ods},
       {"application/epub+zip", DocumentFormat::epub}}};
  for (const auto& [type, format] : kTypes) {
    if (types.find(type) != std::string_view::npos) return format;
  }
  return std::nullopt;
}

std::optional<DocumentFormat> format_by_ending(std::string_view name) {
  if (ends_with_any(name, {".docx", ".docm", ".dotx"})) return DocumentFormat::docx;
  if (ends_with_any(name, {".pptx", ".pptm", ".ppsx"})) return DocumentFormat::pptx;
  if (ends_with_any(name, {".xlsx", ".xlsm", ".xltx"})) return DocumentFormat::xlsx;
  if (name.ends_with(".odt")) return DocumentFormat::odt;
  if (name.ends_with(".odp")) return DocumentFormat::odp;
  if (name.ends_with(".ods")) return DocumentFormat::ods;
  if (name.ends_with(".epub")) return DocumentFormat::epub;
  return std::nullopt;
}

DocumentFormat format_of_archive(std::string_view bytes, std::string_view name) {
  auto archive = Archive::open(bytes);
  const DocumentFormat named = format_by_ending(name).value_or(DocumentFormat::archive);
  if (!archive) return named;
  for (const std::string_view part : {"mimetype", "[Content_Types].xml", "META-INF/manifest.xml"}) {
    if (const auto text = archive->read(part)) {
      if (const auto format = format_of_type(*text)) return *format;
    }
  }
  constexpr std::array<std::pair<std::string_view, DocumentFormat>, 4> kParts{
      {{"word/document.xml", DocumentFormat::docx},
       {"ppt/presentation.xml", DocumentFormat::pptx},
       {"xl/workbook.xml", DocumentFormat::xlsx},
       {"META-INF/container.xml", DocumentFormat::epub}}};
  for (const auto& [part, format] : kParts) {
    if (archive->find(part)) return format;
  }
  return archive->partly_damaged() ? named : DocumentFormat::archive;
}

bool is_media_name(std::string_view name) {
  return ends_with_any(name, {".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".wmv", ".mpg", ".mpeg",
                              ".ogv", ".mp3", ".m4a", ".ogg", ".oga", ".wav", ".flac", ".aac", ".wma"});
}

}  // namespace

DocumentFormat recognise_format(std::string_view bytes, std::string_view name) {
  const std::string ending = lower(name);
  // Readers of PDF accept some junk before the header, and some files have lost it.
  const std::size_t header = bytes.substr(0, 1024).find("%PDF-");
  if (header == 0) return DocumentFormat::pdf;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
    return format_of_archive(bytes, ending);
  if (is_compound_file(bytes)) return DocumentFormat::compound;
  if (bytes.starts_with("{\\rtf")) return DocumentFormat::rtf;
  if (looks_like_transcript(bytes)) return DocumentFormat::transcript;
  const bool wide = is_utf16_or_32(bytes);
  if (wide) {
    const std::string text = decode_page(bytes.substr(0, 4096)).utf8;
    if (begins_as_html(text) || ends_as_html(name)) return DocumentFormat::html;
    if (looks_like_transcript(text)) return DocumentFormat::transcript;
  }
  // Markdown may well begin with a tag of HTML.
  const bool markdown = ends_with_any(ending, {".md", ".markdown"}) && (wide || !is_binary(bytes));
  if (markdown) return DocumentFormat::markdown;
  if (begins_as_html(bytes)) return DocumentFormat::html;
  if (header != std::string_view::npos || ending.ends_with(".pdf")) return DocumentFormat::pdf;
  if (ends_with_any(ending, {".vtt", ".srt"})) return DocumentFormat::transcript;
  if (is_media_name(ending)) return DocumentFormat::media;
  // Bytes that are no archive under the name of one are a damaged file of that kind.
  if (const auto format = format_by_ending(ending)) return *format;
  if (ends_as_html(name) && !is_binary(bytes)) return DocumentFormat::html;
  if (ends_with_any(ending, {".txt", ".text"}) && (wide || !is_binary(bytes))) return DocumentFormat::txt;
  return DocumentFormat::unknown;
}

std::string format_hint(std::string_view name) {
  constexpr std::size_t kLongest = 16;
  name.remove_prefix(name.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > kLongest) return {};
  return lower(name.substr(dot));
}

}  // namespace carrel::indexer
