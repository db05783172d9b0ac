// Recognising text in pictures with Tesseract.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/page_picture.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// What was recognised in a picture. `text` is as recognised: lines end with '\n', paragraphs with a blank
/// line.
struct RecognisedText {
  std::string text;
  double confidence = 0;  ///< Tesseract's, 0 to 100, mean over the words by their length; 0 without words
};

/// Below this most words of a page are wrong: measured on printed pages drawn at 300 dpi (above 85), blurred
/// until half the words were wrong (about 60).
inline constexpr double kLowConfidence = 60;

/// "5.3.0"; empty when Tesseract is not installed.
std::string recogniser_version();

/// The folder where Tesseract looks for its languages; empty when it is not installed.
std::string language_folder();

/// Recognises text in pictures. Loading a language takes some tenths of a second, so those of the last
/// picture stay loaded. One thread.
class TextRecogniser {
 public:
  TextRecogniser();
  ~TextRecogniser();
  TextRecogniser(const TextRecogniser&) = delete;
  TextRecogniser& operator=(const TextRecogniser&) = delete;

  /// `languages` as Tesseract names them, joined by '+': "eng", "eng+spa". Error not_found when the data of
  /// one is missing, failed when the picture cannot be taken.
  Result<RecognisedText> recognise(const GrayPicture& picture, const std::string& languages);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace carrel::indexer
