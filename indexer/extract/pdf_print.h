// What Poppler prints on a page, as lines with their places.
#pragma once

#include <cstddef>
#include <functional>

#include "indexer/extract/pdf_layout.h"

class PDFDoc;

namespace carrel::indexer {

/// A page as printed.
struct PrintedPage {
  PrintPage print;
  std::size_t glyphs = 0;    ///< characters drawn, blanks apart
  std::size_t unmapped = 0;  ///< of these, how many have no character: their font has no key to it
  bool ok = false;           ///< false when the page cannot be had
  bool whole = true;         ///< false when `give_up` ended it
};

/// Prints page `number` (from 1) and takes its lines in reading order. `give_up` is asked while it goes on.
PrintedPage print_page(PDFDoc& doc, int number, const std::function<bool()>& give_up);

/// Pixels of the pictures that a page and the forms on it can show, as far as `enough`; scans often come in
/// strips.
long picture_pixels(PDFDoc& doc, int number, long enough);

}  // namespace carrel::indexer
