#include "search/query_lexer.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "search/characters.h"
#include "search/field_lexer.h"
#include "search/notices.h"
#include "search/query_brackets.h"
#include "search/query_text.h"
#include "search/schema/identifiers.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::search {
namespace {

using schema::OwnedToken;

constexpr std::size_t kWildcardLetters = 3;
/// All-capital queries of more words than this are taken as shouted, not as operators.
constexpr std::size_t kShoutedWords = 5;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Articles and pronouns of French, Italian and Catalan that lose their vowel before another word.
constexpr std::string_view kElided[] = {"all",    "c",      "coll",  "d",     "dall",   "degl",   "dell",
                                        "gl",     "j",      "jusqu", "l",     "lorsqu", "m",      "n",
                                        "nell",   "puisqu", "qu",    "quand", "quell",  "quelqu", "quest",
                                        "quoiqu", "s",      "sull",  "t",     "un"};

class Lexer {
 public:
  Lexer(std::string_view query, const QueryLimits& limits, std::vector<Notice>& notices)
      : query_(query), limits_(limits), notices_(notices), identifiers_(schema::find_identifiers(query)) {}

  std::vector<Lexeme> run() {
    while (at_ < query_.size() && !full_) step();
    return std::move(lexemes_);
  }

 private:
  std::string_view rest() const { return query_.from(at_); }

  void step() {
    if (const std::size_t blank = blank_length(rest()); blank > 0) {
      at_ += blank;
      return;
    }
    if (const std::size_t quote = quote_length(rest()); quote > 0) return phrase(at_, quote);
    switch (query_[at_]) {
      case '(':
        if (opens_area_code()) {
          ++at_;
          return;
        }
        return single(LexemeKind::open);
      case ')':
        return single(LexemeKind::close);
      case '|':
        return single(LexemeKind::op_or);
      case '-':
      case '+':
        if (stands_before_operand()) return single(query_[at_] == '-' ? LexemeKind::minus : LexemeKind::plus);
        break;
      case '~':
        if (const std::size_t quote = quote_length(query_.from(at_ + 1)); quote > 0) {
          return phrase(at_, quote + 1);
        }
        break;
      default:
        break;
    }
    run_of_characters();
  }

  /// A sign counts when a blank, a bracket or nothing is before it and something to search behind it.
  bool stands_before_operand() const {
    return query_.starts_something(at_) && at_ + 1 < query_.size() && blank_length(query_.from(at_ + 1)) == 0;
  }

  void single(LexemeKind kind) {
    push({.kind = kind, .begin = at_, .end = at_ + 1, .value = std::string(rest().substr(0, 1))});
    ++at_;
  }

  void push(Lexeme lexeme) {
    std::size_t left = limits_.words - words_;
    const auto keep = [&](std::vector<OwnedToken>& tokens) {
      if (tokens.size() > left) {
        notices::add(notices_, notices::cut_words(limits_.words));
        full_ = true;
        tokens.resize(left);
      }
      left -= tokens.size();
    };
    const bool had_words = !lexeme.tokens.empty() || !lexeme.values.empty();
    keep(lexeme.tokens);
    for (Lexeme::Value& value : lexeme.values) keep(value.tokens);
    std::erase_if(lexeme.values, [](const Lexeme::Value& value) { return value.tokens.empty(); });
    words_ = limits_.words - left;
    if (!had_words || !lexeme.tokens.empty() || !lexeme.values.empty()) lexemes_.push_back(std::move(lexeme));
  }

  /// `opening` are the bytes of the mark, and of a sign before it.
  void phrase(std::size_t begin, std::size_t opening) {
    const bool related = query_[begin] == '~';
    at_ += opening;
    const std::size_t end = query_.end_of_quoted(at_);
    const std::string_view text = query_.between(at_, end);
    at_ = end;
    if (at_ < query_.size()) at_ += quote_length(rest());
    auto tokens = schema::tokenize(text);
    if (tokens.empty()) return;
    push({.kind = LexemeKind::phrase,
          .begin = begin,
          .end = at_,
          .tokens = std::move(tokens),
          .value = std::string(text),
          .related = related});
  }

  /// "(888) 373-7888": the bracket belongs to the number that begins behind it.
  bool opens_area_code() {
    const schema::Identifier* number = identifier_at(at_ + 1);
    if (number == nullptr) return false;
    const std::string_view text = query_.between(number->begin, number->end);
    return text.find(')') < text.find('(');
  }

