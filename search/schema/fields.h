// The one table of a resource's fields. The writer loops over it to write, the query parser loops over it to
// read, the catalogue takes its columns from it and help texts print it. A prefix or a value slot is written
// nowhere else: adding a facet is one row here and one test.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace carrel::schema {

/// The fields in the order of the table. The numbers are stored in records: never reorder, only append.
enum class FieldId : std::uint8_t {
  id,
  url,
  title,
  description,
  author,
  publisher,
  type,
  topic,
  audience,
  series,
  jurisdiction,
  language,
  format,
  date,
  year,
  modified,
  added,
  identifier,
  pages,
  bytes,
  accessible,
  translation_of,
  supersedes,
  path,
};

/// What a field can do; a field has several.
enum Role : std::uint16_t {
  kFacet = 1 << 0,      ///< counted and offered as a filter
  kFilter = 1 << 1,     ///< each value is one boolean term: `name:value` matches the whole value
  kWords = 1 << 2,      ///< its words are terms of their own: `name:word`
  kRange = 1 << 3,      ///< `name:from..to` compares the value slot
  kMany = 1 << 4,       ///< may hold several values
  kCatalogue = 1 << 5,  ///< a column of the catalogue
  kSort = 1 << 6,       ///< results can be sorted by the value slot
};

inline constexpr std::uint32_t kNoSlot = 0xffffffff;

struct Field {
  FieldId id;
  std::string_view name;         ///< in the catalogue, in JSON and in the API
  std::string_view alias;        ///< second name in queries, options and parameters; may be empty
  std::string_view label;        ///< for people, English
  std::string_view term_prefix;  ///< of boolean terms (kFilter); empty when there are none
  std::string_view word_prefix;  ///< of word terms (kWords); empty when there are none
  std::uint32_t slot;            ///< Xapian value slot, kNoSlot when there is none
  std::uint16_t roles;           ///< Role bits
  std::uint8_t body_weight;      ///< how often its words count in the body; 0: not part of the body
  std::string_view meaning;      ///< one line of help

  constexpr bool is(Role role) const { return (roles & role) != 0; }
};

