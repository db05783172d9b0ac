#include "search/schema/tokenizer.h"

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

bool is_written_without_spaces(UChar32 c) {
  if (c < 0x0e00) return false;
  if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff)) return true;
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
  return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || (c >= 0xff66 && c <= 0xff9d);
}

Kind kind_of(UChar32 c) {
  if (c < 0) return Kind::separator;
  if (c < 0x80) return kAsciiKinds[static_cast<std::size_t>(c)];
  const std::uint32_t mask = U_GET_GC_MASK(c);
  if (mask & U_GC_ND_MASK) return Kind::digit;
  if (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_NL_MASK)) {
    return (mask & U_GC_L_MASK) != 0 && is_written_without_spaces(c) ? Kind::ideograph : Kind::letter;
  }
  return Kind::separator;
}

bool is_mark(UChar32 c) {
  return c >= 0x300 && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
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
  while (letters < text.size() &&
         kind_of(static_cast<unsigned char>(text[letters]) < 0x80 ? text[letters] : -1) == Kind::letter) {
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

void cut(std::string& word) {
  if (word.size() <= kMaxWordBytes) return;
  std::size_t size = kMaxWordBytes;
  while (size > 0 && (static_cast<unsigned char>(word[size]) & 0xc0) == 0x80) --size;
  word.resize(size);
}

/// Finds words in one text; `letters_` collects the word without what is dropped inside it (points, commas).
class Scanner {
 public:
  Scanner(std::string_view text, const std::function<void(const Token&)>& take)
      : text_(text), cursor_(text), take_(take) {}

  void run() {
    for (std::size_t at = 0; !cursor_.ended(at);) {
      std::size_t next = 0;
      const UChar32 c = cursor_.at(at, next);
      switch (kind_of(c)) {
        case Kind::separator:
          at = next;
          break;
        case Kind::ideograph:
          at = ideograph(at, next);
          break;
        default:
          at = is_mark(c) ? next : word(at);
          break;
      }
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

  std::size_t word(std::size_t begin) {
    letters_.clear();
    std::size_t at = begin;
    std::size_t segment = 0;  // letters since the word began or since its last full stop
    Kind last = Kind::separator;
    while (true) {
      std::size_t next = 0;
      const UChar32 c = cursor_.at(at, next);
      const Kind kind = kind_of(c);
      if (kind == Kind::letter || kind == Kind::digit) {
        letters_.append(text_, at, next - at);
        if (!is_mark(c)) {
          last = kind;
          ++segment;
        }
        at = next;
        continue;
      }
      if (kind == Kind::ideograph) break;
      if ((c == '.' || c == ',') && last == Kind::digit && cursor_.kind_at(next) == Kind::digit) {
        if (c == '.') letters_ += '.';
        at = next;
        continue;
      }
      if (c == '.' && segment == 1 && last == Kind::letter && cursor_.kind_at(next) == Kind::letter) {
        std::size_t behind = 0;
        cursor_.at(next, behind);
        const Kind after = cursor_.kind_at(behind);
        if (after == Kind::separator) {
          at = next;
          segment = 0;
          continue;
        }
      }
      if (const std::size_t length = apostrophe_length(text_.substr(at));
          length > 0 && last == Kind::letter) {
        if (const std::size_t ending = apostrophe_ending(text_.substr(at + length)); ending > 0) {
          letters_ += '\'';
          letters_.append(text_, at + length, ending);
          at += length + ending;
        }
      }
      break;
    }
    emit(begin, at, false);
    return at;
  }

  void emit(std::size_t begin, std::size_t end, bool ideograph) {
    exact_ = exact_form(letters_);
    const bool ascii = exact_.size() == letters_.size() && is_plain_ascii(exact_);
    if (!ascii) folded_ = strip_accents(exact_);
    cut(exact_);
    cut(folded_);
    take_(Token{.begin = begin,
                .end = end,
                .folded = ascii ? exact_ : folded_,
                .exact = exact_,
                .ideograph = ideograph});
  }

  static bool is_plain_ascii(std::string_view word) {
    for (const char c : word) {
      if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
  }

  std::string_view text_;
  Cursor cursor_;
  const std::function<void(const Token&)>& take_;
  std::string letters_;
  std::string exact_;
  std::string folded_;
};

}  // namespace

void for_each_token(std::string_view text, const std::function<void(const Token&)>& take) {
  Scanner(text, take).run();
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
