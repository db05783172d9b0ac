#include "indexer/extract/pdf_layout.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

namespace carrel::indexer {
namespace {

bool begins_item(std::string_view line) {
  for (const std::string_view bullet : {"•", "–", "▪", "●", "■", "○", "◦", "‣", "➢", "✓", "- ", "* "}) {
    if (line.starts_with(bullet)) return true;
  }
  // "(a) ", "1. ", "iv) ": at most four characters and a closing mark
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank < 2 || blank > 5) return false;
  const char mark = line[blank - 1];
  return mark == ')' || (mark == '.' && line.front() >= '0' && line.front() <= '9');
}

bool ends_sentence(std::string_view line) {
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  for (const std::string_view end : {".", "!", "?", ":", ";", ".”", "。", "？", "！"}) {
    if (line.ends_with(end)) return true;
  }
  return false;
}

/// A line that ends well before the others of its block and with a sentence is a paragraph's last.
bool ends_paragraph(const PrintLine& line, const PrintLine& next, double block_right) {
  if (line.ends_block) return true;
  if (begins_item(next.text)) return true;
  if (next.font_size > line.font_size * 1.2 || line.font_size > next.font_size * 1.2)
    return !line.hyphen_removed;
  return ends_sentence(line.text) && line.right < block_right - 6 * line.font_size;
}

}  // namespace

std::string join_lines(const std::vector<PrintLine>& lines) {
  std::string text;
  double block_right = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0 || lines[i - 1].ends_block) {
      block_right = 0;
      for (std::size_t j = i; j < lines.size(); ++j) {
        block_right = std::max(block_right, lines[j].right);
        if (lines[j].ends_block) break;
      }
    }
    const PrintLine& line = lines[i];
    text.append(line.text);
    if (line.hyphen_removed) text.push_back('-');
    text.push_back('\n');
    const bool last = i + 1 == lines.size();
    if (!last && !line.hyphen_removed && ends_paragraph(line, lines[i + 1], block_right))
      text.push_back('\n');
  }
  return text;
}

std::string largest_text(const std::vector<PrintLine>& lines) {
  constexpr std::size_t kMostLines = 40;  // a title stands near the beginning
  constexpr std::size_t kLongest = 250;
  std::map<int, std::size_t> bytes_of_size;
  double largest = 0;
  const std::size_t count = std::min(lines.size(), kMostLines);
  for (std::size_t i = 0; i < count; ++i) {
    // Initials and page numbers may be larger than the title.
    if (lines[i].text.size() < 4) continue;
    largest = std::max(largest, lines[i].font_size);
  }
  for (const PrintLine& line : lines) bytes_of_size[static_cast<int>(line.font_size * 2)] += line.text.size();
  std::size_t common = 0;
  int common_size = 0;
  for (const auto& [size, bytes] : bytes_of_size) {
    if (bytes > common) {
      common = bytes;
      common_size = size;
    }
  }
  const bool stands_out = largest * 2 > common_size * 1.12 || lines.size() <= 3;
  if (largest <= 0 || !stands_out) return {};
  std::string title;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < count && taken < 4; ++i) {
    if (lines[i].font_size < largest * 0.95) {
      if (taken > 0) break;
      continue;
    }
    if (!title.empty()) title.push_back(' ');
    title.append(lines[i].text);
    if (lines[i].hyphen_removed) title.push_back('-');
    ++taken;
  }
  return title.size() > kLongest ? std::string() : title;
}

}  // namespace carrel::indexer
