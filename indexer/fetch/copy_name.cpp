#include "indexer/fetch/copy_name.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "search/schema/terms.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kLongestName = 120;
constexpr std::size_t kDeepest = 12;

struct Ending {
  std::string_view type;
  std::string_view ending;
};
/// The first ending of a type is the one that a name without one gets.
constexpr std::array kEndings = {
    Ending{"text/html", ".html"},
    Ending{"text/html", ".htm"},
    Ending{"application/xhtml+xml", ".xhtml"},
    Ending{"application/pdf", ".pdf"},
    Ending{"text/vtt", ".vtt"},
    Ending{"application/x-subrip", ".srt"},
    Ending{"text/plain", ".txt"},
    Ending{"text/plain", ".srt"},
    Ending{"text/plain", ".vtt"},
    Ending{"text/plain", ".md"},
    Ending{"text/markdown", ".md"},
    Ending{"application/rtf", ".rtf"},
    Ending{"text/rtf", ".rtf"},
    Ending{"application/epub+zip", ".epub"},
    Ending{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    Ending{"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
    Ending{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    Ending{"application/vnd.oasis.opendocument.text", ".odt"},
    Ending{"application/vnd.oasis.opendocument.presentation", ".odp"},
    Ending{"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

/// Letters, digits and a few signs stay, everything else is '_' or the percent sign that it was written with.
std::string plain_name(std::string_view segment) {
  std::string name;
  for (const char c : segment) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || c == '%' || c == '+' || c == ',' ||
                       c == '=';
    name += plain ? c : '_';
  }
  // Hidden files are passed over, and ".." leads out.
  if (name.starts_with('.')) name[0] = '_';
  if (name.size() > kLongestName) {
    name = name.substr(0, kLongestName - 17) + "-" + schema::content_hash(segment).substr(0, 16);
  }
  return name;
}

std::string ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "" : lower_case(name.substr(dot));
}

/// The name with an ending that does not belie its type.
std::string with_ending(std::string name, std::string_view type) {
  std::string_view first;
  const std::string has = ending_of(name);
  for (const Ending& one : kEndings) {
    if (one.type != type) continue;
    if (one.ending == has) return name;
    if (first.empty()) first = one.ending;
  }
  if (first.empty()) return name;
  return name + std::string(first);
}

/// Folders, none when `flat`, and name, with `mark` before the ending of the name.
std::string make_name(const WebAddress& address, std::string_view type, const std::string& mark,
                      bool flat = false) {
  std::vector<std::string> names;
  std::string_view path = address.path;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) names.push_back(plain_name(path.substr(0, end)));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::string name = "index";
  if (!address.path.ends_with('/') && !names.empty()) {
    name = names.back();
    names.pop_back();
  }
  if (flat) names.clear();
  if (names.size() > kDeepest) names.resize(kDeepest);
  name = with_ending(std::move(name), media_type(type));
  if (!mark.empty()) {
    const std::string ending = ending_of(name);
    name =
        name.substr(0, name.size() - ending.size()) + "-" + mark + name.substr(name.size() - ending.size());
  }
  std::string whole = plain_name(address.host);
  if (!address.port.empty()) whole += "_" + address.port;
  for (const std::string& folder : names) whole += "/" + folder;
  return whole + "/" + name;
}

std::string short_hash(const WebAddress& address) {
  return schema::content_hash(address.url).substr(0, 12);
}

}  // namespace

std::string copy_name(const WebAddress& address, std::string_view type) {
  return make_name(address, type, address.query.empty() ? "" : short_hash(address));
}

std::string distinct_copy_name(const WebAddress& address, std::string_view type) {
  return make_name(address, type, short_hash(address), true);
}

std::string media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return lower_case(type);
}

std::string charset_of(std::string_view content_type) {
  const std::string lower_cased = lower_case(content_type);
  const std::size_t at = lower_cased.find("charset=");
  if (at == std::string::npos) return {};
  std::string value = lower_cased.substr(at + 8);
  value = value.substr(0, value.find(';'));
  std::erase_if(value, [](char c) { return c == '"' || c == '\'' || c == ' '; });
  return value;
}

}  // namespace carrel::indexer
