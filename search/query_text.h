// The characters of a query and where runs of them end.
#pragma once

#include <cstddef>
#include <string_view>

namespace carrel::search {

/// Refers to the text while it lives. Offsets are bytes.
class QueryText {
 public:
  explicit QueryText(std::string_view text) : text_(text) {}

  std::size_t size() const { return text_.size(); }
  char operator[](std::size_t at) const { return text_[at]; }
  std::string_view from(std::size_t at) const { return text_.substr(at); }
  std::string_view between(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

  /// True when a blank, an opening bracket or nothing stands before `at`.
  bool starts_something(std::size_t at) const;

  /// Where the run of characters that begins at `at` ends: at a blank, a quotation mark, '|', a bracket that
  /// the run did not open itself (as in 7102(11)(A)), or a comma or semicolon that is not between digits;
  /// with `commas_stay` commas do not end it.
  std::size_t end_of_run(std::size_t at, bool commas_stay) const;

  /// Where the text between quotation marks ends that begins at `inside`: at the next mark, or at the end.
  std::size_t end_of_quoted(std::size_t inside) const;

 private:
  std::string_view text_;
};

}  // namespace carrel::search
