#include "indexer/catalogue.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <ranges>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "indexer/csv.h"
#include "search/schema/date.h"
#include "search/schema/language.h"
#include "search/schema/nearest_name.h"
#include "search/schema/terms.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using schema::FieldId;

namespace {

constexpr std::size_t kMaxMistakesShown = 10;

std::string trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string_view> column_names() {
  std::vector<std::string_view> names{"path"};
  for (const schema::Field& row : schema::kFields) {
    if (row.is(schema::kCatalogue)) names.push_back(row.name);
  }
  return names;
}

/// The values of a cell. Backslashes before a ';' count in pairs; an odd one makes the ';' part of its value.
std::vector<std::string> split_values(std::string_view cell) {
  std::vector<std::string> values(1);
  std::size_t slashes = 0;
  for (const char c : cell) {
    if (c == '\\') {
      ++slashes;
      continue;
    }
    const bool inside = c == ';' && slashes % 2 == 1;
    values.back().append(c == ';' ? slashes / 2 : slashes, '\\');
    slashes = 0;
    if (c == ';' && !inside) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  values.back().append(slashes, '\\');
  return values;
}

/// "./a//b" and "a/b" are the same file.
std::string normal_path(std::string_view path) {
  std::string normal = fs::path(path).lexically_normal().generic_string();
  while (normal.starts_with("./")) normal.erase(0, 2);
  return normal;
}

}  // namespace

/// Builds a Catalogue row by row and gathers what is wrong with it.
class CatalogueReader {
 public:
  explicit CatalogueReader(const fs::path& file) {
    catalogue_.file_ = file;
    catalogue_.folder_ = fs::absolute(file).parent_path().lexically_normal();
    catalogue_.folder_name_ = catalogue_.folder_.generic_string() + "/";
  }

  Result<Catalogue> read_csv(std::string_view text) {
    const auto records = parse_csv(text);
    if (!records) {
      return fail(ErrorKind::usage, fmt::format("{}, {}", name(), records.error().message),
                  records.error().hint);
    }
    if (records->empty()) {
      return fail(ErrorKind::usage, fmt::format("the catalogue {} is empty", name()),
                  "its first line names the columns, as path,title,type,date");
    }
    std::vector<std::string> header;
    for (const std::string& cell : records->front().fields)
      header.push_back(schema::exact_form(trimmed(cell)));
    for (const std::string& column : header) check_column(column, records->front().line);
    if (std::ranges::find(header, "path") == header.end() &&
        std::ranges::find(header, "url") == header.end()) {
      mistake(records->front().line, "", "no column 'path' or 'url' says which document a row is about");
    }
    if (!mistakes_.empty()) return finish();
    for (const CsvRecord& record : *records | std::views::drop(1)) {
      if (record.fields.size() != header.size()) {
        mistake(record.line, "",
                fmt::format("{} fields where the header has {}", record.fields.size(), header.size()));
        continue;
      }
      begin_row(record.line);
      for (std::size_t i = 0; i < header.size(); ++i) cell(header[i], record.fields[i], true);
      end_row();
    }
    return finish();
  }

  Result<Catalogue> read_json_lines(std::string_view text) {
    std::size_t line = 0;
    std::istringstream lines{std::string(text)};
    for (std::string one; std::getline(lines, one);) {
      ++line;
      if (trimmed(one).empty()) continue;
      boost::system::error_code error;
      const boost::json::value value = boost::json::parse(one, error);
      if (error || !value.is_object()) {
        mistake(line, "", "this is not a JSON object");
        continue;
      }
      begin_row(line);
      for (const auto& [key, item] : value.get_object()) {
        if (!check_column(key, line) || item.is_null()) continue;
        if (item.is_array()) {
          for (const auto& part : item.get_array()) json_cell(key, part);
        } else {
          json_cell(key, item);
        }
      }
      end_row();
    }
    return finish();
  }

 private:
  std::string name() const { return catalogue_.file_.string(); }

  void mistake(std::size_t line, std::string_view column, std::string text) {
    mistakes_.push_back(column.empty() ? fmt::format("line {}: {}", line, text)
                                       : fmt::format("line {}, column {}: {}", line, column, text));
  }

  bool check_column(std::string_view column, std::size_t line) {
    const auto names = column_names();
    if (std::ranges::find(names, column) != names.end()) return true;
    const auto near = schema::nearest_name(column, names);
    mistake(line, "",
            near
                ? fmt::format("there is no column '{}'; did you mean '{}'?", column, *near)
                : fmt::format("there is no column '{}'; the columns are {}", column, fmt::join(names, ", ")));
    return false;
  }

  void begin_row(std::size_t line) {
    row_ = {};
    row_.line = line;
    seen_.clear();
  }

  void json_cell(std::string_view column, const boost::json::value& item) {
    if (item.is_string()) {
      cell(column, std::string_view(item.get_string()), false);
    } else if (item.is_int64() || item.is_uint64()) {
      cell(column, boost::json::serialize(item), false);
    } else {
      mistake(row_.line, column, "only text and whole numbers can stand here");
    }
  }

  void cell(std::string_view column, std::string_view text, bool separated) {
    const std::string whole = trimmed(schema::repair_utf8(text));
    if (whole.empty()) return;
    seen_ += fmt::format("{}\t{}\n", column, whole);
    if (column == "path") {
      row_.path = normal_path(whole);
      return;
    }
    const FieldId id = *schema::find_field(column);
    if (!schema::field(id).is(schema::kMany) || !separated) {
      value(id, whole);
      return;
    }
    for (const std::string& part : split_values(whole)) value(id, trimmed(part));
  }

