// The words of `carrel-search`, checked.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "search/cli/options.h"

namespace carrel::search::cli {

/// Either the options, or the exit code of a line that needs no run (--help, --version, a mistake); what a
/// person should read of it has then been printed.
struct ParsedCommandLine {
  std::optional<Options> options;
  int exit_code = 0;
};

ParsedCommandLine parse_command_line(int argc, const char* const* argv);

/// The words of a command line as one query. An argument with blanks that the shell passed as one, such as
/// 'forced labor', is a phrase, unless it has operators, quotation marks or fields in it.
std::string join_words(std::span<const std::string> words);

}  // namespace carrel::search::cli
