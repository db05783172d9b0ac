#include "query-server/media_type.h"

#include <algorithm>
#include <array>

namespace carrel::query_server {
namespace {

/// For pages: their own styles, pictures and media, nothing that runs and nothing from elsewhere.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox";

/// For files that the browser itself shows. Chromium's PDF viewer is a page with an embedded object and an
/// inline style, to which the policy of the file applies.
constexpr std::string_view kFilePolicy =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::array kTypes = {
    MediaType{".pdf", "application/pdf", true, kFilePolicy},
    MediaType{".html", "text/html", true, kPagePolicy},
    MediaType{".htm", "text/html", true, kPagePolicy},
    MediaType{".xhtml", "application/xhtml+xml", true, kPagePolicy},
    MediaType{".txt", "text/plain; charset=utf-8", true, kFilePolicy},
    MediaType{".md", "text/plain; charset=utf-8", true, kFilePolicy},
    MediaType{".vtt", "text/vtt; charset=utf-8", true, kFilePolicy},
    MediaType{".srt", "text/plain; charset=utf-8", true, kFilePolicy},
    MediaType{".csv", "text/csv; charset=utf-8", false, kFilePolicy},
    MediaType{".json", "application/json", true, kFilePolicy},
    MediaType{".xml", "text/xml", false, kPagePolicy},
    MediaType{".css", "text/css; charset=utf-8", true, kFilePolicy},
    MediaType{".png", "image/png", true, kFilePolicy},
    MediaType{".jpg", "image/jpeg", true, kFilePolicy},
    MediaType{".jpeg", "image/jpeg", true, kFilePolicy},
    MediaType{".gif", "image/gif", true, kFilePolicy},
    MediaType{".webp", "image/webp", true, kFilePolicy},
    MediaType{".svg", "image/svg+xml", true, kPagePolicy},
    MediaType{".mp3", "audio/mpeg", true, kFilePolicy},
    MediaType{".m4a", "audio/mp4", true, kFilePolicy},
    MediaType{".mp4", "video/mp4", true, kFilePolicy},
    MediaType{".webm", "video/webm", true, kFilePolicy},
    MediaType{".epub", "application/epub+zip", false, kFilePolicy},
    MediaType{".rtf", "application/rtf", false, kFilePolicy},
    MediaType{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false,
              kFilePolicy},
    MediaType{".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", false,
              kFilePolicy},
    MediaType{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false,
              kFilePolicy},
    MediaType{".odt", "application/vnd.oasis.opendocument.text", false, kFilePolicy},
    MediaType{".odp", "application/vnd.oasis.opendocument.presentation", false, kFilePolicy},
    MediaType{".ods", "application/vnd.oasis.opendocument.spreadsheet", false, kFilePolicy},
    MediaType{".docm", "application/vnd.ms-word.document.macroEnabled.12", false, kFilePolicy},
    MediaType{".pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12", false, kFilePolicy},
    MediaType{".ppsx", "application/vnd.openxmlformats-officedocument.presentationml.slideshow", false,
              kFilePolicy},
    MediaType{".xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", false, kFilePolicy},
    MediaType{".markdown", "text/plain; charset=utf-8", true, kFilePolicy},
    MediaType{".mov", "video/quicktime", false, kFilePolicy},
    MediaType{".m4v", "video/mp4", true, kFilePolicy},
    MediaType{".ogv", "video/ogg", true, kFilePolicy},
    MediaType{".ogg", "audio/ogg", true, kFilePolicy},
    MediaType{".wav", "audio/wav", true, kFilePolicy},
    MediaType{".zip", "application/zip", false, kFilePolicy},
};

constexpr MediaType kUnknown{"", "application/octet-stream", false, kFilePolicy};

bool ends_with(std::string_view name, std::string_view ending) {
  if (name.size() < ending.size()) return false;
  return std::ranges::equal(name.substr(name.size() - ending.size()), ending, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

}  // namespace

const MediaType& media_type_of(std::string_view file_name) {
  const auto* found =
      std::ranges::find_if(kTypes, [&](const MediaType& type) { return ends_with(file_name, type.ending); });
  return found == kTypes.end() ? kUnknown : *found;
}

}  // namespace carrel::query_server
