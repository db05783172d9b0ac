#include "indexer/catalogue_exchange/dublin_core.h"

#include "tests/catch.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::schema::FieldId;

namespace {

using Values = std::vector<std::string>;

std::string oai(const std::string& records, const std::string& token = "") {
  return "<?xml version=\"1.0\"?><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"
         "<responseDate>2026-01-01T00:00:00Z</responseDate><request "
         "verb=\"ListRecords\">https://example.org/oai</request>"
         "<ListRecords>" +
         records + (token.empty() ? "" : "<resumptionToken cursor=\"0\">" + token + "</resumptionToken>") +
         "</ListRecords></OAI-PMH>";
}

constexpr const char* kRecord =
    "<record><header><identifier>oai:example.org:1</identifier><datestamp>2020-01-01</datestamp>"
    "<setSpec>reports</setSpec></header><metadata><oai_dc:dc "
    "xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" "
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
    "<dc:title>A title\n   &amp; more</dc:title><dc:title>Another</dc:title>"
    "<dc:creator>Doe, Jane</dc:creator><dc:creator>Roe, R.</dc:creator>"
    "<dc:subject>Housing; Legal services</dc:subject><dc:subject>Shelter</dc:subject>"
    "<dc:description>About it.</dc:description><dc:publisher>The Office</dc:publisher>"
    "<dc:date>2019-05-01T10:00:00Z</dc:date><dc:type>Text</dc:type><dc:type>Technical Report</dc:type>"
    "<dc:identifier>NCJ 123456</dc:identifier><dc:identifier>https://doi.org/10.1/x</dc:identifier>"
    "<dc:identifier>https://example.org/a.pdf</dc:identifier><dc:language>eng</dc:language>"
    "</oai_dc:dc></metadata></record>";

std::vector<DublinCoreRecord> records(const std::string& xml) {
  const auto document = read_dublin_core(xml, "x.xml");
  REQUIRE(document);
  return document->records;
}

}  // namespace

TEST_CASE("A record of a repository becomes a row") {
  const auto document = read_dublin_core(oai(kRecord, "next"), "x.xml");
  REQUIRE(document);
  CHECK(document->is_oai);
  CHECK(document->resumption_token == "next");
  REQUIRE(document->records.size() == 1);
  std::vector<RecordRemark> remarks;
  const auto row = row_of_record(document->records[0], 1, remarks);
  REQUIRE(row);
  CHECK(remarks.empty());
  const auto& fields = row->fields;
  CHECK(fields.get(FieldId::id) == "oai:example.org:1");
  CHECK(fields.get(FieldId::url) == "https://example.org/a.pdf");
  CHECK(fields.get(FieldId::title) == "A title & more");
  CHECK(fields.all(FieldId::author) == Values{"Doe, Jane", "Roe, R."});
  CHECK(fields.all(FieldId::topic) == Values{"Housing", "Legal services", "Shelter"});
  CHECK(fields.get(FieldId::description) == "About it.");
  CHECK(fields.get(FieldId::publisher) == "The Office");
  CHECK(fields.get(FieldId::date) == "2019-05-01");
  CHECK(fields.get(FieldId::type) == "technical report");
  CHECK(fields.get(FieldId::language) == "en");
  CHECK(fields.all(FieldId::identifier) == Values{"NCJ 123456", "https://doi.org/10.1/x"});
}

TEST_CASE("Deleted records, errors and the end of a list are told") {
  const auto deleted =
      records(oai("<record><header status=\"deleted\"><identifier>oai:x:2</identifier></header></record>"));
  REQUIRE(deleted.size() == 1);
  CHECK(deleted[0].deleted);
  CHECK(deleted[0].identifier == "oai:x:2");
  const auto error =
      read_dublin_core("<OAI-PMH><error code=\"badArgument\">No such set</error></OAI-PMH>", "x");
  REQUIRE(error);
  CHECK(error->error_code == "badArgument");
  CHECK(error->error_text == "No such set");
  CHECK(read_dublin_core(oai(kRecord), "x")->resumption_token.empty());
}

TEST_CASE("Dublin Core stands in many kinds of XML") {
  const auto rdf = records(
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
      "<rdf:Description rdf:about=\"https://example.org/1\"><dc:title>One</dc:title></rdf:Description>"
      "<rdf:Description rdf:about=\"https://example.org/2\"><dc:title>Two</dc:title>"
      "<dc:creator><rdf:Bag><rdf:li>A</rdf:li></rdf:Bag></dc:creator></rdf:Description></rdf:RDF>");
  REQUIRE(rdf.size() == 2);
  CHECK(rdf[1].identifier == "https://example.org/2");
  CHECK(rdf[1].elements.size() == 2);
  CHECK(rdf[1].elements[1].second == "A");
  std::vector<RecordRemark> remarks;
  CHECK(row_of_record(rdf[0], 1, remarks)->fields.get(FieldId::url) == "https://example.org/1");
  const auto one =
      records("<metadata><title>T</title><identifier>https://example.org/1</identifier></metadata>");
  REQUIRE(one.size() == 1);
  CHECK(one[0].elements.size() == 2);
  CHECK(records("<collection><dc><title>A</title></dc><dc><title>B</title></dc></collection>").size() == 2);
}

TEST_CASE("What a record lacks or says wrongly is named with record and element") {
  std::vector<RecordRemark> remarks;
  DublinCoreRecord record{.identifier = "oai:x:1", .deleted = false, .elements = {{"title", "T"}}};
  CHECK_FALSE(row_of_record(record, 3, remarks));
  REQUIRE(remarks.size() == 1);
  CHECK(remarks[0].where == "record 3 (oai:x:1), identifier");
  remarks.clear();
  record.elements = {
      {"identifier", "https://example.org/a"}, {"date", "around 1990"}, {"language", "english or so"}};
  CHECK(row_of_record(record, 3, remarks));
  REQUIRE(remarks.size() == 2);
  CHECK(remarks[0].where == "record 3 (oai:x:1), date");
  CHECK(remarks[1].where == "record 3 (oai:x:1), language");
  remarks.clear();
  record.elements = {{"identifier", "https://doi.org/10.1/x"}, {"date", "around 1990"}, {"date", "1990"}};
  const auto row = row_of_record(record, 3, remarks);
  CHECK(row->fields.get(FieldId::url) == "https://doi.org/10.1/x");
  CHECK(row->fields.all(FieldId::identifier) == Values{"https://doi.org/10.1/x"});
  CHECK(remarks.empty());
}

TEST_CASE("XML that is damaged, declares entities or reads files is refused") {
  for (const char* xml :
       {"", "<a>", "not xml", "<OAI-PMH><ListRecords>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><dc><title>&e;</title></dc>",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><dc><title>&b;</title></dc>"}) {
    INFO(xml);
    const auto read = read_dublin_core(xml, "the.xml");
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::damaged);
    CHECK(read.error().message.find("the.xml") != std::string::npos);
  }
}
