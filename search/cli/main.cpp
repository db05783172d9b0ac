// carrel-search: raw arguments → checked options → one short run. Exit codes and broken pipes are decided
// here.
#include <cerrno>
#include <cstdio>
#include <exception>
#include <string>

#include <fmt/format.h>

#include "search/cli/command_line.h"
#include "search/json.h"
#include "search/searcher.h"
#include "search/cli/terminal.h"
#include "search/cli/text_report.h"

namespace {

using namespace carrel;
using namespace carrel::search;
using namespace carrel::search::cli;

enum ExitCode { kFound = 0, kNothingFound = 1, kError = 2 };

int complain(const Error& error) {
  fmt::print(stderr, "carrel-search: {}\n", to_line(error));
  return kError;
}

/// Writes to standard output. A reader that went away (`| head`) has what it wanted: no complaint.
bool put(const std::string& text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written || errno == EPIPE) return true;
  std::perror("carrel-search: cannot write the results");
  return false;
}

std::string lines_of(const Answer& answer, OutputFormat format) {
  std::string out;
  for (const Hit& hit : answer.hits) {
    const Resource& resource = hit.resource;
    out += format == OutputFormat::jsonl ? hit_to_json(hit)
                                         : printable(resource.url.empty() ? resource.path : resource.url);
    out += '\n';
  }
  return out;
}

int show(Searcher& searcher, const Options& options) {
  const TerminalStyle style = terminal_style(options.color);
  const bool as_json = options.format == OutputFormat::json || options.format == OutputFormat::jsonl;
  if (options.show_page > 0) {
    const auto page = searcher.page(options.show, options.show_page);
    if (!page) return complain(page.error());
    return put(as_json ? to_json(*page) + "\n" : text_report(*page, style)) ? kFound : kError;
  }
  const auto hit = searcher.resource(options.show);
  if (!hit) return complain(hit.error());
  return put(as_json ? to_json(*hit) + "\n" : text_report(*hit, style)) ? kFound : kError;
}

int list_similar(Searcher& searcher, const Options& options) {
  auto hits = searcher.similar(options.similar, options.request.limit);
  if (!hits) return complain(hits.error());
  Answer answer;
  answer.hits = std::move(*hits);
  answer.total = answer.hits.size();
  std::string out;
  if (options.format == OutputFormat::text) {
    out = text_report(answer, terminal_style(options.color));
  } else if (options.format == OutputFormat::json) {
    out = similar_to_json(options.similar, answer.hits) + "\n";
  } else {
    out = lines_of(answer, options.format);
  }
  if (!put(out)) return kError;
  return answer.hits.empty() ? kNothingFound : kFound;
}

int run(const Options& options) {
  auto searcher = Searcher::open(options.index);
  if (!searcher) return complain(searcher.error());
  if (!options.show.empty()) return show(*searcher, options);
  if (!options.similar.empty()) return list_similar(*searcher, options);
  const auto answer = searcher->search(options.request);
  if (!answer) return complain(answer.error());
  std::string out;
  switch (options.format) {
    case OutputFormat::text:
      out = text_report(*answer, terminal_style(options.color));
      break;
    case OutputFormat::json:
      out = to_json(*answer) + "\n";
      break;
    case OutputFormat::jsonl:
    case OutputFormat::urls:
      out = lines_of(*answer, options.format);
      break;
  }
  // In JSON the notices are part of the object.
  if (options.format != OutputFormat::json) fmt::print(stderr, "{}", side_notes(*answer));
  if (!put(out)) return kError;
  return answer->total > 0 ? kFound : kNothingFound;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto parsed = parse_command_line(argc, argv);
    return parsed.options ? run(*parsed.options) : parsed.exit_code;
  } catch (const std::exception& error) {
    fmt::print(stderr, "carrel-search: something is broken: {}\n", error.what());
    return kError;
  }
}
