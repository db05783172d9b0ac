#include "indexer/health_report/document_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "indexer/health_report/html_text.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

std::string list_entry(const HeldDocument& document, const std::string& remark) {
  const std::string& title = document.record.get(FieldId::title);
  std::string entry = "<li>";
  if (!title.empty() && title != document.path) {
    entry += fmt::format("<bdi>{}</bdi> ", html_link(document.record.get(FieldId::url), title));
  }
  entry += fmt::format("<code><bdi>{}</bdi></code>", html_text(document.path));
  if (!remark.empty()) entry += fmt::format("<span class=\"remark\"><bdi>{}</bdi></span>", html_text(remark));
  return entry + "</li>\n";
}

/// What is true of every document of a list stands above it already.
bool all_remarked_alike(const std::vector<ListedDocument>& documents) {
  return documents.size() > 1 && std::ranges::all_of(documents, [&](const ListedDocument& one) {
           return one.remark == documents.front().remark;
         });
}

}  // namespace

std::string plot_line(const PlotLine& line, const Collection& collection, std::size_t most_listed) {
  const std::string id = line.anchor.empty() ? "" : fmt::format(" id=\"{}\"", html_text(line.anchor));
  const std::string head = fmt::format(
      "<span class=\"name\"><bdi>{}</bdi></span>{}<span class=\"number\">{}</span>"
      "<span class=\"share\">{}</span>",
      html_text(line.label), line.bar,
      line.number.empty() ? fmt::format("{}", line.documents.size()) : html_text(line.number),
      html_text(line.share));
  if (line.documents.empty()) return fmt::format("<div class=\"line\"{}>{}</div>\n", id, head);
  std::string html = fmt::format("<details class=\"line\"{}><summary>{}</summary>\n", id, head);
  if (!line.note.empty()) html += fmt::format("<p class=\"note\">{}</p>\n", html_text(line.note));
  html += "<ul class=\"documents\">\n";
  const std::size_t shown =
      most_listed == 0 ? line.documents.size() : std::min(most_listed, line.documents.size());
  const bool alike = !line.note.empty() && all_remarked_alike(line.documents);
  for (const ListedDocument& listed : std::span(line.documents).first(shown)) {
    html += list_entry(collection.documents[listed.document], alike ? std::string() : listed.remark);
  }
  html += "</ul>\n";
  if (shown < line.documents.size()) {
    html += fmt::format(
        "<p class=\"note\">and {} more: <code>--list 0</code> lists all, <code>--csv FILE</code> has them "
        "as a table.</p>\n",
        line.documents.size() - shown);
  }
  return html + "</details>\n";
}

}  // namespace carrel::indexer
