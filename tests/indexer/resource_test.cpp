#include "indexer/resource.h"

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

namespace {

ListedFile file(const std::string& relative) {
  return {
      .path = "/s/" + relative, .relative = relative, .size = 5, .modified_ns = 1'588'032'000'000'000'000};
}

Extraction extraction(std::vector<FoundField> found, std::string format = "pdf") {
  return {
      .format = std::move(format), .pages = {{.text = "one"}, {.text = "two"}}, .found = std::move(found)};
}

}  // namespace

TEST_CASE(
    "The catalogue wins over the document, the document's first source over its others, rules come last") {
  CatalogueRow row{.line = 4};
  row.fields.add(FieldId::title, "From the catalogue");
  const Resource resource = make_resource(file("reports/a_b.pdf"), 5, &row,
                                          extraction({{FieldId::title, "From XMP", "XMP"},
                                                      {FieldId::author, "A", "XMP"},
                                                      {FieldId::author, "B", "XMP"},
                                                      {FieldId::author, "C", "PDF Info"},
                                                      {FieldId::date, "2019-02-30", "XMP"},
                                                      {FieldId::date, "2019-03", "PDF Info"},
                                                      {FieldId::language, "EN_us", "PDF /Lang"},
                                                      {FieldId::url, "javascript:x", "canonical"}}),
                                          {.url_prefix = "https://x.example/lib"});
  CHECK(resource.record.get(FieldId::title) == "From the catalogue");
  CHECK(resource.record.all(FieldId::author) == std::vector<std::string>{"A", "B"});
  CHECK(resource.record.get(FieldId::date) == "2019-03");
  CHECK(resource.record.get(FieldId::year) == "2019");
  CHECK(resource.record.get(FieldId::language) == "en-US");
  CHECK(resource.record.get(FieldId::url) == "https://x.example/lib/reports/a_b.pdf");
  CHECK(resource.record.get(FieldId::id) == "reports/a_b.pdf");
  CHECK(resource.record.get(FieldId::type) == "report");
  CHECK(resource.record.get(FieldId::pages) == "2");
  CHECK(resource.record.get(FieldId::modified) == "2020-04-28");
  CHECK(resource.sources.front().source == "catalogue, line 4");
}

TEST_CASE("A document that says nothing is titled by its file name and typed by folder, name or format") {
  const auto type_of = [](const std::string& relative, const std::string& format) {
    return make_resource(file(relative), 1, nullptr, extraction({}, format), {}).record.get(FieldId::type);
  };
  CHECK(make_resource(file("x/Know_your rights.pdf"), 1, nullptr, extraction({}), {})
            .record.get(FieldId::title) == "Know your rights");
  CHECK(type_of("toolkits/x.pdf", "pdf") == "toolkit");
  CHECK(type_of("Fact Sheets/x.pdf", "pdf") == "fact sheet");
  CHECK(type_of("reports/training-module-2.html", "html") == "training");
  CHECK(type_of("platforms/x.pdf", "pdf") == "document");
  CHECK(type_of("a/b.html", "html") == "web page");
  CHECK(type_of("a/b.vtt", "transcript") == "video");
}

TEST_CASE("A page keeps its language only where it is not the resource's, whoever tells that") {
  CatalogueRow row{.line = 2};
  row.fields.add(FieldId::language, "es");
  Extraction mixed = extraction({{FieldId::language, "en", "PDF /Lang"}});
  mixed.pages[0].language = "es-MX";
  mixed.pages[1].language = "fr";
  const Resource resource = make_resource(file("a.pdf"), 5, &row, std::move(mixed), {});
  CHECK(resource.pages[0].language.empty());
  CHECK(resource.pages[1].language == "fr");
}

TEST_CASE("A path becomes a URL with every odd byte encoded") {
  CHECK(url_below("https://x.example", "a b/#1?.pdf") == "https://x.example/a%20b/%231%3F.pdf");
  CHECK(url_below("https://x.example/", "niño%.pdf") == "https://x.example/ni%C3%B1o%25.pdf");
}

TEST_CASE("The fingerprint of settings changes with the row and with the prefix") {
  CatalogueRow row{.hash = "x"};
  CHECK(settings_hash(nullptr, {}) == settings_hash(nullptr, {}));
  CHECK(settings_hash(&row, {}) != settings_hash(nullptr, {}));
  CHECK(settings_hash(nullptr, {.url_prefix = "https://x/"}) != settings_hash(nullptr, {}));
}
