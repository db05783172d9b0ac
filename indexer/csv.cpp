#include "indexer/csv.h"

#include <fmt/format.h>

namespace carrel::indexer {

Result<std::vector<CsvRecord>> parse_csv(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::vector<CsvRecord> records;
  std::size_t line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    CsvRecord record{.line = line, .fields = {}};
    bool more = true;
    while (more) {
      std::string field;
      if (at < text.size() && text[at] == '"') {
        const std::size_t opened_on = line;
        for (++at;; ++at) {
          if (at >= text.size()) {
            return fail(ErrorKind::usage, fmt::format("line {}: a quoted field never ends", opened_on),
                        "close it with a double quote");
          }
          if (text[at] == '\n') ++line;
          if (text[at] == '"') {
            if (at + 1 < text.size() && text[at + 1] == '"') {
              ++at;
            } else {
              ++at;
              break;
            }
          }
          field += text[at];
        }
        if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') {
          return fail(ErrorKind::usage, fmt::format("line {}: text follows a closing quote", line),
                      "double the quotes inside a quoted field");
        }
      } else {
        const std::size_t end = std::min(text.find_first_of(",\n\r", at), text.size());
        field = text.substr(at, end - at);
        at = end;
      }
      record.fields.push_back(std::move(field));
      more = at < text.size() && text[at] == ',';
      if (more) ++at;
    }
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size() && text[at] == '\n') ++at;
    ++line;
    const bool blank = record.fields.size() == 1 && record.fields.front().empty();
    if (!blank) records.push_back(std::move(record));
  }
  return records;
}

std::string csv_field(std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(value);
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace carrel::indexer
