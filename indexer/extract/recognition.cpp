#include "indexer/extract/recognition.h"

#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include <dlfcn.h>
#include <fmt/format.h>
#include <tesseract/capi.h>
#include <tesseract/version.h>

namespace carrel::indexer {
namespace {

/// Tesseract's functions. The library is loaded when the first text is to be recognised: with all that it
/// needs in turn (HTTP, archives, pictures of every kind) it would double the time that every start of the
/// program and of its children takes.
class Tesseract {
 public:
  /// nullptr when it is not installed.
  static const Tesseract* get() {
    static const Tesseract library;
    return library.whole_ ? &library : nullptr;
  }

  decltype(&TessVersion) version = nullptr;
  decltype(&TessBaseAPICreate) create = nullptr;
  decltype(&TessBaseAPIDelete) destroy = nullptr;
  decltype(&TessBaseAPISetVariable) set_variable = nullptr;
  decltype(&TessBaseAPIGetDatapath) data_path = nullptr;
  decltype(&TessBaseAPIInit2) init = nullptr;
  decltype(&TessBaseAPISetPageSegMode) set_page_mode = nullptr;
  decltype(&TessBaseAPISetImage) set_image = nullptr;
  decltype(&TessBaseAPISetSourceResolution) set_resolution = nullptr;
  decltype(&TessBaseAPIGetUTF8Text) text = nullptr;
  decltype(&TessBaseAPIClear) clear = nullptr;
  decltype(&TessBaseAPIGetIterator) words = nullptr;
  decltype(&TessResultIteratorDelete) words_delete = nullptr;
  decltype(&TessResultIteratorNext) words_next = nullptr;
  decltype(&TessResultIteratorGetUTF8Text) word_text = nullptr;
  decltype(&TessResultIteratorConfidence) word_confidence = nullptr;
  decltype(&TessDeleteText) delete_text = nullptr;

 private:
  Tesseract() {
    // Its versions of one major number speak one binary interface.
    const std::string name = fmt::format("libtesseract.so.{}", TESSERACT_MAJOR_VERSION);
    library_ = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    whole_ = library_ != nullptr;
    find("TessVersion", version);
    find("TessBaseAPICreate", create);
    find("TessBaseAPIDelete", destroy);
    find("TessBaseAPISetVariable", set_variable);
    find("TessBaseAPIGetDatapath", data_path);
    find("TessBaseAPIInit2", init);
    find("TessBaseAPISetPageSegMode", set_page_mode);
    find("TessBaseAPISetImage", set_image);
    find("TessBaseAPISetSourceResolution", set_resolution);
    find("TessBaseAPIGetUTF8Text", text);
    find("TessBaseAPIClear", clear);
    find("TessBaseAPIGetIterator", words);
    find("TessResultIteratorDelete", words_delete);
    find("TessResultIteratorNext", words_next);
    find("TessResultIteratorGetUTF8Text", word_text);
    find("TessResultIteratorConfidence", word_confidence);
    find("TessDeleteText", delete_text);
  }

  template <typename Function>
  void find(const char* name, Function& function) {
    if (!whole_) return;
    function = reinterpret_cast<Function>(dlsym(library_, name));
    whole_ = function != nullptr;
  }

  void* library_ = nullptr;
  bool whole_ = false;
};

using Api = std::unique_ptr<TessBaseAPI, decltype(&TessBaseAPIDelete)>;

/// A new recogniser whose messages, which are for developers, lead nowhere.
Api make_api(const Tesseract& library) {
  Api api(library.create(), library.destroy);
  library.set_variable(api.get(), "debug_file", "/dev/null");
  return api;
}

double mean_confidence(const Tesseract& library, TessBaseAPI* api) {
  const std::unique_ptr<TessResultIterator, decltype(&TessResultIteratorDelete)> words(library.words(api),
                                                                                       library.words_delete);
  if (!words) return 0;
  double sum = 0;
  double letters = 0;
  do {
    const char* word = library.word_text(words.get(), tesseract::RIL_WORD);
    if (word == nullptr) continue;
    const auto length = static_cast<double>(std::strlen(word));
    sum += length * static_cast<double>(library.word_confidence(words.get(), tesseract::RIL_WORD));
    letters += length;
    library.delete_text(word);
  } while (library.words_next(words.get(), tesseract::RIL_WORD) != 0);
  return letters == 0 ? 0 : sum / letters;
}

}  // namespace

std::string recogniser_version() {
  const Tesseract* library = Tesseract::get();
  return library == nullptr ? "" : library->version();
}

std::string language_folder() {
  const Tesseract* library = Tesseract::get();
  if (library == nullptr) return {};
  const Api api = make_api(*library);
  // Loading fails, but by then it has decided where to look.
  library->init(api.get(), nullptr, "no-language", tesseract::OEM_LSTM_ONLY);
  const char* path = library->data_path(api.get());
  std::string folder = path == nullptr ? "" : path;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder;
}

struct TextRecogniser::State {
  const Tesseract* library = Tesseract::get();
  Api api{library == nullptr ? Api(nullptr, nullptr) : make_api(*library)};
  std::string languages;
};

TextRecogniser::TextRecogniser() : state_(std::make_unique<State>()) {}
TextRecogniser::~TextRecogniser() = default;

Result<RecognisedText> TextRecogniser::recognise(const GrayPicture& picture, const std::string& languages) {
  if (state_->library == nullptr) return fail(ErrorKind::not_found, "Tesseract is not installed");
  const Tesseract& library = *state_->library;
  TessBaseAPI* api = state_->api.get();
  if (languages != state_->languages) {
    state_->languages.clear();
    if (library.init(api, nullptr, languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
      return fail(ErrorKind::not_found, fmt::format("Tesseract cannot load the languages {}", languages));
    }
    library.set_page_mode(api, tesseract::PSM_AUTO);
    state_->languages = languages;
  }
  library.set_image(api, picture.pixels.data(), picture.width, picture.height, 1, picture.width);
  library.set_resolution(api, picture.dpi);
  const char* text = library.text(api);
  if (text == nullptr) return fail(ErrorKind::failed, "Tesseract found no way to read the picture");
  RecognisedText recognised{.text = text, .confidence = mean_confidence(library, api)};
  library.delete_text(text);
  library.clear(api);
  return recognised;
}

}  // namespace carrel::indexer
