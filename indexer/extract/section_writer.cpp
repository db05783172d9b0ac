#include "indexer/extract/section_writer.h"

#include <utility>

#include "indexer/extract/cleaning.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kLongestHeading = 500;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

}  // namespace

SectionWriter::Section& SectionWriter::current() {
  if (sections_.empty()) sections_.emplace_back();
  return sections_.back();
}

void SectionWriter::append(Section& section, std::string_view raw) {
  if (total_ + raw.size() > kMostText) {
    cut_ = true;
    return;
  }
  total_ += raw.size() + 1;
  section.text += raw;
  section.text += '\n';
}

void SectionWriter::heading(std::string_view raw) {
  const std::string title = clean_line(raw);
  if (title.empty()) return;
  if (sections_.empty() || current().has_body()) sections_.emplace_back();
  Section& section = current();
  section.heading = schema::cut_utf8(title, kLongestHeading);
  append(section, title);
  section.body_at = section.text.size();
}

void SectionWriter::paragraph(std::string_view raw) {
  if (is_blank(raw)) return;
  if (!sections_.empty() && current().text.size() + raw.size() > longest_ && current().has_body()) {
    Section next;
    next.heading = current().heading;
    sections_.push_back(std::move(next));
  }
  append(current(), raw);
}

void SectionWriter::note(std::string_view raw) {
  if (!is_blank(raw)) current().notes.emplace_back(raw);
}

void SectionWriter::begin_page(std::string_view shown) {
  Section section;
  section.kept = true;
  const std::string title = clean_line(shown);
  section.heading = schema::cut_utf8(title, kLongestHeading);
  if (!title.empty()) append(section, title);
  section.body_at = section.text.size();
  sections_.push_back(std::move(section));
}

void SectionWriter::name_page(std::string_view heading) {
  const std::string title = clean_line(heading);
  current().heading = schema::cut_utf8(title, kLongestHeading);
}

std::vector<Page> SectionWriter::take() {
  std::vector<Page> pages;
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    Section& section = sections_[i];
    for (const std::string& note : section.notes) append(section, note);
    std::string text = clean_text(section.text);
    section.text = {};
    if (text.empty() && !section.kept) continue;
    Page page;
    page.text = std::move(text);
    page.heading = std::move(section.heading);
    pages.push_back(std::move(page));
  }
  sections_.clear();
  if (pages.empty()) pages.emplace_back();
  return pages;
}

}  // namespace carrel::indexer
