#include "indexer/catalogue_exchange/dublin_core.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "indexer/extract/xml_reader.h"
#include "search/schema/date.h"
#include "search/schema/language.h"
#include "search/schema/terms.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// Elements of Dublin Core, and those of the DCMI terms that say something here.
constexpr std::array<std::string_view, 23> kElements = {
    "title",  "creator",    "subject",  "description", "publisher", "contributor", "date",       "type",
    "format", "identifier", "source",   "language",    "relation",  "coverage",    "rights",     "abstract",
    "issued", "created",    "audience", "spatial",     "isPartOf",  "replaces",    "alternative"};

bool is_element(std::string_view name) {
  return std::ranges::find(kElements, name) != kElements.end();
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

class RecordReader : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    const std::string name(element.name());
    if (open_.empty()) document_.is_oai = name == "OAI-PMH";
    const std::string parent = open_.empty() ? "" : open_.back().name;
    Level level{.name = name, .about = std::string(element.value("about")), .record = false};
    // What is said about a record of its repository is not said of the document.
    if (document_.is_oai && parent == "record" && name == "about") return false;
    if (document_.is_oai) {
      if (name == "record") begin({});
      if (name == "header") {
        if (parent != "record") begin({});
        document_.records.back().deleted = element.value("status") == "deleted";
      }
      if (name == "error") document_.error_code = element.value("code");
    }
    const bool of_header = document_.is_oai && parent == "header";
    const bool of_list = document_.is_oai && (name == "resumptionToken" || name == "error");
    // An element inside one of Dublin Core's own (RDF puts values there) is part of its text.
    collects_ = of_header || of_list || (is_element(name) && !open_.empty() && element_ == 0);
    if (collects_ && !of_header && !of_list) {
      element_ = open_.size() + 1;
      if (!document_.is_oai && !open_.back().record) {
        open_.back().record = true;
        begin(open_.back().about);
      }
    }
    if (collects_) text_.clear();
    if (element_ != 0 && open_.size() + 1 > element_) collects_ = true;
    // In RDF a value may stand in an attribute.
    if (element_ == open_.size() + 1) text_ += element.value("resource");
    open_.push_back(std::move(level));
    return true;
  }

  void close(std::string_view) override {
    // Values in elements of their own (rdf:li) are words apart.
    if (element_ != 0 && open_.size() > element_) text_ += ' ';
    const std::string name = open_.back().name;
    const std::string parent = open_.size() > 1 ? open_[open_.size() - 2].name : "";
    if (document_.is_oai && parent == "header" && name == "identifier" && !document_.records.empty()) {
      document_.records.back().identifier = one_line(text_);
    } else if (document_.is_oai && name == "resumptionToken" && element_ == 0) {
      document_.resumption_token = one_line(text_);
    } else if (document_.is_oai && name == "error" && element_ == 0) {
      document_.error_text = one_line(text_);
    } else if (element_ == open_.size()) {
      std::string text = one_line(text_);
      if (!text.empty() && !document_.records.empty())
        document_.records.back().elements.emplace_back(name, std::move(text));
    }
    if (element_ == open_.size()) element_ = 0;
    collects_ = element_ != 0;
    open_.pop_back();
  }

  void text(std::string_view text) override {
    if (collects_) text_ += text;
  }

  DublinCoreDocument take() { return std::move(document_); }

 private:
  struct Level {
    std::string name;
    std::string about;
    bool record = false;  ///< it has a record of its own
  };

  void begin(std::string identifier) {
    document_.records.push_back({.identifier = std::move(identifier), .deleted = false, .elements = {}});
  }

  DublinCoreDocument document_;
  std::vector<Level> open_;
  std::size_t element_ = 0;  ///< depth of the Dublin Core element that is open; 0: none
  bool collects_ = false;
  std::string text_;
};

/// Makes one row and says what could not be used.
class RowMaker {
 public:
  RowMaker(const DublinCoreRecord& record, std::size_t number, std::vector<RecordRemark>& remarks)
      : record_(record), number_(number), remarks_(remarks) {}

  std::optional<CatalogueRow> make() {
    row_.line = number_;
    if (!record_.identifier.empty()) add(FieldId::id, record_.identifier);
    addresses();
    first(FieldId::title, {"title"});
    all(FieldId::author, {"creator"});
    for (const std::string& subject : values("subject")) parts(FieldId::topic, subject);
    first(FieldId::description, {"abstract", "description"});
    first(FieldId::publisher, {"publisher"});
    date();
    type();
    language();
    all(FieldId::audience, {"audience"});
    all(FieldId::jurisdiction, {"spatial"});
    for (const std::string& series : values("isPartOf")) {
      if (schema::host_of(series).empty()) add(FieldId::series, series);
    }
    first(FieldId::supersedes, {"replaces"});
    if (!row_.fields.has(FieldId::url)) {
      remark("identifier", "no http or https address says which document it is about");
      return std::nullopt;
    }
    return std::move(row_);
  }

