#include "search/query_parser.h"

#include <algorithm>
#include <utility>

#include "search/characters.h"
#include "search/field_clause.h"
#include "search/notices.h"
#include "search/query_lexer.h"
#include "search/schema/identifiers.h"
#include "search/stop_word_filter.h"

namespace carrel::search {
namespace {

using schema::OwnedToken;

QueryWord to_word(const OwnedToken& token) {
  return {token.folded, token.exact};
}

QueryNode run_of_tokens(const Lexeme& lexeme, std::size_t first, std::size_t last) {
  const bool ideographs = lexeme.tokens[first].ideograph;
  const bool one = last - first == 1;
  QueryNode node{.kind = one          ? NodeKind::word
                         : ideographs ? NodeKind::ideographs
                                      : NodeKind::compound,
                 .begin = lexeme.begin,
                 .end = lexeme.end,
                 .exact = lexeme.exact,
                 .related = lexeme.related};
  for (std::size_t i = first; i < last; ++i) node.words.push_back(to_word(lexeme.tokens[i]));
  return node;
}

/// A word lexeme as nodes: where scripts meet it is divided, and the parts are asked for together.
QueryNode word_node(const Lexeme& lexeme) {
  if (lexeme.prefix) {
    return {.kind = NodeKind::prefix,
            .begin = lexeme.begin,
            .end = lexeme.end,
            .words = {to_word(lexeme.tokens.front())}};
  }
  QueryNode all{.kind = NodeKind::group, .begin = lexeme.begin, .end = lexeme.end};
  for (std::size_t first = 0; first < lexeme.tokens.size();) {
    std::size_t last = first + 1;
    while (last < lexeme.tokens.size() && lexeme.tokens[last].ideograph == lexeme.tokens[first].ideograph)
      ++last;
    all.children.push_back(run_of_tokens(lexeme, first, last));
    first = last;
  }
  if (all.children.size() > 1) return all;
  return std::move(all.children.front());
}

QueryNode phrase_node(const Lexeme& lexeme) {
  QueryNode node{.kind = lexeme.tokens.size() == 1 ? NodeKind::word : NodeKind::phrase,
                 .begin = lexeme.begin,
                 .end = lexeme.end,
                 .exact = true,
                 .related = lexeme.related};
  for (const OwnedToken& token : lexeme.tokens) node.words.push_back(to_word(token));
  return node;
}

/// The words of an identifier as they would be taken if nobody knew that they are one: those that stand
/// together without a blank side by side.
QueryNode words_of_identifier(const Lexeme& lexeme) {
  QueryNode all{.kind = NodeKind::group, .begin = lexeme.begin, .end = lexeme.end};
  for (std::size_t first = 0; first < lexeme.tokens.size();) {
    std::size_t last = first + 1;
    const auto divided = [&](std::size_t at) {
      const std::size_t from = lexeme.tokens[at - 1].end;
      const auto gap = std::string_view(lexeme.value).substr(from, lexeme.tokens[at].begin - from);
      for (std::size_t i = 0; i < gap.size(); ++i) {
        if (blank_length(gap.substr(i)) > 0) return true;
      }
      return lexeme.tokens[at].ideograph != lexeme.tokens[at - 1].ideograph;
    };
    while (last < lexeme.tokens.size() && !divided(last)) ++last;
    all.children.push_back(run_of_tokens(lexeme, first, last));
    first = last;
  }
  if (all.children.size() > 1) return all;
  return std::move(all.children.front());
}

QueryNode identifier_node(const Lexeme& lexeme) {
  QueryNode any{.kind = NodeKind::any_of, .begin = lexeme.begin, .end = lexeme.end};
  for (const auto& keys : lexeme.named) {
    QueryNode node{.kind = NodeKind::identifier, .begin = lexeme.begin, .end = lexeme.end};
    for (const OwnedToken& token : lexeme.tokens) node.words.push_back(to_word(token));
    node.keys = keys;
    node.words_mislead = lexeme.words_mislead || lexeme.named.size() > 1;
    node.values = {lexeme.named.size() > 1 ? schema::spoken(keys.front()) : lexeme.value};
    node.children.push_back(words_of_identifier(lexeme));
    any.children.push_back(std::move(node));
  }
  if (any.children.size() > 1) return any;
  return std::move(any.children.front());
}

/// Recursive descent over lexemes whose brackets are balanced and bounded in depth.
class Parser {
 public:
  /// `words`: how many the whole query may have.
  Parser(std::vector<Lexeme> lexemes, std::size_t words, std::vector<Notice>& notices)
      : lexemes_(std::move(lexemes)), notices_(notices) {
    std::size_t used = 0;
    for (const Lexeme& lexeme : lexemes_) {
      used += lexeme.tokens.size();
      for (const Lexeme::Value& value : lexeme.values) used += value.tokens.size();
    }
    words_left_ = words - std::min(used, words);
  }

