#include <algorithm>

#include <fmt/format.h>

#include "search/query_builder.h"
#include "search/schema/date.h"
#include "search/schema/terms.h"
#include "search/schema/values.h"

namespace carrel::search {
namespace {

using schema::FieldId;

std::string year_value(std::uint64_t year) {
  const std::string digits = fmt::format("{:04}", std::min<std::uint64_t>(year, 9999));
  return schema::many_value(std::span(&digits, 1));
}

}  // namespace

Xapian::Query range_query(FieldId field, std::uint64_t from, std::uint64_t to) {
  const Xapian::valueno slot = schema::field(field).slot;
  // The lower end is never the empty string, which would take in resources without a value.
  switch (field) {
    case FieldId::year:
      return {Xapian::Query::OP_VALUE_RANGE, slot, year_value(from), year_value(to)};
    case FieldId::pages:
    case FieldId::bytes:
      return {Xapian::Query::OP_VALUE_RANGE, slot, schema::number_value(from), schema::number_value(to)};
    default:
      return {Xapian::Query::OP_VALUE_RANGE, slot, schema::day_value(static_cast<std::uint32_t>(from)),
              schema::day_value(static_cast<std::uint32_t>(to))};
  }
}

Xapian::Query filter_query(const schema::Field& field, const std::vector<std::string>& values) {
  std::vector<Xapian::Query> any;
  for (const std::string& value : values) any.emplace_back(schema::filter_term(field, value));
  return {Xapian::Query::OP_OR, any.begin(), any.end()};
}

}  // namespace carrel::search
