// Reading a text around a place: what identifiers are made of.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::schema {

/// Looks forward in a text. All functions take the offset to read at; those that read something answer the
/// offset behind it, or the same offset when it is not there.
class ForwardText {
 public:
  explicit ForwardText(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  bool ended(std::size_t at) const { return at >= text_.size(); }
  /// The byte at `at` in lower case; 0 at the end.
  char lower(std::size_t at) const;
  bool digit(std::size_t at) const { return lower(at) >= '0' && lower(at) <= '9'; }
  bool letter(std::size_t at) const { return lower(at) >= 'a' && lower(at) <= 'z'; }
  /// ASCII letters and digits, and every byte beyond ASCII that is no dash, blank or section sign.
  bool word_byte(std::size_t at) const;

  /// Blanks, line ends, no-break spaces: at most four.
  std::size_t blanks(std::size_t at) const;
  /// One hyphen or dash of any kind.
  std::size_t dash(std::size_t at) const;
  /// Section signs with blanks around them.
  std::size_t section_signs(std::size_t at) const;
  /// Digits, as many as there are.
  std::size_t digits(std::size_t at) const;
  /// The ASCII word `word` (lower case) when it stands there alone.
  std::size_t word(std::size_t at, std::string_view word) const;
  /// The ASCII letters and digits from `begin` to `end`, in lower case.
  std::string key(std::size_t begin, std::size_t end) const;

 private:
  std::string_view text_;
};

/// The last tokens of a text, newest first, as spans of bytes.
class TokenTrail {
 public:
  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  static constexpr std::size_t kLength = 16;

  void add(std::size_t begin, std::size_t end) { spans_[count_++ % kLength] = {begin, end}; }
  /// Number of all tokens so far.
  std::size_t count() const { return count_; }
  /// How many can be looked at.
  std::size_t size() const { return count_ < kLength ? count_ : kLength; }
  /// The token `back` before the newest; `back` < size().
  const Span& at(std::size_t back) const { return spans_[(count_ - 1 - back) % kLength]; }

 private:
  std::array<Span, kLength> spans_{};
  std::size_t count_ = 0;
};

/// Where a reader of identifiers stands: at the newest token, with those before it and the text behind it.
class Place {
 public:
  Place(const ForwardText& text, const TokenTrail& trail) : text_(text), trail_(trail) {}

  const ForwardText& text() const { return text_; }
  std::size_t tokens() const { return trail_.size(); }
  std::size_t begin(std::size_t back) const { return trail_.at(back).begin; }
  std::size_t end(std::size_t back) const { return trail_.at(back).end; }
  std::size_t ordinal(std::size_t back) const { return trail_.count() - 1 - back; }

  /// The bytes of a token as they are.
  std::string_view raw(std::size_t back) const {
    return text_.text().substr(begin(back), end(back) - begin(back));
  }
  /// Its ASCII letters and digits in lower case ("U.S.C" → "usc"); empty when there is no such token.
  std::string word(std::size_t back) const;
  bool is(std::size_t back, std::string_view word) const { return this->word(back) == word; }
  /// One ASCII letter in lower case when the token is just that; else 0.
  char single_letter(std::size_t back) const;
  bool is_capital(std::size_t back) const;
  /// All digits.
  bool is_number(std::size_t back) const;

  /// What stands between a token and the one after it.
  std::string_view gap(std::size_t back) const {
    return text_.text().substr(end(back), begin(back - 1) - end(back));
  }
  /// Only blanks, full stops, dashes, section and number signs, and few of them: no other sentence begins.
  bool joined_loosely(std::size_t back) const;
  /// Exactly one dash.
  bool joined_by_dash(std::size_t back) const;

 private:
  const ForwardText& text_;
  const TokenTrail& trail_;
};

/// Takes what a reader found: it begins with token `first_back` and ends at byte `end`.
class IdentifierSink {
 public:
  virtual ~IdentifierSink() = default;
  virtual void found(std::size_t first_back, std::size_t end, std::vector<std::string> keys,
                     bool words_mislead = false) = 0;
};

}  // namespace carrel::schema
