// Tables on their way into text: one line a row where the cells are short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

/// The open tables of a document, the innermost last. Text inside one goes to its open cell; a finished row
/// becomes a block for whoever holds the table: an outer cell, or the document.
class TableText {
 public:
  bool inside() const { return !tables_.empty(); }

  void begin_table() { tables_.emplace_back(); }
  void end_table();
  void begin_row();
  void begin_cell();
  void end_cell();

  /// The row as text: cells beside each other, set apart by " | ", or below each other when one of them holds
  /// several paragraphs. Goes to the outer cell when there is one and is empty then.
  std::string end_row();

  /// A paragraph of the open cell.
  void paragraph(std::string_view text);

 private:
  struct Table {
    std::vector<std::string> cells;
    std::string cell;
    bool tall = false;  ///< a cell of the row holds more than one paragraph
  };

  std::vector<Table> tables_;
};

/// Cells of a row beside each other, empty ones left out.
std::string join_cells(const std::vector<std::string>& cells);

}  // namespace carrel::indexer
