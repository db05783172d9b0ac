#include "search/schema/fields.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

/// What an index on disk relies on. A new field is a new line here; a line that changes makes indexes of
/// before unreadable and needs a new kFormatVersion.
struct Row {
  FieldId id;
  std::string_view name;
  std::string_view term_prefix;
  std::string_view word_prefix;
  std::uint32_t slot;
  bool facet;
  bool many;
};

const std::vector<Row> kOnDisk = {
    {FieldId::id, "id", "Q", "", kNoSlot, false, false},
    {FieldId::url, "url", "H", "", kNoSlot, false, false},
    {FieldId::title, "title", "", "S", 14, false, false},
    {FieldId::description, "description", "", "", kNoSlot, false, false},
    {FieldId::author, "author", "", "A", kNoSlot, false, true},
    {FieldId::publisher, "publisher", "XPUB", "XPW", 9, true, false},
    {FieldId::type, "type", "T", "", 1, true, false},
    {FieldId::topic, "topic", "K", "", 2, true, true},
    {FieldId::audience, "audience", "XAUD", "", 3, true, true},
    {FieldId::series, "series", "XSER", "", 4, true, false},
    {FieldId::jurisdiction, "jurisdiction", "XJUR", "", 5, true, true},
    {FieldId::language, "language", "L", "", 6, true, false},
    {FieldId::format, "format", "XFMT", "", 7, true, false},
    {FieldId::date, "date", "", "", 11, false, false},
    {FieldId::year, "year", "Y", "", 8, true, false},
    {FieldId::modified, "modified", "", "", 12, false, false},
    {FieldId::added, "added", "", "", 13, false, false},
    {FieldId::identifier, "identifier", "XID", "", kNoSlot, false, true},
    {FieldId::pages, "pages", "", "", 15, false, false},
    {FieldId::bytes, "bytes", "", "", 16, false, false},
    {FieldId::accessible, "accessible", "XACC", "", 10, true, false},
    {FieldId::translation_of, "translation_of", "XTRO", "", kNoSlot, false, false},
    {FieldId::supersedes, "supersedes", "XSUP", "", kNoSlot, false, false},
    {FieldId::path, "path", "", "", kNoSlot, false, false},
};

TEST_CASE("Every row of the table is where the indexes on disk expect it") {
  REQUIRE(kOnDisk.size() == kFieldCount);
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const Row& row = kOnDisk[i];
    const Field& has = kFields[i];
    CAPTURE(row.name);
    CHECK(has.id == row.id);
    CHECK(static_cast<std::size_t>(has.id) == i);
    CHECK(has.name == row.name);
    CHECK(has.term_prefix == row.term_prefix);
    CHECK(has.word_prefix == row.word_prefix);
    CHECK(has.slot == row.slot);
    CHECK(has.is(kFacet) == row.facet);
    CHECK(has.is(kMany) == row.many);
    CHECK(&field(row.id) == &has);
  }
}

TEST_CASE("Every row explains itself to people") {
  for (const Field& row : kFields) {
    CAPTURE(row.name);
    CHECK_FALSE(row.label.empty());
    CHECK_FALSE(row.meaning.empty());
    for (const char c : row.name) CHECK(((c >= 'a' && c <= 'z') || c == '_'));
  }
}

TEST_CASE("Fields are found by name and by alias, and by nothing else") {
  for (const Field& row : kFields) {
    CAPTURE(row.name);
    CHECK(find_field(row.name) == row.id);
    if (!row.alias.empty()) CHECK(find_field(row.alias) == row.id);
  }
  CHECK(find_field("lang") == FieldId::language);
  CHECK(find_field("ncj") == FieldId::identifier);
  for (const std::string_view name : {"", "Title", "titles", "XPB", "tit"})
    CHECK_FALSE(find_field(name).has_value());
}

TEST_CASE("No term of one prefix can be read as a term of another") {
  // Values are folded, so they never begin with an ASCII capital; ids may, under Q, XTRO and XSUP.
  std::vector<std::string_view> prefixes = {kPageBreakTerm, kExactPrefix};
  for (const Field& row : kFields) {
    if (!row.term_prefix.empty()) prefixes.push_back(row.term_prefix);
    if (!row.word_prefix.empty()) prefixes.push_back(row.word_prefix);
  }
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    for (const char c : prefixes[i]) CHECK((c >= 'A' && c <= 'Z'));
    CHECK(prefixes[i].front() != 'Z');  // Xapian's own, for stems
    for (std::size_t j = 0; j < prefixes.size(); ++j) {
      CAPTURE(prefixes[i], prefixes[j]);
      if (i != j) CHECK_FALSE(prefixes[i].starts_with(prefixes[j]));
    }
  }
}

TEST_CASE("Facets, ranges and sort orders have a slot of their own") {
  std::set<std::uint32_t> slots;
  for (const Field& row : kFields) {
    CAPTURE(row.name);
    if (row.is(kFacet) || row.is(kRange) || row.is(kSort)) CHECK(row.slot != kNoSlot);
    if (row.slot != kNoSlot) CHECK(slots.insert(row.slot).second);
    if (row.is(kFacet)) CHECK(row.is(kFilter));  // what is counted can be chosen
  }
}

}  // namespace
}  // namespace carrel::schema
