// A shell in which $SEARCH is the carrel-search under test, with a home of its own.
#pragma once

#include <string>
#include <string_view>

namespace carrel::tests {

struct Finished {
  int exit_code = -1;
  std::string out;
};

/// Runs a line of bash, piped; standard error goes where the line sends it.
Finished shell(const std::string& line);

/// Runs it in a pseudo-terminal of so many columns; `keys` are typed at once. `out` is everything the
/// terminal got, with "\n" at the ends of lines.
Finished terminal(const std::string& line, int columns = 80, std::string_view keys = {});

/// True when `text` has `part` in it.
bool holds(const std::string& text, std::string_view part);

/// The content of a file, empty when there is none.
std::string content_of(const std::string& file);

/// "'text'": one word for a shell.
std::string word(const std::string& text);

}  // namespace carrel::tests
