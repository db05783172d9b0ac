#include "indexer/extract/pdf_headings.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "indexer/extract/characters.h"
#include "indexer/extract/cleaning.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr double kLarger = 1.2;
constexpr std::size_t kMostLines = 2;
constexpr std::size_t kLongestBytes = 160;
constexpr std::size_t kFewestLetters = 4;

struct Heading {
  std::string text;
  int size = 0;  ///< in half points
};

int half_points(double size) {
  return static_cast<int>(std::lround(size * 2));
}

std::size_t count_letters(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size();) letters += is_letter(schema::next_code_point(text, at)) ? 1 : 0;
  return letters;
}

bool is_heading(const std::string& text) {
  return text.size() <= kLongestBytes && count_letters(text) >= kFewestLetters && !text.ends_with('.') &&
         !text.ends_with(',') && !text.ends_with(';');
}

Heading first_heading(const PrintPage& page, double common) {
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const PrintLine& first = page.lines[i];
    if (first.place != Place::body || !first.upright || first.font_size < kLarger * common) continue;
    std::string text;
    std::size_t end = i;
    while (end < page.lines.size() && page.lines[end].place == Place::body &&
           half_points(page.lines[end].font_size) == half_points(first.font_size)) {
      text += (text.empty() ? "" : " ") + page.lines[end].text;
      if (page.lines[end].hyphen_removed) text += '-';
      ++end;
    }
    text = clean_line(text);
    if (end - i <= kMostLines && is_heading(text)) return {std::move(text), half_points(first.font_size)};
    i = end - 1;
  }
  return {};
}

}  // namespace

double common_font_size(const std::vector<PrintPage>& pages) {
  std::map<int, std::size_t> bytes;
  for (const PrintPage& page : pages) {
    for (const PrintLine& line : page.lines) bytes[half_points(line.font_size)] += line.text.size();
  }
  const auto most = std::max_element(bytes.begin(), bytes.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes.end() ? 0 : most->first / 2.0;
}

std::vector<std::string> headings_by_size(const std::vector<PrintPage>& pages, const std::string& title) {
  std::vector<std::string> headings(pages.size());
  const double common = common_font_size(pages);
  if (common <= 0) return headings;
  std::vector<Heading> found;
  std::map<int, int> pages_of_size;
  for (const PrintPage& page : pages) {
    found.push_back(first_heading(page, common));
    if (found.back().text == title) found.back() = {};
    if (!found.back().text.empty()) ++pages_of_size[found.back().size];
  }
  std::string current;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!found[i].text.empty() && pages_of_size[found[i].size] > 1) current = std::move(found[i].text);
    headings[i] = current;
  }
  return headings;
}

}  // namespace carrel::indexer
