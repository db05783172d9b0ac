// The sources of the project as text: their includes and their string literals.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::layers {

/// One source file. Paths are relative to the root of the project, with '/'.
struct SourceFile {
  std::string path;
  std::string first;                  ///< the first of all that it includes
  std::vector<std::string> own;       ///< what it includes with quotes
  std::vector<std::string> foreign;   ///< what it includes with angle brackets
  std::vector<std::string> literals;  ///< its string literals as written, without the quotes
  bool pragma_once = false;

  bool is_header() const { return path.ends_with(".h"); }
};

/// The bytes of a file; empty when it cannot be read.
std::string file_text(const std::filesystem::path& path);

/// Reads what matters of one file. Comments are passed over.
SourceFile read_source(std::string path, std::string_view text);

/// All .h and .cpp files of the project, by path.
std::vector<SourceFile> source_tree(const std::filesystem::path& root);

/// The sources that `cmake_text` lists for the executable `program`, as written there.
std::vector<std::string> program_sources(std::string_view cmake_text, std::string_view program);

}  // namespace carrel::layers
