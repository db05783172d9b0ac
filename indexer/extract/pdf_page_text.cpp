#include "indexer/extract/pdf_page_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/pdf_garble.h"

namespace carrel::indexer {
namespace {

/// Less than this beside garbage is taken for a part of it.
constexpr std::size_t kFewestBytes = 60;

/// The lines of a place, a paragraph each, from the top down.
std::string running_text(std::vector<PrintLine>& lines, Place place) {
  std::vector<const PrintLine*> there;
  for (const PrintLine& line : lines) {
    if (line.place == place) there.push_back(&line);
  }
  // By rows of a few points, then from left to right.
  const auto order = [](const PrintLine* line) {
    return std::pair(std::lround((line->top + line->bottom) / 12), line->left);
  };
  std::stable_sort(there.begin(), there.end(),
                   [&](const PrintLine* a, const PrintLine* b) { return order(a) < order(b); });
  std::string text;
  for (const PrintLine* line : there) {
    const std::string clean = clean_line(line->text + (line->hyphen_removed ? "-" : ""));
    if (!clean.empty()) text += (text.empty() ? "" : "\n") + clean;
  }
  return text;
}

void append_paragraph(std::string& text, std::string_view paragraph) {
  if (paragraph.empty()) return;
  if (!text.empty()) text.push_back('\n');
  text.append(paragraph);
}

}  // namespace

void lay_out_pages(std::vector<PrintPage>& prints, std::vector<std::vector<std::string>>& notes,
                   std::vector<Page>& pages) {
  std::vector<std::string> heads(pages.size());
  std::vector<std::string> feet(pages.size());
  std::vector<std::string> bodies(pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::vector<PrintLine> lines = std::move(prints[i].lines);
    heads[i] = running_text(lines, Place::head);
    feet[i] = running_text(lines, Place::foot);
    std::erase_if(lines, [](const PrintLine& line) { return line.place != Place::body; });
    bodies[i] = join_lines(lines);
  }
  clean_pages(bodies, LineEnds::lines);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Page& page = pages[i];
    page.text = std::move(heads[i]);
    if (!page.text.empty()) page.unindexed.push_back({.begin = 0, .end = page.text.size()});
    append_paragraph(page.text, bodies[i]);
    for (const std::string& note : notes[i]) append_paragraph(page.text, note);
    if (feet[i].empty()) continue;
    append_paragraph(page.text, feet[i]);
    page.unindexed.push_back({.begin = page.text.size() - feet[i].size(), .end = page.text.size()});
  }
}

void keep_readable_lines(std::vector<PrintLine>& lines) {
  std::vector<PrintLine> kept;
  std::string text;
  for (PrintLine& line : lines) {
    if (!is_readable_line(line.text)) continue;
    text.append(line.text).push_back('\n');
    kept.push_back(std::move(line));
  }
  if (text.size() < kFewestBytes || is_garbled(text, 0, 0)) kept.clear();
  lines = std::move(kept);
}

}  // namespace carrel::indexer
