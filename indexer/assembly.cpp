#include "indexer/assembly.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "indexer/hiding.h"
#include "search/schema/date.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// The warnings of a document as lines, without those that the catalogue has seen to.
std::vector<std::string> warning_lines(const std::vector<Warning>& warnings, const CatalogueRow* row) {
  const auto answered = [&](std::string_view code) {
    if (row == nullptr) return false;
    return (code == "no-title" && row->fields.has(FieldId::title)) ||
           (code == "no-language" && row->fields.has(FieldId::language));
  };
  std::vector<std::string> lines;
  for (const Warning& warning : warnings) {
    if (!answered(warning.code)) lines.push_back(fmt::format("{}: {}", warning.code, warning.text));
  }
  return lines;
}

/// Characters (code points) of all pages.
std::uint64_t character_count(const std::vector<Page>& pages) {
  std::uint64_t count = 0;
  for (const Page& page : pages) count += schema::count_code_points(page.text);
  return count;
}

/// What the names of a file and its companions say of it. The mark of a language in a caption's name is put
/// there by a person, so it goes before what the text looks like.
void add_companions(const PlannedFile& planned, Extraction& extraction) {
  const std::string& language = planned.file.companions->language;
  if (!language.empty()) {
    extraction.found.insert(extraction.found.begin(), {FieldId::language, language, "file name"});
    std::erase_if(extraction.warnings, [](const Warning& warning) { return warning.code == "no-language"; });
  }
  if (!planned.translates.empty())
    extraction.found.push_back({FieldId::translation_of, planned.translates, "file name"});
}

/// The row that names the address which the document gives itself; nullptr when there is none.
const CatalogueRow* row_by_address(const Extraction& extraction, const Catalogue& catalogue) {
  for (const FoundField& found : extraction.found) {
    if (found.field != FieldId::url) continue;
    if (const CatalogueRow* row = catalogue.find_url(found.value)) return row;
  }
  return nullptr;
}

/// The title of a resource when nothing but its file's name gave it; else empty.
std::string title_from_file_name(const Resource& resource) {
  const auto source = std::ranges::find(resource.sources, FieldId::title, &FieldSource::field);
  if (source == resource.sources.end() || source->source != "file name") return {};
  return resource.record.get(FieldId::title);
}

}  // namespace

bool is_skipped(std::string_view code) {
  return code == "unsupported-format" || code == "noindex" || code == "part-of" || code == "no-captions" ||
         code == kHidden;
}

void make_duplicate(LedgerEntry& entry, const std::string& owner) {
  entry.code = "duplicate-id";
  entry.text = fmt::format("its id '{}' belongs to {}; give one of them another id in the catalogue",
                           entry.id, schema::repair_utf8(owner));
  entry.id.clear();
  entry.url.clear();
  entry.added.clear();
  entry.pages = entry.characters = 0;
  entry.warnings.clear();
}

Assembled assemble(const PlannedFile& planned, ExtractionOutcome& outcome, const Catalogue* catalogue,
                   const ResourceOptions& options) {
  const CatalogueRow* row = planned.row;
  if (row == nullptr && catalogue != nullptr && outcome.result) {
    row = row_by_address(*outcome.result, *catalogue);
  }
  Assembled made;
  made.entry.file = planned.file;
  made.entry.look_again = planned.look_again;
  made.entry.content_hash = outcome.content_hash;
  made.entry.settings_hash = settings_hash(row, options);
  if (planned.file.companions) made.entry.settings_hash += planned.file.companions->fingerprint;
  if (!outcome.result) {
    made.entry.code = outcome.result.error().code;
    made.entry.text = outcome.result.error().text;
    return made;
  }
  if (outcome.result->noindex) {
    made.entry.code = "noindex";
    made.entry.text = "the page asks search engines to leave it out";
    return made;
  }
  if (planned.file.companions) add_companions(planned, *outcome.result);
  made.entry.warnings = warning_lines(outcome.result->warnings, row);
  made.entry.signature = text_signature(outcome.result->pages);
  made.links = std::move(outcome.result->links);
  made.resource = make_resource(planned.file, outcome.bytes, row, std::move(*outcome.result), options);
  schema::Record& record = made.resource->record;
  if (row == nullptr || !row->fields.has(FieldId::id)) record.set(FieldId::id, planned.id);
  record.set(FieldId::added, planned.added.empty() ? schema::today().to_string() : planned.added);
  made.entry.added = record.get(FieldId::added);
  made.entry.id = made.resource->record.get(FieldId::id);
  made.entry.url = made.resource->record.get(FieldId::url);
  made.entry.pages = made.resource->pages.size();
  made.entry.characters = character_count(made.resource->pages);
  if (const std::string name = title_from_file_name(*made.resource); !name.empty()) {
    made.entry.warnings.push_back(
        fmt::format("file-name-title: Nothing gives it a title, so it is called '{}' as its file is", name));
  }
  return made;
}

}  // namespace carrel::indexer
