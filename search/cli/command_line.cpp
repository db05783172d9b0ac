#include "search/cli/command_line.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "search/cli/raw_options.h"
#include "search/cli/saved_searches.h"
#include "search/schema/nearest_name.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"

namespace carrel::search::cli {
namespace {

constexpr int kUsage = 2;

constexpr const char* kAbout = R"(Searches a Carrel index.

Examples:
  carrel-search labor trafficking
  carrel-search --type report --year 2015..2020 'forced labor' OR servitude
  carrel-search 'debt bondage' NEAR/10 visa --facets
  carrel-search --topic housing --lang es --sort -date
  carrel-search --server https://search.example.org --json 'T visa' | jq .total
  carrel-search --all --format ris --topic housing > housing.ris
  carrel-search --kwic --kwic-sort right 'debt bondage'
  carrel-search --strict --record search.json '"forced labor"'
  carrel-search --show reports/2020.pdf --page 12
  carrel-search --cite reports/2020.pdf --page 12 --format bibtex
  carrel-search -0 --topic housing | xargs -0 -n1 carrel-search --cite

Words are joined: resources with all of them, or, when there are none, with some. "two words" or an argument
with blanks is a phrase. Also: OR, AND, NOT in capitals, brackets, word*, =word (this form only), NEAR/5, ADJ/5,
name:value for every field (title:, author:, topic:, year:2015..2020, pages:..10, site:, is:accessible…).

Exit codes: 0 found, 1 nothing found, 2 error. Manual: carrel-search(1), carrel-query(7), carrel-config(5).)";

CLI::Option* choice(CLI::App& app, const std::string& name, std::optional<std::string>& to,
                    const std::string& meaning, const char* type) {
  return app.add_option(name, to, meaning)->check(CLI::IsMember(choices_of(name)))->type_name(type);
}

/// The option of a facet field: its name, except where that means something else here.
std::string option_names(const schema::Field& field) {
  if (field.id == schema::FieldId::format) return "--filetype";
  std::string names = "--" + std::string(field.name);
  if (!field.alias.empty() && field.id != schema::FieldId::accessible)
    names += ",--" + std::string(field.alias);
  return names;
}

void add_filters(CLI::App& app, RawOptions& raw) {
  for (const schema::Field& field : schema::kFields) {
    if (!field.is(schema::kFacet)) continue;
    const bool year = field.id == schema::FieldId::year;
    app.add_option(option_names(field), raw.selected[field.id],
                   year ? std::string("2020, 2015..2020, ..2020, 2015.. (repeat: any of them)")
                        : fmt::format("Only this {} (repeat: any of them)", schema::exact_form(field.label)))
        ->type_name(year ? "RANGE" : "VALUE")
        ->allow_extra_args(false)
        ->take_all()
        ->group("Filters");
  }
  app.add_option("--date", raw.date, "2019-06.., 2019-01-15..2019-03")->type_name("RANGE")->group("Filters");
}

void add_query_options(CLI::App& app, RawOptions& raw) {
  app.add_option("words", raw.words, "What to search; nothing: everything")->take_all()->type_name("WORDS");
  app.add_option("--index", raw.index, "Folder of the index")->type_name("DIR");
  app.add_option("--server", raw.server, "Ask this carrel-server instead: http://…, https://…, unix:/PATH")
      ->type_name("URL");
  app.add_option("-e,--query", raw.query, "A whole query, taken as it is")->type_name("QUERY");
  app.add_flag("--strict", raw.strict, "Only the words as typed: no other forms, no thesaurus, no spelling");
  app.add_flag("--no-strict", raw.no_strict, "Not so, whatever the configuration says");
  app.add_option("--no-expand", raw.no_expand,
                 "Without other words of the thesaurus, or with --no-expand=WORD without those for it")
      ->allow_extra_args(false)
      ->take_all()
      ->type_name("WORD");
  app.add_flag("--all-versions", raw.all_versions,
               "Every translation and edition as a result of its own (else one for each work)");
  app.add_flag("--no-correct", raw.no_correct, "Nothing found is nothing found: no corrected query instead");
  app.add_flag("--no-config", raw.no_config, "Read no configuration files and no CARREL_ variables");
}

void add_result_options(CLI::App& app, RawOptions& raw) {
  const std::string group = "Results";
  app.add_option("-n,--limit", raw.limit, "How many results (default 10)")->type_name("N")->group(group);
  app.add_option("--offset", raw.offset, "Leave out the first N results")->type_name("N")->group(group);
  app.add_flag("--all", raw.all, "Every result, written as it is found (text: jsonl, csv, tsv, ris…)")
      ->group(group);
  choice(app, "--sort", raw.sort, "relevance, date, -date, title, added, -added", "ORDER")->group(group);
  app.add_option("--facets", raw.facets, "Count values of all facets, or of --facets=FIELD,…")
      ->type_name("FIELDS")
      ->group(group);
  app.add_option("--passages", raw.passages, "At most N passages a result (default 3)")
      ->type_name("N")
      ->group(group);
  app.add_flag("--explain", raw.explain, "Say which words were found where")->group(group);
  app.add_flag("--trend", raw.trend, "Plot results by year; with --kwic, occurrences")->group(group);
  app.add_option("--plot", raw.plot, "The same plot as SVG in FILE")->type_name("FILE")->group(group);
}

void add_output_options(CLI::App& app, RawOptions& raw) {
  const std::string group = "Output";
  choice(app, "--format", raw.format, "text, json, jsonl, csv, tsv, ris, bibtex, csl-json, urls, ids",
         "FORMAT")
      ->group(group);
  app.add_flag("--json", raw.json, "The same as --format json")->group(group);
  app.add_flag("-0,--null", raw.null, "End records with a zero byte; alone: ids, for xargs -0")->group(group);
  app.add_flag("-q,--quiet", raw.quiet, "Write nothing; the exit code tells")->group(group);
  choice(app, "--color", raw.color, "auto, always, never", "WHEN")->group(group);
  choice(app, "--hyperlinks", raw.hyperlinks, "Links in the terminal: auto, always, never", "WHEN")
      ->group(group);
  choice(app, "--pager", raw.pager, "Page by page: auto, always, never", "WHEN")->group(group);
  app.add_flag("--no-pager", raw.no_pager, "The same as --pager never")->group(group);
  app.add_option("--width", raw.width, "Wrap at N columns (default: of the terminal)")
      ->type_name("N")
      ->group(group);
}

void add_task_options(CLI::App& app, RawOptions& raw) {
  const std::string group = "Instead of searching";
  app.add_option("--show", raw.show, "Show one resource")->type_name("ID")->group(group);
  app.add_option("--open", raw.open, "Open one resource in the browser or reader")
      ->type_name("ID")
      ->group(group);
  app.add_option("--cite", raw.cite, "Write a reference to one resource (ris, bibtex, csl-json)")
      ->type_name("ID")
      ->group(group);
  app.add_option("--page", raw.page, "With --show, --open, --cite: this page")->type_name("N")->group(group);
  app.add_option("--similar", raw.similar, "List resources like this one")->type_name("ID")->group(group);
  app.add_flag("--kwic", raw.kwic, "Every occurrence with its page and what stands beside it")->group(group);
  choice(app, "--kwic-sort", raw.kwic_sort, "Order of occurrences: place, left, right", "ORDER")
      ->group(group);
  app.add_option("--context", raw.context, "With --kwic: N characters on either side")
      ->type_name("N")
      ->group(group);
}

void add_memory_options(CLI::App& app, RawOptions& raw) {
  const std::string group = "Searching again";
  app.add_option("--record", raw.record, "Write a search record (PRISMA-S) to FILE")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--replay", raw.replay, "Search again as recorded in FILE, tell what has changed")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--saved", raw.saved, "Search as saved under NAME")->type_name("NAME")->group(group);
  app.add_flag("--new", raw.only_new, "With --saved: only what came since the last time")->group(group);
  app.add_flag("--list-saved", raw.list_saved, "List the saved searches")->group(group);
  app.add_option("--searches", raw.searches, "File of saved searches")->type_name("FILE")->group(group);
  choice(app, "--completion", raw.completion, "Print the completion script for bash, fish or zsh", "SHELL")
      ->group(group);
}

