#include "search/cli/actions.h"

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include "search/citation.h"
#include "search/cli/hit_writer.h"
#include "search/cli/text_report.h"

extern char** environ;

namespace carrel::search::cli {
namespace {

bool is_json(OutputFormat format) {
  return format == OutputFormat::json || format == OutputFormat::jsonl;
}

/// Runs a program that a person named, with one more argument.
Result<void> run(const std::string& command, std::string argument) {
  std::istringstream words(command);
  std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
  const std::string program = arguments.empty() ? command : arguments.front();
  arguments.push_back(std::move(argument));
  std::vector<char*> pointers;
  for (std::string& one : arguments) pointers.push_back(one.data());
  pointers.push_back(nullptr);
  constexpr const char* kHint =
      "name a program that opens addresses: opener in the configuration, or CARREL_OPENER";
  pid_t process = -1;
  if (::posix_spawnp(&process, program.c_str(), nullptr, nullptr, pointers.data(), environ) != 0) {
    return fail(ErrorKind::failed, fmt::format("there is no program {}", program), kHint);
  }
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return fail(ErrorKind::failed, fmt::format("{} could not open it", program), kHint);
}

bool is_address(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("file://") ||
         url.starts_with("ftp://");
}

}  // namespace

Result<void> show(AnswerSource& source, const Options& options, const TerminalStyle& style, Output& output) {
  if (is_json(options.format)) {
    const auto json =
        options.page > 0 ? source.page_json(options.id, options.page) : source.resource_json(options.id);
    if (!json) return std::unexpected(json.error());
    output.put(*json + "\n");
    return {};
  }
  if (options.page > 0) {
    const auto page = source.page(options.id, options.page);
    if (!page) return std::unexpected(page.error());
    output.put(text_report(*page, style));
    return {};
  }
  const auto hit = source.resource(options.id);
  if (!hit) return std::unexpected(hit.error());
  output.put(text_report(*hit, style));
  return {};
}

Result<void> open(AnswerSource& source, const Options& options) {
  const auto hit = source.resource(options.id);
  if (!hit) return std::unexpected(hit.error());
  std::string address = hit->resource.url;
  if (options.page > 0) {
    const auto page = source.page(options.id, options.page);
    if (!page) return std::unexpected(page.error());
    address = page->url;
  }
  if (!is_address(address)) {
    return fail(ErrorKind::failed, fmt::format("'{}' has no address that could be opened", options.id),
                "give the library addresses with carrel-index --url-prefix or the catalogue");
  }
  return run(options.opener, std::move(address));
}

Result<void> cite(AnswerSource& source, const Options& options, Output& output) {
  const auto hit = source.resource(options.id);
  if (!hit) return std::unexpected(hit.error());
  std::optional<PageText> page;
  if (options.page > 0) {
    auto read = source.page(options.id, options.page);
    if (!read) return std::unexpected(read.error());
    page = *std::move(read);
  }
  const CitationFormat format = options.format == OutputFormat::bibtex     ? CitationFormat::bibtex
                                : options.format == OutputFormat::csl_json ? CitationFormat::csl_json
                                                                           : CitationFormat::ris;
  output.put(search::cite(hit->resource, format, page ? &*page : nullptr));
  return {};
}

Result<bool> list_similar(AnswerSource& source, const Options& options, const TerminalStyle& style,
                          Output& output) {
  if (options.format == OutputFormat::json) {
    const auto json = source.similar_json(options.id, options.request.limit);
    if (!json) return std::unexpected(json.error());
    output.put(*json + "\n");
    return !json->ends_with("\"hits\":[]}");
  }
  const auto hits = source.similar(options.id, options.request.limit);
  if (!hits) return std::unexpected(hits.error());
  const auto writer = make_hit_writer(options.format, options.zero, style);
  output.put(writer->head());
  std::uint64_t number = 0;
  for (const Hit& hit : *hits) output.put(writer->hit(hit, ++number));
  output.put(writer->tail());
  if (options.format == OutputFormat::text) {
    Answer answer{.total = hits->size(), .hits = {}};
    output.put(end_report(answer, hits->size(), style));
  }
  return !hits->empty();
}

}  // namespace carrel::search::cli
