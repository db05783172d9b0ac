#include "indexer/resource.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "search/schema/date.h"
#include "search/schema/language.h"
#include "search/schema/terms.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// Types by the words of a folder's or file's name, the more telling first.
struct TypeRule {
  std::string_view word;
  std::string_view type;
};
constexpr std::array kTypeRules = {
    TypeRule{"fact-sheet", "fact sheet"}, TypeRule{"factsheet", "fact sheet"},
    TypeRule{"fact_sheet", "fact sheet"}, TypeRule{"toolkit", "toolkit"},
    TypeRule{"webinar", "webinar"},       TypeRule{"training", "training"},
    TypeRule{"module", "training"},       TypeRule{"guide", "guide"},
    TypeRule{"report", "report"},         TypeRule{"video", "video"},
    TypeRule{"transcript", "video"},      TypeRule{"form", "form"},
};

std::string type_by_rule(std::string_view relative, std::string_view format) {
  std::string name = schema::folded_form(schema::repair_utf8(relative));
  std::ranges::replace(name, ' ', '-');
  // The file's own name says more than the folders above it, and a word counts at its beginning only.
  for (std::size_t end = name.size(); end != std::string::npos && end > 0;) {
    const std::size_t slash = name.rfind('/', end - 1);
    const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
    const std::string_view part = std::string_view(name).substr(begin, end - begin);
    for (const TypeRule& rule : kTypeRules) {
      const std::size_t at = part.find(rule.word);
      if (at == std::string_view::npos) continue;
      const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
      std::size_t behind = at + rule.word.size();
      if (behind < part.size() && part[behind] == 's') ++behind;
      if ((at == 0 || !is_letter(part[at - 1])) && (behind == part.size() || !is_letter(part[behind]))) {
        return std::string(rule.type);
      }
    }
    end = slash;
  }
  if (format == "html") return "web page";
  if (format == "transcript") return "video";
  return "document";
}

std::string file_name_title(std::string_view relative) {
  std::string name = schema::repair_utf8(relative.substr(relative.rfind('/') + 1));
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.resize(dot);
  std::ranges::replace(name, '_', ' ');
  return name;
}

/// Adds values to a resource, each with its source, in order of precedence.
class FieldGatherer {
 public:
  explicit FieldGatherer(Resource& resource) : resource_(resource) {}

  /// All values that one source gives for one field; later sources add nothing to a field that has values.
  void offer(FieldId id, const std::vector<std::string>& values, const std::string& source) {
    if (resource_.record.has(id)) return;
    for (const std::string& value : values) offer_one(id, value, source);
  }

  /// One of several values of the same source.
  void offer_one(FieldId id, const std::string& value, const std::string& source) {
    const auto& present = resource_.record.all(id);
    if (value.empty() || std::ranges::find(present, value) != present.end()) return;
    if (!present.empty() && (!schema::field(id).is(schema::kMany) || source_of(id) != source)) return;
    resource_.record.add(id, value);
    resource_.sources.push_back({id, source});
  }

 private:
  std::string_view source_of(FieldId id) const {
    const auto found = std::ranges::find(resource_.sources, id, &FieldSource::field);
    return found == resource_.sources.end() ? std::string_view() : found->source;
  }

  Resource& resource_;
};

}  // namespace

std::string url_below(std::string_view prefix, std::string_view relative_path) {
  std::string url(prefix);
  if (!url.ends_with('/')) url += '/';
  static constexpr std::string_view kPathCharacters = "-._~!$&'()*+,;=:@/";
  for (const char c : relative_path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || kPathCharacters.find(c) != std::string_view::npos) {
      url += c;
    } else {
      url += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return url;
}

std::string day_of(std::int64_t since_1970_ns) {
  namespace chrono = std::chrono;
  const chrono::sys_time<chrono::nanoseconds> moment{chrono::nanoseconds(since_1970_ns)};
  const chrono::year_month_day day{chrono::floor<chrono::days>(moment)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string settings_hash(const CatalogueRow* row, const ResourceOptions& options) {
  return settings_hash_from(
      row, schema::content_hash(fmt::format("{}\n{}", kExtractorVersion, options.url_prefix)).substr(0, 16));
}

std::string settings_hash_from(const CatalogueRow* row, const std::string& of_options) {
  return row == nullptr ? of_options : of_options + row->hash.substr(0, 16);
}

Resource make_resource(const ListedFile& file, std::uint64_t bytes, const CatalogueRow* row,
                       Extraction&& extraction, const ResourceOptions& options) {
  Resource resource;
  resource.pages = std::move(extraction.pages);
  FieldGatherer gather(resource);
  if (row != nullptr) {
    const std::string source =
        row->line == 0 ? std::string("fetched") : fmt::format("catalogue, line {}", row->line);
    for (const schema::Field& field : schema::kFields)
      gather.offer(field.id, row->fields.all(field.id), source);
  }
  for (const FoundField& found : extraction.found) {
    switch (found.field) {
      case FieldId::date:
        if (const auto date = schema::PartialDate::parse(found.value)) {
          gather.offer_one(found.field, date->to_string(), found.source);
        }
        break;
      case FieldId::language:
        gather.offer_one(found.field, schema::canonical_language(found.value), found.source);
        break;
      case FieldId::url:
        if (!schema::host_of(found.value).empty()) gather.offer_one(found.field, found.value, found.source);
        break;
      default:
        gather.offer_one(found.field, found.value, found.source);
    }
  }
  const std::string relative = schema::repair_utf8(file.relative);
  // What visitors open: of captions the film.
  const bool elsewhere = file.companions && !file.companions->address_of.empty();
  const std::string& opened = elsewhere ? file.companions->address_of : file.relative;
  gather.offer_one(FieldId::id, relative, "path");
  gather.offer_one(FieldId::path, schema::repair_utf8(opened), "path");
  gather.offer_one(FieldId::title, file_name_title(opened), "file name");
  gather.offer_one(FieldId::format, extraction.format, "content");
  gather.offer_one(FieldId::type, type_by_rule(file.relative, extraction.format), "rule");
  if (!options.url_prefix.empty()) {
    gather.offer_one(FieldId::url, url_below(options.url_prefix, opened), "--url-prefix");
  }
  if (extraction.format != "pdf") {
    // Text that a reader program can speak; for PDF the extractor has looked at tags, text and language.
    gather.offer_one(FieldId::accessible, "accessible", "content");
  }
  if (const std::string& date = resource.record.get(FieldId::date); date.size() >= 4) {
    gather.offer_one(FieldId::year, date.substr(0, 4), "date");
  }
  // The catalogue may know the language better than the document: only other languages are worth a note.
  const std::string language = schema::base_language(resource.record.get(FieldId::language));
  for (Page& page : resource.pages) {
    if (schema::base_language(page.language) == language) page.language.clear();
  }
  gather.offer_one(FieldId::modified, day_of(file.modified_ns), "file");
  gather.offer_one(FieldId::bytes, fmt::format("{}", bytes), "file");
  gather.offer_one(FieldId::pages, fmt::format("{}", resource.pages.size()), "content");
  return resource;
}

}  // namespace carrel::indexer
