#include "search/query_lexer.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "search/characters.h"
#include "search/notices.h"
#include "search/query_brackets.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::search {
namespace {

using schema::OwnedToken;

constexpr std::size_t kWildcardLetters = 3;
/// All-capital queries of more words than this are taken as shouted, not as operators.
constexpr std::size_t kShoutedWords = 5;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Lexer {
 public:
  Lexer(std::string_view query, const QueryLimits& limits, std::vector<Notice>& notices)
      : query_(query), limits_(limits), notices_(notices) {}

  std::vector<Lexeme> run() {
    while (at_ < query_.size() && !full_) step();
    return std::move(lexemes_);
  }

 private:
  std::string_view rest() const { return query_.substr(at_); }

  void step() {
    if (const std::size_t blank = blank_length(rest()); blank > 0) {
      at_ += blank;
      return;
    }
    if (const std::size_t quote = quote_length(rest()); quote > 0) return phrase(at_, quote);
    switch (query_[at_]) {
      case '(':
        return single(LexemeKind::open);
      case ')':
        return single(LexemeKind::close);
      case '|':
        return single(LexemeKind::op_or);
      case '-':
      case '+':
        if (stands_before_operand()) return single(query_[at_] == '-' ? LexemeKind::minus : LexemeKind::plus);
        break;
      default:
        break;
    }
    run_of_characters();
  }

  /// A sign counts when a blank, a bracket or nothing is before it and something to search behind it.
  bool stands_before_operand() const {
    const bool starts = at_ == 0 || query_[at_ - 1] == '(' || before_is_blank();
    return starts && at_ + 1 < query_.size() && blank_length(query_.substr(at_ + 1)) == 0;
  }

  bool before_is_blank() const {
    std::size_t begin = at_ - 1;
    while (begin > 0 && !begins_code_point(query_[begin])) --begin;
    return blank_length(query_.substr(begin)) > 0;
  }

  void single(LexemeKind kind) {
    push({.kind = kind, .begin = at_, .end = at_ + 1, .value = std::string(query_.substr(at_, 1))});
    ++at_;
  }

  void push(Lexeme lexeme) {
    const std::size_t words =
        std::max<std::size_t>(lexeme.tokens.size(), lexeme.kind == LexemeKind::field ? 1 : 0);
    if (words_ + words > limits_.words) {
      notices::add(notices_, notices::cut_words(limits_.words));
      full_ = true;
      if (words_ >= limits_.words || lexeme.tokens.empty()) return;
      lexeme.tokens.resize(limits_.words - words_);
    }
    words_ += words;
    lexemes_.push_back(std::move(lexeme));
  }

  void phrase(std::size_t begin, std::size_t quote) {
    at_ += quote;
    const std::size_t inside = at_;
    while (at_ < query_.size() && quote_length(rest()) == 0) ++at_;
    const std::string_view text = query_.substr(inside, at_ - inside);
    if (at_ < query_.size()) at_ += quote_length(rest());
    auto tokens = schema::tokenize(text);
    if (tokens.empty()) return;
    push({.kind = LexemeKind::phrase,
          .begin = begin,
          .end = at_,
          .tokens = std::move(tokens),
          .value = std::string(text)});
  }

  /// Where a run that begins at `at_` ends: a blank, a quotation mark, a list comma, or a bracket that the
  /// run did not open itself (as in 7102(11)(A)).
  std::size_t end_of_run(bool commas_stay) const {
    std::size_t end = at_;
    std::size_t opened = 0;
    while (end < query_.size()) {
      const char c = query_[end];
      if (blank_length(query_.substr(end)) > 0 || quote_length(query_.substr(end)) > 0 || c == '|') break;
      if (c == '(') {
        const std::size_t close = query_.find(')', end);
        const std::size_t blank = query_.find(' ', end);
        if (end == at_ || close == std::string_view::npos || close > blank) break;
        ++opened;
      }
      if (c == ')' && opened-- == 0) break;
      const bool divides = c == ';' || (c == ',' && !commas_stay);
      if (divides && !(is_digit(before(end)) && is_digit(behind(end)))) break;
      ++end;
    }
    return end;
  }
  char before(std::size_t at) const { return at > 0 ? query_[at - 1] : ' '; }
  char behind(std::size_t at) const { return at + 1 < query_.size() ? query_[at + 1] : ' '; }

  void run_of_characters() {
    if (field()) return;
    const std::size_t begin = at_;
    const std::size_t end = end_of_run(false);
    if (end == begin) {
      ++at_;  // a comma or a sign that means nothing
      return;
    }
    at_ = end;
    std::string_view text = query_.substr(begin, end - begin);
    if (operator_word(text, begin)) return;
    Lexeme lexeme{.kind = LexemeKind::word, .begin = begin, .end = end, .value = std::string(text)};
    if (text == "*") {
      lexeme.kind = LexemeKind::everything;
      return push(std::move(lexeme));
    }
    lexeme.exact = text.front() == '=';
    if (text.ends_with("(s)")) text.remove_suffix(3);
    lexeme.tokens = schema::tokenize(text);
    if (lexeme.tokens.empty()) return;
    if (text.ends_with('*') && lexeme.tokens.size() == 1) {
      const std::size_t letters = schema::count_code_points(lexeme.tokens.front().folded);
      lexeme.prefix = letters >= kWildcardLetters;
      if (!lexeme.prefix) notices::add(notices_, notices::short_wildcard(text));
    }
    push(std::move(lexeme));
  }

  bool operator_word(std::string_view text, std::size_t begin) {
    Lexeme lexeme{.begin = begin, .end = at_, .value = std::string(text)};
    if (text == "AND") {
      lexeme.kind = LexemeKind::op_and;
    } else if (text == "OR") {
      lexeme.kind = LexemeKind::op_or;
    } else if (text == "NOT") {
      lexeme.kind = LexemeKind::op_not;
    } else if (const auto distance = distance_of(text)) {
      lexeme.kind = LexemeKind::near;
      lexeme.distance = *distance;
      lexeme.ordered = text.starts_with("ADJ");
    } else {
      return false;
    }
    push(std::move(lexeme));
    return true;
  }

  /// 5 of NEAR/5 or ADJ/5, at most 100.
  static std::optional<unsigned> distance_of(std::string_view text) {
    if (text.starts_with("NEAR/")) {
      text.remove_prefix(5);
    } else if (text.starts_with("ADJ/")) {
      text.remove_prefix(4);
    } else {
      return std::nullopt;
    }
    unsigned distance = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), distance);
    if (error != std::errc{} || end != text.data() + text.size() || distance == 0) return std::nullopt;
    return std::min(distance, 100U);
  }

  /// Takes name:value and name:"two words"; of an unknown name it takes only the name, as a word.
  bool field() {
    std::size_t colon = at_;
    while (colon < query_.size() && (is_letter(query_[colon]) || query_[colon] == '_')) ++colon;
    if (colon == at_ || colon + 1 >= query_.size() || query_[colon] != ':') return false;
    const std::string_view behind_colon = query_.substr(colon + 1);
    if (blank_length(behind_colon) > 0 || behind_colon.starts_with("//")) return false;
    const std::string_view name = query_.substr(at_, colon - at_);
    const auto known = schema::find_field(schema::exact_form(name));
    constexpr std::uint16_t kAskable = schema::kFilter | schema::kWords | schema::kRange;
    if (!known || (schema::field(*known).roles & kAskable) == 0) {
      notices::add(notices_, notices::unknown_field(name));
      push({.kind = LexemeKind::word,
            .begin = at_,
            .end = colon,
            .tokens = schema::tokenize(name),
            .value = std::string(name)});
      at_ = colon + 1;
      return true;
    }
    Lexeme lexeme{.kind = LexemeKind::field, .begin = at_, .field = *known};
    at_ = colon + 1;
    if (const std::size_t quote = quote_length(rest()); quote > 0) {
      at_ += quote;
      const std::size_t inside = at_;
      while (at_ < query_.size() && quote_length(rest()) == 0) ++at_;
      lexeme.value = query_.substr(inside, at_ - inside);
      lexeme.quoted = true;
      if (at_ < query_.size()) at_ += quote_length(rest());
    } else {
      const std::size_t inside = at_;
      at_ = end_of_run(true);
      lexeme.value = query_.substr(inside, at_ - inside);
    }
    lexeme.end = at_;
    lexeme.tokens = schema::tokenize(lexeme.value);
    if (lexeme.tokens.empty()) return true;  // nothing to compare with
    push(std::move(lexeme));
    return true;
  }

  std::string_view query_;
  const QueryLimits& limits_;
  std::vector<Notice>& notices_;
  std::vector<Lexeme> lexemes_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
  bool full_ = false;
};

