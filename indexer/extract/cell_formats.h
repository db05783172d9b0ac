// How a spreadsheet shows its numbers, as far as it changes what is read: dates, times, percentages.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

/// The number formats of xl/styles.xml (ECMA-376 part 1, 18.8.30).
class CellFormats {
 public:
  /// Reads the part as far as it is well-formed.
  void read(std::string_view xml);

  /// Days count from 1904 instead of 1900.
  void use_1904() { from_1904_ = true; }

  /// The cached value of a numeric cell as a reader sees it: "2020-04-28", "14:30", "12.5%", else the number
  /// with at most 15 digits. What is no number comes back as it is.
  std::string shown(std::string_view value, std::size_t style) const;

 private:
  friend class CellFormatReader;

  std::string_view code_of(std::size_t style) const;

  std::map<int, std::string> codes_;
  std::vector<int> styles_;  ///< number format of each cell style
  bool from_1904_ = false;
};

}  // namespace carrel::indexer
