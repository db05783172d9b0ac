#include "search/schema/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "search/schema/text.h"

namespace carrel::schema {
namespace {

enum class Kind : std::uint8_t { separator, letter, digit, ideograph };

constexpr std::array<Kind, 128> ascii_kinds() {
  std::array<Kind, 128> kinds{};
  for (int c = 'a'; c <= 'z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::letter;
  for (int c = 'A'; c <= 'Z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::letter;
  for (int c = '0'; c <= '9'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::digit;
  return kinds;
}
constexpr std::array<Kind, 128> kAsciiKinds = ascii_kinds();

constexpr bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
constexpr Kind ascii_kind(char c) {
  return kAsciiKinds[static_cast<unsigned char>(c)];
}
constexpr Kind ascii_kind_at(std::string_view text, std::size_t at) {
  return is_ascii(text[at]) ? ascii_kind(text[at]) : Kind::separator;
}
constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Modifier letter apostrophe: Unicode calls it a letter, here it is as good as U+2019.
constexpr UChar32 kModifierApostrophe = 0x02bc;

bool is_written_without_spaces(UChar32 c) {
  if (c < 0x0e00) return false;
  if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff)) return true;
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
  return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || (c >= 0xff66 && c <= 0xff9d);
}

Kind kind_of(UChar32 c) {
  if (c < 0) return Kind::separator;
  if (c < 0x80) return kAsciiKinds[static_cast<std::size_t>(c)];
  if (c == kModifierApostrophe) return Kind::separator;
  const std::uint32_t mask = U_GET_GC_MASK(c);
  if (mask & U_GC_ND_MASK) return Kind::digit;
  if (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_NL_MASK)) {
    return (mask & U_GC_M_MASK) == 0 && is_written_without_spaces(c) ? Kind::ideograph : Kind::letter;
  }
  return Kind::separator;
}

/// Marks, and the halfwidth voicing marks of katakana, which are letters to Unicode.
bool is_mark(UChar32 c) {
  return c >= 0x300 && ((U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || c == 0xff9e || c == 0xff9f);
}

bool is_cyrillic(UChar32 c) {
  return c >= 0x0400 && c <= 0x052f;
}

/// Soft hyphen, zero width joiner, word joiner: they stand inside a word without parting it.
bool is_invisible(UChar32 c) {
  return c == 0x00ad || c == 0x200d || c == 0x2060;
}

/// Code points of a text by byte offset.
class Cursor {
 public:
  explicit Cursor(std::string_view text)
      : bytes_(reinterpret_cast<const std::uint8_t*>(text.data())),
        size_(static_cast<std::int64_t>(text.size())) {}

  /// The code point at `offset` (negative when malformed or at the end); sets `next` behind it.
  UChar32 at(std::size_t offset, std::size_t& next) const {
    auto i = static_cast<std::int64_t>(offset);
    if (i >= size_) {
      next = offset;
      return -1;
    }
    UChar32 c = bytes_[i];
    if (c < 0x80) {
      next = offset + 1;
      return c;
    }
    U8_NEXT(bytes_, i, size_, c);
    next = static_cast<std::size_t>(i);
    return c;
  }
  Kind kind_at(std::size_t offset) const {
    std::size_t next = 0;
    return kind_of(at(offset, next));
  }
  bool ended(std::size_t offset) const { return static_cast<std::int64_t>(offset) >= size_; }

 private:
  const std::uint8_t* bytes_;
  std::int64_t size_;
};

/// Length in bytes of an English ending behind an apostrophe at `text` ("s", "t", "ll", "re", "ve", "d",
/// "m"), when the word ends with it; else 0.
std::size_t apostrophe_ending(std::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && is_ascii(text[letters]) && ascii_kind(text[letters]) == Kind::letter) {
    ++letters;
  }
  if (letters == 0 || letters > 2 || Cursor(text).kind_at(letters) != Kind::separator) return 0;
  const std::string ending = exact_form(text.substr(0, letters));
  for (const std::string_view known : {"s", "t", "ll", "re", "ve", "d", "m"}) {
    if (ending == known) return letters;
  }
  return 0;
}

/// Bytes of an apostrophe at the start of `text`: ASCII ', right single quotation mark, modifier letter,
/// fullwidth.
std::size_t apostrophe_length(std::string_view text) {
  if (text.starts_with('\'')) return 1;
  if (text.starts_with("\u2019") || text.starts_with("\uff07")) return 3;
  if (text.starts_with("\u02bc")) return 2;
  return 0;
}

/// How many ASCII digits `text` begins with, no further than `most`.
std::size_t leading_digits(std::string_view text, std::size_t most) {
  std::size_t digits = 0;
  while (digits < text.size() && digits < most && ascii_kind_at(text, digits) == Kind::digit) ++digits;
  return digits;
}

/// True when `last` and the groups of three digits that `text` begins with are a list that counts up, as
/// sections and pages are listed: neighbours (100,101), or three in small steps (114,118,120).
bool counts_up(std::string_view last, std::string_view text) {
  constexpr int kStep = 20;
  const auto value = [](std::string_view digits) {
    return (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  };
  const int step = value(text) - value(last);
  if (step == 1) return true;
  if (step < 1 || step > kStep || text.size() < 7 || text[3] != ',' || leading_digits(text.substr(4), 4) != 3)
    return false;
  const int next = value(text.substr(4)) - value(text);
  return next > 0 && next <= kStep;
}

/// True when a comma between `before` and `text` divides thousands, as in "9,854": three digits follow it and
/// nothing but digits stands before it, at most three of them unless `grouped` already.
bool divides_thousands(std::string_view before, bool grouped, std::string_view text) {
  if (leading_digits(text, 4) != 3 || leading_digits(before, before.size()) != before.size()) return false;
  if (grouped) return true;
  return before.size() < 3 || (before.size() == 3 && !counts_up(before, text));
}

void cut(std::string& word) {
  if (word.size() <= kMaxWordBytes) return;
  std::size_t size = kMaxWordBytes;
  while (size > 0 && (static_cast<unsigned char>(word[size]) & 0xc0) == 0x80) --size;
  word.resize(size);
}

/// Finds words in one text; `letters_` collects the word without what is dropped inside it (points, commas).
class Scanner {
 public:
  Scanner(std::string_view text, const std::function<void(const Token&)>& take, const WordFilter* filter)
      : text_(text), cursor_(text), take_(take), filter_(filter) {}

  void run() {
    for (std::size_t at = 0; !cursor_.ended(at);) at = step(at);
  }

  /// How many words were met.
  std::size_t words() const { return ordinal_; }

  /// From a place outside of any word to behind the word or sign that stands there.
  std::size_t step(std::size_t at) {
    if (is_ascii(text_[at])) return ascii_kind(text_[at]) == Kind::separator ? at + 1 : word(at);
    std::size_t next = 0;
    const UChar32 c = cursor_.at(at, next);
    switch (kind_of(c)) {
      case Kind::separator:
        return next;
      case Kind::ideograph:
        return ideograph(at, next);
      default:
        return is_mark(c) ? next : word(at);
    }
  }

 private:
  std::size_t ideograph(std::size_t begin, std::size_t end) {
    std::size_t next = 0;
    while (is_mark(cursor_.at(end, next))) end = next;
    letters_.assign(text_, begin, end - begin);
    emit(begin, end, true);
    return end;
  }

  /// Most words are plain ASCII and end at a blank: they need neither Unicode nor the rules of joining.
  std::size_t word(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && is_ascii(text_[end]) && ascii_kind(text_[end]) != Kind::separator) ++end;
    if (!ends_plainly(end)) return joined_word(begin);
    if (filter_ != nullptr && !filter_->may_want(text_[begin], end - begin) && stands_alone(begin, end)) {
      ++ordinal_;
      return end;
    }
    if (!take_) {
      ++ordinal_;
      return end;
    }
    const std::size_t size = std::min(end - begin, kMaxWordBytes);
    std::transform(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                   text_.begin() + static_cast<std::ptrdiff_t>(begin + size), plain_.begin(), ascii_lower);
    const std::string_view folded(plain_.data(), size);
    take_(Token{.begin = begin, .end = end, .folded = folded, .exact = folded, .ordinal = ordinal_++});
    return end;
  }

  /// No hyphen joins it to a neighbour; what is not ASCII may be one.
  bool stands_alone(std::size_t begin, std::size_t end) const {
    const auto parts = [](char c) { return is_ascii(c) && c != '-'; };
    return (begin == 0 || parts(text_[begin - 1])) && (end == text_.size() || parts(text_[end]));
  }

  /// True when nothing at `end` can belong to the word before it.
  bool ends_plainly(std::size_t end) const {
    if (end == text_.size()) return true;
    const char c = text_[end];
    if (!is_ascii(c) || c == '\'') return false;
    if (c != '.' && c != ',') return true;
    return end + 1 == text_.size() ||
           (is_ascii(text_[end + 1]) && ascii_kind(text_[end + 1]) == Kind::separator);
  }

  std::size_t joined_word(std::size_t begin) {
    letters_.clear();
    std::size_t at = begin;
    std::size_t segment = 0;  // letters since the word began or since its last full stop
    Kind last = Kind::separator;
    UChar32 last_letter = -1;
    bool grouped = false;  // a comma between thousands was passed
    const bool in_list =
        begin >= 2 && text_[begin - 1] == ',' && ascii_kind_at(text_, begin - 2) == Kind::digit;
    while (true) {
      std::size_t next = 0;
      const UChar32 c = cursor_.at(at, next);
      const Kind kind = kind_of(c);
      if (kind == Kind::letter || kind == Kind::digit) {
        letters_.append(text_, at, next - at);
        if (!is_mark(c)) {
          last = kind;
          last_letter = c;
          ++segment;
        }
        at = next;
        continue;
      }
      if (kind == Kind::ideograph) break;
      if (is_invisible(c) && is_inner(cursor_.kind_at(next))) {
        at = next;
        continue;
      }
      if (c == '.' && last == Kind::digit && cursor_.kind_at(next) == Kind::digit) {
        letters_ += '.';
        at = next;
        continue;
      }
      if (c == ',' && last == Kind::digit && !in_list &&
          divides_thousands(letters_, grouped, text_.substr(next))) {
        grouped = true;
        at = next;
        continue;
      }
      if (c == '.' && last == Kind::letter && segment == 1 && is_initial(next)) {
        at = next;
        segment = 0;
        continue;
      }
      if (const std::size_t length = apostrophe_length(text_.substr(at));
          length > 0 && last == Kind::letter) {
        if (const std::size_t ending = apostrophe_ending(text_.substr(at + length)); ending > 0) {
          letters_ += '\'';
          letters_.append(text_, at + length, ending);
          at += length + ending;
        } else if (is_cyrillic(last_letter) && is_cyrillic(code_point_at(at + length))) {
          at += length;  // п'ять is one word, and often written without the sign
          continue;
        }
      }
      break;
    }
    emit(begin, at, false);
    return at;
  }

  UChar32 code_point_at(std::size_t at) const {
    std::size_t next = 0;
    return cursor_.at(at, next);
  }

  static bool is_inner(Kind kind) { return kind == Kind::letter || kind == Kind::digit; }

  /// True when one letter stands alone at `at`, as the S of "U.S.C.".
  bool is_initial(std::size_t at) const {
    std::size_t behind = 0;
    return kind_of(cursor_.at(at, behind)) == Kind::letter && cursor_.kind_at(behind) == Kind::separator;
  }

  void emit(std::size_t begin, std::size_t end, bool ideograph) {
    if (!take_ && (ideograph || leaves_something())) {
      ++ordinal_;
      return;
    }
    exact_ = exact_form(letters_);
    const bool ascii = exact_.size() == letters_.size() && is_plain_ascii(exact_);
    if (!ascii) folded_ = strip_accents(exact_);
    // Letters that Unicode ignores (Hangul fillers, a lone tatweel) leave nothing behind.
    if (exact_.empty() || (!ascii && folded_.empty())) return;
    cut(exact_);
    cut(folded_);
    const std::size_t ordinal = ordinal_++;
    if (!take_) return;
    take_(Token{.begin = begin,
                .end = end,
                .folded = ascii ? exact_ : folded_,
                .exact = exact_,
                .ordinal = ordinal,
                .ideograph = ideograph});
  }

  /// True when folding cannot take all of the word away: most have something of ASCII, or a letter with a
  /// case.
  bool leaves_something() const {
    if (std::ranges::any_of(letters_, is_ascii)) return true;
    std::size_t next = 0;
    const std::uint32_t mask = U_GET_GC_MASK(Cursor(letters_).at(0, next));
    return (mask & (U_GC_LU_MASK | U_GC_LL_MASK | U_GC_ND_MASK)) != 0;
  }

  static bool is_plain_ascii(std::string_view word) { return std::ranges::all_of(word, is_ascii); }

  std::string_view text_;
  Cursor cursor_;
  const std::function<void(const Token&)>& take_;
  const WordFilter* filter_;
  std::size_t ordinal_ = 0;
  std::array<char, kMaxWordBytes> plain_{};
  std::string letters_;
  std::string exact_;
  std::string folded_;
};

}  // namespace

void WordFilter::want(std::string_view word) {
  if (word.empty()) return;
  sizes_[static_cast<unsigned char>(word.front()) & 0x1f] |= std::uint64_t{1}
                                                             << std::min<std::size_t>(word.size(), 63);
}

void for_each_token(std::string_view text, const std::function<void(const Token&)>& take,
                    const WordFilter* filter) {
  Scanner(text, take, filter).run();
}

TokenStep step_over_token(std::string_view text, std::size_t at,
                          const std::function<void(const Token&)>& take) {
  Scanner scanner(text, take, nullptr);
  const std::size_t end = scanner.step(at);
  return {.end = end, .is_word = scanner.words() > 0};
}

std::vector<OwnedToken> tokenize(std::string_view text) {
  std::vector<OwnedToken> tokens;
  for_each_token(text, [&](const Token& token) {
    tokens.push_back(
        {token.begin, token.end, std::string(token.folded), std::string(token.exact), token.ideograph});
  });
  return tokens;
}

}  // namespace carrel::schema
