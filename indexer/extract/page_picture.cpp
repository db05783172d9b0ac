#include "indexer/extract/page_picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include <ErrorCodes.h>
#include <PDFDoc.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <Stream.h>
#include <splash/SplashBitmap.h>

#include "indexer/extract/pdf.h"

namespace carrel::indexer {
namespace {

constexpr int kLeastDpi = 72;

/// The resolution at which a page of this size (in points, 72 an inch) stays within kMostPixels.
int fitting_dpi(double width, double height) {
  const double area = std::max(1.0, width * height / (72.0 * 72.0));
  const double most = std::sqrt(static_cast<double>(kMostPixels) / area);
  return std::clamp(static_cast<int>(most), 1, kRecognitionDpi);
}

std::unexpected<ExtractionFailure> damaged() {
  return std::unexpected(ExtractionFailure{"damaged", "The page cannot be drawn"});
}

}  // namespace

std::expected<GrayPicture, ExtractionFailure> draw_page(std::string_view bytes, int number) {
  warm_up_pdf();
  PDFDoc doc(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
  if (!doc.isOk() && doc.getErrorCode() == errEncrypted) {
    return std::unexpected(ExtractionFailure{"encrypted", "It is encrypted and opens only with a password"});
  }
  if (!doc.isOk() || number < 1 || number > doc.getNumPages()) return damaged();
  ::Page* page = doc.getPage(number);
  if (page == nullptr || !page->isOk()) return damaged();
  const int dpi = fitting_dpi(page->getCropWidth(), page->getCropHeight());
  if (dpi < kLeastDpi) return damaged();

  SplashColor white{};
  white[0] = 255;
  SplashOutputDev device(splashModeMono8, 1, false, white);
  device.startDoc(&doc);
  // The crop box is what people see.
  doc.displayPage(&device, number, dpi, dpi, 0, false, true, false);
  const SplashBitmap& bitmap = *device.getBitmap();
  if (bitmap.getWidth() < 1 || bitmap.getHeight() < 1 || bitmap.getDataPtr() == nullptr) return damaged();
  GrayPicture picture{.width = bitmap.getWidth(), .height = bitmap.getHeight(), .dpi = dpi, .pixels = {}};
  const auto row = static_cast<std::size_t>(picture.width);
  picture.pixels.resize(row * static_cast<std::size_t>(picture.height));
  for (int y = 0; y < picture.height; ++y) {
    std::memcpy(picture.pixels.data() + static_cast<std::size_t>(y) * row,
                bitmap.getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap.getRowSize(), row);
  }
  return picture;
}

}  // namespace carrel::indexer
