#include "indexer/extract/table_text.h"

#include <utility>

namespace carrel::indexer {
namespace {

constexpr std::string_view kBetweenCells = " | ";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string join(const std::vector<std::string>& cells, std::string_view between) {
  std::string row;
  for (const std::string& cell : cells) {
    if (is_blank(cell)) continue;
    if (!row.empty()) row += between;
    row += cell;
  }
  return row;
}

}  // namespace

std::string join_cells(const std::vector<std::string>& cells) {
  return join(cells, kBetweenCells);
}

void TableText::end_table() {
  if (!tables_.empty()) tables_.pop_back();
}

void TableText::begin_row() {
  if (tables_.empty()) return;
  tables_.back() = Table{};
}

void TableText::begin_cell() {
  if (!tables_.empty()) tables_.back().cell.clear();
}

void TableText::end_cell() {
  if (tables_.empty()) return;
  tables_.back().cells.push_back(std::exchange(tables_.back().cell, {}));
}

std::string TableText::end_row() {
  if (tables_.empty()) return {};
  const Table row = std::exchange(tables_.back(), Table{});
  std::string text = row.tall ? join(row.cells, "\n") : join_cells(row.cells);
  if (tables_.size() < 2) return text;
  Table& outer = tables_[tables_.size() - 2];
  if (!is_blank(text)) {
    outer.tall = true;
    outer.cell += (outer.cell.empty() ? "" : "\n") + text;
  }
  return {};
}

void TableText::paragraph(std::string_view text) {
  if (tables_.empty() || is_blank(text)) return;
  Table& table = tables_.back();
  if (!table.cell.empty()) {
    table.cell += '\n';
    table.tall = true;
  }
  table.cell += text;
}

}  // namespace carrel::indexer
