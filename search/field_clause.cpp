#include "search/field_clause.h"

#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "search/notices.h"
#include "search/query_fields.h"
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

/// "10", "2..10", "..10", "10..", "<10", ">=2", "2-10".
std::optional<NumberRange> number_range(std::string_view text) {
  std::uint64_t bound = 0;
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  if (text.starts_with(">=") && read_number(text.substr(2), bound)) return NumberRange{.from = bound};
  if (text.starts_with("<=") && read_number(text.substr(2), bound)) return NumberRange{.to = bound};
  if (text.starts_with('>') && read_number(text.substr(1), bound) && bound < kMost)
    return NumberRange{.from = bound + 1};
  if (text.starts_with('<') && read_number(text.substr(1), bound) && bound > 0)
    return NumberRange{.to = bound - 1};
  std::size_t between = text.find("..");
  std::size_t behind = between + 2;
  if (between == std::string_view::npos) {
    between = text.find('-');
    behind = between + 1;
  }
  const std::string_view from = text.substr(0, between);
  const std::string_view to = between == std::string_view::npos ? from : text.substr(behind);
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

class Clause {
 public:
  Clause(const Lexeme& lexeme, std::vector<Notice>& notices)
      : lexeme_(lexeme), field_(schema::field(lexeme.field)), notices_(notices) {}

  QueryNode read() {
    if (field_.is(schema::kRange)) return any_of(&Clause::range);
    if (field_.is(schema::kWords)) return any_of(&Clause::words_of_field);
    return filter();
  }

 private:
  using Reading = QueryNode (Clause::*)(const Lexeme::Value&);

  QueryNode node(NodeKind kind) const {
    return {.kind = kind, .begin = lexeme_.begin, .end = lexeme_.end, .field = lexeme_.field};
  }

  /// One node a value, any of which will do.
  QueryNode any_of(Reading read_value) {
    QueryNode any = node(NodeKind::any_of);
    for (const Lexeme::Value& value : lexeme_.values) any.children.push_back((this->*read_value)(value));
    if (any.children.size() > 1) return any;
    return std::move(any.children.front());
  }

  QueryNode filter() {
    QueryNode plain = node(NodeKind::field);
    QueryNode any = node(NodeKind::any_of);
    for (const Lexeme::Value& value : lexeme_.values) {
      QueryNode& into = value.narrower ? any.children.emplace_back(node(NodeKind::field)) : plain;
      into.narrower = value.narrower;
      for (std::string& known : known_values(lexeme_.field, value.text))
        into.values.push_back(std::move(known));
    }
    if (any.children.empty()) return plain;
    if (!plain.values.empty()) any.children.push_back(std::move(plain));
    if (any.children.size() > 1) return any;
    return std::move(any.children.front());
  }

  QueryNode words_of_field(const Lexeme::Value& value) {
    QueryNode one = node(NodeKind::field);
    one.values = {value.text};
    one.quoted = value.quoted;
    one.narrower = value.narrower;
    for (const auto& token : value.tokens) one.words.push_back({token.folded, token.exact});
    return one;
  }

  QueryNode range(const Lexeme::Value& value) {
    QueryNode one = node(NodeKind::range);
    one.values = {value.text};
    const std::string typed = std::string(field_.name) + ":" + value.text;
    if (holds_days(lexeme_.field) || lexeme_.field == FieldId::year) {
      const auto days = schema::DateRange::parse(value.text);
      if (!days) return as_words(value, notices::not_a_date(typed));
      const std::uint32_t unit = lexeme_.field == FieldId::year ? 10000 : 1;
      one.from = days->from / unit;
      one.to = days->to / unit;
      return one;
    }
    const auto numbers = number_range(value.text);
    if (!numbers) return as_words(value, notices::not_a_number(typed));
    one.from = numbers->from;
    one.to = numbers->to;
    return one;
  }

  /// The words of the value, asked for together.
  QueryNode as_words(const Lexeme::Value& value, Notice notice) {
    notices::add(notices_, std::move(notice));
    QueryNode one = node(value.tokens.size() == 1 ? NodeKind::word : NodeKind::compound);
    for (const auto& token : value.tokens) one.words.push_back({token.folded, token.exact});
    return one;
  }

  const Lexeme& lexeme_;
  const schema::Field& field_;
  std::vector<Notice>& notices_;
};

}  // namespace

QueryNode field_clause(const Lexeme& lexeme, std::vector<Notice>& notices) {
  return Clause(lexeme, notices).read();
}

}  // namespace carrel::search
