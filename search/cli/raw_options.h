// The options of carrel-search as they were typed, before anybody has looked whether they fit together.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/cli/options.h"
#include "search/cli/settings.h"
#include "search/schema/fields.h"
#include "search/schema/result.h"

namespace carrel::search::cli {

/// Stands for every expansion of the thesaurus; no word of a query is an asterisk alone.
inline constexpr std::string_view kEveryExpansion = "*";

/// Nothing: not typed.
struct RawOptions {
  std::vector<std::string> words;
  std::optional<std::string> index, server, query, sort, format, color, hyperlinks, pager, date, searches;
  std::optional<std::string> show, open, similar, cite, facets, kwic_sort, plot, record, replay, saved,
      completion;
  std::map<schema::FieldId, std::vector<std::string>> selected;
  std::vector<std::string> no_expand;
  std::optional<std::uint64_t> limit, passages, width, context;
  std::uint64_t offset = 0;
  std::uint32_t page = 0;
  bool json = false, all = false, no_correct = false, all_versions = false, explain = false, quiet = false;
  bool null = false, kwic = false, trend = false, only_new = false, list_saved = false, no_pager = false;
  bool strict = false, no_strict = false;  ///< the second wins
  bool no_config = false;
};

/// The texts that an option with choices takes.
std::vector<std::string> choices_of(std::string_view option);

/// "relevance", "-date"…
std::string sort_name(Sort sort);
/// The other way round; error usage.
Result<Sort> read_sort(const std::string& name);

/// Whether they fit together, with `settings` where nothing was typed. `environment` tells where saved
/// searches lie. Errors (usage) say which option and what to do.
Result<Options> check_options(RawOptions raw, const Settings& settings, const Environment& environment);

}  // namespace carrel::search::cli
