// Languages as documents name them and as Tesseract does.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// Tesseract's name of a BCP 47 language: en → eng, zh-Hant → chi_tra, es-MX → spa. Empty when it knows none.
std::string recognition_language(std::string_view bcp47);

/// The Debian package with the data of a language: chi_sim → tesseract-ocr-chi-sim.
std::string language_package(std::string_view language);

/// The parts of "eng+spa", in order, without repeats and empty ones.
std::vector<std::string> split_languages(std::string_view joined);

/// Whether `folder` (language_folder()) holds the data of every language of "eng+spa". Error usage names
/// the packages that are missing.
Result<void> check_languages(std::string_view joined, const std::filesystem::path& folder);

}  // namespace carrel::indexer
