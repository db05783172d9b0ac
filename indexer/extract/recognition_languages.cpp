#include "indexer/extract/recognition_languages.h"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/format.h>

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

struct Name {
  std::string_view bcp47;
  std::string_view tesseract;
};

/// The languages that Debian has data for, by their ISO 639-1 codes; where a language is written in two
/// scripts, its regions and scripts stand before it.
constexpr std::array kNames{Name{"af", "afr"},          Name{"am", "amh"},        Name{"ar", "ara"},
                            Name{"as", "asm"},          Name{"az", "aze"},        Name{"be", "bel"},
                            Name{"bg", "bul"},          Name{"bn", "ben"},        Name{"bo", "bod"},
                            Name{"br", "bre"},          Name{"bs", "bos"},        Name{"ca", "cat"},
                            Name{"ceb", "ceb"},         Name{"chr", "chr"},       Name{"co", "cos"},
                            Name{"cs", "ces"},          Name{"cy", "cym"},        Name{"da", "dan"},
                            Name{"de", "deu"},          Name{"dv", "div"},        Name{"dz", "dzo"},
                            Name{"el", "ell"},          Name{"en", "eng"},        Name{"eo", "epo"},
                            Name{"es", "spa"},          Name{"et", "est"},        Name{"eu", "eus"},
                            Name{"fa", "fas"},          Name{"fi", "fin"},        Name{"fil", "fil"},
                            Name{"fo", "fao"},          Name{"fr", "fra"},        Name{"fy", "fry"},
                            Name{"ga", "gle"},          Name{"gd", "gla"},        Name{"gl", "glg"},
                            Name{"gu", "guj"},          Name{"he", "heb"},        Name{"hi", "hin"},
                            Name{"hr", "hrv"},          Name{"ht", "hat"},        Name{"hu", "hun"},
                            Name{"hy", "hye"},          Name{"id", "ind"},        Name{"is", "isl"},
                            Name{"it", "ita"},          Name{"iu", "iku"},        Name{"ja", "jpn"},
                            Name{"jv", "jav"},          Name{"ka", "kat"},        Name{"kk", "kaz"},
                            Name{"km", "khm"},          Name{"kn", "kan"},        Name{"ko", "kor"},
                            Name{"ku", "kmr"},          Name{"ky", "kir"},        Name{"la", "lat"},
                            Name{"lb", "ltz"},          Name{"lo", "lao"},        Name{"lt", "lit"},
                            Name{"lv", "lav"},          Name{"mi", "mri"},        Name{"mk", "mkd"},
                            Name{"ml", "mal"},          Name{"mn", "mon"},        Name{"mr", "mar"},
                            Name{"ms", "msa"},          Name{"mt", "mlt"},        Name{"my", "mya"},
                            Name{"nb", "nor"},          Name{"ne", "nep"},        Name{"nl", "nld"},
                            Name{"nn", "nor"},          Name{"no", "nor"},        Name{"oc", "oci"},
                            Name{"or", "ori"},          Name{"pa", "pan"},        Name{"pl", "pol"},
                            Name{"ps", "pus"},          Name{"pt", "por"},        Name{"qu", "que"},
                            Name{"ro", "ron"},          Name{"ru", "rus"},        Name{"sa", "san"},
                            Name{"sd", "snd"},          Name{"si", "sin"},        Name{"sk", "slk"},
                            Name{"sl", "slv"},          Name{"sq", "sqi"},        Name{"sr-latn", "srp_latn"},
                            Name{"sr", "srp"},          Name{"su", "sun"},        Name{"sv", "swe"},
                            Name{"sw", "swa"},          Name{"syr", "syr"},       Name{"ta", "tam"},
                            Name{"te", "tel"},          Name{"tg", "tgk"},        Name{"th", "tha"},
                            Name{"ti", "tir"},          Name{"tl", "fil"},        Name{"to", "ton"},
                            Name{"tr", "tur"},          Name{"tt", "tat"},        Name{"ug", "uig"},
                            Name{"uk", "ukr"},          Name{"ur", "urd"},        Name{"uz", "uzb"},
                            Name{"vi", "vie"},          Name{"yi", "yid"},        Name{"yo", "yor"},
                            Name{"zh-hant", "chi_tra"}, Name{"zh-tw", "chi_tra"}, Name{"zh-hk", "chi_tra"},
                            Name{"zh-mo", "chi_tra"},   Name{"zh", "chi_sim"}};

}  // namespace

std::string recognition_language(std::string_view bcp47) {
  std::string tag(bcp47);
  for (char& c : tag) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto begins = [&](const Name& name) {
    return tag.starts_with(name.bcp47) && (tag.size() == name.bcp47.size() || tag[name.bcp47.size()] == '-');
  };
  const auto* const found = std::ranges::find_if(kNames, begins);
  return found == kNames.end() ? std::string() : std::string(found->tesseract);
}

std::string language_package(std::string_view language) {
  std::string package = "tesseract-ocr-" + std::string(language);
  std::ranges::replace(package, '_', '-');
  return package;
}

std::vector<std::string> split_languages(std::string_view joined) {
  std::vector<std::string> parts;
  while (!joined.empty()) {
    const std::size_t plus = std::min(joined.find('+'), joined.size());
    std::string part(joined.substr(0, plus));
    if (!part.empty() && std::ranges::find(parts, part) == parts.end()) parts.push_back(std::move(part));
    joined.remove_prefix(std::min(plus + 1, joined.size()));
  }
  return parts;
}

Result<void> check_languages(std::string_view joined, const fs::path& folder) {
  std::vector<std::string> missing;
  for (const std::string& language : split_languages(joined)) {
    const bool named = std::ranges::all_of(
        language, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; });
    if (!named) {
      return fail(ErrorKind::usage, fmt::format("'{}' is no language of Tesseract", language),
                  "name languages as in --ocr=eng+spa");
    }
    std::error_code error;
    if (!fs::is_regular_file(folder / (language + ".traineddata"), error)) {
      missing.push_back(language_package(language));
    }
  }
  if (missing.empty()) return {};
  return fail(ErrorKind::usage,
              fmt::format("text in pictures cannot be recognised: the language data of Tesseract for {} are "
                          "not in {}",
                          joined, folder.string()),
              fmt::format("install the Debian package {}", fmt::join(missing, " and ")));
}

}  // namespace carrel::indexer