  /// The first of the identifiers that begin at `at`; none when none does.
  const schema::Identifier* identifier_at(std::size_t at) {
    while (next_identifier_ < identifiers_.size() && identifiers_[next_identifier_].begin < at_) {
      ++next_identifier_;
    }
    for (std::size_t i = next_identifier_; i < identifiers_.size() && identifiers_[i].begin <= at; ++i) {
      if (identifiers_[i].begin == at) return &identifiers_[i];
    }
    return nullptr;
  }

  /// What is named from here on; several where sections are listed: 18 U.S.C. 1589, 1591.
  bool identifiers() {
    const schema::Identifier* found = identifier_at(at_);
    if (found == nullptr) return false;
    Lexeme lexeme{.kind = LexemeKind::identifier, .begin = at_, .end = at_};
    for (; found != identifiers_.data() + identifiers_.size() && found->begin == at_; ++found) {
      lexeme.end = std::max(lexeme.end, found->end);
      lexeme.named.push_back(found->keys);
      lexeme.words_mislead = found->words_mislead;
    }
    lexeme.value = query_.between(lexeme.begin, lexeme.end);
    lexeme.tokens = schema::tokenize(lexeme.value);
    at_ = lexeme.end;
    if (!lexeme.tokens.empty()) push(std::move(lexeme));
    return true;
  }

  void run_of_characters() {
    if (field() || identifiers()) return;
    const std::size_t begin = at_;
    const std::size_t end = query_.end_of_run(at_, false);
    if (end == begin) {
      ++at_;  // a comma or a sign that means nothing
      return;
    }
    at_ = end;
    std::string_view text = query_.between(begin, end);
    if (operator_word(text, begin)) return;
    Lexeme lexeme{.kind = LexemeKind::word, .begin = begin, .end = end, .value = std::string(text)};
    if (text == "*") {
      lexeme.kind = LexemeKind::everything;
      return push(std::move(lexeme));
    }
    if (is_range_of_years(text)) {
      lexeme.kind = LexemeKind::field;
      lexeme.field = schema::FieldId::year;
      lexeme.values = {{.text = std::string(text), .tokens = schema::tokenize(text)}};
      return push(std::move(lexeme));
    }
    lexeme.exact = text.front() == '=';
    lexeme.related = text.front() == '~';
    if (text.ends_with("(s)")) text.remove_suffix(3);
    lexeme.tokens = schema::tokenize(text);
    if (lexeme.tokens.empty()) return;
    drop_elided(text, lexeme.tokens);
    if (text.ends_with('*') && lexeme.tokens.size() == 1) {
      const std::size_t letters = schema::count_code_points(lexeme.tokens.front().folded);
      lexeme.prefix = letters >= kWildcardLetters;
      if (!lexeme.prefix) notices::add(notices_, notices::short_wildcard(text));
    }
    push(std::move(lexeme));
  }

  /// "2015..2020" alone can only mean years.
  static bool is_range_of_years(std::string_view text) {
    const auto is_year = [](std::string_view part) {
      return part.size() == 4 && (part.front() == '1' || part.front() == '2') &&
             std::ranges::all_of(part, is_digit);
    };
    return text.size() == 10 && text.substr(4, 2) == ".." && is_year(text.substr(0, 4)) &&
           is_year(text.substr(6)) && text.substr(0, 4) <= text.substr(6);
  }

  /// l'aide asks for aide: the article of it stands before any noun.
  static void drop_elided(std::string_view text, std::vector<OwnedToken>& tokens) {
    std::size_t i = 0;
    while (i + 1 < tokens.size()) {
      const std::string_view between = text.substr(tokens[i].end, tokens[i + 1].begin - tokens[i].end);
      const bool elided = (between == "'" || between == "\u2019" || between == "\u02bc") &&
                          std::ranges::find(kElided, tokens[i].folded) != std::end(kElided);
      if (elided) {
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
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

  bool field() {
    std::size_t behind = at_;
    auto lexeme = field_lexeme(query_, at_, behind, notices_);
    if (!lexeme) return false;
    at_ = behind;
    const bool empty = lexeme->kind == LexemeKind::field && lexeme->values.empty();
    if (!empty) push(std::move(*lexeme));
    return true;
  }

  QueryText query_;
  const QueryLimits& limits_;
  std::vector<Notice>& notices_;
  std::vector<Lexeme> lexemes_;
  std::vector<schema::Identifier> identifiers_;
  std::size_t next_identifier_ = 0;
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
