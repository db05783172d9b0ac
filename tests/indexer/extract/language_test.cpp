#include "indexer/extract/language.h"

#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

TEST_CASE("Declared languages become canonical tags") {
  struct Case {
    std::string declared;
    std::string tag;  // empty: none
  };
  const Case cases[] = {{"en", "en"},
                        {"EN_us", "en-US"},
                        {" es-mx\n", "es-MX"},
                        {"English", "en"},
                        {"zh-hans", "zh-Hans"},
                        {"en-US,es", "en-US"},
                        {"iw", "he"},
                        {"und", ""},
                        {"x-default", ""},
                        {"", ""},
                        {"12", ""},
                        {"qqx-junk-------", ""}};
  for (const Case& c : cases) {
    INFO(c.declared);
    CHECK(canonical_language(c.declared).value_or("") == c.tag);
  }
}

TEST_CASE("Languages are detected from text") {
  struct Case {
    std::string text;
    std::string tag;
  };
  const Case cases[] = {
      {"If you or someone you know is in danger, call the hotline at any hour of the day or night.", "en"},
      {"Si usted o alguien que conoce est\u00e1 en peligro, llame a la l\u00ednea de ayuda a cualquier hora.",
       "es"},
      {"N\u1ebfu qu\u00fd v\u1ecb ho\u1eb7c ng\u01b0\u1eddi quen \u0111ang g\u1eb7p nguy hi\u1ec3m, h\u00e3y "
       "g\u1ecdi \u0111\u01b0\u1eddng d\u00e2y n\u00f3ng.",
       "vi"},
      {"\u4eba\u53e3\u8d29\u8fd0", "zh"},
      {"\u4eba\u8eab\u53d6\u5f15\u306e\u88ab\u5bb3\u8005\u3092\u52a9\u3051\u308b", "ja"}};
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(detect_language(c.text).value_or("").substr(0, 2) == c.tag);
  }
  CHECK_FALSE(detect_language("12 34").has_value());
}

TEST_CASE("A declared language comes first, a detected one last, and a contradiction is told") {
  Extraction spanish;
  spanish.pages.push_back(
      {.text = "Si usted o alguien que conoce est\u00e1 en peligro, llame a la l\u00ednea de ayuda."});
  Extraction silent = spanish;
  spanish.found.push_back({FieldId::language, "en", "lang attribute"});
  add_detected_language(spanish);
  CHECK(carrel::tests::values(spanish, FieldId::language) == std::vector<std::string>{"en", "es"});
  CHECK(carrel::tests::warns(spanish, "language-mismatch"));
  CHECK_FALSE(carrel::tests::warns(spanish, "no-language"));
  add_detected_language(silent);
  CHECK(carrel::tests::value(silent, FieldId::language) == "es");
  CHECK(carrel::tests::warns(silent, "no-language"));
  CHECK_FALSE(carrel::tests::warns(silent, "language-mismatch"));
}

namespace {

const std::string kEnglish =
    "If you or someone you know is in danger, call the hotline at any hour of the day or night. The people "
    "who "
    "answer speak many languages and will not ask for your name. They can tell you where a bed is free "
    "tonight, "
    "who gives legal advice without asking for money, and what your rights are at work.";
const std::string kSpanish =
    "Si usted o alguien que conoce est\u00e1 en peligro, llame a la l\u00ednea de ayuda a cualquier hora del "
    "d\u00eda o de la noche. Las personas que contestan hablan muchos idiomas y no le preguntan su nombre. "
    "Pueden decirle d\u00f3nde hay una cama libre esta noche y cu\u00e1les son sus derechos en el trabajo.";

Extraction pages_in_english(std::vector<Page> pages) {
  Extraction extraction;
  extraction.pages = std::move(pages);
  extraction.found.push_back({FieldId::language, "en-US", "lang attribute"});
  note_languages_of_pages(extraction);
  return extraction;
}

}  // namespace

TEST_CASE("A page in another language than the document says so, when there is enough text to tell") {
  const Extraction mixed = pages_in_english(
      {{.text = kEnglish}, {.text = kSpanish}, {.text = "Llame a la l\u00ednea de ayuda."}, {.text = ""}});
  CHECK(mixed.pages[0].language.empty());
  CHECK(mixed.pages[1].language == "es");
  CHECK(mixed.pages[2].language.empty());
  CHECK(mixed.pages[3].language.empty());
}

TEST_CASE("What markup says of a page holds for short texts, and not against a long one") {
  const Extraction marked = pages_in_english({{.text = "Llame ahora.", .language = "es-MX"},
                                              {.text = kEnglish, .language = "es"},
                                              {.text = kSpanish, .language = "es-MX"},
                                              {.text = "Call now.", .language = "en-GB"}});
  CHECK(marked.pages[0].language == "es-MX");
  CHECK(marked.pages[1].language.empty());
  CHECK(marked.pages[2].language == "es-MX");
  CHECK(marked.pages[3].language.empty());
}

TEST_CASE(
    "A document is in the language of its pages when nearly all clearly share one, else in that of its "
    "text") {
  const auto detected = [](std::vector<Page> pages) {
    Extraction extraction;
    extraction.pages = std::move(pages);
    note_languages(extraction);
    std::vector<std::string> tags = carrel::tests::values(extraction, FieldId::language);
    for (const Page& page : extraction.pages) tags.push_back(page.language);
    return tags;
  };
  using Tags = std::vector<std::string>;
  CHECK(detected({{.text = kEnglish}, {.text = kEnglish}, {.text = kEnglish}, {.text = kEnglish}}) ==
        Tags{"en", "", "", "", ""});
  CHECK(detected({{.text = kEnglish}, {.text = kSpanish}, {.text = kSpanish}, {.text = kSpanish}}) ==
        Tags{"es", "en", "", "", ""});
  // Short pages alone say nothing clear, but together they do.
  const Page line{.text = "Si usted est\u00e1 en peligro, llame a la l\u00ednea de ayuda."};
  CHECK(detected(std::vector<Page>(30, line)).front() == "es");
  CHECK(detected({{.text = "12 34"}}) == Tags{""});
}