  QueryNode group() {
    QueryNode group{.kind = NodeKind::group, .begin = at_ < lexemes_.size() ? lexemes_[at_].begin : 0};
    bool joined = false;
    while (at_ < lexemes_.size() && !is(LexemeKind::close)) {
      if (is(LexemeKind::op_and) && !group.children.empty() && operand_at(at_ + 1)) {
        QueryNode& left = group.children.back();
        if (left.need == Need::wanted) left.need = Need::required;
        joined = true;
        ++at_;
        continue;
      }
      const Need need = signs();
      if (!primary_at(at_)) {
        stray();
        continue;
      }
      QueryNode clause = any_of();
      clause.need = need == Need::wanted && joined ? Need::required : need;
      joined = false;
      group.children.push_back(std::move(clause));
    }
    if (at_ > 0) group.end = lexemes_[at_ - 1].end;
    return group;
  }

 private:
  bool is(LexemeKind kind) const { return at_ < lexemes_.size() && lexemes_[at_].kind == kind; }

  static bool is_sign(LexemeKind kind) {
    return kind == LexemeKind::op_not || kind == LexemeKind::minus || kind == LexemeKind::plus;
  }

  bool primary_at(std::size_t at) const {
    if (at >= lexemes_.size()) return false;
    switch (lexemes_[at].kind) {
      case LexemeKind::word:
      case LexemeKind::phrase:
      case LexemeKind::field:
      case LexemeKind::identifier:
      case LexemeKind::open:
      case LexemeKind::everything:
        return true;
      default:
        return false;
    }
  }

  bool operand_at(std::size_t at) const {
    while (at < lexemes_.size() && is_sign(lexemes_[at].kind)) ++at;
    return primary_at(at);
  }

  /// Takes the signs before an operand; the last of - and + counts.
  Need signs() {
    Need need = Need::wanted;
    if (!operand_at(at_)) return need;
    for (; is_sign(lexemes_[at_].kind); ++at_) {
      need = lexemes_[at_].kind == LexemeKind::plus ? Need::required : Need::excluded;
    }
    return need;
  }

  /// An operator that joins nothing becomes a word, while there is room for one; a lone sign means nothing.
  void stray() {
    Lexeme& lexeme = lexemes_[at_];
    if (lexeme.kind == LexemeKind::minus || lexeme.kind == LexemeKind::plus || lexeme.value == "|") {
      ++at_;
      return;
    }
    auto tokens = schema::tokenize(lexeme.value);
    if (tokens.size() > words_left_) {
      ++at_;
      return;
    }
    words_left_ -= tokens.size();
    notices::add(notices_, notices::operator_as_word(lexeme.value));
    lexeme.kind = LexemeKind::word;
    lexeme.tokens = std::move(tokens);
  }

  QueryNode any_of() {
    QueryNode first = near();
    if (!is(LexemeKind::op_or) || !operand_at(at_ + 1)) return first;
    QueryNode any{.kind = NodeKind::any_of, .begin = first.begin};
    any.children.push_back(std::move(first));
    while (is(LexemeKind::op_or) && operand_at(at_ + 1)) {
      ++at_;
      const Need need = signs();
      QueryNode child = near();
      if (need == Need::excluded) {
        QueryNode without{.kind = NodeKind::group, .begin = child.begin, .end = child.end};
        child.need = Need::excluded;
        without.children.push_back(std::move(child));
        child = std::move(without);
      }
      any.children.push_back(std::move(child));
    }
    any.end = any.children.back().end;
    return any;
  }

  QueryNode near() {
    QueryNode first = primary();
    if (!is(LexemeKind::near) || !primary_at(at_ + 1)) return first;
    QueryNode near{.kind = NodeKind::near, .begin = first.begin};
    near.ordered = lexemes_[at_].ordered;
    near.children.push_back(std::move(first));
    while (is(LexemeKind::near) && primary_at(at_ + 1)) {
      near.distance = std::max(near.distance, lexemes_[at_].distance);
      near.ordered = near.ordered && lexemes_[at_].ordered;
      ++at_;
      near.children.push_back(primary());
    }
    near.end = near.children.back().end;
    return near;
  }

  QueryNode primary() {
    const Lexeme& lexeme = lexemes_[at_++];
    switch (lexeme.kind) {
      case LexemeKind::open: {
        QueryNode inside = group();
        if (at_ < lexemes_.size()) ++at_;  // its closing bracket
        if (inside.children.size() == 1 && inside.children.front().need != Need::excluded) {
          QueryNode only = std::move(inside.children.front());
          only.need = Need::wanted;
          return only;
        }
        return inside;
      }
      case LexemeKind::phrase:
        return phrase_node(lexeme);
      case LexemeKind::field:
        return field_clause(lexeme, notices_);
      case LexemeKind::identifier:
        return identifier_node(lexeme);
      case LexemeKind::everything:
        return {.kind = NodeKind::everything, .begin = lexeme.begin, .end = lexeme.end};
      default:
        return word_node(lexeme);
    }
  }

  std::vector<Lexeme> lexemes_;
  std::vector<Notice>& notices_;
  std::size_t words_left_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

ParsedTree parse_query(std::string_view query, const QueryLimits& limits,
                       std::span<const std::string> languages) {
  ParsedTree tree;
  auto lexemes = lex_query(query, limits, tree.notices);
  tree.root = Parser(std::move(lexemes), limits.words, tree.notices).group();
  drop_stop_words(tree.root, query, languages);
  return tree;
}

}  // namespace carrel::search
