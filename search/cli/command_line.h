// The words of `carrel-search`, read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/cli/options.h"

namespace carrel::search::cli {

/// Either the options, or the exit code of a line that needs no run (--help, --version, a mistake); what a
/// person should read of it has then been printed.
struct ParsedCommandLine {
  std::optional<Options> options;
  int exit_code = 0;
};

/// Reads configuration files and environment too, unless --no-config is there.
ParsedCommandLine parse_command_line(int argc, const char* const* argv);

/// The words of a command line as one query. An argument with blanks that the shell passed as one, such as
/// 'forced labor', is a phrase, unless it has operators, quotation marks or fields in it.
std::string join_words(std::span<const std::string> words);

/// One option, for whoever completes a line.
struct OptionHelp {
  std::vector<std::string> names;  ///< "-n", "--limit"
  std::string meaning;
  bool takes_value = false;
};
std::vector<OptionHelp> all_options();

}  // namespace carrel::search::cli
