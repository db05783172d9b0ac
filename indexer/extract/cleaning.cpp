#include "indexer/extract/cleaning.h"

#include <cstddef>

#include "indexer/extract/characters.h"
#include "indexer/extract/hyphenation.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

char32_t last_code_point(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  return schema::next_code_point(text, at);
}

bool needs_blank(std::string_view before, std::string_view after) {
  std::size_t at = 0;
  return !(joins_without_blank(last_code_point(before)) &&
           joins_without_blank(schema::next_code_point(after, at)));
}

/// Appends `line` with runs of blanks collapsed and its ends trimmed; false when nothing is left of it.
bool append_collapsed(std::string& out, std::string_view line) {
  const std::size_t begin_size = out.size();
  std::size_t at = 0;
  while (at < line.size()) {
    while (at < line.size() && (line[at] == ' ' || line[at] == kSoftBreak)) ++at;
    std::size_t end = at;
    while (end < line.size() && line[end] != ' ' && line[end] != kSoftBreak) ++end;
    if (end == at) break;
    if (out.size() > begin_size && line[at - 1] != kSoftBreak) out.push_back(' ');
    out.append(line.substr(at, end - at));
    at = end;
  }
  return out.size() > begin_size;
}

std::string lay_out(std::string_view text, LineEnds line_ends) {
  std::string out;
  out.reserve(text.size());
  std::string line;
  bool new_paragraph = false;
  std::size_t at = 0;
  while (at <= text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    line.clear();
    if (!append_collapsed(line, text.substr(at, end - at))) {
      new_paragraph = true;
    } else {
      if (!out.empty()) {
        if (new_paragraph || line_ends == LineEnds::paragraphs) {
          out.push_back('\n');
        } else if (needs_blank(out, line)) {
          out.push_back(' ');
        }
      }
      out.append(line);
      new_paragraph = false;
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

void clean_pages(std::vector<std::string>& pages, LineEnds line_ends) {
  for (std::string& page : pages) page = normalise_characters(page);
  if (line_ends == LineEnds::lines) undo_hyphenation(pages);
  for (std::string& page : pages) page = lay_out(page, line_ends);
}

std::string clean_text(std::string_view raw) {
  return lay_out(normalise_characters(raw), LineEnds::paragraphs);
}

std::string clean_line(std::string_view raw) {
  std::string text = clean_text(raw);
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

}  // namespace carrel::indexer
