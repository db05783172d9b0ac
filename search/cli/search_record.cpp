#include "search/cli/search_record.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include "search/cli/raw_options.h"

namespace carrel::search::cli {
namespace {

constexpr std::int64_t kRecordVersion = 1;

/// A basic string of TOML.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string list_of(const std::vector<std::string>& values, bool long_list = false) {
  std::string out = "[";
  for (const std::string& value : values) {
    out += long_list ? "\n  " : out.size() > 1 ? " " : "";
    out += toml_text(value) + ",";
  }
  if (!long_list && out.ends_with(',')) out.pop_back();
  return out + (long_list && !values.empty() ? "\n]" : "]");
}

std::string limits_in_words(const Request& request) {
  std::string out;
  for (const Selection& selection : request.selections) {
    std::string values;
    for (const std::string& value : selection.values) values += (values.empty() ? "" : " or ") + value;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", schema::field(selection.field).name, values);
  }
  if (!request.date.empty()) out += fmt::format("{}date {}", out.empty() ? "" : ", ", request.date);
  return out;
}

void take(const toml::table& from, const char* name, std::string& to) {
  to = from[name].value_or(std::string());
}

void take(const toml::table& from, const char* name, std::uint64_t& to) {
  to = static_cast<std::uint64_t>(std::max<std::int64_t>(0, from[name].value_or(std::int64_t{0})));
}

void take(const toml::table& from, const char* name, std::vector<std::string>& to) {
  const auto* list = from[name].as_array();
  if (list == nullptr) return;
  for (const auto& one : *list) {
    if (const auto* text = one.as_string()) to.push_back(text->get());
  }
}

Result<SearchRecord> from_table(const toml::table& table, const std::string& file) {
  if (table["record"].value_or(std::int64_t{0}) != kRecordVersion) {
    return fail(ErrorKind::usage, file + " is no record of a search, or one of another version",
                "records are written with --record FILE");
  }
  static const toml::table kNone;
  const auto part = [&](const char* name) -> const toml::table& {
    const auto* found = table[name].as_table();
    return found == nullptr ? kNone : *found;
  };
  SearchRecord record;
  const toml::table& source = part("source");
  take(source, "program", record.program);
  take(source, "index", record.place.index);
  take(source, "server", record.place.server);
  take(source, "resources", record.size);
  take(source, "revision", record.revision);
  take(source, "collection", record.collection);
  take(source, "thesaurus", record.thesaurus);
  const toml::table& search = part("search");
  take(search, "date", record.date);
  take(search, "query", record.request.q);
  take(search, "in_words", record.in_words);
  take(search, "also_searched", record.also_searched);
  take(search, "without", record.request.no_expand);
  record.request.mode = search["strict"].value_or(false) ? Mode::strict : Mode::standard;
  record.request.join_versions = search["join_versions"].value_or(true);
  record.request.expand = search["expand"].value_or(true);
  record.request.correct = search["correct"].value_or(true);
  const auto sort = read_sort(search["sort"].value_or(std::string("relevance")));
  if (!sort) return std::unexpected(sort.error());
  record.request.sort = *sort;
  for (const auto& [key, node] : part("limits")) {
    if (key.str() == "date") {
      take(part("limits"), "date", record.request.date);
      continue;
    }
    const auto field = schema::find_field(key.str());
    if (!field) {
      return fail(ErrorKind::usage, fmt::format("{}: there is no field '{}'", file, key.str()),
                  "the limits are facets and date");
    }
    Selection selection{.field = *field, .values = {}};
    take(part("limits"), std::string(key.str()).c_str(), selection.values);
    record.request.selections.push_back(std::move(selection));
  }
  const toml::table& counts = part("counts");
  take(counts, "hits", record.hits);
  take(counts, "resources", record.resources);
  record.exact = counts["exact"].value_or(true);
  record.complete = counts["complete"].value_or(true);
  take(counts, "ids", record.ids);
  return record;
}

}  // namespace

std::string statement(const SearchRecord& record) {
  const std::string limits = limits_in_words(record.request);
  return fmt::format(
      "The library at {} ({} resources, revision {}) was searched with {} on {} for {}{}{}; {}{} {} found{}.",
      record.place.server.empty() ? record.place.index : record.place.server, record.size, record.revision,
      record.program, record.date.substr(0, 10), record.request.q.empty() ? "everything" : record.request.q,
      record.request.mode == Mode::strict ? ", the words as typed alone" : "",
      limits.empty() ? ", without limits" : ", limited to " + limits, record.exact ? "" : "at least ",
      record.hits, record.hits == 1 ? "work was" : "works were",
      record.request.join_versions ? ", translations and editions of one work counted as one" : "");
}

