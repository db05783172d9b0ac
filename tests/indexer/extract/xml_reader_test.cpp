#include "indexer/extract/xml_reader.h"

#include <stdexcept>
#include <string>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;

namespace {

/// Writes down what passes by: "<name a=value>text</name>".
class Scribe : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "skip") return false;
    if (element.name() == "throw") throw std::runtime_error("no");
    seen += "<" + std::string(element.name());
    if (const auto value = element.attribute("a")) seen += " a=" + std::string(*value);
    if (!element.relationship_id().empty()) seen += " r=" + std::string(element.relationship_id());
    seen += ">";
    return true;
  }
  void close(std::string_view name) override { seen += "</" + std::string(name) + ">"; }
  void text(std::string_view text) override { seen += text; }

  std::string seen;
};

std::string read(std::string_view xml, bool whole = true) {
  Scribe scribe;
  CHECK(read_xml(xml, scribe) == whole);
  return scribe.seen;
}

}  // namespace

TEST_CASE("Elements, attributes and text pass by with their references resolved") {
  CHECK(read("<x:r xmlns:x='u' xmlns:r='http://o/relationships' a='1 &amp; 2 &lt; &#38;amp;' id='5' r:id='7'>"
             "A&amp;B&#233;<![CDATA[<c>]]><x:e/></x:r>") == "<r a=1 & 2 < &amp; r=7>A&Bé<c><e></e></r>");
  CHECK(read("<?xml version='1.0' encoding='ISO-8859-1'?><r>\xe9</r>") == "<r>é</r>");
}

TEST_CASE("What a visitor does not want is passed over with all below it") {
  CHECK(read("<r>a<skip>b<x>c</x><skip/></skip>d</r>") == "<r>ad</r>");
}

TEST_CASE("Declarations of a document type end the reading, and no file is ever opened") {
  const carrel::tests::TemporaryFolder folder;
  const std::string file = folder.write("secret.txt", "SECRET").string();
  CHECK(read("<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>", false).empty());
  CHECK(read("<!DOCTYPE r [<!ENTITY e SYSTEM 'file://" + file + "'>]><r>&e;</r>", false).empty());
  CHECK(read("<!DOCTYPE r [<!ENTITY % p SYSTEM 'file://" + file + "'> %p;]><r/>", false).empty());
  // A type without declarations, as old books have it, is harmless.
  CHECK(read("<!DOCTYPE r PUBLIC '-//X//Y' 'file://" + file + "'><r>z</r>") == "<r>z</r>");
  CHECK(read("<r>a&unknown;b</r>", false) == "<r>ab</r>");
}

TEST_CASE("Malformed XML is read as far as it goes") {
  CHECK(read("<r>one<p>two</r>", false).starts_with("<r>one<p>two"));
  CHECK(read("", false).empty());
  CHECK(read("no XML", false).empty());
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<d>";
  CHECK(read(deep, false).size() == 3000);
}

TEST_CASE("What a visitor throws arrives behind the parser") {
  Scribe scribe;
  CHECK_THROWS_AS(read_xml("<r><throw/></r>", scribe), std::runtime_error);
}
