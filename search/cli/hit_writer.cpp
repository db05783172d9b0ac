#include "search/cli/hit_writer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "search/citation.h"
#include "search/cli/text_report.h"
#include "search/json.h"

namespace carrel::search::cli {
namespace {

std::string record_end(bool zero) {
  return zero ? std::string(1, '\0') : "\n";
}

class TextWriter : public HitWriter {
 public:
  explicit TextWriter(const TerminalStyle& style) : style_(style) {}
  std::string hit(const Hit& hit, std::uint64_t number) override { return hit_report(hit, number, style_); }

 private:
  TerminalStyle style_;
};

class JsonLinesWriter : public HitWriter {
 public:
  explicit JsonLinesWriter(bool zero) : end_(record_end(zero)) {}
  std::string hit(const Hit& hit, std::uint64_t) override { return hit_to_json(hit) + end_; }

 private:
  std::string end_;
};

/// Addresses or ids alone.
class NameWriter : public HitWriter {
 public:
  NameWriter(OutputFormat format, bool zero) : format_(format), end_(record_end(zero)) {}
  std::string hit(const Hit& hit, std::uint64_t) override {
    const Resource& resource = hit.resource;
    if (format_ == OutputFormat::ids) return printable(resource.id) + end_;
    const std::string& file = resource.path.empty() ? resource.id : resource.path;
    return printable(resource.url.empty() ? file : resource.url) + end_;
  }

 private:
  OutputFormat format_;
  std::string end_;
};

class TableWriter : public HitWriter {
 public:
  TableWriter(OutputFormat format, bool zero) : format_(format), zero_(zero) {}

  std::string head() override {
    return table_row(
        {"id",          "title",  "date",  "type",     "language",     "format",     "pages", "author",
         "publisher",   "series", "topic", "audience", "jurisdiction", "identifier", "url",   "added",
         "description", "page",   "label", "heading",  "passage",      "page_url",   "score"},
        format_, zero_);
  }
  std::string hit(const Hit& hit, std::uint64_t) override {
    const Resource& r = hit.resource;
    static const Passage kNone;
    const Passage& shown = hit.passages.empty() ? kNone : hit.passages.front();
    return table_row({r.id,
                      r.title,
                      r.date,
                      r.type,
                      r.language,
                      r.format,
                      number(r.pages),
                      joined(r.author),
                      r.publisher,
                      r.series,
                      joined(r.topic),
                      joined(r.audience),
                      joined(r.jurisdiction),
                      joined(r.identifier),
                      r.url,
                      r.added,
                      r.description,
                      number(shown.page),
                      shown.label,
                      shown.heading,
                      shown.text,
                      shown.url,
                      fmt::format("{:.4f}", hit.score)},
                     format_, zero_);
  }

 private:
  static std::string number(std::uint64_t count) {
    return count == 0 ? std::string() : fmt::to_string(count);
  }

  OutputFormat format_;
  bool zero_;
};

/// References; the page of the best passage is the place in the resource.
class ReferenceWriter : public HitWriter {
 public:
  explicit ReferenceWriter(CitationFormat format) : format_(format) {}

  std::string head() override { return is_list() ? "[" : ""; }
  std::string hit(const Hit& hit, std::uint64_t) override {
    std::optional<PageText> page;
    if (!hit.passages.empty() && hit.passages.front().page > 0) {
      const Passage& best = hit.passages.front();
      page = PageText{.page = best.page, .label = best.label, .heading = best.heading, .url = best.url};
    }
    const PageText* place = page ? &*page : nullptr;
    if (!is_list()) return cite(hit.resource, format_, place);
    return std::string(std::exchange(first_, false) ? "\n" : ",\n") + csl_item(hit.resource, place);
  }
  std::string tail() override { return is_list() ? "\n]\n" : ""; }

 private:
  bool is_list() const { return format_ == CitationFormat::csl_json; }

  CitationFormat format_;
  bool first_ = true;
};

}  // namespace

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : "; ") + value;
  return out;
}

std::string table_row(const std::vector<std::string>& cells, OutputFormat format, bool zero) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) row += format == OutputFormat::csv ? ',' : '\t';
    if (format == OutputFormat::tsv) {
      row += printable(cells[i]);
    } else if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
      row += cells[i];
    } else {
      row += '"';
      for (const char c : cells[i]) row.append(c == '"' ? 2 : 1, c);
      row += '"';
    }
  }
  if (zero) return row + '\0';
  return row + (format == OutputFormat::csv ? "\r\n" : "\n");
}

std::unique_ptr<HitWriter> make_hit_writer(OutputFormat format, bool zero, const TerminalStyle& style) {
  switch (format) {
    case OutputFormat::text:
      return std::make_unique<TextWriter>(style);
    case OutputFormat::json:
    case OutputFormat::jsonl:
      return std::make_unique<JsonLinesWriter>(zero);
    case OutputFormat::csv:
    case OutputFormat::tsv:
      return std::make_unique<TableWriter>(format, zero);
    case OutputFormat::ris:
      return std::make_unique<ReferenceWriter>(CitationFormat::ris);
    case OutputFormat::bibtex:
      return std::make_unique<ReferenceWriter>(CitationFormat::bibtex);
    case OutputFormat::csl_json:
      return std::make_unique<ReferenceWriter>(CitationFormat::csl_json);
    case OutputFormat::urls:
    case OutputFormat::ids:
      return std::make_unique<NameWriter>(format, zero);
  }
  std::unreachable();
}

}  // namespace carrel::search::cli
