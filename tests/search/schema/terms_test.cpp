#include "search/schema/terms.h"

#include <algorithm>
#include <string>
#include <vector>

#include "search/schema/text.h"
#include "search/schema/utf8.h"
#include "tests/catch.h"

namespace carrel::schema {
namespace {

using Terms = std::vector<std::string>;

std::string term(FieldId id, std::string_view value) {
  return filter_term(field(id), value);
}
Terms terms(FieldId id, std::string_view value) {
  return filter_terms(field(id), value);
}

TEST_CASE("What is asked for is what was written, in every filter field") {
  for (const Field& row : kFields) {
    if (!row.is(kFilter)) continue;
    CAPTURE(row.name);
    const std::string value = row.id == FieldId::url ? "https://ovc.ojp.gov/page" : "Value 12";
    const Terms written = filter_terms(row, value);
    const std::string asked = filter_term(row, value);
    CHECK(std::ranges::find(written, asked) != written.end());
    CHECK(asked.starts_with(row.term_prefix));
    CHECK(asked.size() > row.term_prefix.size());
  }
}

TEST_CASE("Values compare without regard to case, accents and spacing") {
  CHECK(term(FieldId::type, "Fact Sheet") == "Tfact sheet");
  CHECK(term(FieldId::type, "  FACT \t\n sheet ") == "Tfact sheet");
  CHECK(term(FieldId::type, "fact\u00a0sheet") == "Tfact sheet");
  CHECK(term(FieldId::publisher, "Año Nuevo") == term(FieldId::publisher, "ANO NUEVO"));
  CHECK(term(FieldId::topic, "housing") != term(FieldId::topic, "housing aid"));
}

TEST_CASE("Ids are taken as they are") {
  CHECK(term(FieldId::id, "Reports/TVPA 2020.pdf") == "QReports/TVPA 2020.pdf");
  CHECK(term(FieldId::id, "a") != term(FieldId::id, "A"));
  CHECK(term(FieldId::translation_of, "Ñ") == "XTROÑ");
  CHECK(term(FieldId::supersedes, "old-Edition") == "XSUPold-Edition");
}

TEST_CASE("A long value becomes a bounded term that is still its own") {
  const std::string long_a(5000, 'a');
  for (const FieldId id :
       {FieldId::id, FieldId::topic, FieldId::publisher, FieldId::supersedes, FieldId::identifier}) {
    CAPTURE(field(id).name);
    CHECK(term(id, long_a).size() <= 245);
    CHECK(term(id, long_a) == term(id, long_a));
  }
  CHECK(term(FieldId::id, long_a) != term(FieldId::id, long_a + "b"));
  const std::string at_the_limit(160, 'x');
  CHECK(term(FieldId::id, at_the_limit) == "Q" + at_the_limit);

  std::string chinese;
  for (int i = 0; i < 200; ++i) chinese += "人";
  CHECK(term(FieldId::topic, chinese).size() <= 245);
  CHECK(is_valid_utf8(term(FieldId::topic, chinese)));
}

TEST_CASE("A zero byte, which counts twice in Xapian, never reaches a term") {
  using namespace std::string_literals;
  const std::string zeros(200, '\0');
  CHECK(term(FieldId::id, zeros).find('\0') == std::string::npos);
  CHECK(term(FieldId::id, "a\0b"s) != term(FieldId::id, "a_b"));
}

TEST_CASE("A value with nothing to compare has no term") {
  CHECK(terms(FieldId::type, "").empty());
  CHECK(terms(FieldId::type, "  ").empty());
  CHECK(terms(FieldId::identifier, "--").empty());
  CHECK(terms(FieldId::url, "reports/x.pdf").empty());
  CHECK(terms(FieldId::language, "").empty());
}

TEST_CASE("A language is found under its base language too") {
  CHECK(terms(FieldId::language, "es-MX") == Terms{"Les-mx", "Les"});
  CHECK(terms(FieldId::language, "en") == Terms{"Len"});
  CHECK(term(FieldId::language, "ES-mx") == "Les-mx");
}

TEST_CASE("A URL is found under its host and the domains above") {
  CHECK(terms(FieldId::url, "https://www.OVC.ojp.gov:443/a?b#c") ==
        Terms{"Hwww.ovc.ojp.gov", "Hovc.ojp.gov", "Hojp.gov", "Hgov"});
  CHECK(terms(FieldId::url, "http://localhost/") == Terms{"Hlocalhost"});
  for (const std::string_view asked :
       {"ovc.ojp.gov", "OVC.OJP.GOV", "https://ovc.ojp.gov/training", ".ovc.ojp.gov"}) {
    CAPTURE(asked);
    CHECK(term(FieldId::url, asked) == "Hovc.ojp.gov");
  }
}

TEST_CASE("The host of a URL is its host alone") {
  struct Row {
    std::string_view url;
    std::string_view host;
  };
  const std::vector<Row> rows = {
      {"https://ovc.ojp.gov/library", "ovc.ojp.gov"},
      {"HTTP://OVC.OJP.GOV", "ovc.ojp.gov"},
      {"https://user:secret@example.org:8443/x", "example.org"},
      {"https://example.org?q=a@b", "example.org"},
      {"https://example.org.", "example.org"},
      {"http://[::1]:8080/", "[::1]"},
      {"https://", ""},
      {"http", ""},
      {"https", ""},
      {"http:/", ""},
      {"http://[", "["},
      {"ftp://example.org/", ""},
      {"mailto:help@example.org", ""},
      {"reports/a.pdf", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CHECK(host_of(row.url) == row.host);
  }
  std::string hostile = "https://";
  for (int i = 0; i < 5000; ++i) hostile += "a.";
  CHECK(host_of(hostile + "org/").empty());
}

TEST_CASE("Identifiers compare by letters and digits") {
  CHECK(identifier_key("NCJ 254-679") == "ncj254679");
  CHECK(identifier_key("ISBN 978-0-16-092-1") == "isbn9780160921");
  CHECK(identifier_key("10.1000/xyz.123") == identifier_key("10.1000 XYZ 123"));
  CHECK(identifier_key("Pub. L. 106-386") == "publ106386");
  CHECK(identifier_key("I-914") == "i914");
  CHECK(identifier_key(" — ").empty());
}

TEST_CASE("An NCJ number is found however it is written") {
  for (const std::string_view written : {"NCJ 254679", "254679", "ncj-254679", "NCJ254679"}) {
    const Terms found = terms(FieldId::identifier, written);
    for (const std::string_view asked : {"254679", "NCJ 254679", "ncj254679"}) {
      CAPTURE(written, asked);
      CHECK(std::ranges::find(found, term(FieldId::identifier, asked)) != found.end());
    }
  }
  const Terms isbn = terms(FieldId::identifier, "978-0-16-0921");
  CHECK(std::ranges::find(isbn, "XID9780160921") != isbn.end());
}

TEST_CASE("Words of a field have their own terms") {
  CHECK(word_term(field(FieldId::title), "rights") == "Srights");
  CHECK(word_term(field(FieldId::author), "nandu") == "Anandu");
  CHECK(word_term(field(FieldId::publisher), "office") == "XPWoffice");
}

TEST_CASE("A hash of content is 128 bits of XXH3, always the same") {
  CHECK(content_hash("") == "99aa06d3014798d86001c324468d497f");  // of the reference implementation
  CHECK(content_hash("a") == "a96faf705af16834e6c632b61e964e1f");
  CHECK(content_hash("carrel") == content_hash("carrel"));
  CHECK(content_hash("carrel") != content_hash("carrels"));
  CHECK(content_hash(std::string(1'000'000, 'x')).size() == 32);
}

}  // namespace
}  // namespace carrel::schema
