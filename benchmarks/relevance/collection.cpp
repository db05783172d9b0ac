#include "benchmarks/relevance/collection.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace carrel::relevance {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr const char* kLayout =
    "a collection is a folder with corpus.jsonl, queries.jsonl and qrels.tsv or qrels/test.tsv";

std::vector<std::string> split(std::string_view text, char divider) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(divider);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::unexpected<Error> bad_line(const fs::path& file, std::size_t line, std::string_view what) {
  return fail(ErrorKind::damaged, fmt::format("{}, line {}: {}", file.string(), line, what), kLayout);
}

/// Calls `take` with each line that is not empty and its number; an error of `take` ends the reading.
template <typename Take>
Result<void> for_each_line(const fs::path& file, Take&& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorKind::not_found, fmt::format("cannot read {}", file.string()), kLayout);
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (Result<void> taken = take(line, number); !taken) return taken;
  }
  return {};
}

/// A member as text; BEIR writes ids as strings, others as numbers.
std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->as_string());
  return value->is_number() ? json::serialize(*value) : std::string();
}

Result<json::object> object_of(const fs::path& file, const std::string& line, std::size_t number) {
  boost::system::error_code error;
  json::value value = json::parse(line, error);
  if (error || !value.is_object() || text_of(value.as_object(), "_id").empty()) {
    return bad_line(file, number, "no JSON object with an _id");
  }
  return std::move(value.as_object());
}

using Grades = std::map<std::string, std::map<std::string, int>>;

Result<Grades> read_grades(const fs::path& file) {
  Grades grades;
  auto read = for_each_line(file, [&](const std::string& line, std::size_t number) -> Result<void> {
    std::vector<std::string> columns = split(line, '\t');
    if (columns.size() < 3) columns = split(line, ' ');
    std::erase_if(columns, [](const std::string& column) { return column.empty(); });
    if (columns.size() != 3 && columns.size() != 4) return bad_line(file, number, "neither 3 nor 4 columns");
    const auto grade = number_of<int>(trimmed(columns.back()));
    if (!grade && number == 1) return {};  // the header
    if (!grade) return bad_line(file, number, "the grade is no number");
    grades[trimmed(columns.front())][trimmed(columns[columns.size() - 2])] = *grade;
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return grades;
}

}  // namespace

Result<std::vector<CollectionDocument>> read_documents(const fs::path& folder) {
  std::vector<CollectionDocument> documents;
  const fs::path file = folder / "corpus.jsonl";
  auto read = for_each_line(file, [&](const std::string& line, std::size_t number) -> Result<void> {
    auto object = object_of(file, line, number);
    if (!object) return std::unexpected(object.error());
    documents.push_back({.id = text_of(*object, "_id"),
                         .title = text_of(*object, "title"),
                         .pages = split(text_of(*object, "text"), '\f')});
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return documents;
}

Result<std::vector<Judged>> read_queries(const fs::path& folder) {
  const fs::path plain = folder / "qrels.tsv";
  std::error_code error;
  auto grades = read_grades(fs::exists(plain, error) ? plain : folder / "qrels" / "test.tsv");
  if (!grades) return std::unexpected(grades.error());
  std::vector<Judged> queries;
  const fs::path file = folder / "queries.jsonl";
  auto read = for_each_line(file, [&](const std::string& line, std::size_t number) -> Result<void> {
    auto object = object_of(file, line, number);
    if (!object) return std::unexpected(object.error());
    std::string id = text_of(*object, "_id");
    if (const auto found = grades->find(id); found != grades->end()) {
      queries.push_back(
          {.id = std::move(id), .text = text_of(*object, "text"), .grades = found->second, .pages = {}});
    }
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return queries;
}

Result<std::vector<Judged>> read_judgements(const fs::path& file) {
  std::vector<Judged> queries;
  auto read = for_each_line(file, [&](const std::string& line, std::size_t number) -> Result<void> {
    const std::vector<std::string> columns = split(line, '\t');
    if (columns.size() < 3) return bad_line(file, number, "fewer than 3 columns");
    const auto grade = number_of<int>(columns[2]);
    if (!grade && number == 1) return {};  // the header
    if (!grade) return bad_line(file, number, "the grade is no number");
    auto query = std::ranges::find(queries, columns[0], &Judged::text);
    if (query == queries.end()) {
      queries.push_back(
          {.id = fmt::format("{}", queries.size() + 1), .text = columns[0], .grades = {}, .pages = {}});
      query = queries.end() - 1;
    }
    query->grades[columns[1]] = *grade;
    if (columns.size() < 4 || columns[3].empty()) return {};
    for (const std::string& part : split(columns[3], ',')) {
      const auto page = number_of<unsigned>(trimmed(part));
      if (!page) return bad_line(file, number, "a page is no number");
      query->pages[columns[1]].insert(*page);
    }
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return queries;
}

}  // namespace carrel::relevance
