// The words of `carrel-index`, checked.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "indexer/catalogue_exchange/catalogue_import.h"
#include "indexer/fetch/fetcher.h"
#include "indexer/health_report/health_report.h"
#include "indexer/progress.h"
#include "indexer/rebuild.h"
#include "indexer/update.h"

namespace carrel::indexer {

enum class Command {
  update,
  rebuild,
  rollback,
  watch,
  plan,
  status,
  why,
  check,
  report,
  fetch,
  catalog_import,
  catalog_export
};

/// A catalogue, or what an index amounts to, as a file or on standard output.
struct CatalogueExport {
  std::optional<std::filesystem::path> catalogue;
  std::optional<std::filesystem::path> index;
  std::optional<std::filesystem::path> output;  ///< nothing: standard output
  std::string format;  ///< "csv", "jsonl"; empty: by the name of the output, else csv
};

struct CommandLine {
  Command command = Command::update;
  UpdateOptions update;
  std::optional<std::filesystem::path> judgements;
  std::optional<std::filesystem::path> report;
  ProgressStyle progress = ProgressStyle::automatic;
  std::string ocr;  ///< as typed: empty, "auto" or languages of Tesseract
  bool quiet = false;
  bool verbose = false;
  double settle = 2;                        ///< of `watch`, seconds
  double scan_every = 3600;                 ///< of `watch`, seconds
  bool rules = false;                       ///< of `check`: the expectations of the rules too
  std::string subject;                      ///< of `why`: a file, an address or an id
  CatalogueImportOptions catalogue_import;  ///< of `catalog import`
  CatalogueExport catalogue_export;         ///< of `catalog export`
  FetchOptions fetch;                       ///< of `fetch`
  HealthReportOptions health;               ///< of `report`
};

/// Either the command, or the exit code of a line that needs no run (--help, --version, a mistake); what a
/// person should read of it has then been printed.
struct ParsedCommandLine {
  std::optional<CommandLine> command;
  int exit_code = 0;
};

ParsedCommandLine parse_command_line(int argc, char** argv);

}  // namespace carrel::indexer
