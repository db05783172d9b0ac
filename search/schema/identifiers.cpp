#include "search/schema/identifiers.h"

#include <algorithm>
#include <utility>

#include "search/schema/identifier_text.h"
#include "search/schema/legal_citations.h"
#include "search/schema/number_identifiers.h"
#include "search/schema/text.h"
#include "search/schema/visa_classes.h"

namespace carrel::schema {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Words that can end or begin a citation. All other words without digits or signs are passed over at once.
bool is_trigger(std::string_view folded) {
  switch (folded.size()) {
    case 1:
      return folded == "c" || folded == "r" || folded == "i" || folded == "v" || folded == "x";
    case 2:
      return folded == "ii" || folded == "iv" || folded == "vi" || folded == "ix" || folded == "xi" ||
             folded == "xv" || folded == "xx";
    case 3:
      return folded == "usc" || folded == "cfr" || folded == "ina" || folded == "iii" || folded == "vii" ||
             folded == "xii" || folded == "xiv" || folded == "xvi" || folded == "xix" || folded == "xxi" ||
             folded == "\u7b7e" || folded == "\u7c3d";
    case 4:
      return folded == "visa" || folded == "usca" || folded == "code" || folded == "viii" ||
             folded == "thuc" || folded == "xiii" || folded == "xvii" || folded == "lgbt" || folded == "glbt";
    case 5:
      return folded == "visas" || folded == "visto" || folded == "lgbtq" || folded == "lgbti" ||
             folded == "glbtq" || folded == "xviii";
    case 6:
      return folded == "status" || folded == "visado" || folded == "lgbtqi";
    default:
      return folded == "nonimmigrant" || folded == "nonimmigrants" || folded == "immigrant" ||
             folded == "immigrants" || folded == "visados" || folded == "estatus" ||
             folded.starts_with("lgbtq") || folded.starts_with("2slgbt");
  }
}

class Finder final : public IdentifierSink {
 public:
  Finder(std::string_view text, const TokenTakers& take) : text_(text), take_(take) {}

  void look(const Token& token) {
    trail_.add(token.begin, token.end);
    const std::string_view folded = token.folded;
    if (trail_.count() > 1 && follows_hyphen(token.begin)) join(token);
    if (!take_.identifier || token.begin < covered_) return;
    const char sign = token.end < text_.text().size() ? text_.text()[token.end] : ' ';
    if (is_digit(folded.front())) {
      read_number();
    } else if (folded.size() > 1 && (is_digit(folded[1]) || is_digit(folded.back()))) {
      read_mixed();
    } else if (sign == '+' || sign == '&' || sign == '#') {
      (void)read_name_with_sign(place_, *this);
    } else if (is_trigger(folded)) {
      read_word();
    } else if ((folded.size() == 5 || folded.size() == 6) && has_inner_capital(token)) {
      (void)read_telephone(place_, *this);
    }
  }

  void found(std::size_t first_back, std::size_t end, std::vector<std::string> keys,
             bool words_mislead) override {
    covered_ = std::max(covered_, end);
    take_.identifier({.begin = place_.begin(first_back),
                      .end = end,
                      .first = place_.ordinal(first_back),
                      .keys = std::move(keys),
                      .words_mislead = words_mislead});
  }

 private:
  void read_number() {
    (void)(read_publication_number(place_, *this) || read_legal_citation(place_, *this) ||
           read_visa_class(place_, *this) || read_form_number(place_, *this) ||
           read_telephone(place_, *this) || read_number_with_signs(place_, *this) ||
           read_name_with_sign(place_, *this));
  }
  void read_mixed() {
    (void)(read_publication_number(place_, *this) || read_visa_class(place_, *this) ||
           read_form_number(place_, *this) || read_number_with_signs(place_, *this) ||
           read_name_with_sign(place_, *this));
  }
  void read_word() {
    (void)(read_legal_citation(place_, *this) || read_visa_class(place_, *this) ||
           read_name_with_sign(place_, *this));
  }

  bool has_inner_capital(const Token& token) const {
    const std::string_view raw = text_.text().substr(token.begin, token.end - token.begin);
    if (raw.size() != token.folded.size()) return false;
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto capitals = std::ranges::count_if(raw, is_capital);
    return capitals > 0 && static_cast<std::size_t>(capitals) < raw.size() &&
           std::ranges::any_of(raw.substr(1), is_capital);
  }

  /// A hyphen, or the zero-width non-joiner of Persian, right before `at`.
  bool follows_hyphen(std::size_t at) const {
    if (at == 0) return false;
    switch (static_cast<unsigned char>(text_.text()[at - 1])) {
      case '-':
        return true;
      case 0x90:
      case 0x91:
      case 0x8c: {
        const std::string_view before = text_.text().substr(0, at);
        return before.ends_with("\u2010") || before.ends_with("\u2011") || before.ends_with("\u200c");
      }
      default:
        return false;
    }
  }

  /// The word before the hyphen and this one as one word, when both are letters and no third is joined.
  void join(const Token& token) {
    const bool third = std::exchange(joined_end_, token.end) == place_.end(1) && place_.gap(1).size() <= 3;
    const std::string_view gap = place_.gap(1);
    const bool one_sign = gap == "-" || gap == "\u2010" || gap == "\u2011" || gap == "\u200c";
    if (!take_.joined || third || !one_sign || token.ideograph) return;
    const std::string_view rest = text_.text().substr(token.end);
    if (rest.starts_with('-') && text_.word_byte(token.end + 1)) return;
    const std::string_view raw = place_.raw(1);
    const auto digit = [](char c) { return is_digit(c) || c == '.' || c == '\''; };
    if (std::ranges::any_of(raw, digit) || std::ranges::any_of(token.folded, digit)) return;
    const std::string before = exact_form(raw);
    JoinedWord joined{.begin = place_.begin(1), .end = token.end, .first = place_.ordinal(1)};
    joined.exact = before + std::string(token.exact);
    joined.folded = strip_accents(joined.exact);
    if (joined.exact.size() > kMaxWordBytes || joined.folded.empty()) return;
    take_.joined(joined);
  }

  ForwardText text_;
  const TokenTakers& take_;
  TokenTrail trail_;
  Place place_{text_, trail_};
  std::size_t covered_ = 0;
  std::size_t joined_end_ = 0;
};

}  // namespace

void for_each_term(std::string_view text, const TokenTakers& take, const WordFilter* filter) {
  Finder finder(text, take);
  for_each_token(
      text,
      [&](const Token& token) {
        if (take.token) take.token(token);
        finder.look(token);
      },
      filter);
}

std::vector<Identifier> find_identifiers(std::string_view text) {
  std::vector<Identifier> found;
  for_each_term(text, {.identifier = [&](const Identifier& one) { found.push_back(one); }});
  std::ranges::stable_sort(found, {}, &Identifier::begin);
  return found;
}

}  // namespace carrel::schema