void become_word(Lexeme& lexeme) {
  lexeme.kind = LexemeKind::word;
  lexeme.tokens = schema::tokenize(lexeme.value);
}

/// Capitals mean nothing where all is in capitals: then AND, OR and NOT are words.
void lower_shouted_operators(std::string_view query, std::vector<Lexeme>& lexemes,
                             std::vector<Notice>& notices) {
  if (std::ranges::any_of(query, [](char c) { return c >= 'a' && c <= 'z'; })) return;
  const auto is_operator = [](const Lexeme& one) {
    return one.kind == LexemeKind::op_and || one.kind == LexemeKind::op_or || one.kind == LexemeKind::op_not;
  };
  const auto words = std::ranges::count(lexemes, LexemeKind::word, &Lexeme::kind);
  if (static_cast<std::size_t>(words) <= kShoutedWords || std::ranges::none_of(lexemes, is_operator)) return;
  for (Lexeme& lexeme : lexemes) {
    if (is_operator(lexeme) && lexeme.value != "|") become_word(lexeme);
  }
  notices::add(notices, notices::capitals_as_words());
}

}  // namespace

std::vector<Lexeme> lex_query(std::string_view query, const QueryLimits& limits,
                              std::vector<Notice>& notices) {
  const std::string_view searched = schema::cut_utf8(query, limits.bytes);
  if (searched.size() < query.size()) notices::add(notices, notices::cut_bytes(limits.bytes));
  auto lexemes = Lexer(searched, limits, notices).run();
  lower_shouted_operators(searched, lexemes, notices);
  return with_balanced_brackets(std::move(lexemes), limits.nesting, notices);
}

}  // namespace carrel::search