std::string to_toml(const SearchRecord& record) {
  std::string out = "# A search, recorded as PRISMA-S asks. `carrel-search --replay FILE` repeats it.\n";
  const auto line = [&](std::string_view name, const std::string& value) {
    out.append(name).append(" = ").append(value).append(1, '\n');
  };
  const auto flag = [](bool is) { return std::string(is ? "true" : "false"); };
  line("record", fmt::to_string(kRecordVersion));
  line("statement", toml_text(statement(record)));
  out += "\n# Items 1 and 2: database and platform\n[source]\n";
  line("program", toml_text(record.program));
  if (!record.place.index.empty()) line("index", toml_text(record.place.index));
  if (!record.place.server.empty()) line("server", toml_text(record.place.server));
  line("resources", fmt::to_string(record.size));
  line("revision", toml_text(record.revision));
  line("collection", toml_text(record.collection));
  line("thesaurus", toml_text(record.thesaurus));
  out += "\n# Items 8 and 13: the whole strategy, and when it was run (UTC)\n[search]\n";
  line("date", toml_text(record.date));
  line("query", toml_text(record.request.q));
  line("in_words", toml_text(record.in_words));
  line("strict", flag(record.request.mode == Mode::strict));
  line("expand", flag(record.request.expand));
  line("without", list_of(record.request.no_expand));
  line("also_searched", list_of(record.also_searched));
  line("correct", flag(record.request.correct));
  line("sort", toml_text(sort_name(record.request.sort)));
  line("notices", list_of(record.notices));
  out += "# Item 16: versions of one work are one hit\n";
  line("join_versions", flag(record.request.join_versions));
  out += "\n# Item 9: limits\n[limits]\n";
  for (const Selection& selection : record.request.selections) {
    line(schema::field(selection.field).name, list_of(selection.values));
  }
  if (!record.request.date.empty()) line("date", toml_text(record.request.date));
  out += "\n# Item 15: total records\n[counts]\n";
  line("hits", fmt::to_string(record.hits));
  line("resources", fmt::to_string(record.resources));
  line("exact", flag(record.exact));
  line("complete", flag(record.complete));
  line("ids", list_of(record.ids, true));
  return out;
}

Result<SearchRecord> read_record(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    return fail(ErrorKind::unreadable, "cannot read the record " + file, "name a file written with --record");
  }
  try {
    return from_table(toml::parse(text), file);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::usage,
                fmt::format("{}:{}:{}: {}", file, error.source().begin.line, error.source().begin.column,
                            error.description()),
                "records are written with --record FILE");
  }
}

Changes changes(const SearchRecord& then, const SearchRecord& now) {
  const std::set<std::string_view> before(then.ids.begin(), then.ids.end());
  const std::set<std::string_view> after(now.ids.begin(), now.ids.end());
  Changes out;
  for (const std::string& id : now.ids) {
    if (!before.contains(id)) out.added.push_back(id);
  }
  for (const std::string& id : then.ids) {
    if (!after.contains(id)) out.gone.push_back(id);
  }
  return out;
}

Result<void> write_file(const std::string& file, const std::string& content, bool only_mine) {
  const auto failed = [&] {
    return fail(ErrorKind::failed, fmt::format("cannot write {}: {}", file, std::strerror(errno)),
                "check that the folder is there and may be written to");
  };
  std::string beside = file + ".XXXXXX";
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) return failed();
  bool written = true;
  for (std::size_t at = 0; at < content.size() && written;) {
    const ssize_t count = ::write(descriptor, content.data() + at, content.size() - at);
    written = count > 0;
    if (written) at += static_cast<std::size_t>(count);
  }
  if (!only_mine) {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(descriptor, 0666 & ~mask);
  }
  written = ::fsync(descriptor) == 0 && written;
  ::close(descriptor);
  if (written && ::rename(beside.c_str(), file.c_str()) == 0) return {};
  const int error = errno;
  ::unlink(beside.c_str());
  errno = error;
  return failed();
}

std::string now_in_utc() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

}  // namespace carrel::search::cli
