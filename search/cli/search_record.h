// The record of a search, as a systematic review reports it, and the search that is read back from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/cli/options.h"
#include "search/schema/result.h"

namespace carrel::search::cli {

/// A search with all that is needed to repeat it and to see what has changed since. Written as TOML that
/// people can read, its parts named after the items of PRISMA-S (Rethlefsen et al. 2021, doi
/// 10.1186/s13643-020-01542-z).
struct SearchRecord {
  std::string date;  ///< UTC, "2026-11-25T09:30:00Z"
  std::string program;
  Place place;
  std::uint64_t size = 0;  ///< resources in the library
  std::string revision, collection, thesaurus;

  Request request;  ///< what was asked, without paging
  std::string in_words;
  std::vector<std::string> also_searched;  ///< "TVPA: Trafficking Victims Protection Act (acronym)"
  std::vector<std::string> notices;

  std::uint64_t hits = 0;       ///< works; versions of one are one
  std::uint64_t resources = 0;  ///< every version
  bool exact = true;
  bool complete = true;  ///< `ids` has all hits
  std::vector<std::string> ids;
};

/// One sentence for the section on methods.
std::string statement(const SearchRecord& record);

std::string to_toml(const SearchRecord& record);

/// Errors (unreadable, usage) say file, line and column.
Result<SearchRecord> read_record(const std::string& file);

/// What a repeated search gives that it did not give before, and the other way round.
struct Changes {
  std::vector<std::string> added, gone;
};
Changes changes(const SearchRecord& then, const SearchRecord& now);

/// A file as a whole or not at all: written beside and renamed. `only_mine`: nobody else may read it.
Result<void> write_file(const std::string& file, const std::string& content, bool only_mine = false);

/// The time in UTC, as SearchRecord::date.
std::string now_in_utc();

}  // namespace carrel::search::cli