// Prefixes follow Xapian's conventions (Q unique id, S subject/title, A author, L language, T type, Y year,
// X… own). Body words carry no prefix and never begin with an ASCII capital, so the two cannot meet.
inline constexpr std::array kFields = {
    Field{FieldId::id, "id", "", "Identifier in this library", "Q", "", kNoSlot, kFilter | kCatalogue, 0,
          "stable identifier; survives a moved file when the catalogue gives one"},
    Field{FieldId::url, "url", "site", "Address", "H", "", kNoSlot, kFilter | kCatalogue, 0,
          "where a visitor opens it; site: matches the host name"},
    Field{FieldId::title, "title", "intitle", "Title", "", "S", 14, kWords | kCatalogue | kSort, 3, "title"},
    Field{FieldId::description, "description", "", "Abstract", "", "", kNoSlot, kCatalogue, 1, "abstract"},
    Field{FieldId::author, "author", "", "Author", "", "A", kNoSlot, kWords | kMany | kCatalogue, 1,
          "people who wrote it"},
    Field{FieldId::publisher, "publisher", "", "Publisher", "XPUB", "XPW", 9,
          kFacet | kFilter | kWords | kCatalogue, 0, "the body that published it"},
    Field{FieldId::type, "type", "", "Type", "T", "", 1, kFacet | kFilter | kCatalogue, 0,
          "report, toolkit, fact sheet, training, video, webinar, guide, form, web page…"},
    Field{FieldId::topic, "topic", "subject", "Topic", "K", "", 2, kFacet | kFilter | kMany | kCatalogue, 1,
          "what it is about: labor trafficking, housing, legal services…"},
    Field{FieldId::audience, "audience", "", "Audience", "XAUD", "", 3, kFacet | kFilter | kMany | kCatalogue,
          0, "whom it is for: survivors, service providers, law enforcement…"},
    Field{FieldId::series, "series", "", "Series", "XSER", "", 4, kFacet | kFilter | kCatalogue, 1,
          "name of the series"},
    Field{FieldId::jurisdiction, "jurisdiction", "", "Jurisdiction", "XJUR", "", 5,
          kFacet | kFilter | kMany | kCatalogue, 0, "state, tribe, federal"},
    Field{FieldId::language, "language", "lang", "Language", "L", "", 6, kFacet | kFilter | kCatalogue, 0,
          "BCP 47 tag, as en or es-MX"},
    Field{FieldId::format, "format", "filetype", "Format", "XFMT", "", 7, kFacet | kFilter, 0,
          "pdf, html, transcript, docx, pptx, xlsx, odt, odp, ods, epub, rtf, txt, md"},
    Field{FieldId::date, "date", "", "Date", "", "", 11, kRange | kCatalogue | kSort, 0,
          "day, month or year of issue, as 2020-04-28, 2020-04 or 2020"},
    Field{FieldId::year, "year", "", "Year", "Y", "", 8, kFacet | kFilter | kRange, 0, "year of issue"},
    Field{FieldId::modified, "modified", "", "Modified", "", "", 12, kRange | kSort, 0,
          "when the file was last changed"},
    Field{FieldId::added, "added", "", "Added", "", "", 13, kRange | kSort, 0,
          "when it first came into this index"},
    Field{FieldId::identifier, "identifier", "ncj", "Number", "XID", "", kNoSlot,
          kFilter | kMany | kCatalogue, 1, "NCJ number, DOI, ISBN, public law, form number"},
    Field{FieldId::pages, "pages", "", "Pages", "", "", 15, kRange, 0, "number of pages or sections"},
    Field{FieldId::bytes, "bytes", "", "Size", "", "", 16, kRange, 0, "size of the file in bytes"},
    Field{FieldId::accessible, "accessible", "is", "Accessibility", "XACC", "", 10, kFacet | kFilter, 0,
          "accessible, untagged or scanned"},
    Field{FieldId::translation_of, "translation_of", "", "Translation of", "XTRO", "", kNoSlot,
          kFilter | kCatalogue, 0, "id of the resource that this one translates"},
    Field{FieldId::supersedes, "supersedes", "", "Replaces", "XSUP", "", kNoSlot, kFilter | kCatalogue, 0,
          "id of the older edition that this one replaces"},
    Field{FieldId::path, "path", "", "File", "", "", kNoSlot, 0, 0, "where the file lies below its source"},
};

inline constexpr std::size_t kFieldCount = kFields.size();

/// The row of a field.
constexpr const Field& field(FieldId id) {
  return kFields[static_cast<std::size_t>(id)];
}

/// The row whose name or alias is `name` (lower case); nothing when there is none.
constexpr std::optional<FieldId> find_field(std::string_view name) {
  for (const Field& row : kFields) {
    if (row.name == name || (!row.alias.empty() && row.alias == name)) return row.id;
  }
  return std::nullopt;
}

/// Term posted at every position where a page (section, cue group) begins.
inline constexpr std::string_view kPageBreakTerm = "XPB";

/// Prefix of the terms that hold a word in its exact form where folding took an accent away.
inline constexpr std::string_view kExactPrefix = "XE";

/// Prefix of the terms of laws, forms, visas and numbers in any of their spellings (identifiers.h).
inline constexpr std::string_view kIdentifierPrefix = "XN";

namespace detail {
constexpr bool table_is_sound() {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    const Field& a = kFields[i];
    if (static_cast<std::size_t>(a.id) != i) return false;
    if (a.is(kFilter) == a.term_prefix.empty()) return false;
    if (a.is(kWords) == a.word_prefix.empty()) return false;
    if (a.is(kFacet) && a.slot == kNoSlot) return false;
    for (std::size_t j = 0; j < i; ++j) {
      const Field& b = kFields[j];
      if (a.name == b.name || a.name == b.alias || (!a.alias.empty() && a.alias == b.alias)) return false;
      if (a.slot != kNoSlot && a.slot == b.slot) return false;
      if (!a.term_prefix.empty() && (a.term_prefix == b.term_prefix || a.term_prefix == b.word_prefix)) {
        return false;
      }
      if (!a.word_prefix.empty() && a.word_prefix == b.word_prefix) return false;
    }
  }
  return true;
}
}  // namespace detail
static_assert(kFields.back().id == FieldId::path, "the table has a row for every FieldId");
static_assert(detail::table_is_sound(), "rows in the order of FieldId; names, prefixes and slots unique");

}  // namespace carrel::schema