void add_options(CLI::App& app, RawOptions& raw) {
  // Said twice, the last counts: saved searches can be changed by what is typed behind them.
  app.option_defaults()->take_last();
  add_query_options(app, raw);
  add_filters(app, raw);
  add_result_options(app, raw);
  add_output_options(app, raw);
  add_task_options(app, raw);
  add_memory_options(app, raw);
}

int complain(const std::string& message, const std::string& hint) {
  fmt::print(stderr, "carrel-search: {}\n", to_line({ErrorKind::usage, message, hint}));
  return kUsage;
}

int unknown_option(const CLI::App& app) {
  const auto rest = app.remaining();
  const auto found = std::ranges::find_if(rest, [](const std::string& one) { return one.starts_with('-'); });
  const std::string typed = (found == rest.end() ? rest.front() : *found);
  const std::string name = typed.substr(0, typed.find('='));
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& one : option->get_lnames()) known.push_back("--" + one);
  }
  const std::vector<std::string_view> names(known.begin(), known.end());
  if (const auto nearest = schema::nearest_name(name, names)) {
    return complain(fmt::format("there is no option {} (did you mean {}?)", name, *nearest),
                    "see carrel-search --help");
  }
  return complain(fmt::format("there is no option {}", name),
                  "to leave out a word, write NOT word, or give the query with --query; see --help");
}

