// What could come next on a command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carrel::search::cli {

/// `carrel-search --complete N -- WORDS`: the scripts for the shells call this with the words of the line
/// (the program first) and the index of the one being typed. Writes a candidate a line, a tab, and what it
/// means; nothing where file names are wanted. Looks into the index for values of facets. Never complains.
int complete(int argc, const char* const* argv);

/// The script for bash, zsh or fish.
std::string_view completion_script(std::string_view shell);

}  // namespace carrel::search::cli
