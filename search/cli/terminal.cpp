#include "search/cli/terminal.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

namespace carrel::search::cli {
namespace {

constexpr std::size_t kWidest = 100;    // longer lines tire the eye
constexpr std::size_t kNarrowest = 20;  // narrower ones would break every word
constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kMark = "\x1b[1;31m";

std::string styled(std::string_view text, std::string_view on, const TerminalStyle& style) {
  if (!style.color || text.empty()) return std::string(text);
  return std::string(on) + std::string(text) + std::string(kReset);
}

std::size_t columns_of(UChar32 c) {
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) return 0;
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// Calls `take` with the beginning, the end (in bytes) and the code point of each character.
template <typename Take>
void for_each_character(std::string_view text, Take&& take) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < length;) {
    const auto begin = static_cast<std::size_t>(i);
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    take(begin, static_cast<std::size_t>(i), c);
  }
}

/// Lays words out on lines.
class Lines {
 public:
  Lines(std::size_t indent, std::size_t width) : indent_(indent), width_(width) {}

  void add(std::string_view piece, std::size_t columns) {
    const bool too_long = width_ > 0 && word_columns_ > 0 && indent_ + word_columns_ + columns > width_;
    if (too_long) end_word();  // a run without blanks is broken
    word_ += piece;
    word_columns_ += columns;
  }
  void style(std::string_view sequence) { word_ += sequence; }
  void end_word() {
    if (word_.empty()) return;
    const bool fits = width_ == 0 || column_ == 0 || indent_ + column_ + gap_ + word_columns_ <= width_;
    if (!fits) out_ += '\n';
    if (!fits || column_ == 0) {
      out_.append(indent_, ' ');
      column_ = 0;
    } else {
      out_.append(gap_, ' ');
      column_ += gap_;
    }
    out_ += word_;
    column_ += word_columns_;
    gap_ = 0;
    word_.clear();
    word_columns_ = 0;
  }
  void blank() {
    end_word();
    gap_ = 1;
  }
  std::string take() {
    end_word();
    return out_ + "\n";
  }

 private:
  std::size_t indent_;
  std::size_t width_;
  std::size_t column_ = 0;
  std::size_t gap_ = 0;
  std::string word_;
  std::size_t word_columns_ = 0;
  std::string out_;
};

}  // namespace

TerminalStyle terminal_style(const Look& look) {
  TerminalStyle style;
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool able = terminal && term != nullptr && std::string_view(term) != "dumb";
  const bool colors = able && (no_color == nullptr || *no_color == '\0');
  style.color = look.color == When::always || (look.color == When::automatic && colors);
  style.hyperlinks = look.hyperlinks == When::always || (look.hyperlinks == When::automatic && able);
  style.bars = terminal;
  winsize size{};
  if (look.width > 0) {
    style.width = std::max(look.width, kNarrowest);
  } else if (terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > kNarrowest) {
    style.width = std::min<std::size_t>(size.ws_col, kWidest);
  }
  return style;
}

std::string printable(std::string_view text) {
  std::string out;
  for_each_character(text, [&](std::size_t begin, std::size_t end, UChar32 c) {
    if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (c >= 0 && !u_iscntrl(c)) {
      out += text.substr(begin, end - begin);
    }
  });
  return out;
}

std::string bold(std::string_view text, const TerminalStyle& style) {
  return styled(text, "\x1b[1m", style);
}
std::string dim(std::string_view text, const TerminalStyle& style) {
  return styled(text, "\x1b[2m", style);
}
std::string marked(std::string_view text, const TerminalStyle& style) {
  return styled(text, kMark, style);
}

std::string linked(const std::string& text, std::string_view address, const TerminalStyle& style) {
  const bool web = address.starts_with("https://") || address.starts_with("http://");
  if (!style.hyperlinks || !web || text.empty()) return text;
  // OSC 8: the address is printable ASCII, anything else percent-encoded.
  std::string target;
  for (const char c : address) {
    target +=
        c > ' ' && c < '\x7f' ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return "\x1b]8;;" + target + "\x1b\\" + text + "\x1b]8;;\x1b\\";
}

std::string link(std::string_view text, std::string_view address, const TerminalStyle& style) {
  return linked(styled(text, "\x1b[36m", style), address, style);
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for_each_character(text, [&](std::size_t, std::size_t, UChar32 c) { columns += columns_of(c); });
  return columns;
}

std::string first_columns(std::string_view text, std::size_t columns) {
  std::size_t taken = 0;
  std::size_t until = 0;
  for_each_character(text, [&](std::size_t, std::size_t end, UChar32 c) {
    taken += columns_of(c);
    if (taken <= columns) until = end;
  });
  return std::string(text.substr(0, until));
}

std::string last_columns(std::string_view text, std::size_t columns) {
  std::size_t left = columns_of(text);
  std::size_t from = 0;
  for_each_character(text, [&](std::size_t, std::size_t end, UChar32 c) {
    if (left > columns) from = end;
    left -= columns_of(c);
  });
  return std::string(text.substr(from));
}

std::string bar(std::uint64_t count, std::uint64_t most, std::size_t columns) {
  static constexpr const char* kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (most == 0 || count == 0) return {};
  const std::uint64_t eighths = std::max<std::uint64_t>(1, count * columns * 8 / most);
  std::string out;
  for (std::uint64_t i = 0; i < eighths / 8; ++i) out += "█";
  return out + kEighths[eighths % 8];
}

std::string paragraph(std::string_view text, std::span<const Mark> marks, std::size_t indent,
                      const TerminalStyle& style) {
  Lines lines(indent, style.width);
  std::size_t mark = 0;
  std::uint32_t number = 0;
  for_each_character(text, [&](std::size_t begin, std::size_t end, UChar32 c) {
    if (style.color && mark < marks.size() && marks[mark].second == number) {
      lines.style(kReset);
      ++mark;
    }
    if (style.color && mark < marks.size() && marks[mark].first == number) lines.style(kMark);
    if (c == ' ') {
      lines.blank();
    } else {
      lines.add(text.substr(begin, end - begin), columns_of(c));
    }
    ++number;
  });
  if (style.color && mark < marks.size()) lines.style(kReset);
  return lines.take();
}

}  // namespace carrel::search::cli
