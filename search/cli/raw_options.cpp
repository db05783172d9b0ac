#include "search/cli/raw_options.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "search/cli/command_line.h"
#include "search/cli/saved_searches.h"
#include "search/schema/date.h"
#include "search/schema/nearest_name.h"

namespace carrel::search::cli {
namespace {

/// Who types at a terminal may ask for more at once than the public.
constexpr QueryLimits kTerminalLimits{
    .bytes = 16384, .words = 500, .nesting = 50, .wildcard_terms = 2000, .time = std::chrono::seconds(30)};
/// A complete list is worth waiting for: it must be exact.
constexpr std::chrono::hours kComplete{6};

constexpr std::uint64_t kResults = 10;
constexpr std::uint64_t kPassages = 3;
/// A reference has one place and a row of a table has room for one.
constexpr std::uint64_t kPassagesOfExports = 1;

const std::map<std::string, Sort> kSorts = {
    {"relevance", Sort::relevance}, {"date", Sort::date_ascending},   {"-date", Sort::date_descending},
    {"title", Sort::title},         {"added", Sort::added_ascending}, {"-added", Sort::added_descending}};
const std::map<std::string, OutputFormat> kFormats = {
    {"text", OutputFormat::text}, {"json", OutputFormat::json},     {"jsonl", OutputFormat::jsonl},
    {"csv", OutputFormat::csv},   {"tsv", OutputFormat::tsv},       {"ris", OutputFormat::ris},
    {"urls", OutputFormat::urls}, {"bibtex", OutputFormat::bibtex}, {"csl-json", OutputFormat::csl_json},
    {"ids", OutputFormat::ids}};
const std::map<std::string, When> kWhens = {
    {"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
const std::map<std::string, KwicOrder> kKwicOrders = {
    {"place", KwicOrder::place}, {"left", KwicOrder::left}, {"right", KwicOrder::right}};

std::unexpected<Error> usage(std::string message, std::string hint) {
  return fail(ErrorKind::usage, std::move(message), std::move(hint));
}

template <typename Value>
std::vector<std::string> names_of(const std::map<std::string, Value>& choices) {
  std::vector<std::string> names;
  for (const auto& [name, value] : choices) names.push_back(name);
  return names;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Result<std::vector<schema::FieldId>> read_facets(const std::string& text) {
  std::vector<std::string_view> names;
  for (const schema::Field& row : schema::kFields) {
    if (row.is(schema::kFacet)) names.push_back(row.name);
  }
  std::vector<schema::FieldId> fields;
  for (const std::string& name : split(text, ',')) {
    if (name == "all") continue;
    const auto field = schema::find_field(name);
    if (!field || !schema::field(*field).is(schema::kFacet)) {
      std::string known;
      for (const std::string_view one : names) known.append(known.empty() ? "" : ", ").append(one);
      const auto nearest = schema::nearest_name(name, names);
      return usage(fmt::format("there is no facet '{}'", name),
                   nearest ? fmt::format("did you mean {}?", *nearest) : "the facets are " + known);
    }
    fields.push_back(*field);
  }
  return fields;
}

Result<Place> place_of(const RawOptions& raw, const Settings& settings) {
  if (raw.index && raw.server) return usage("both --index and --server are given", "leave one of them out");
  Place place;
  if (raw.server) {
    place.server = *raw.server;
  } else if (raw.index) {
    place.index = *raw.index;
  } else if (settings.server) {
    place.server = *settings.server;
  } else {
    place.index = settings.index.value_or("");
  }
  if (place.server.empty() && place.index.empty()) {
    return usage(
        "no index is named",
        "give --index DIR or --server URL, set CARREL_INDEX, or write index = \"DIR\" into a configuration");
  }
  const std::string& server = place.server;
  if (!server.empty() && !server.starts_with("http://") && !server.starts_with("https://") &&
      !server.starts_with("unix:/")) {
    return usage(fmt::format("'{}' is no address of a server", server),
                 "write http://HOST:PORT, https://HOST or unix:/PATH");
  }
  return place;
}

/// What is asked for instead of a search, at most one thing.
Result<Task> task_of(const RawOptions& raw, std::string& id) {
  struct One {
    bool given;
    Task task;
    const char* name;
    const std::optional<std::string>* of = nullptr;
  };
  const One all[] = {{raw.show.has_value(), Task::show, "--show", &raw.show},
                     {raw.open.has_value(), Task::open, "--open", &raw.open},
                     {raw.similar.has_value(), Task::similar, "--similar", &raw.similar},
                     {raw.cite.has_value(), Task::cite, "--cite", &raw.cite},
                     {raw.kwic, Task::kwic, "--kwic"},
                     {raw.replay.has_value(), Task::replay, "--replay"},
                     {raw.list_saved, Task::list_saved, "--list-saved"}};
  const One* found = nullptr;
  for (const One& one : all) {
    if (!one.given) continue;
    if (found != nullptr) {
      return usage(fmt::format("{} and {} cannot be done at once", found->name, one.name),
                   "choose one of them");
    }
    found = &one;
  }
  if (found == nullptr) return Task::search;
  if (found->of != nullptr) id = **found->of;
  if (found->of != nullptr && id.empty()) {
    return usage(fmt::format("{} needs the id of a resource", found->name), "--format ids lists them");
  }
  return found->task;
}

Result<void> fill_request(RawOptions& raw, const Settings& settings, Request& request) {
  request.q = join_words(raw.words);
  if (raw.query && !raw.query->empty()) request.q += (request.q.empty() ? "" : " ") + *raw.query;
  for (auto& [field, values] : raw.selected) {
    if (values.empty()) continue;
    if (field == schema::FieldId::year) {
      for (const std::string& year : values) {
        if (const auto range = schema::DateRange::parse(year); !range) return std::unexpected(range.error());
      }
    }
    request.selections.push_back({field, std::move(values)});
  }
  request.date = raw.date.value_or("");
  request.sort = kSorts.at(raw.sort.value_or(settings.sort.value_or("relevance")));
  request.limit = raw.limit.value_or(settings.limit.value_or(kResults));
  request.offset = raw.offset;
  request.mode =
      (raw.strict || settings.strict.value_or(false)) && !raw.no_strict ? Mode::strict : Mode::standard;
  request.explain = raw.explain;
  request.correct = !raw.no_correct && settings.correct.value_or(true);
  request.join_versions = !raw.all_versions && !settings.all_versions.value_or(false);
  request.expand = std::ranges::find(raw.no_expand, kEveryExpansion) == raw.no_expand.end() &&
                   settings.expand.value_or(true);
  request.no_expand = std::move(raw.no_expand);
  std::erase(request.no_expand, std::string(kEveryExpansion));
  request.limits = kTerminalLimits;
  return {};
}

bool writes_references(OutputFormat format) {
  return format == OutputFormat::ris || format == OutputFormat::bibtex || format == OutputFormat::csl_json;
}

/// What the task makes of the format that was typed, or of its absence.
Result<OutputFormat> format_of(const RawOptions& raw, const Settings& settings, Task task) {
  const std::string said = raw.json ? "json" : raw.format.value_or(settings.format.value_or("text"));
  const OutputFormat format = kFormats.at(said);
  const bool typed = raw.json || raw.format;
  const auto fits = [&](std::initializer_list<OutputFormat> some) {
    return std::ranges::find(some, format) != some.end();
  };
  using enum OutputFormat;
  if (task == Task::cite) {
    if (writes_references(format)) return format;
    if (!typed) return ris;
    return usage(fmt::format("a reference cannot be written as {}", said), "choose ris, bibtex or csl-json");
  }
  if (task == Task::show && !fits({text, json, jsonl})) {
    if (!typed) return text;
    return usage(fmt::format("a resource cannot be shown as {}", said),
                 "choose text or json; --cite ID writes references");
  }
  if (task == Task::kwic && !fits({text, json, jsonl, csv, tsv})) {
    if (!typed) return text;
    return usage(fmt::format("a concordance cannot be written as {}", said),
                 "choose text, json, jsonl, csv or tsv");
  }
  if (task == Task::replay && !fits({text, json})) {
    if (!typed) return text;
    return usage(fmt::format("a comparison cannot be written as {}", said), "choose text or json");
  }
  if (raw.all && format == json && task == Task::search) {
    if (!typed) return jsonl;
    return usage("--all writes results one by one, and json is one object",
                 "choose jsonl, an object a line, or csv, tsv, ris, bibtex, csl-json, urls, ids");
  }
  if (raw.null && !typed && format == text && task == Task::search) return ids;  // for xargs
  if (raw.null && (writes_references(format) || fits({text, json}))) {
    return usage(fmt::format("{} has no records to end with a zero byte", said),
                 "choose ids, urls, jsonl, csv or tsv with -0");
  }
  return format;
}

Result<void> fits_together(const RawOptions& raw, Task task) {
  const bool page_makes_sense = task == Task::show || task == Task::open || task == Task::cite;
  if (raw.page > 0 && !page_makes_sense) {
    return usage("--page names a page of the resource of --show, --open or --cite",
                 "give one of them too, or search with page words alone");
  }
  if (raw.only_new && !raw.saved) {
    return usage("--new is about a saved search", "name one with --saved NAME; --list-saved lists them");
  }
  if (raw.all && raw.limit) return usage("--all and --limit contradict each other", "leave one of them out");
  if (raw.all && task != Task::search) {
    return usage("--all is about searching", "--kwic and --replay look at every result anyway");
  }
  if (raw.only_new && (raw.all || task != Task::search)) {
    return usage("--new lists everything new and nothing else", "leave out the other task");
  }
  if (raw.kwic_sort && task != Task::kwic) return usage("--kwic-sort is about --kwic", "give --kwic too");
  if (raw.context && task != Task::kwic) return usage("--context is about --kwic", "give --kwic too");
  if ((raw.trend || raw.plot) && task != Task::search && task != Task::kwic) {
    return usage("--trend and --plot are about searching and --kwic", "leave out the other task");
  }
  if (raw.record && task != Task::search) {
    return usage("--record is about searching", "search without the other task to record it");
  }
  return {};
}

}  // namespace

std::vector<std::string> choices_of(std::string_view option) {
  if (option == "--sort") return names_of(kSorts);
  if (option == "--format") return names_of(kFormats);
  if (option == "--kwic-sort") return names_of(kKwicOrders);
  if (option == "--color" || option == "--hyperlinks" || option == "--pager") return names_of(kWhens);
  if (option == "--completion") return {"bash", "fish", "zsh"};
  return {};
}

std::string sort_name(Sort sort) {
  return std::ranges::find(kSorts, sort, &std::pair<const std::string, Sort>::second)->first;
}

Result<Sort> read_sort(const std::string& name) {
  const auto found = kSorts.find(name);
  if (found != kSorts.end()) return found->second;
  return usage(fmt::format("there is no order '{}'", name),
               "the orders are relevance, date, -date, title, added, -added");
}

Result<Options> check_options(RawOptions raw, const Settings& settings, const Environment& environment) {
  Options options;
  if (raw.completion) {
    options.task = Task::print_completion;
    options.completion_shell = *raw.completion;
    return options;
  }
  const auto task = task_of(raw, options.id);
  if (!task) return std::unexpected(task.error());
  options.task = *task;
  if (auto fit = fits_together(raw, *task); !fit) return std::unexpected(fit.error());
  const auto format = format_of(raw, settings, *task);
  if (!format) return std::unexpected(format.error());
  options.format = *format;
  options.searches_file = raw.searches.value_or(settings.searches.value_or(""));
  if (options.searches_file.empty()) {
    options.searches_file = (user_configuration_folder(environment) / kSearchesFile).string();
  }
  if (*task == Task::list_saved) return options;
  // A record names its own place, which an option alone overrides.
  if (*task != Task::replay || raw.index || raw.server) {
    auto place = place_of(raw, settings);
    if (!place) return std::unexpected(place.error());
    options.place = *std::move(place);
  }

  const bool exports =
      writes_references(*format) || *format == OutputFormat::csv || *format == OutputFormat::tsv;
  const bool names_alone = *format == OutputFormat::urls || *format == OutputFormat::ids || raw.quiet;
  Request& request = options.request;
  if (auto filled = fill_request(raw, settings, request); !filled) return std::unexpected(filled.error());
  request.passages =
      raw.passages.value_or(exports ? kPassagesOfExports : settings.passages.value_or(kPassages));
  if (names_alone) request.passages = 0;
  if (raw.all || raw.only_new || *task == Task::kwic) request.limits.time = kComplete;
  if (raw.all || *task == Task::kwic)
    request.limit = raw.limit.value_or(std::numeric_limits<std::size_t>::max());
  // Every occurrence is wanted, so those in other versions of a work are.
  if (*task == Task::kwic) request.join_versions = false;

  options.all = raw.all;
  options.quiet = raw.quiet;
  options.zero = raw.null;
  options.page = raw.page;
  options.kwic_order = kKwicOrders.at(raw.kwic_sort.value_or("place"));
  options.context = raw.context.value_or(settings.context.value_or(0));
  options.trend = raw.trend;
  options.plot = raw.plot.value_or("");
  options.record = raw.record.value_or("");
  options.replay = raw.replay.value_or("");
  options.saved = raw.saved.value_or("");
  options.only_new = raw.only_new;
  options.opener = settings.opener.value_or("xdg-open");
  options.look = {
      .color = kWhens.at(raw.color.value_or(settings.color.value_or("auto"))),
      .hyperlinks = kWhens.at(raw.hyperlinks.value_or(settings.hyperlinks.value_or("auto"))),
      .pager = kWhens.at(raw.no_pager ? "never" : raw.pager.value_or(settings.pager.value_or("auto"))),
      .pager_command = settings.pager_command.value_or(environment("PAGER").value_or("")),
      .width = raw.width.value_or(settings.width.value_or(0))};
  if (raw.facets) {
    auto facets = read_facets(*raw.facets);
    if (!facets) return std::unexpected(facets.error());
    options.show_facets = true;
    if (!facets->empty()) request.facets = std::move(*facets);
  } else if (options.format != OutputFormat::json || options.all) {
    request.facets.emplace();
  }
  return options;
}

}  // namespace carrel::search::cli
