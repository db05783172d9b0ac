#include "search/cli/command_line.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "search/schema/date.h"
#include "search/schema/result.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"
#include "search/vocabulary.h"

namespace carrel::search::cli {
namespace {

constexpr int kUsage = 2;
/// Who types at a terminal may ask for more at once than the public.
constexpr QueryLimits kTerminalLimits{
    .bytes = 16384, .words = 500, .nesting = 50, .wildcard_terms = 2000, .time = std::chrono::seconds(30)};

constexpr const char* kAbout = R"(Searches a Carrel index.

Examples:
  carrel-search labor trafficking
  carrel-search --type report --year 2015..2020 'forced labor' OR servitude
  carrel-search 'debt bondage' NEAR/10 visa --facets
  carrel-search --topic housing --lang es --sort -date
  carrel-search --json --query 'title:toolkit -draft' | jq .total
  carrel-search --show reports/2020.pdf --page 12

Words are joined: resources with all of them, or, when there are none, with some. "two words" or an argument
with blanks is a phrase. Also: OR, AND, NOT in capitals, brackets, word*, =word (this form only), NEAR/5, ADJ/5,
name:value for every field (title:, author:, topic:, year:2015..2020, pages:..10, site:, is:accessible…).

Exit codes: 0 found, 1 nothing found, 2 error.)";

const std::map<std::string, Sort> kSorts = {
    {"relevance", Sort::relevance}, {"date", Sort::date_ascending},   {"-date", Sort::date_descending},
    {"title", Sort::title},         {"added", Sort::added_ascending}, {"-added", Sort::added_descending}};
const std::map<std::string, OutputFormat> kFormats = {{"text", OutputFormat::text},
                                                      {"json", OutputFormat::json},
                                                      {"jsonl", OutputFormat::jsonl},
                                                      {"urls", OutputFormat::urls}};
const std::map<std::string, ColorChoice> kColors = {
    {"auto", ColorChoice::automatic}, {"always", ColorChoice::always}, {"never", ColorChoice::never}};

template <typename Value>
std::vector<std::string> names_of(const std::map<std::string, Value>& choices) {
  std::vector<std::string> names;
  for (const auto& [name, value] : choices) names.push_back(name);
  return names;
}

/// Stands for every expansion; no word of a query is an asterisk alone.
constexpr std::string_view kEverything = "*";

/// What CLI11 fills in, before it is checked.
struct RawOptions {
  std::string index, query, sort = "relevance", format = "text", color = "auto", facets, date, show, similar;
  std::vector<std::string> words;
  std::map<schema::FieldId, std::vector<std::string>> selected;
  std::uint32_t page = 0;
  std::uint64_t limit = 10, offset = 0, passages = 3;
  std::vector<std::string> no_expand;
  bool json = false, no_correct = false, all_versions = false, strict = false, explain = false;
};

/// The option of a facet field: its name, except where that means something else here.
std::string option_names(const schema::Field& field) {
  if (field.id == schema::FieldId::format) return "--filetype";
  std::string names = "--" + std::string(field.name);
  if (!field.alias.empty() && field.id != schema::FieldId::accessible)
    names += ",--" + std::string(field.alias);
  return names;
}

void add_options(CLI::App& app, RawOptions& raw) {
  app.add_option("words", raw.words, "What to search; nothing: everything")->type_name("WORDS");
  app.add_option("--index", raw.index, "Folder of the index")->envname("CARREL_INDEX")->type_name("DIR");
  app.add_option("-e,--query", raw.query, "A whole query, taken as it is")->type_name("QUERY");
  for (const schema::Field& field : schema::kFields) {
    if (!field.is(schema::kFacet)) continue;
    const bool year = field.id == schema::FieldId::year;
    app.add_option(option_names(field), raw.selected[field.id],
                   year ? std::string("2020, 2015..2020, ..2020, 2015.. (repeat: any of them)")
                        : fmt::format("Only this {} (repeat: any of them)", schema::exact_form(field.label)))
        ->type_name(year ? "RANGE" : "VALUE")
        ->allow_extra_args(false)
        ->group("Filters");
  }
  app.add_option("--date", raw.date, "2019-06.., 2019-01-15..2019-03")->type_name("RANGE")->group("Filters");
  app.add_option("-n,--limit", raw.limit, "How many results (default 10)")->type_name("N");
  app.add_option("--offset", raw.offset, "Leave out the first N results")->type_name("N");
  app.add_option("--sort", raw.sort, "relevance, date, -date, title, added, -added")
      ->check(CLI::IsMember(names_of(kSorts)))
      ->type_name("ORDER");
  app.add_option("--facets", raw.facets, "Count values of all facets, or of --facets=FIELD,…")
      ->type_name("FIELDS");
  app.add_option("--passages", raw.passages, "At most N passages a result (default 3)")->type_name("N");
  app.add_option("--format", raw.format, "text, json, jsonl, urls")
      ->check(CLI::IsMember(names_of(kFormats)))
      ->type_name("FORMAT");
  app.add_flag("--json", raw.json, "The same as --format json");
  app.add_flag("--strict", raw.strict, "Only the words as typed: no other forms, no spelling");
  app.add_option("--no-expand", raw.no_expand,
                 "Without other words of the thesaurus, or with --no-expand=WORD without those for it")
      ->allow_extra_args(false)
      ->type_name("WORD");
  app.add_flag("--all-versions", raw.all_versions,
               "Every translation and edition as a result of its own (else one for each work)");
  app.add_flag("--no-correct", raw.no_correct, "Nothing found is nothing found: no corrected query instead");
  app.add_flag("--explain", raw.explain, "Say which words were found where");
  app.add_option("--show", raw.show, "Show one resource instead of searching")->type_name("ID");
  app.add_option("--similar", raw.similar, "List resources like this one instead of searching")
      ->type_name("ID");
  app.add_option("--page", raw.page, "With --show: the text of this page")->type_name("N");
  app.add_option("--color", raw.color, "auto, always, never")
      ->check(CLI::IsMember(names_of(kColors)))
      ->type_name("WHEN");
}

int complain(const std::string& message, const std::string& hint) {
  fmt::print(stderr, "carrel-search: {}\n", to_line({ErrorKind::usage, message, hint}));
  return kUsage;
}

/// The option of the program that is most like `typed`; empty when none is near.
std::string nearest_option(const CLI::App& app, const std::string& typed) {
  std::string best;
  std::size_t least = 3;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      const std::size_t distance = edit_distance(typed, "--" + name, 2);
      if (distance < least) {
        least = distance;
        best = "--" + name;
      }
    }
  }
  return best;
}

