#include "indexer/catalogue_exchange/catalogue_import.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "indexer/catalogue_exchange/catalogue_writer.h"
#include "indexer/whole_file.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostMistakesShown = 10;

/// What a person must mend, or leave out, before anything is written.
Error mistakes_error(const std::vector<RecordRemark>& mistakes) {
  std::string list;
  for (std::size_t i = 0; i < std::min(mistakes.size(), kMostMistakesShown); ++i)
    list += fmt::format("{}{}: {}", i == 0 ? "" : "; ", mistakes[i].where, mistakes[i].text);
  if (mistakes.size() > kMostMistakesShown)
    list += fmt::format("; and {} more", mistakes.size() - kMostMistakesShown);
  return {ErrorKind::usage, fmt::format("{} records make no row: {}", mistakes.size(), list),
          "nothing was written; --skip-mistakes leaves them out"};
}

Result<std::vector<CatalogueRow>> rows_before(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return std::vector<CatalogueRow>{};
  const auto catalogue = Catalogue::load(file);
  if (!catalogue) return std::unexpected(catalogue.error());
  return catalogue->rows();
}

Result<void> write(const fs::path& file, const std::string& text) {
  std::error_code error;
  if (fs::exists(file, error)) {
    const fs::path before = file.string() + "~";
    fs::copy_file(file, before, fs::copy_options::overwrite_existing, error);
    if (error) {
      return fail(
          ErrorKind::unreadable,
          fmt::format("cannot keep the catalogue as it is in {}: {}", before.string(), error.message()),
          "nothing was written; check the rights on its folder");
    }
  }
  return write_whole_file(file, text);
}

/// A value in a line of a terminal: control characters would be obeyed there.
std::string shown(const std::string& value) {
  constexpr std::size_t kLongest = 300;
  std::string text;
  for (const char c : value) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  if (text.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text = text.substr(0, end) + "…";
  }
  return text;
}

}  // namespace

Result<ImportOutcome> import_catalogue(const CatalogueImportOptions& options, const std::atomic<bool>& stop) {
  const auto before = rows_before(options.catalogue);
  if (!before) return std::unexpected(before.error());
  SiteAccess sites(options.access, stop);
  auto imported = read_import(options.sources, sites);
  if (!imported) return std::unexpected(imported.error());
  if (!imported->mistakes.empty() && !options.skip_mistakes)
    return std::unexpected(mistakes_error(imported->mistakes));
  ImportOutcome outcome{.plan = plan_import(*before, imported->rows, imported->deleted, options.plan),
                        .remarks = std::move(imported->remarks),
                        .skipped = std::move(imported->mistakes),
                        .notes = std::move(imported->notes),
                        .written = false};
  const std::string text = catalogue_text(outcome.plan.rows, options.catalogue);
  // What will be written must be a catalogue: no two rows for one document, no value that is none.
  auto sound = Catalogue::parse(text, options.catalogue, Catalogue::is_json_lines(options.catalogue));
  if (!sound) {
    sound.error().message = "as it would be written, " + sound.error().message;
    return std::unexpected(sound.error());
  }
  if (!options.apply || outcome.plan.differences.empty()) return outcome;
  if (auto written = write(options.catalogue, text); !written) return std::unexpected(written.error());
  outcome.written = true;
  return outcome;
}

std::string to_text(const ImportPlan& plan) {
  std::string text;
  for (const RowDifference& row : plan.differences) {
    const char* const mark = row.change == RowChange::added     ? "+ added  "
                             : row.change == RowChange::removed ? "- removed"
                                                                : "~ changed";
    text += fmt::format("{} {}{}\n", mark, shown(row.name), row.title.empty() ? "" : "  " + shown(row.title));
    for (const FieldChange& field : row.fields) {
      text += field.before.empty() ? fmt::format("    {:15} {}\n", field.field, shown(field.after))
                                   : fmt::format("    {:15} {} → {}\n", field.field, shown(field.before),
                                                 field.after.empty() ? "(nothing)" : shown(field.after));
    }
  }
  return text;
}

}  // namespace carrel::indexer
