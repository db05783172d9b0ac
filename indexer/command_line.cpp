#include "indexer/command_line.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "indexer/fetch/copy_store.h"

namespace carrel::indexer {
namespace {

constexpr const char* kExamples = R"(Examples:
  carrel-index update   --index /var/lib/carrel --catalog catalog.csv documents/
  carrel-index plan     --index /var/lib/carrel --catalog catalog.csv documents/
  carrel-index rebuild  --index /var/lib/carrel --catalog catalog.csv documents/
  carrel-index watch    --index /var/lib/carrel --catalog catalog.csv documents/
  carrel-index rollback --index /var/lib/carrel
  carrel-index status   --index /var/lib/carrel
  carrel-index why      --index /var/lib/carrel documents/report.pdf
  carrel-index fetch    --index /var/lib/carrel --sitemap https://example.org/sitemap.xml
  carrel-index catalog import --catalog catalog.csv --oai https://example.org/oai
  carrel-index report   --index /var/lib/carrel --html health.html

Exit codes: 0 all good, 1 finished but some documents failed, 2 usage or configuration,
3 the index is locked by another writer, 130 interrupted (what was done is kept).)";

void add_cache_option(CLI::App& command, CommandLine& line) {
  command
      .add_option("--cache", line.update.cache,
                  "Remember what documents yielded in FILE (default: extractions.sqlite in the index)")
      ->type_name("FILE");
}

/// `--ocr` takes its value behind '=' alone: the next word may be a source.
void add_recognition_option(CLI::App& command, CommandLine& line) {
  command.add_flag(
      "--ocr{auto}", line.ocr,
      "Recognise the text of scanned pages; --ocr=eng+spa: in these languages of Tesseract (default: "
      "the document's language)");
}

/// Where documents come from and what may be removed: `update`, `rebuild` and `plan`.
void add_source_options(CLI::App& command, CommandLine& line) {
  InputOptions& inputs = line.update.inputs;
  CLI::Option* sources =
      command.add_option("source", inputs.sources, "Folders and files with documents")->type_name("SOURCE");
  command.add_option("--catalog", inputs.catalogue, "The librarian's file: CSV or JSON Lines")
      ->type_name("FILE");
  command
      .add_option(
          "--thesaurus", inputs.thesaurus,
          "Names of the field's concepts, TOML; \"none\" for none (default: the one that the index has, "
          "at first the built-in one)")
      ->type_name("FILE");
  command
      .add_option("--rules", inputs.rules,
                  "Help cards, best bets, redirects and hidden documents, TOML; \"none\" for none (default: "
                  "those that the index has)")
      ->type_name("FILE");
  command
      .add_option("--exclude", inputs.listing.exclude,
                  "Leave out what matches, as '*.bak' or 'drafts/*'; may be repeated")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  CLI::Option* files_from =
      command
          .add_option("--files-from", inputs.files_from,
                      "Look at the files named in FILE alone, one a line; - for standard input")
          ->type_name("FILE");
  command.add_flag("-0,--null", inputs.zero_separated, "Names in --files-from end with a zero byte")
      ->needs(files_from);
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
  add_recognition_option(command, line);
  command.add_option("--jobs", line.update.pool.workers, "Documents read at once (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  command.add_option("--report", line.report, "Write a row a document to FILE.json or FILE.csv")
      ->type_name("FILE");
  command.final_callback([sources, files_from, &line] {
    std::error_code error;
    const bool copies = std::filesystem::is_directory(copies_folder(line.update.index), error);
    if (sources->count() == 0 && files_from->count() == 0 && !copies) throw CLI::RequiredError("SOURCE");
  });
}

/// How a run that writes shows itself.
void add_progress_options(CLI::App& command, CommandLine& line) {
  const std::map<std::string, ProgressStyle> styles{{"auto", ProgressStyle::automatic},
                                                    {"plain", ProgressStyle::plain},
                                                    {"json", ProgressStyle::json},
                                                    {"none", ProgressStyle::none}};
  command.add_option("--progress", line.progress, "How to show progress: auto, plain, json or none")
      ->transform(CLI::CheckedTransformer(styles, CLI::ignore_case))
      ->type_name("HOW");
  command.add_flag("-q,--quiet", line.quiet, "Say nothing but errors");
  command.add_flag("-v,--verbose", line.verbose, "A line for every document");
}

/// How the web is asked.
void add_access_options(CLI::App& command, AccessOptions& access) {
  command
      .add_option_function<double>(
          "--delay",
          [&access](double seconds) {
            access.delay = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
          },
          "Pause between two requests to one host; a longer Crawl-delay counts (default 1)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 3600.0));
  command
      .add_option_function<double>(
          "--timeout",
          [&access](double seconds) {
            access.http.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
          },
          "Longest time for one document (default 60)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 86400.0));
  command.add_flag("--allow-private", access.http.allow_private,
                   "Also fetch from addresses of private networks and of this machine");
  command
      .add_option("--user-agent", access.http.user_agent,
                  "How to introduce oneself; its first word is the name that robots.txt is asked for "
                  "(default Carrel/VERSION)")
      ->type_name("TEXT");
}

/// Where documents of the web come from.
void add_fetch_options(CLI::App& command, CommandLine& line) {
  FetchOptions& fetch = line.fetch;
  add_access_options(command, fetch.access);
  CLI::Option* sitemaps =
      command
          .add_option("--sitemap", fetch.lists.sitemaps,
                      "Fetch what this sitemap names: an address or a file; may be repeated")
          ->type_name("URL|FILE")
          ->allow_extra_args(false);
  CLI::Option* lists =
      command
          .add_option("--urls", fetch.lists.url_lists,
                      "Fetch the addresses in FILE, one a line, - for standard input; may be "
                      "repeated")
          ->type_name("FILE")
          ->allow_extra_args(false);
  command
      .add_option_function<double>(
          "--max-size",
          [&fetch](double megabytes) {
            fetch.access.http.most_bytes = static_cast<std::uint64_t>(megabytes * 1e6);
          },
          "Largest document (default 100)")
      ->type_name("MB")
      ->check(CLI::Range(0.001, 4000.0));
  command
      .add_option("--max-documents", fetch.lists.most_documents, "Most addresses of one run (default 50000)")
      ->type_name("N")
      ->check(CLI::Range(1, 10'000'000));
  command
      .add_option_function<double>(
          "--gone-after",
          [&fetch](double hours) { fetch.gone_after_seconds = static_cast<std::int64_t>(hours * 3600); },
          "Remove a copy when its site has answered 404 or 410 for so long (default 24)")
      ->type_name("HOURS")
      ->check(CLI::Range(0.0, 87600.0));
  command
      .add_option(
          "--max-delete", fetch.deletions.max_percent,
          "Refuse to remove more than this share of the copies when lists name them no more (default 20)")
      ->type_name("PERCENT")
      ->check(CLI::Range(0, 100));
  command.add_flag("--force", fetch.deletions.force, "Remove however many copies the lists name no more");
  command.add_option("--report", line.report, "Write a row an address to FILE.json or FILE.csv")
      ->type_name("FILE");
  command.final_callback([sitemaps, lists] {
    if (sitemaps->count() + lists->count() == 0) throw CLI::RequiredError("--sitemap or --urls");
  });
}

/// `catalog import` and `catalog export`.
void add_catalogue_commands(CLI::App& app, CommandLine& line) {
  CLI::App* catalog =
      app.add_subcommand("catalog", "Exchange the librarian's catalogue with other files and libraries");
  catalog->require_subcommand(1);

  CLI::App* take = catalog->add_subcommand(
      "import", "Show what rows or records of others would change in a catalogue; --apply writes it");
  take->parse_complete_callback([&line] { line.command = Command::catalog_import; });
  CatalogueImportOptions& import = line.catalogue_import;
  take->add_option("--catalog", import.catalogue, "The catalogue, CSV or JSON Lines; need not exist yet")
      ->required()
      ->type_name("FILE");
  CLI::Option* sources =
      take->add_option("source", import.sources.sources,
                       "CSV, JSON Lines, Dublin Core as XML or a saved OAI-PMH answer: files or addresses")
          ->type_name("SOURCE");
  const auto harvest = [&import]() -> HarvestOptions& {
    if (!import.sources.harvest) import.sources.harvest.emplace();
    return *import.sources.harvest;
  };
  const auto add_harvest_option = [&](const char* name, std::string HarvestOptions::*member, const char* help,
                                      const char* type) {
    return take
        ->add_option_function<std::string>(
            name, [harvest, member](const std::string& value) { harvest().*member = value; }, help)
        ->type_name(type);
  };
  CLI::Option* oai =
      add_harvest_option("--oai", &HarvestOptions::base_url,
                         "Gather the records of an OAI-PMH repository with this base address", "URL");
  add_harvest_option("--set", &HarvestOptions::set, "Of this set of the repository alone", "SET")->needs(oai);
  add_harvest_option("--since", &HarvestOptions::from, "What has changed since this day alone", "DAY")
      ->needs(oai);
  add_harvest_option("--metadata-prefix", &HarvestOptions::prefix, "Format of the records (default oai_dc)",
                     "NAME")
      ->needs(oai);
  take->add_flag("--apply", import.apply, "Write the catalogue; the one before is kept as FILE~");
  take->add_flag("--replace", import.plan.replace,
                 "The import is the whole catalogue: what it does not name goes");
  take->add_flag("--skip-mistakes", import.skip_mistakes, "Leave out records that make no row");
  add_access_options(*take, import.access);
  take->final_callback([sources, oai] {
    if (sources->count() + oai->count() == 0) throw CLI::RequiredError("SOURCE or --oai");
  });

  CLI::App* give =
      catalog->add_subcommand("export", "Write a catalogue, or what an index amounts to, as rows");
  give->parse_complete_callback([&line] { line.command = Command::catalog_export; });
  CatalogueExport& out = line.catalogue_export;
  CLI::Option* catalogue =
      give->add_option("--catalog", out.catalogue, "The catalogue to write anew")->type_name("FILE");
  CLI::Option* index =
      give->add_option("--index", out.index, "Write the fields that the documents of this index have")
          ->type_name("DIR");
  catalogue->excludes(index);
  give->add_option("-o,--output", out.output, "File to write, .csv or .jsonl (default: standard output)")
      ->type_name("FILE");
  give->add_option("--format", out.format, "csv or jsonl (default: by the name of the output, else csv)")
      ->check(CLI::IsMember({"csv", "jsonl"}))
      ->type_name("FORMAT");
  give->add_flag("-q,--quiet", line.quiet, "Say nothing but errors");
  give->final_callback([catalogue, index] {
    if (catalogue->count() + index->count() == 0) throw CLI::RequiredError("--catalog or --index");
  });
}

/// What `report` writes.
void add_health_options(CLI::App& command, CommandLine& line) {
  HealthReportOptions& health = line.health;
  CLI::Option* html =
      command.add_option("--html", health.html, "Write one page with plots and lists")->type_name("FILE");
  CLI::Option* csv =
      command.add_option("--csv", health.csv, "Write a row for each document behind each figure")
          ->type_name("FILE");
  CLI::Option* json =
      command.add_option("--json", health.json, "Write the figures with their documents")->type_name("FILE");
  command
      .add_option("--list", health.most_listed, "Documents in one list of the page, 0 for all (default 1000)")
      ->type_name("N");
  command
      .add_option("--languages", health.expectations.languages,
                  "Languages that the library publishes in, as en,es; documents in others are listed "
                  "(default: languages of less than one percent are)")
      ->type_name("TAGS")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.final_callback([html, csv, json] {
    if (html->count() + csv->count() + json->count() == 0)
      throw CLI::RequiredError("--html FILE, --csv FILE or --json FILE");
  });
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
    sub->parse_complete_callback([&line, command] { line.command = command; });
    return sub;
  };

  CLI::App* update =
      add_command("update", "Index what is new or changed, drop what is gone", Command::update);
  add_source_options(*update, line);
  add_cache_option(*update, line);
  add_progress_options(*update, line);

  CLI::App* rebuild = add_command(
      "rebuild", "Build the index anew beside the old one, check it, then swap it in", Command::rebuild);
  add_source_options(*rebuild, line);
  add_cache_option(*rebuild, line);
  add_progress_options(*rebuild, line);
  rebuild
      ->add_option("--judgements", line.judgements,
                   "Judged queries (query, id, grade; tab-separated) that the new index must answer as well")
      ->type_name("FILE");

  CLI::App* watch =
      add_command("watch", "Keep the index up to date while documents and catalogue change", Command::watch);
  add_source_options(*watch, line);
  add_cache_option(*watch, line);
  add_progress_options(*watch, line);
  watch->add_option("--settle", line.settle, "Wait until nothing has changed for so long (default 2)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 3600.0));
  watch->add_option("--scan-every", line.scan_every, "Look at everything again so often (default 3600)")
      ->type_name("SECONDS")
      ->check(CLI::Range(1.0, 1e7));

  CLI::App* fetch = add_command(
      "fetch", "Bring copies of documents of the web up to date; update indexes them", Command::fetch);
  add_fetch_options(*fetch, line);
  add_progress_options(*fetch, line);

  add_command("rollback", "Go back to the generation before the last rebuild", Command::rollback);

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
  CLI::App* check = add_command("check", "Verify that the index is sound", Command::check);
  check->add_flag("--rules", line.rules,
                  "Ask the expectations of its rules too; exit 1 when one does not hold");
  CLI::App* report = add_command("report", "Show the health of the collection: what is there, what to mend",
                                 Command::report);
  add_health_options(*report, line);
  add_catalogue_commands(app, line);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    app.exit(success);
    return {.command = std::nullopt, .exit_code = 0};
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "carrel-index: {}. Try carrel-index --help\n", error.what());
    return {.command = std::nullopt, .exit_code = 2};
  }
  // The commands about the catalogue may have no index.
  if (!line.update.index.empty()) {
    std::string index = std::filesystem::absolute(line.update.index).lexically_normal().string();
    while (index.size() > 1 && index.ends_with('/')) index.pop_back();
    line.update.inputs.copies = copies_folder(index);
    line.fetch.folder = line.update.inputs.copies;
    line.update.inputs.listing.skip = std::move(index);
  }
  for (AccessOptions* access : {&line.fetch.access, &line.catalogue_import.access}) {
    if (access->http.user_agent.empty()) access->http.user_agent = std::string("Carrel/") + CARREL_VERSION;
  }
  // Catalogues and repositories are meant for programs; robots.txt speaks of pages.
  line.catalogue_import.access.obey_robots = false;
  line.update.recognition = {.recognise = !line.ocr.empty(), .languages = line.ocr == "auto" ? "" : line.ocr};
  if (line.quiet) line.progress = ProgressStyle::none;
  line.update.list_unchanged = line.report.has_value() || line.verbose;
  return {.command = std::move(line), .exit_code = 0};
}

}  // namespace carrel::indexer