int unknown_option(const CLI::App& app) {
  const auto rest = app.remaining();
  const auto found = std::ranges::find_if(rest, [](const std::string& one) { return one.starts_with('-'); });
  const std::string typed = (found == rest.end() ? rest.front() : *found);
  const std::string name = typed.substr(0, typed.find('='));
  const std::string nearest = nearest_option(app, name);
  if (!nearest.empty()) {
    return complain(fmt::format("there is no option {} (did you mean {}?)", name, nearest),
                    "see carrel-search --help");
  }
  return complain(fmt::format("there is no option {}", name),
                  "to leave out a word, write NOT word, or give the query with --query; see --help");
}

/// `--facets` and `--no-expand` may stand alone, which CLI11 can only tell from `--facets report` when they
/// have a value.
std::vector<std::string> arguments(int argc, const char* const* argv) {
  std::vector<std::string> reversed;
  bool only_words = false;
  for (int i = 1; i < argc; ++i) {
    std::string one = argv[i];
    only_words = only_words || one == "--";
    if (one == "--facets" && !only_words) one = "--facets=all";
    if (one == "--no-expand" && !only_words) one += "=" + std::string(kEverything);
    reversed.push_back(std::move(one));
  }
  std::ranges::reverse(reversed);
  return reversed;
}

Result<std::vector<schema::FieldId>> read_facets(const std::string& text) {
  std::vector<schema::FieldId> fields;
  for (const std::string& name : CLI::detail::split(text, ',')) {
    if (name == "all") continue;
    const auto field = schema::find_field(name);
    if (!field || !schema::field(*field).is(schema::kFacet)) {
      std::string known;
      for (const schema::Field& row : schema::kFields) {
        if (row.is(schema::kFacet)) known += (known.empty() ? "" : ", ") + std::string(row.name);
      }
      return fail(ErrorKind::usage, fmt::format("there is no facet '{}'", name), "the facets are " + known);
    }
    fields.push_back(*field);
  }
  return fields;
}

