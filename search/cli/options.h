// What a person asked carrel-search to do, checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/request.h"

namespace carrel::search::cli {

enum class OutputFormat { text, json, jsonl, csv, tsv, ris, bibtex, csl_json, urls, ids };

/// For colours, links and the pager alike: `automatic` is on a terminal alone.
enum class When { automatic, always, never };

/// What the run does. Everything but `search` is asked for by an option of its own.
enum class Task { search, show, open, similar, cite, kwic, replay, list_saved, complete, print_completion };

enum class KwicOrder { place, left, right };

/// How results look.
struct Look {
  When color = When::automatic;
  When hyperlinks = When::automatic;
  When pager = When::automatic;
  std::string pager_command;  ///< for a shell; empty: less, when there is one
  std::size_t width = 0;      ///< columns; 0: of the terminal
};

/// Where answers come from: exactly one of the two is set.
struct Place {
  std::string index;   ///< a folder
  std::string server;  ///< http://…, https://… or unix:/PATH
};

struct Options {
  Task task = Task::search;
  Place place;
  Request request;
  OutputFormat format = OutputFormat::text;
  Look look;
  bool all = false;          ///< every hit, one by one
  bool show_facets = false;  ///< in text; JSON always has them
  bool quiet = false;        ///< the exit code says it all
  bool zero = false;         ///< records end with a zero byte instead of a line feed
  std::string id;            ///< of the resource to show, open, cite or take as the example
  std::uint32_t page = 0;    ///< its page; 0: the resource as a whole

  KwicOrder kwic_order = KwicOrder::place;
  std::size_t context = 0;  ///< code points on either side; 0: as many as the line has room for
  bool trend = false;       ///< a plot by year below the results
  std::string plot;         ///< the same as SVG in this file

  std::string record;  ///< file for the record of this search
  std::string replay;  ///< file with the record of a search to repeat

  std::string saved;          ///< name of the saved search that this is
  bool only_new = false;      ///< of it, only what has come since the last time
  std::string searches_file;  ///< with the saved searches
  std::string opener;         ///< program that opens an address

  std::string completion_shell;  ///< whose completion script to print
};

}  // namespace carrel::search::cli
