// Everything that an index holds, in words that can be compared.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace carrel::tests {

/// What an index holds of each resource and beside them. Numbers of documents, revisions, times of files and
/// the line on the last run are left out: two indexes of the same library differ in them. So are topics,
/// which are those of the last rebuild.
struct IndexDump {
  std::map<std::string, std::string> resources;  ///< by id: record, values, terms with counts and positions
  std::map<std::string, std::string> metadata;   ///< page texts, sources of fields
  std::map<std::string, std::string> files;      ///< the ledger by path: id, code, pages, characters
  std::map<std::string, std::string> stems;      ///< written forms by stem key
};

IndexDump dump_index(const std::filesystem::path& index);

/// The first difference in words; empty when there is none. Stems that lead to words of removed documents do
/// no harm: `now` may have more of them than `expected`.
std::string first_difference(const IndexDump& expected, const IndexDump& now);

}  // namespace carrel::tests