  void value(FieldId id, const std::string& text) {
    const std::string_view column = schema::field(id).name;
    switch (id) {
      case FieldId::date: {
        const auto date = schema::PartialDate::parse(text);
        if (!date) {
          mistake(row_.line, column,
                  fmt::format("'{}' is not a date; write 2020, 2020-04 or 2020-04-28", text));
          return;
        }
        row_.fields.add(id, date->to_string());
        return;
      }
      case FieldId::language: {
        const std::string tag = schema::canonical_language(text);
        if (tag.empty()) {
          mistake(row_.line, column,
                  fmt::format("'{}' is not a language tag; write en, es or zh-Hans", text));
          return;
        }
        row_.fields.add(id, tag);
        return;
      }
      case FieldId::url:
        if (schema::host_of(text).empty()) {
          mistake(row_.line, column, fmt::format("'{}' is not an http or https address", text));
          return;
        }
        [[fallthrough]];
      default:
        row_.fields.add(id, text);
    }
  }

  void end_row() {
    const std::string& url = row_.fields.get(FieldId::url);
    if (row_.path.empty() && url.empty()) {
      mistake(row_.line, "path", "the row names neither a file nor an address");
      return;
    }
    row_.hash = schema::content_hash(seen_);
    const std::size_t number = catalogue_.rows_.size();
    if (!row_.path.empty() && !catalogue_.by_path_.emplace(row_.path, number).second) {
      mistake(row_.line, "path", fmt::format("'{}' has a row already", row_.path));
    }
    if (!url.empty() && !catalogue_.by_url_.emplace(url, number).second) {
      mistake(row_.line, "url", fmt::format("'{}' has a row already", url));
    }
    if (const std::string& id = row_.fields.get(FieldId::id);
        !id.empty() && !ids_.emplace(id, number).second) {
      mistake(row_.line, "id", fmt::format("'{}' has a row already", id));
    }
    catalogue_.rows_.push_back(std::move(row_));
  }

  Result<Catalogue> finish() {
    if (mistakes_.empty()) return std::move(catalogue_);
    const std::size_t shown = std::min(mistakes_.size(), kMaxMistakesShown);
    std::string list =
        fmt::format("{}", fmt::join(mistakes_.begin(), mistakes_.begin() + static_cast<long>(shown), "; "));
    if (mistakes_.size() > shown) list += fmt::format("; and {} more", mistakes_.size() - shown);
    return fail(ErrorKind::usage, fmt::format("the catalogue {} has mistakes: {}", name(), list),
                "mend them and run again; nothing was written");
  }

  Catalogue catalogue_;
  CatalogueRow row_;
  std::string seen_;
  std::unordered_map<std::string, std::size_t> ids_;
  std::vector<std::string> mistakes_;
};

Result<Catalogue> Catalogue::load(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) {
    return fail(ErrorKind::not_found, fmt::format("there is no catalogue {}", file.string()),
                "check the name given with --catalog");
  }
  std::ostringstream text;
  std::ifstream in(file, std::ios::binary);
  if (!fs::is_regular_file(file, error) || (fs::file_size(file, error) > 0 && !(text << in.rdbuf()))) {
    return fail(ErrorKind::unreadable, fmt::format("cannot read the catalogue {}", file.string()),
                "check that it is a file and that you may read it");
  }
  return parse(text.view(), file, is_json_lines(file));
}

Result<Catalogue> Catalogue::parse(std::string_view text, const fs::path& file, bool json_lines) {
  CatalogueReader reader(file);
  return json_lines ? reader.read_json_lines(text) : reader.read_csv(text);
}

bool Catalogue::is_json_lines(const fs::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".jsonl" || extension == ".ndjson";
}

void Catalogue::add_fetched(const std::string& absolute, const std::string& relative,
                            const std::string& url) {
  if (const auto listed = by_url_.find(url); listed != by_url_.end()) {
    by_fetched_file_[absolute] = listed->second;
    return;
  }
  std::size_t number = rows_.size();
  if (const auto listed = by_path_.find(relative); listed != by_path_.end()) {
    number = listed->second;
  } else {
    rows_.emplace_back();
  }
  CatalogueRow& row = rows_[number];
  // An address that the librarian gives it wins over the one that it was fetched from.
  if (!row.fields.has(FieldId::url)) {
    row.fields.add(FieldId::url, url);
    row.hash = schema::content_hash(row.hash + "fetched\t" + url);
    by_url_.emplace(url, number);
  }
  by_fetched_file_[absolute] = number;
}

const CatalogueRow* Catalogue::find_file(std::string_view relative, std::string_view absolute) const {
  if (const auto fetched = by_fetched_file_.find(absolute); fetched != by_fetched_file_.end())
    return &rows_[fetched->second];
  if (const auto found = by_path_.find(relative); found != by_path_.end()) return &rows_[found->second];
  if (!absolute.starts_with(folder_name_)) return nullptr;
  const auto found = by_path_.find(absolute.substr(folder_name_.size()));
  return found == by_path_.end() ? nullptr : &rows_[found->second];
}

const CatalogueRow* Catalogue::find_url(std::string_view url) const {
  const auto found = by_url_.find(url);
  return found == by_url_.end() ? nullptr : &rows_[found->second];
}

}  // namespace carrel::indexer
