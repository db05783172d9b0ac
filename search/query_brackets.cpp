#include "search/query_brackets.h"

#include <utility>

#include "search/notices.h"

namespace carrel::search {

std::vector<Lexeme> with_balanced_brackets(std::vector<Lexeme> lexemes, std::size_t deepest,
                                           std::vector<Notice>& notices) {
  std::vector<std::size_t> opened;
  std::vector<bool> dropped(lexemes.size(), false);
  std::vector<std::size_t> kept;  // indices of what stays, to see whether a pair is empty
  for (std::size_t i = 0; i < lexemes.size(); ++i) {
    if (lexemes[i].kind == LexemeKind::open) {
      opened.push_back(i);
      if (opened.size() > deepest) {
        dropped[i] = true;
        notices::add(notices, notices::cut_nesting(deepest));
        continue;
      }
    } else if (lexemes[i].kind == LexemeKind::close) {
      if (opened.empty()) {
        dropped[i] = true;
        notices::add(notices, notices::unbalanced_brackets());
        continue;
      }
      const std::size_t partner = opened.back();
      opened.pop_back();
      if (dropped[partner]) {
        dropped[i] = true;
        continue;
      }
      if (kept.back() == partner) {
        dropped[partner] = dropped[i] = true;
        kept.pop_back();
        continue;
      }
    }
    kept.push_back(i);
  }
  if (!opened.empty()) notices::add(notices, notices::unbalanced_brackets());
  for (const std::size_t i : opened) dropped[i] = true;
  std::vector<Lexeme> balanced;
  balanced.reserve(lexemes.size());
  for (std::size_t i = 0; i < lexemes.size(); ++i) {
    if (!dropped[i]) balanced.push_back(std::move(lexemes[i]));
  }
  return balanced;
}

}  // namespace carrel::search
