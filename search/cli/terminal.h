// What the terminal can show: width, colours, and text that cannot hurt it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "search/answer.h"
#include "search/cli/options.h"

namespace carrel::search::cli {

/// How text goes out.
struct TerminalStyle {
  std::size_t width = 0;  ///< columns to wrap at; 0: do not wrap
  bool color = false;
  bool hyperlinks = false;  ///< OSC 8
  bool bars = false;        ///< draw counts
};

/// Of standard output: wrapped, coloured, linked and drawn only on a terminal, as the options, NO_COLOR and
/// TERM say.
TerminalStyle terminal_style(const Look& look);

/// `text` without control characters: text of documents must not steer a terminal.
std::string printable(std::string_view text);

std::string bold(std::string_view text, const TerminalStyle& style);
std::string dim(std::string_view text, const TerminalStyle& style);

/// `text` that leads to `address` where the terminal can (OSC 8) and `address` is one of the web; coloured.
std::string link(std::string_view text, std::string_view address, const TerminalStyle& style);
/// The same without a colour of its own.
std::string linked(const std::string& text, std::string_view address, const TerminalStyle& style);

/// Found words.
std::string marked(std::string_view text, const TerminalStyle& style);

/// So many columns a text takes; the part of it that takes at most so many, from its beginning or to its end.
std::size_t columns_of(std::string_view text);
std::string first_columns(std::string_view text, std::size_t columns);
std::string last_columns(std::string_view text, std::size_t columns);

/// A bar for `count` of at most `most`, in `columns`: eighths of a column for those who see it.
std::string bar(std::uint64_t count, std::uint64_t most, std::size_t columns);

/// `text` as lines of `style.width`, each after `indent` blanks, the `marks` highlighted; with a line feed at
/// the end.
std::string paragraph(std::string_view text, std::span<const Mark> marks, std::size_t indent,
                      const TerminalStyle& style);

}  // namespace carrel::search::cli
