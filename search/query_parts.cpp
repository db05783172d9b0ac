#include "search/query_parts.h"

#include <vector>

#include "search/characters.h"
#include "search/query_text.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

/// Words and quoted phrases of a part, each as the language writes what has no other meaning: a phrase.
std::vector<std::string> pieces_of(std::string_view part) {
  const QueryText text(part);
  std::vector<std::string> pieces;
  const auto add = [&](std::string_view piece) {
    if (schema::tokenize(piece).empty()) return;
    // One plain word keeps its family; anything with signs in it or the look of an operator is quoted.
    bool plain = true;
    bool small = false;
    for (const char c : piece) {
      const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
      small = small || letter;
      plain = plain && (letter || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '\'');
    }
    const bool sign = piece.front() == '-';
    pieces.push_back(plain && small && !sign ? std::string(piece) : '"' + std::string(piece) + '"');
  };
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t quote = quote_length(text.from(at)); quote > 0) {
      const std::size_t inside = at + quote;
      at = text.end_of_quoted(inside);
      add(text.between(inside, at));
      if (at < text.size()) at += quote_length(text.from(at));
      continue;
    }
    if (const std::size_t blank = blank_length(text.from(at)); blank > 0) {
      at += blank;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && blank_length(text.from(at)) == 0 && quote_length(text.from(at)) == 0) ++at;
    add(text.between(begin, at));
  }
  return pieces;
}

/// The words of a part without its quotation marks.
std::string unquoted(std::string_view part) {
  std::string out;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t quote = quote_length(part.substr(at));
    out += quote > 0 ? ' ' : part[at];
    at += quote > 0 ? quote : 1;
  }
  return out;
}

void append(std::string& query, std::string_view clause) {
  if (clause.empty()) return;
  if (!query.empty()) query += ' ';
  query += clause;
}

}  // namespace

std::string compose_query(const QueryParts& parts) {
  std::string query;
  if (const std::string phrase = unquoted(parts.phrase); !schema::tokenize(phrase).empty()) {
    query = '"' + phrase + '"';
  }
  std::string any;
  for (const std::string& piece : pieces_of(parts.any)) any += (any.empty() ? "" : " OR ") + piece;
  if (!any.empty()) append(query, "(" + any + ")");
  for (const std::string& piece : pieces_of(parts.none)) append(query, "-" + piece);
  append(query, parts.query);
  return query;
}

}  // namespace carrel::search
