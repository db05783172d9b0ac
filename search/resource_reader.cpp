#include "search/resource_reader.h"

#include <charconv>

#include "search/schema/terms.h"

namespace carrel::search {
namespace {

using schema::FieldId;

std::uint64_t number(const std::string& digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

Resource to_resource(const schema::Record& record) {
  Resource resource;
  resource.id = record.get(FieldId::id);
  resource.url = record.get(FieldId::url);
  resource.title = record.get(FieldId::title);
  resource.description = record.get(FieldId::description);
  resource.type = record.get(FieldId::type);
  resource.date = record.get(FieldId::date);
  resource.language = record.get(FieldId::language);
  resource.format = record.get(FieldId::format);
  resource.publisher = record.get(FieldId::publisher);
  resource.series = record.get(FieldId::series);
  resource.accessible = record.get(FieldId::accessible);
  resource.added = record.get(FieldId::added);
  resource.modified = record.get(FieldId::modified);
  resource.translation_of = record.get(FieldId::translation_of);
  resource.supersedes = record.get(FieldId::supersedes);
  resource.path = record.get(FieldId::path);
  resource.author = record.all(FieldId::author);
  resource.topic = record.all(FieldId::topic);
  resource.audience = record.all(FieldId::audience);
  resource.jurisdiction = record.all(FieldId::jurisdiction);
  resource.identifier = record.all(FieldId::identifier);
  resource.pages = number(record.get(FieldId::pages));
  resource.bytes = number(record.get(FieldId::bytes));
  return resource;
}

Resource read_resource(const Xapian::Database& database, Xapian::docid document) {
  return to_resource(
      schema::Record::decode(database.get_document(document, Xapian::DOC_ASSUME_VALID).get_data()));
}

std::optional<Xapian::docid> find_document(const Xapian::Database& database, std::string_view id) {
  const std::string term = schema::filter_term(schema::field(FieldId::id), id);
  const auto found = database.postlist_begin(term);
  if (found == database.postlist_end(term)) return std::nullopt;
  return *found;
}

}  // namespace carrel::search
