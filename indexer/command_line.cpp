#include "indexer/command_line.h"

#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace carrel::indexer {
namespace {

constexpr const char* kExamples = R"(Examples:
  carrel-index update --index /var/lib/carrel --catalog catalog.csv documents/
  carrel-index plan   --index /var/lib/carrel --catalog catalog.csv documents/
  carrel-index status --index /var/lib/carrel
  carrel-index why    --index /var/lib/carrel documents/report.pdf

Exit codes: 0 all good, 1 finished but some documents failed, 2 usage or configuration,
3 the index is locked by another writer, 130 interrupted (what was done is kept).)";

void add_cache_option(CLI::App& command, CommandLine& line) {
  command
      .add_option("--cache", line.update.cache,
                  "Remember what documents yielded in FILE (default: extractions.sqlite in the index)")
      ->type_name("FILE");
}

/// Options that `update` and `plan` share.
void add_source_options(CLI::App& command, CommandLine& line) {
  command.add_option("source", line.update.inputs.sources, "Folders and files with documents")
      ->required()
      ->type_name("SOURCE");
  command.add_option("--catalog", line.update.inputs.catalogue, "The librarian's file: CSV or JSON Lines")
      ->type_name("FILE");
  command
      .add_option("--url-prefix", line.update.plan.resource.url_prefix,
                  "Address of the folder; a document without an address of its own gets this and its path")
      ->type_name("URL");
  command.add_flag("--retry-failed", line.update.plan.retry_failed,
                   "Try again the documents that could not be read before");
  command
      .add_option("--max-delete", line.update.deletions.max_percent,
                  "Refuse to remove more than this share of the documents (default 20)")
      ->type_name("PERCENT")
      ->check(CLI::Range(0, 100));
  command.add_flag("--force", line.update.deletions.force, "Remove however many documents are gone");
}

}  // namespace

ParsedCommandLine parse_command_line(int argc, char** argv) {
  CommandLine line;
  CLI::App app("Reads PDF, HTML and transcripts into a Carrel index.", "carrel-index");
  app.set_version_flag("--version", std::string("carrel-index ") + CARREL_VERSION);
  app.footer(kExamples);
  app.require_subcommand(1);

  const auto add_command = [&](const char* name, const char* help, Command command) {
    CLI::App* sub = app.add_subcommand(name, help);
    sub->add_option("--index", line.update.index, "Folder of the index")
        ->required()
        ->envname("CARREL_INDEX")
        ->type_name("DIR");
    sub->callback([&line, command] { line.command = command; });
    return sub;
  };

  CLI::App* update =
      add_command("update", "Index what is new or changed, drop what is gone", Command::update);
  add_source_options(*update, line);
  add_cache_option(*update, line);
  update->add_option("--jobs", line.update.pool.workers, "Documents read at once (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  update->add_option("--report", line.report, "Write a row a document to FILE.json or FILE.csv")
      ->type_name("FILE");
  const std::map<std::string, ProgressStyle> styles{{"auto", ProgressStyle::automatic},
                                                    {"plain", ProgressStyle::plain},
                                                    {"json", ProgressStyle::json},
                                                    {"none", ProgressStyle::none}};
  update->add_option("--progress", line.progress, "How to show progress: auto, plain, json or none")
      ->transform(CLI::CheckedTransformer(styles, CLI::ignore_case))
      ->type_name("HOW");
  update->add_flag("-q,--quiet", line.quiet, "Say nothing but errors");
  update->add_flag("-v,--verbose", line.verbose, "A line for every document");

  CLI::App* plan = add_command("plan", "Show what update would do, and why; writes nothing", Command::plan);
  add_source_options(*plan, line);
  plan->add_flag("-v,--verbose", line.verbose, "Also list unchanged documents");

  CLI::App* status = add_command("status", "Show revision, counts, last run and failures", Command::status);
  add_cache_option(*status, line);
  CLI::App* why =
      add_command("why", "Show whether a document is in the index, and if not, why not", Command::why);
  why->add_option("document", line.subject, "A file, an address or an id")
      ->required()
      ->type_name("FILE|URL|ID");
  add_command("check", "Verify that the index is sound", Command::check);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    app.exit(success);
    return {.command = std::nullopt, .exit_code = 0};
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "carrel-index: {}. Try carrel-index --help\n", error.what());
    return {.command = std::nullopt, .exit_code = 2};
  }
  if (line.quiet) line.progress = ProgressStyle::none;
  return {.command = std::move(line), .exit_code = 0};
}

}  // namespace carrel::indexer
