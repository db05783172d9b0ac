// The librarian's file: what a person says of the documents. It wins over everything found in a document.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/schema/record.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// What the catalogue says of one resource.
struct CatalogueRow {
  std::size_t line = 0;   ///< line of the file, for messages; 0: of no file
  std::string path;       ///< relative to the source or to the catalogue's folder; may be empty
  schema::Record fields;  ///< values by field, checked and canonical
  std::string hash;       ///< changes when anything in the row changes
};

/// A catalogue in memory. Reading it checks all of it: column names, dates, languages, years, that each row
/// names a file or an address and none is named twice.
class Catalogue {
 public:
  /// Reads a CSV file (header line, RFC 4180) or, when the name ends in .jsonl or .ndjson, JSON Lines (an
  /// object a line, several values as an array). In a cell of CSV several values are separated by ';'; "\;" is
  /// one inside a value, and backslashes before a ';' are doubled, others are not. Errors: not_found,
  /// unreadable, usage; the message names file, line and column of up to ten mistakes.
  static Result<Catalogue> load(const std::filesystem::path& file);

  /// The same of a text; `file` is its name for messages and for paths beside it.
  static Result<Catalogue> parse(std::string_view text, const std::filesystem::path& file, bool json_lines);

  /// Whether the name of a catalogue says that it is JSON Lines.
  static bool is_json_lines(const std::filesystem::path& file);

  /// The row of a file: by its path below its source, else by its place below the catalogue's folder.
  /// nullptr: none.
  const CatalogueRow* find_file(std::string_view relative, std::string_view absolute) const;

  /// Says that the file `absolute`, `relative` below its source, was fetched from `url`. It gets the row of
  /// this address, else its own by path with the address where that has none, else a new one of line 0.
  void add_fetched(const std::string& absolute, const std::string& relative, const std::string& url);

  /// The row of an address; nullptr when there is none.
  const CatalogueRow* find_url(std::string_view url) const;

  const std::vector<CatalogueRow>& rows() const { return rows_; }

  /// Where a row's file would be when its path is taken from the catalogue's folder.
  std::filesystem::path beside_catalogue(const CatalogueRow& row) const { return folder_ / row.path; }

  const std::filesystem::path& file() const { return file_; }

 private:
  /// Looked up without a copy of the name: a plan asks for every file.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using RowNumbers = std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>>;

  std::filesystem::path file_;
  std::filesystem::path folder_;
  std::vector<CatalogueRow> rows_;
  std::string folder_name_;  ///< the folder with a slash
  RowNumbers by_path_;
  RowNumbers by_url_;
  RowNumbers by_fetched_file_;  ///< by absolute path

  friend class CatalogueReader;
};

}  // namespace carrel::indexer
