#include "search/field_lexer.h"

#include <utility>

#include "search/characters.h"
#include "search/notices.h"
#include "search/query_fields.h"
#include "search/schema/text.h"

namespace carrel::search {
namespace {

/// Longer than any name; bounds the look ahead.
constexpr std::size_t kLongestName = 40;

bool can_be_in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Bytes of the colon (ASCII or full width) at the start of `text`; 0 when there is none.
std::size_t colon_length(std::string_view text) {
  if (text.starts_with(':')) return 1;
  return text.starts_with("\uff1a") ? 3 : 0;
}

/// Which signs divide the values of a field: names of files, addresses and numbers may hold any of them.
struct Dividers {
  bool comma = false;
  bool slash = false;

  explicit Dividers(const schema::Field& field) {
    switch (field.id) {
      case schema::FieldId::id:
      case schema::FieldId::translation_of:
      case schema::FieldId::supersedes:
        break;
      case schema::FieldId::url:
      case schema::FieldId::identifier:
        comma = true;
        break;
      default:
        comma = field.is(schema::kFilter) || field.is(schema::kRange);
        slash = !field.is(schema::kRange);  // 2019/2020 is a range
    }
  }

  bool divides(char c) const { return (c == ',' && comma) || (c == '/' && slash); }
};

class Reader {
 public:
  Reader(const QueryText& query, std::size_t at, const AskedField& asked)
      : query_(query), at_(at), asked_(asked), dividers_(schema::field(asked.field)) {}

  void read_values(Lexeme& lexeme) {
    while (true) {
      Lexeme::Value value = quote_length(query_.from(at_)) > 0 ? quoted() : plain();
      if (at_ < query_.size() && query_[at_] == '+' && ends_value(at_ + 1)) ++at_, value.narrower = true;
      value.tokens = schema::tokenize(value.text);
      if (!value.tokens.empty()) {
        value.text = std::string(asked_.before) + value.text + std::string(asked_.behind);
        lexeme.values.push_back(std::move(value));
      }
      if (at_ + 1 >= query_.size() || !dividers_.divides(query_[at_])) return;
      if (blank_length(query_.from(at_ + 1)) > 0) return;
      ++at_;
    }
  }

  std::size_t at() const { return at_; }

 private:
  Lexeme::Value quoted() {
    at_ += quote_length(query_.from(at_));
    const std::size_t end = query_.end_of_quoted(at_);
    Lexeme::Value value{.text = std::string(query_.between(at_, end)), .quoted = true};
    at_ = end;
    if (at_ < query_.size()) at_ += quote_length(query_.from(at_));
    return value;
  }

  Lexeme::Value plain() {
    const std::size_t run = query_.end_of_run(at_, true);
    std::size_t end = at_;
    while (end < run && !dividers_.divides(query_[end])) ++end;
    Lexeme::Value value{.text = std::string(query_.between(at_, end))};
    at_ = end;
    const bool asks_narrower = value.text.ends_with('+') && schema::field(asked_.field).is(schema::kFilter);
    if (asks_narrower) {
      value.text.pop_back();
      value.narrower = true;
    }
    return value;
  }

  bool ends_value(std::size_t at) const {
    return at >= query_.size() || query_[at] == ')' || dividers_.divides(query_[at]) ||
           blank_length(query_.from(at)) > 0;
  }

  const QueryText& query_;
  std::size_t at_;
  const AskedField& asked_;
  Dividers dividers_;
};

}  // namespace

std::optional<Lexeme> field_lexeme(const QueryText& query, std::size_t at, std::size_t& behind,
                                   std::vector<Notice>& notices) {
  std::size_t colon = at;
  while (colon < query.size() && colon - at <= kLongestName && can_be_in_name(query[colon]) &&
         colon_length(query.from(colon)) == 0) {
    ++colon;
  }
  if (colon == at || colon >= query.size()) return std::nullopt;
  const std::size_t value = colon + colon_length(query.from(colon));
  if (value == colon || value >= query.size()) return std::nullopt;
  const std::string_view behind_colon = query.from(value);
  if (blank_length(behind_colon) > 0 || behind_colon.starts_with("//")) return std::nullopt;
  const std::string_view name = query.between(at, colon);
  const auto asked = asked_field(name);
  if (!asked) {
    auto tokens = schema::tokenize(name);
    behind = value;
    if (tokens.empty()) return std::nullopt;
    notices::add(notices, notices::unknown_field(name, nearest_field_name(name)));
    return Lexeme{.kind = LexemeKind::word,
                  .begin = at,
                  .end = colon,
                  .tokens = std::move(tokens),
                  .value = std::string(name)};
  }
  Lexeme lexeme{.kind = LexemeKind::field, .begin = at, .field = asked->field};
  Reader reader(query, value, *asked);
  reader.read_values(lexeme);
  behind = lexeme.end = reader.at();
  lexeme.value = query.between(value, lexeme.end);
  return lexeme;
}

}  // namespace carrel::search
