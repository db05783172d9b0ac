// Records in Dublin Core, as libraries exchange them, and rows of a catalogue made of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/catalogue.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// One record as written.
struct DublinCoreRecord {
  std::string identifier;  ///< of its OAI header or rdf:about; may be empty
  bool deleted = false;    ///< its OAI header says that it is gone
  std::vector<std::pair<std::string, std::string>> elements;  ///< local name and text, in their order
};

/// What an XML document says.
struct DublinCoreDocument {
  std::vector<DublinCoreRecord> records;
  bool is_oai = false;           ///< its root is OAI-PMH
  std::string resumption_token;  ///< of an OAI list that goes on; empty at its end
  std::string error_code;        ///< of an OAI error
  std::string error_text;
};

/// Reads an OAI-PMH answer, RDF, or any XML whose elements hold Dublin Core elements: each element with some
/// is a record. No entities beyond XML's own are expanded, nothing is loaded. Error damaged when it is not
/// well-formed; `name` is for the message.
Result<DublinCoreDocument> read_dublin_core(std::string_view bytes, std::string_view name);

/// Something of a record that could not be used.
struct RecordRemark {
  std::string where;  ///< "record 3 (oai:x:1), date"
  std::string text;
};

/// The row that a record makes:
///   title (title, alternative none), author (creator), topic (subject; several with ';'), description
///   (abstract, description), publisher, date (issued, date, created), type (words; of DCMI's own types only
///   MovingImage, as video), language, audience, jurisdiction (spatial), series (isPartOf when it is no
///   address), supersedes (replaces), url (the first http or https identifier), identifier (the others), id
///   (of the header).
/// What has no address yields nothing. Values that are no dates or languages are left out with a remark.
std::optional<CatalogueRow> row_of_record(const DublinCoreRecord& record, std::size_t number,
                                          std::vector<RecordRemark>& remarks);

}  // namespace carrel::indexer
