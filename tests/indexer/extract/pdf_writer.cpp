#include "tests/indexer/extract/pdf_writer.h"

#include <cstddef>

#include <fmt/format.h>

namespace carrel::tests {

std::string pdf_stream(std::string_view dictionary, std::string_view bytes) {
  return fmt::format("<< {} /Length {} >>\nstream\n{}\nendstream", dictionary, bytes.size(), bytes);
}

PdfWriter& PdfWriter::page(std::string_view content, std::string_view resources, std::string_view entries) {
  pages_.push_back({std::string(content), std::string(resources), std::string(entries)});
  return *this;
}

PdfWriter& PdfWriter::text_page(const std::vector<std::string>& lines) {
  std::string content;
  double y = 720;
  for (const std::string& line : lines) {
    const bool title = line.starts_with("#");
    const double size = title ? 24 : 12;
    content += fmt::format("BT /F1 {} Tf 72 {} Td ({}) Tj ET\n", size, y, title ? line.substr(1) : line);
    y -= size * 1.2;
  }
  return page(content);
}

PdfWriter& PdfWriter::catalog(std::string_view entries) {
  catalog_ += entries;
  return *this;
}

PdfWriter& PdfWriter::info(std::string_view entries) {
  info_ += entries;
  return *this;
}

PdfWriter& PdfWriter::trailer(std::string_view entries) {
  trailer_ += entries;
  return *this;
}

int PdfWriter::object(std::string body) {
  objects_.push_back(std::move(body));
  return first_free(static_cast<int>(pages_.size())) + static_cast<int>(objects_.size()) - 1;
}

std::string PdfWriter::str() const {
  std::vector<std::string> bodies;
  bodies.push_back(fmt::format("<< /Type /Catalog /Pages 2 0 R {} >>", catalog_));
  std::string kids;
  for (std::size_t i = 0; i < pages_.size(); ++i)
    kids += fmt::format("{} 0 R ", page_object(static_cast<int>(i) + 1));
  bodies.push_back(
      fmt::format("<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 612 792] >>", pages_.size(), kids));
  bodies.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const int number = page_object(static_cast<int>(i) + 1);
    bodies.push_back(fmt::format(
        "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> {} >> {} >>",
        number + 1, pages_[i].resources, pages_[i].entries));
    bodies.push_back(pdf_stream("", pages_[i].content));
  }
  bodies.insert(bodies.end(), objects_.begin(), objects_.end());
  bodies.push_back(fmt::format("<< {} >>", info_));

  std::string out = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
  std::string xref = fmt::format("xref\n0 {}\n0000000000 65535 f \n", bodies.size() + 1);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    xref += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, bodies[i]);
  }
  const std::size_t at = out.size();
  out += xref;
  out += fmt::format("trailer\n<< /Size {} /Root 1 0 R /Info {} 0 R {} >>\nstartxref\n{}\n%%EOF\n",
                     bodies.size() + 1, bodies.size(), trailer_, at);
  return out;
}

}  // namespace carrel::tests
