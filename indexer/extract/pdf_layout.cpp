#include "indexer/extract/pdf_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>

namespace carrel::indexer {
namespace {

constexpr std::array<std::string_view, 10> kBullets{"•", "–", "▪", "●", "■", "○", "◦", "‣", "➢", "✓"};

/// A bullet that Poppler sees as a line of its own belongs to the line that follows.
bool is_bullet_alone(std::string_view line) {
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  return std::find(kBullets.begin(), kBullets.end(), line) != kBullets.end();
}

bool begins_item(std::string_view line) {
  for (const std::string_view bullet : kBullets) {
    if (line.starts_with(bullet)) return true;
  }
  if (line.starts_with("- ") || line.starts_with("* ")) return true;
  // "(a) ", "1. ", "iv) ": at most three characters and a closing mark
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank < 2 || blank > 4) return false;
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

bool begins_lower(std::string_view line) {
  return !line.empty() && line.front() >= 'a' && line.front() <= 'z';
}

bool same_size(const PrintLine& a, const PrintLine& b) {
  return a.font_size <= b.font_size * 1.1 && b.font_size <= a.font_size * 1.1;
}

/// Rightmost end of the lines that begin about where `line` begins: the right edge of its column.
double column_right(const std::vector<PrintLine>& lines, const PrintLine& line) {
  double right = 0;
  for (const PrintLine& other : lines) {
    if (std::abs(other.left - line.left) <= 3 * line.font_size) right = std::max(right, other.right);
  }
  return right;
}

/// Whether a paragraph ends between two lines. A block's end is not enough: where lines are widely spaced,
/// each line is a block of its own.
bool ends_paragraph(const PrintLine& line, const PrintLine& next, double right_edge) {
  if (is_bullet_alone(line.text)) return false;
  if (begins_item(next.text) || !same_size(line, next)) return true;
  const bool full = line.right >= right_edge - 8 * line.font_size;
  if (ends_sentence(line.text)) return line.ends_block || !full;
  if (!line.ends_block || begins_lower(next.text)) return false;
  return !full || std::abs(line.left - next.left) > 3 * line.font_size;
}

}  // namespace

std::string join_lines(const std::vector<PrintLine>& lines) {
  std::string text;
  double right_edge = 0;
  double left = -1;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PrintLine& line = lines[i];
    // Most lines of a page share their column's left edge, so this is seldom computed anew.
    if (line.left != left) {
      left = line.left;
      right_edge = column_right(lines, line);
    }
    text.append(line.text);
    if (line.hyphen_removed) text.push_back('-');
    text.push_back('\n');
    const bool last = i + 1 == lines.size();
    if (!last && !line.hyphen_removed && ends_paragraph(line, lines[i + 1], right_edge)) text.push_back('\n');
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
