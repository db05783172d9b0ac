#include "indexer/extract/plain_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/found_fields.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/section_writer.h"
#include "indexer/extract/text_charset.h"

namespace carrel::indexer {
namespace {

// Lines of print are between these widths; longer ones are whole paragraphs.
constexpr std::size_t kNarrowest = 45;
constexpr std::size_t kWidest = 100;
constexpr std::size_t kLongestTitle = 120;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

template <typename Use>
void for_each_line(std::string_view text, Use&& use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + (text.substr(end).starts_with("\r\n") ? 2 : 1), text.size()));
  }
}

/// True when line ends are those of print: hardly a line is longer than a page is wide, and where a line is
/// followed by another most are nearly as wide as that.
bool is_broken_to_width(std::string_view text) {
  std::size_t followed = 0;
  std::size_t wide = 0;
  std::size_t too_long = 0;
  std::size_t before = 0;  // length of the line before; 0: it was blank
  for_each_line(text, [&](std::string_view line) {
    const std::size_t length = is_blank(line) ? 0 : line.size();
    if (length > kWidest) ++too_long;
    if (before > 0 && length > 0) {
      ++followed;
      if (before >= kNarrowest) ++wide;
    }
    before = length;
  });
  return followed >= 3 && wide * 10 >= followed * 7 && too_long * 20 <= followed;
}

/// The first line, when it is short and a blank line sets it apart.
std::string title_of(std::string_view text) {
  std::string first;
  bool second = false;
  bool apart = false;
  for_each_line(text.substr(0, 4096), [&](std::string_view line) {
    if (first.empty()) {
      first = clean_line(line);
    } else if (!second) {
      second = true;
      apart = is_blank(line);
    }
  });
  return apart && first.size() <= kLongestTitle && !first.ends_with('.') ? first : std::string();
}

std::vector<Page> pages_between(std::string_view text, LineEnds line_ends) {
  std::vector<std::string> texts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\f'), text.size());
    texts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  clean_pages(texts, line_ends);
  std::vector<Page> pages;
  for (std::string& one : texts) {
    Page page;
    page.text = std::move(one);
    page.label = fmt::format("{}", pages.size() + 1);
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace

Answer read_plain_text(std::string_view bytes) {
  const std::string text = decode_text(bytes);
  const LineEnds line_ends = is_broken_to_width(text) ? LineEnds::lines : LineEnds::paragraphs;
  Extraction extraction;
  extraction.format = "txt";
  bool cut = false;
  std::string_view body = text;
  while (body.ends_with('\f') || body.ends_with('\n') || body.ends_with('\r')) body.remove_suffix(1);
  if (body.find('\f') != std::string_view::npos) {
    extraction.pages = pages_between(body.substr(0, SectionWriter::kMostText), line_ends);
    cut = body.size() > SectionWriter::kMostText;
  } else {
    std::vector<std::string> whole{std::string(body.substr(0, SectionWriter::kMostText))};
    clean_pages(whole, line_ends);
    SectionWriter writer;
    for_each_line(whole.front(), [&](std::string_view line) { writer.paragraph(line); });
    cut = writer.cut() || body.size() > SectionWriter::kMostText;
    extraction.pages = writer.take();
  }
  FoundFields found;
  found.add_title(title_of(text), "first line");
  return finish_document(std::move(extraction), std::move(found), {.damaged = false, .cut = cut});
}

}  // namespace carrel::indexer
