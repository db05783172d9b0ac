#include "search/cli/terminal.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

namespace carrel::search::cli {
namespace {

constexpr std::size_t kWidest = 100;  // longer lines tire the eye
constexpr std::string_view kReset = "\x1b[0m";

std::string styled(std::string_view text, std::string_view on, const TerminalStyle& style) {
  if (!style.color || text.empty()) return std::string(text);
  return std::string(on) + std::string(text) + std::string(kReset);
}

std::size_t columns_of(UChar32 c) {
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) return 0;
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
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

TerminalStyle terminal_style(ColorChoice choice) {
  TerminalStyle style;
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  style.color = choice == ColorChoice::always || (choice == ColorChoice::automatic && terminal && !dumb &&
                                                  (no_color == nullptr || *no_color == '\0'));
  winsize size{};
  if (terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) {
    style.width = std::min<std::size_t>(size.ws_col, kWidest);
  }
  return style;
}

std::string printable(std::string_view text) {
  std::string out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < length;) {
    const std::int64_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (c >= 0 && !u_iscntrl(c)) {
      out += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
  }
  return out;
}

std::string bold(std::string_view text, const TerminalStyle& style) {
  return styled(text, "\x1b[1m", style);
}
std::string dim(std::string_view text, const TerminalStyle& style) {
  return styled(text, "\x1b[2m", style);
}
std::string link(std::string_view text, const TerminalStyle& style) {
  return styled(text, "\x1b[36m", style);
}

std::string paragraph(std::string_view text, std::span<const Mark> marks, std::size_t indent,
                      const TerminalStyle& style) {
  Lines lines(indent, style.width);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  std::size_t mark = 0;
  std::uint32_t number = 0;
  for (std::int64_t i = 0; i < length; ++number) {
    const std::int64_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (style.color && mark < marks.size() && marks[mark].second == number) {
      lines.style(kReset);
      ++mark;
    }
    if (style.color && mark < marks.size() && marks[mark].first == number) lines.style("\x1b[1;31m");
    if (c == ' ') {
      lines.blank();
    } else {
      lines.add(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)),
                columns_of(c));
    }
  }
  if (style.color && mark < marks.size()) lines.style(kReset);
  return lines.take();
}

}  // namespace carrel::search::cli