Result<Options> check(RawOptions raw) {
  Options options{.index = std::move(raw.index)};
  if (options.index.empty()) {
    return fail(ErrorKind::usage, "no index is named", "give --index DIR or set CARREL_INDEX");
  }
  Request& request = options.request;
  request.q = join_words(raw.words);
  if (!raw.query.empty()) request.q += (request.q.empty() ? "" : " ") + raw.query;
  for (auto& [field, values] : raw.selected) {
    if (values.empty()) continue;
    if (field == schema::FieldId::year) {
      for (const std::string& year : values) {
        if (const auto range = schema::DateRange::parse(year); !range) return std::unexpected(range.error());
      }
    }
    request.selections.push_back({field, std::move(values)});
  }
  request.date = std::move(raw.date);
  request.sort = kSorts.at(raw.sort);
  request.limit = raw.limit;
  request.offset = raw.offset;
  request.passages = raw.passages;
  request.mode = raw.strict ? Mode::strict : Mode::standard;
  request.explain = raw.explain;
  request.correct = !raw.no_correct;
  request.join_versions = !raw.all_versions;
  request.expand = std::ranges::find(raw.no_expand, kEverything) == raw.no_expand.end();
  request.no_expand = std::move(raw.no_expand);
  request.limits = kTerminalLimits;
  options.format = raw.json ? OutputFormat::json : kFormats.at(raw.format);
  options.color = kColors.at(raw.color);
  options.show = std::move(raw.show);
  options.similar = std::move(raw.similar);
  options.show_page = raw.page;
  if (options.show_page > 0 && options.show.empty()) {
    return fail(ErrorKind::usage, "--page shows a page of the resource named by --show",
                "give --show ID too, or search with page words alone");
  }
  if (!raw.facets.empty()) {
    auto facets = read_facets(raw.facets);
    if (!facets) return std::unexpected(facets.error());
    options.show_facets = true;
    if (!facets->empty()) request.facets = std::move(*facets);
  } else if (options.format != OutputFormat::json) {
    request.facets.emplace();
  }
  return options;
}

bool is_plain(std::string_view argument) {
  if (argument.find_first_of("\"():*=|") != std::string_view::npos) return false;
  for (const std::string& word : CLI::detail::split(std::string(argument), ' ')) {
    if (word == "AND" || word == "OR" || word == "NOT" || word.starts_with("NEAR/") ||
        word.starts_with("ADJ/")) {
      return false;
    }
    if (word.size() > 1 && (word.front() == '-' || word.front() == '+')) return false;
  }
  return argument.find("\u201c") == std::string_view::npos;
}

}  // namespace

std::string join_words(std::span<const std::string> words) {
  std::string query;
  for (const std::string& word : words) {
    if (!query.empty()) query += ' ';
    const bool phrase =
        word.find(' ') != std::string::npos && is_plain(word) && schema::tokenize(word).size() > 1;
    query += phrase ? '"' + word + '"' : word;
  }
  return query;
}

ParsedCommandLine parse_command_line(int argc, const char* const* argv) {
  RawOptions raw;
  CLI::App app(kAbout, "carrel-search");
  app.set_version_flag("--version", std::string("carrel-search ") + CARREL_VERSION);
  add_options(app, raw);
  try {
    app.parse(arguments(argc, argv));
  } catch (const CLI::Success& asked) {
    return {.options = std::nullopt, .exit_code = app.exit(asked)};
  } catch (const CLI::ExtrasError&) {
    return {.options = std::nullopt, .exit_code = unknown_option(app)};
  } catch (const CLI::ParseError& error) {
    return {.options = std::nullopt, .exit_code = complain(error.what(), "see carrel-search --help")};
  }
  auto options = check(std::move(raw));
  if (!options) {
    return {.options = std::nullopt, .exit_code = complain(options.error().message, options.error().hint)};
  }
  return {.options = std::move(*options)};
}

}  // namespace carrel::search::cli
