// Writes small PDFs for tests: just enough of the format, every byte in the test's hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carrel::tests {

/// Builds a PDF from numbered objects. Object 1 is the catalog, 2 the page tree, 3 the font; pages follow.
class PdfWriter {
 public:
  /// A page with content operators; coordinates in points on US Letter. `resources` adds to the font's,
  /// `entries` to the page's dictionary.
  PdfWriter& page(std::string_view content, std::string_view resources = {}, std::string_view entries = {});

  /// A page whose lines are set from the top in 12 points, "title" lines in 24 when they begin with '#'.
  PdfWriter& text_page(const std::vector<std::string>& lines);

  /// Adds to the catalog: "/Lang (es)".
  PdfWriter& catalog(std::string_view entries);

  /// Adds to the Info dictionary: "/Title (…)".
  PdfWriter& info(std::string_view entries);

  /// Adds to the trailer.
  PdfWriter& trailer(std::string_view entries);

  /// Adds an object; returns its number. Objects of pages come before: page k is object 4 + 2 (k - 1).
  int object(std::string body);

  /// Number of the object of a page, counted from 1.
  static int page_object(int page) { return 4 + 2 * (page - 1); }

  /// The number the next object() will have once `pages` pages are there.
  static int first_free(int pages) { return 4 + 2 * pages; }

  std::string str() const;

 private:
  struct PageParts {
    std::string content;
    std::string resources;
    std::string entries;
  };
  std::vector<PageParts> pages_;
  std::vector<std::string> objects_;
  std::string catalog_;
  std::string info_;
  std::string trailer_;
};

/// The body of a stream object.
std::string pdf_stream(std::string_view dictionary, std::string_view bytes);

}  // namespace carrel::tests
