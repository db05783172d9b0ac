#include "search/field_clause.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "search/notices.h"
#include "search/schema/date.h"

namespace carrel::search {
namespace {

using schema::FieldId;

struct NumberRange {
  std::uint64_t from = 0;
  std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
};

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

/// "10", "2..10", "..10", "10..".
std::optional<NumberRange> number_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = dots == std::string_view::npos ? from : text.substr(dots + 2);
  NumberRange range;
  if (from.empty() && to.empty()) return std::nullopt;
  if (!from.empty() && !read_number(from, range.from)) return std::nullopt;
  if (!to.empty() && !read_number(to, range.to)) return std::nullopt;
  if (range.from > range.to) return std::nullopt;
  return range;
}

bool holds_days(FieldId field) {
  return field == FieldId::date || field == FieldId::modified || field == FieldId::added;
}

/// The words of the value, asked for together.
QueryNode as_words(const Lexeme& lexeme) {
  QueryNode node{.kind = lexeme.tokens.size() == 1 ? NodeKind::word : NodeKind::compound,
                 .begin = lexeme.begin,
                 .end = lexeme.end};
  for (const auto& token : lexeme.tokens) node.words.push_back({token.folded, token.exact});
  return node;
}

QueryNode range_clause(const Lexeme& lexeme, std::vector<Notice>& notices) {
  QueryNode node{.kind = NodeKind::range, .begin = lexeme.begin, .end = lexeme.end, .field = lexeme.field};
  node.values = {lexeme.value};
  const auto unreadable = [&](std::string_view why) {
    notices::add(notices, notices::unreadable_value(
                              std::string(schema::field(lexeme.field).name) + ":" + lexeme.value, why));
    return as_words(lexeme);
  };
  if (holds_days(lexeme.field) || lexeme.field == FieldId::year) {
    const auto range = schema::DateRange::parse(lexeme.value);
    if (!range) return unreadable(range.error().message);
    const std::uint32_t unit = lexeme.field == FieldId::year ? 10000 : 1;
    node.from = range->from / unit;
    node.to = range->to / unit;
    return node;
  }
  const auto range = number_range(lexeme.value);
  if (!range) return unreadable("a number or a range such as 2..10 was expected");
  node.from = range->from;
  node.to = range->to;
  return node;
}

std::vector<std::string> split_list(std::string_view value) {
  std::vector<std::string> parts;
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    if (comma > 0) parts.emplace_back(value.substr(0, comma));
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return parts;
}

}  // namespace

QueryNode field_clause(const Lexeme& lexeme, std::vector<Notice>& notices) {
  const schema::Field& field = schema::field(lexeme.field);
  if (field.is(schema::kRange)) return range_clause(lexeme, notices);
  QueryNode node{.kind = NodeKind::field, .begin = lexeme.begin, .end = lexeme.end, .field = lexeme.field};
  node.quoted = lexeme.quoted;
  if (lexeme.quoted || !field.is(schema::kFilter)) {
    node.values = {lexeme.value};
  } else {
    node.values = split_list(lexeme.value);
  }
  for (const auto& token : lexeme.tokens) node.words.push_back({token.folded, token.exact});
  return node;
}

}  // namespace carrel::search
