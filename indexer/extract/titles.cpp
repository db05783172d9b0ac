#include "indexer/extract/titles.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace carrel::indexer {
namespace {

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string folded(std::string_view title) {
  std::string out(title);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  while (!out.empty() && out.front() == ' ') out.erase(0, 1);
  return out;
}

bool has_file_ending(std::string_view title) {
  constexpr std::array<std::string_view, 30> kEndings{
      ".pdf",  ".doc", ".docx", ".docm", ".dot",  ".rtf",  ".odt", ".ppt", ".pptx",  ".xls",
      ".xlsx", ".wpd", ".txt",  ".htm",  ".html", ".indd", ".qxd", ".qxp", ".pub",   ".ai",
      ".eps",  ".tif", ".tiff", ".jpg",  ".png",  ".tex",  ".dvi", ".ps",  ".pages", ".fm"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view end) { return title.ends_with(end); });
}

bool is_path(std::string_view title) {
  if (title.size() > 2 && title[1] == ':' && (title[2] == '\\' || title[2] == '/')) return true;
  if (title.starts_with("/") || title.starts_with("\\\\") || title.starts_with("file:")) return true;
  return title.starts_with("http:") || title.starts_with("https:") || title.starts_with("about:");
}

/// `word` alone, or followed by nothing but a number, as "document1", "slide 1", "untitled-2".
bool is_numbered(std::string_view title, std::string_view word) {
  if (!title.starts_with(word)) return false;
  title.remove_prefix(word.size());
  return std::all_of(title.begin(), title.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '_' || c == '.';
  });
}

bool is_stock_name(std::string_view title) {
  constexpr std::array<std::string_view, 24> kStock{"untitled",     "untitled document",
                                                    "document",     "doc",
                                                    "no title",     "(no title)",
                                                    "none",         "null",
                                                    "n/a",          "slide",
                                                    "page",         "powerpoint presentation",
                                                    "presentation", "scanned document",
                                                    "scan",         "new document",
                                                    "template",     "blank",
                                                    "pdf",          "print",
                                                    "layout",       "microsoft word document",
                                                    "sin título",   "unknown"};
  // "Title 18" may well be the law; only the bare word is nothing.
  return title == "title" || std::any_of(kStock.begin(), kStock.end(),
                                         [&](std::string_view word) { return is_numbered(title, word); });
}

/// A single "word" with digits and underscores or several hyphens is a file's name: "TVPA_final_v2",
/// "ncj-250-1".
bool is_file_stem(std::string_view title) {
  if (title.find(' ') != std::string_view::npos) return false;
  const auto count = [&](char wanted) { return std::count(title.begin(), title.end(), wanted); };
  const bool digits = std::any_of(title.begin(), title.end(), [](char c) { return c >= '0' && c <= '9'; });
  return count('_') > 0 || (digits && count('-') > 0) || count('-') > 2;
}

}  // namespace

bool is_junk_title(std::string_view title) {
  const std::string text = folded(title);
  if (std::count_if(text.begin(), text.end(), is_alnum) < 2) return true;
  if (text.find("\u00ef\u00bf\u00bd") != std::string::npos || text.find("\ufffd") != std::string::npos)
    return true;
  constexpr std::array<std::string_view, 10> kPrograms{"microsoft word -",
                                                       "microsoft powerpoint -",
                                                       "microsoft excel -",
                                                       "microsoft office word -",
                                                       "word pro -",
                                                       "adobe photoshop",
                                                       "quark",
                                                       "print_",
                                                       "<4d6963726f",
                                                       "wordperfect"};
  for (const std::string_view program : kPrograms) {
    if (text.starts_with(program)) return true;
  }
  const bool no_letter = std::none_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0;
  });
  return no_letter || has_file_ending(text) || is_path(text) || is_stock_name(text) || is_file_stem(text);
}

}  // namespace carrel::indexer
