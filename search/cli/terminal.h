// What the terminal can show: width, colours, and text that cannot hurt it.
#pragma once

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
};

/// Of standard output: wrapped and coloured only on a terminal, as --color, NO_COLOR and TERM say.
TerminalStyle terminal_style(ColorChoice choice);

/// `text` without control characters: text of documents must not steer a terminal.
std::string printable(std::string_view text);

std::string bold(std::string_view text, const TerminalStyle& style);
std::string dim(std::string_view text, const TerminalStyle& style);
std::string link(std::string_view text, const TerminalStyle& style);

/// `text` as lines of `style.width`, each after `indent` blanks, the `marks` highlighted; with a line feed at
/// the end.
std::string paragraph(std::string_view text, std::span<const Mark> marks, std::size_t indent,
                      const TerminalStyle& style);

}  // namespace carrel::search::cli
