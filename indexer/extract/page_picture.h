// The picture of a PDF's page, as a scanner would have made it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// A picture in shades of gray, a byte a pixel, 0 black, rows from the top without gaps.
struct GrayPicture {
  int width = 0;
  int height = 0;
  int dpi = 0;  ///< pixels an inch of paper
  std::vector<std::uint8_t> pixels;
};

/// At this resolution Tesseract was trained; at 150 dpi it misreads the layout.
inline constexpr int kRecognitionDpi = 300;

/// A larger page (a poster) is drawn at a lower resolution: 40 million are a sheet of 22 by 20 inches.
inline constexpr std::size_t kMostPixels = 40'000'000;

/// Draws page `number` (from 1) of a PDF, turned as the page says. Failures: encrypted, damaged. Not
/// thread-safe; `bytes` must live until it returns.
std::expected<GrayPicture, ExtractionFailure> draw_page(std::string_view bytes, int number);

}  // namespace carrel::indexer
