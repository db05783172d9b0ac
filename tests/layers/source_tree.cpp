#include "tests/layers/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace carrel::layers {
namespace {

namespace fs = std::filesystem;

/// The text without comments, so that a header named in one counts for nothing.
std::string without_comments(std::string_view text) {
  std::string out;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (quote != '\0') {
      if (text[i] == '\\' && i + 1 < text.size()) {
        out += text[i++];
      } else if (text[i] == quote || text[i] == '\n') {
        quote = '\0';
      }
    } else if (rest.starts_with("//")) {
      i = std::min(text.find('\n', i), text.size());
      if (i == text.size()) break;
    } else if (rest.starts_with("/*")) {
      i = std::min(text.find("*/", i), text.size() - 2) + 1;
      continue;
    } else if (text[i] == '"' ||
               (text[i] == '\'' && (i == 0 || !isalnum(static_cast<unsigned char>(text[i - 1]))))) {
      quote = text[i];
    }
    out += text[i];
  }
  return out;
}

/// What stands in `line` from behind `open` to the next `close`.
std::string between(std::string_view line, char open, char close) {
  const std::size_t begin = line.find(open);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = line.find(close, begin + 1);
  return std::string(line.substr(begin + 1, end - begin - 1));
}

void collect_literals(std::string_view line, std::vector<std::string>& literals) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\'' && i + 2 < line.size()) {  // a character, perhaps the quote itself
      const std::size_t close = line.find('\'', i + (line[i + 1] == '\\' ? 3 : 2));
      if (close != std::string_view::npos && close - i <= 3) i = close;
      continue;
    }
    if (line[i] != '"') continue;
    std::string literal;
    for (++i; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] == '\\' && i + 1 < line.size()) literal += line[i++];
      literal += line[i];
    }
    literals.push_back(std::move(literal));
  }
}

}  // namespace

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

SourceFile read_source(std::string path, std::string_view text) {
  SourceFile file;
  file.path = std::move(path);
  std::istringstream lines(without_comments(text));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#include")) {
      const bool own = line.find('"') < line.find('<');
      auto& list = own ? file.own : file.foreign;
      list.push_back(own ? between(line, '"', '"') : between(line, '<', '>'));
      if (file.first.empty()) file.first = list.back();
    } else if (line == "#pragma once") {
      file.pragma_once = true;
    } else {
      collect_literals(line, file.literals);
    }
  }
  return file;
}

std::vector<SourceFile> source_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (const char* top : {"search", "indexer", "query-server", "tests", "benchmarks"}) {
    if (!fs::is_directory(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      files.push_back(
          read_source(fs::relative(entry.path(), root).generic_string(), file_text(entry.path())));
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<std::string> program_sources(std::string_view cmake_text, std::string_view program) {
  const std::string opening = "add_executable(" + std::string(program);
  const std::size_t begin = cmake_text.find(opening);
  if (begin == std::string_view::npos) return {};
  const std::size_t from = begin + opening.size();
  std::istringstream words(std::string(cmake_text.substr(from, cmake_text.find(')', from) - from)));
  return {std::istream_iterator<std::string>(words), {}};
}

}  // namespace carrel::layers
