#include "search/cli/run.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "search/cli/actions.h"
#include "search/cli/answer_reader.h"
#include "search/cli/answer_source.h"
#include "search/cli/completion.h"
#include "search/cli/hit_writer.h"
#include "search/cli/kwic_report.h"
#include "search/cli/output.h"
#include "search/cli/repetition.h"
#include "search/cli/saved_searches.h"
#include "search/cli/search_record.h"
#include "search/cli/terminal.h"
#include "search/cli/text_report.h"
#include "search/cli/year_plot.h"
#include "search/schema/date.h"

namespace carrel::search::cli {
namespace {

int complain(const Error& error) {
  fmt::print(stderr, "carrel-search: {}\n", to_line(error));
  return kError;
}

/// Of a run that wrote something.
int exit_code(bool found, Output& output) {
  if (!output.finish()) return kError;
  return found ? kFound : kNothingFound;
}

/// Years outside the chosen ones are counted by the facet as if none were chosen.
bool is_chosen(const Request& request, const std::string& year) {
  const auto selection = std::ranges::find(request.selections, schema::FieldId::year, &Selection::field);
  if (selection == request.selections.end()) return true;
  const auto date = schema::PartialDate::parse(year);
  return date && std::ranges::any_of(selection->values, [&](const std::string& chosen) {
           const auto range = schema::DateRange::parse(chosen);
           return range && date->last_day() >= range->from && date->first_day() <= range->to;
         });
}

Result<YearCounts> count_years(AnswerSource& source, const Request& request, std::uint64_t total) {
  const auto facet = source.facet(request, schema::FieldId::year);
  if (!facet) return std::unexpected(facet.error());
  YearCounts counts{.what = "resources"};
  std::uint64_t dated = 0;
  for (const FacetValue& value : facet->values) {
    if (!is_chosen(request, value.value)) continue;
    counts.add(value.value, value.count);
    dated += value.count;
  }
  counts.undated = total > dated ? total - dated : 0;
  return counts;
}

std::string plot_title(const Answer& answer) {
  return answer.query.q.empty() ? "The whole library" : answer.query.q;
}

Result<void> plot(AnswerSource& source, const Options& options, const Answer& answer,
                  const TerminalStyle& style, Output& output) {
  if (!options.trend && options.plot.empty()) return {};
  const auto counts = count_years(source, options.request, answer.total);
  if (!counts) return std::unexpected(counts.error());
  const bool drawn = options.trend && !options.quiet;
  if (drawn && options.format == OutputFormat::text) output.put("\n" + year_bars(*counts, style));
  if (drawn && options.format != OutputFormat::text) fmt::print(stderr, "{}", year_bars(*counts, style));
  if (options.plot.empty()) return {};
  return write_file(options.plot, year_svg(*counts, plot_title(answer)));
}

Result<Answer> count_alone(AnswerSource& source, Request request) {
  request.limit = 0;
  return source.stream(request, [](Hit&&) { return false; });
}

/// One object, exactly as the API has it.
Result<Answer> search_as_json(AnswerSource& source, const Options& options, Output& output) {
  const auto json = source.search_json(options.request);
  if (!json) return std::unexpected(json.error());
  output.put(*json + "\n");
  return read_answer(*json);
}

/// Results one after the other. Those of a page wait for what is to be said before them; those of a complete
/// list go out at once.
Result<Answer> search_as_list(AnswerSource& source, const Options& options, const TerminalStyle& style,
                              Output& output) {
  const auto writer = make_hit_writer(options.format, options.zero, style);
  std::string page;
  const auto put = [&](const std::string& text) {
    if (options.all) return output.put(text);
    page += text;
    return true;
  };
  put(writer->head());
  std::uint64_t shown = 0;
  const auto answer = source.stream(options.request, [&](Hit&& hit) {
    ++shown;
    return put(writer->hit(hit, options.request.offset + shown));
  });
  if (!answer) return answer;
  fmt::print(stderr, "{}", side_notes(*answer));
  put(writer->tail());
  if (options.format == OutputFormat::text) put(end_report(*answer, shown, style));
  if (options.format == OutputFormat::text) output.put(rules_report(*answer, style));
  output.put(page);
  if (options.all && options.format != OutputFormat::text) {
    fmt::print(stderr, "{}{} resource{}, revision {}\n", answer->total_exact ? "" : "at least ",
               answer->total, answer->total == 1 ? "" : "s", answer->revision);
  }
  return answer;
}

int search(AnswerSource& source, const Options& options) {
  const TerminalStyle style = terminal_style(options.look);
  Output output(options.look, options.format == OutputFormat::text && !options.quiet);
  const auto answer = options.quiet                          ? count_alone(source, options.request)
                      : options.format == OutputFormat::json ? search_as_json(source, options, output)
                                                             : search_as_list(source, options, style, output);
  if (!answer) return complain(answer.error());
  if (auto plotted = plot(source, options, *answer, style, output); !plotted)
    return complain(plotted.error());
  if (!options.record.empty()) {
    const auto record = make_record(source, options.place, options.request);
    if (!record) return complain(record.error());
    if (auto written = write_file(options.record, to_toml(*record)); !written)
      return complain(written.error());
  }
  return exit_code(answer->total > 0, output);
}

int kwic(AnswerSource& source, const Options& options) {
  const TerminalStyle style = terminal_style(options.look);
  Output output(options.look, options.format == OutputFormat::text);
  KwicReport report(options, style, output);
  Request request = options.request;
  request.passages = 0;
  request.facets.emplace();
  const auto answer = source.concordance(
      request, report.context(),
      [&](const Resource& resource, const Occurrence& one) { return report.take(resource, one); });
  if (!answer) return complain(answer.error());
  fmt::print(stderr, "{}", side_notes(*answer));
  report.finish(*answer);
  if (!options.plot.empty()) {
    const auto written = write_file(options.plot, year_svg(report.years(), plot_title(*answer)));
    if (!written) return complain(written.error());
  }
  return exit_code(report.occurrences() > 0, output);
}

int list_saved(const Options& options) {
  const auto searches = read_saved_searches(options.searches_file);
  if (!searches) return complain(searches.error());
  Output output(options.look, false);
  for (const SavedSearch& one : *searches) {
    std::string arguments;
    for (const std::string& argument : one.arguments) arguments += (arguments.empty() ? "" : " ") + argument;
    output.put(printable(one.name) + "\t" + printable(arguments) + "\n");
  }
  return exit_code(!searches->empty(), output);
}

/// A task about one resource: what went wrong, or whether something was found.
int one_resource(AnswerSource& source, const Options& options) {
  const TerminalStyle style = terminal_style(options.look);
  Output output(options.look, options.format == OutputFormat::text && options.task == Task::show);
  Result<bool> found = true;
  const auto done = [&](const Result<void>& result) {
    if (!result) found = std::unexpected(result.error());
  };
  if (options.task == Task::show) done(show(source, options, style, output));
  if (options.task == Task::open) done(open(source, options));
  if (options.task == Task::cite) done(cite(source, options, output));
  if (options.task == Task::similar) found = list_similar(source, options, style, output);
  if (!found) return complain(found.error());
  return exit_code(*found, output);
}

int repeat(const Options& options) {
  const TerminalStyle style = terminal_style(options.look);
  Output output(options.look, options.format == OutputFormat::text);
  const auto found =
      options.task == Task::replay ? replay(options, output) : only_new(options, style, output);
  if (!found) return complain(found.error());
  return exit_code(*found, output);
}

}  // namespace

int run(const Options& options) {
  if (options.task == Task::print_completion) {
    Output output(options.look, false);
    output.put(completion_script(options.completion_shell));
    return exit_code(true, output);
  }
  if (options.task == Task::list_saved) return list_saved(options);
  if (options.task == Task::replay || options.only_new) return repeat(options);
  const auto source = open_source(options.place);
  if (!source) return complain(source.error());
  if (options.task == Task::search) return search(**source, options);
  if (options.task == Task::kwic) return kwic(**source, options);
  return one_resource(**source, options);
}

}  // namespace carrel::search::cli