/// `--facets` and `--no-expand` may stand alone, which CLI11 can only tell from `--facets report` when they
/// have a value. Reversed, as CLI11 takes them.
std::vector<std::string> arguments(std::span<const std::string> words) {
  std::vector<std::string> reversed;
  bool only_words = false;
  for (std::string one : words) {
    only_words = only_words || one == "--";
    if (one == "--facets" && !only_words) one = "--facets=all";
    if (one == "--no-expand" && !only_words) one += "=" + std::string(kEveryExpansion);
    reversed.push_back(std::move(one));
  }
  std::ranges::reverse(reversed);
  return reversed;
}

/// Either raw options or the exit code of a line that needs no run.
struct Read {
  std::optional<RawOptions> raw;
  int exit_code = 0;
};

Read read(std::span<const std::string> words) {
  RawOptions raw;
  CLI::App app(kAbout, "carrel-search");
  app.set_version_flag("--version", std::string("carrel-search ") + CARREL_VERSION);
  add_options(app, raw);
  try {
    app.parse(arguments(words));
  } catch (const CLI::Success& asked) {
    return {.raw = std::nullopt, .exit_code = app.exit(asked)};
  } catch (const CLI::ExtrasError&) {
    return {.raw = std::nullopt, .exit_code = unknown_option(app)};
  } catch (const CLI::ParseError& error) {
    return {.raw = std::nullopt, .exit_code = complain(error.what(), "see carrel-search --help")};
  }
  return {.raw = std::move(raw)};
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

std::vector<OptionHelp> all_options() {
  RawOptions raw;
  CLI::App app(kAbout, "carrel-search");
  app.set_version_flag("--version", "");
  add_options(app, raw);
  std::vector<OptionHelp> out;
  for (const CLI::Option* option : app.get_options()) {
    OptionHelp one{.names = {}, .meaning = option->get_description()};
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    one.takes_value = option->get_items_expected_max() > 0;
    if (!one.names.empty()) out.push_back(std::move(one));
  }
  return out;
}

ParsedCommandLine parse_command_line(int argc, const char* const* argv) {
  const std::vector<std::string> typed(argv + std::min(argc, 1), argv + argc);
  Read first = read(typed);
  if (!first.raw) return {.options = std::nullopt, .exit_code = first.exit_code};
  const auto refuse = [](const Error& error) {
    return ParsedCommandLine{.options = std::nullopt, .exit_code = complain(error.message, error.hint)};
  };
  const Environment environment = process_environment();
  Settings settings;
  if (!first.raw->no_config) {
    std::error_code error;
    auto set = read_settings(environment, std::filesystem::current_path(error));
    if (!set) return refuse(set.error());
    settings = *std::move(set);
  }
  if (first.raw->saved) {
    const auto file = first.raw->searches ? first.raw->searches : settings.searches;
    const auto saved = find_saved_search(
        file ? *file : (user_configuration_folder(environment) / kSearchesFile).string(), *first.raw->saved);
    if (!saved) return refuse(saved.error());
    std::vector<std::string> together = saved->arguments;
    together.insert(together.end(), typed.begin(), typed.end());
    first = read(together);
    if (!first.raw) return {.options = std::nullopt, .exit_code = first.exit_code};
  }
  auto options = check_options(*std::move(first.raw), settings, environment);
  if (!options) return refuse(options.error());
  return {.options = std::move(*options)};
}

}  // namespace carrel::search::cli
