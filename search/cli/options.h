// What a person asked carrel-search to do, checked.
#pragma once

#include <cstdint>
#include <string>

#include "search/request.h"

namespace carrel::search::cli {

enum class OutputFormat { text, json, jsonl, urls };
enum class ColorChoice { automatic, always, never };

struct Options {
  std::string index;
  Request request;
  OutputFormat format = OutputFormat::text;
  bool show_facets = false;  ///< in text; JSON always has them
  ColorChoice color = ColorChoice::automatic;
  std::string show;             ///< id of the one resource to show instead of searching
  std::string similar;          ///< id of the resource whose like to list instead of searching
  std::uint32_t show_page = 0;  ///< its page to show; 0: its fields
};

}  // namespace carrel::search::cli
