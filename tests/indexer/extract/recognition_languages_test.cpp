#include "indexer/extract/recognition_languages.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

TEST_CASE("Languages of documents have their names at Tesseract") {
  CHECK(recognition_language("en") == "eng");
  CHECK(recognition_language("es-MX") == "spa");
  CHECK(recognition_language("zh") == "chi_sim");
  CHECK(recognition_language("zh-Hans-CN") == "chi_sim");
  CHECK(recognition_language("zh-Hant") == "chi_tra");
  CHECK(recognition_language("zh-TW") == "chi_tra");
  CHECK(recognition_language("vi") == "vie");
  CHECK(recognition_language("tl") == "fil");
  CHECK(recognition_language("fil-PH") == "fil");
  CHECK(recognition_language("ht") == "hat");
  CHECK(recognition_language("hmn").empty());
  CHECK(recognition_language("").empty());
}

TEST_CASE("Missing language data are told with the package to install") {
  const TemporaryFolder folder;
  folder.write("eng.traineddata", "x");
  CHECK(check_languages("eng", folder.path()));
  const auto missing = check_languages("eng+chi_tra+fra", folder.path());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().hint == "install the Debian package tesseract-ocr-chi-tra and tesseract-ocr-fra");
  const auto odd = check_languages("eng+../eng", folder.path());
  REQUIRE_FALSE(odd);
  CHECK(odd.error().message == "'../eng' is no language of Tesseract");
}

TEST_CASE("Languages are named once each") {
  CHECK(split_languages("eng+spa+eng+") == std::vector<std::string>{"eng", "spa"});
  CHECK(split_languages("").empty());
}