 private:
  void add(FieldId field, const std::string& value) {
    const auto& present = row_.fields.all(field);
    if (std::ranges::find(present, value) == present.end()) row_.fields.add(field, value);
  }

  std::vector<std::string> values(std::string_view name) const {
    std::vector<std::string> all;
    for (const auto& [element, text] : record_.elements) {
      if (element == name) all.push_back(schema::repair_utf8(text));
    }
    return all;
  }

  void first(FieldId field, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      for (const std::string& value : values(name)) add(field, value);
    }
  }

  void all(FieldId field, std::initializer_list<std::string_view> names) { first(field, names); }

  /// "housing; legal services" is two subjects.
  void parts(FieldId field, const std::string& text) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(';', begin), text.size());
      const std::string part = one_line(text.substr(begin, end - begin));
      const std::size_t start = part.starts_with(' ') ? 1 : 0;
      if (part.size() > start) add(field, part.substr(start));
      begin = end + 1;
    }
  }

  /// The first address is where the document is; a DOI's address is a number as well.
  void addresses() {
    std::vector<std::string> identifiers = values("identifier");
    if (!schema::host_of(record_.identifier).empty()) identifiers.push_back(record_.identifier);
    const auto is_doi = [](const std::string& one) {
      const std::string host = schema::host_of(one);
      return host == "doi.org" || host == "dx.doi.org";
    };
    for (const bool dois : {false, true}) {
      for (const std::string& one : identifiers) {
        if (!schema::host_of(one).empty() && is_doi(one) == dois && !row_.fields.has(FieldId::url))
          add(FieldId::url, one);
      }
    }
    for (const std::string& one : identifiers) {
      if (one != row_.fields.get(FieldId::url) || is_doi(one)) add(FieldId::identifier, one);
    }
  }

  void date() {
    std::string unread;
    for (const std::string_view name : {"issued", "date", "created"}) {
      for (const std::string& value : values(name)) {
        if (const auto date = schema::PartialDate::parse(value)) {
          add(FieldId::date, date->to_string());
        } else {
          unread = value;
        }
      }
    }
    if (!unread.empty() && !row_.fields.has(FieldId::date))
      remark("date", fmt::format("'{}' is not a date as 2020, 2020-04 or 2020-04-28", unread));
  }

  void type() {
    static constexpr std::array<std::string_view, 12> kDcmiTypes = {
        "collection",     "dataset", "event",    "image", "interactiveresource", "movingimage",
        "physicalobject", "service", "software", "sound", "stillimage",          "text"};
    for (const std::string& value : values("type")) {
      const std::string word = schema::exact_form(value);
      if (word == "movingimage") {
        add(FieldId::type, "video");
      } else if (std::ranges::find(kDcmiTypes, word) == kDcmiTypes.end() && schema::host_of(value).empty()) {
        add(FieldId::type, word);
      }
    }
  }

  void language() {
    for (const std::string& value : values("language")) {
      const std::string tag = schema::canonical_language(value);
      if (!tag.empty()) {
        add(FieldId::language, tag);
      } else {
        remark("language", fmt::format("'{}' is not a language tag", value));
      }
    }
  }

  void remark(std::string_view element, std::string text) {
    remarks_.push_back({record_.identifier.empty()
                            ? fmt::format("record {}, {}", number_, element)
                            : fmt::format("record {} ({}), {}", number_, record_.identifier, element),
                        std::move(text)});
  }

  const DublinCoreRecord& record_;
  std::size_t number_;
  std::vector<RecordRemark>& remarks_;
  CatalogueRow row_;
};

}  // namespace

Result<DublinCoreDocument> read_dublin_core(std::string_view bytes, std::string_view name) {
  RecordReader reader;
  if (!read_xml(bytes, reader)) {
    return fail(ErrorKind::damaged, fmt::format("{} is not well-formed XML", name),
                "nothing of it was used; fetch it again or tell who publishes it");
  }
  return reader.take();
}

std::optional<CatalogueRow> row_of_record(const DublinCoreRecord& record, std::size_t number,
                                          std::vector<RecordRemark>& remarks) {
  return RowMaker(record, number, remarks).make();
}

}  // namespace carrel::indexer
