#include "search/cli/kwic_report.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "search/cli/hit_writer.h"
#include "search/cli/text_report.h"
#include "search/json.h"
#include "search/json_writer.h"
#include "search/locator.h"
#include "search/schema/text.h"

namespace carrel::search::cli {
namespace {

/// Number of the resource, place in it, gap.
constexpr std::size_t kPlaceColumns = 16;
/// Room for the word itself when a line's is shared out.
constexpr std::size_t kWordColumns = 16;
constexpr std::size_t kContext = 40;
constexpr std::size_t kShortest = 10;

std::size_t context_for(const Options& options, const TerminalStyle& style) {
  if (options.context > 0) return options.context;
  if (options.format != OutputFormat::text || style.width == 0) return kContext;
  const std::size_t taken = kPlaceColumns + kWordColumns;
  return style.width > taken + 2 * kShortest ? (style.width - taken) / 2 : kShortest;
}

std::string short_place(const Occurrence& one, const std::string& format) {
  if (one.seconds) {
    const long whole = std::lround(std::floor(*one.seconds));
    return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                         : fmt::format("{}:{:02}", whole / 60, whole % 60);
  }
  switch (locator_kind(format, one.label)) {
    case LocatorKind::page:
      return fmt::format("p. {}", one.page);
    case LocatorKind::slide:
      return fmt::format("slide {}", one.page);
    case LocatorKind::sheet:
      return fmt::format("sheet {}", one.page);
    case LocatorKind::section:
      return fmt::format("sec. {}", one.page);
  }
  std::unreachable();
}

/// Words from the last to the first, for lines that are ordered by what stands before.
std::string reversed_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t blank = text.rfind(' ');
    const std::size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
    if (begin < text.size()) out.append(text.substr(begin)).append(1, ' ');
    text = text.substr(0, blank == std::string_view::npos ? 0 : blank);
  }
  return out;
}

std::string key_of(const Occurrence& one, KwicOrder order) {
  if (order == KwicOrder::left)
    return schema::folded_form(reversed_words(one.left)) + '\n' + schema::folded_form(one.word);
  const std::size_t first = std::min(one.right.find_first_not_of(' '), one.right.size());
  return schema::folded_form(one.right.substr(first)) + '\n' + schema::folded_form(one.word);
}

}  // namespace

KwicReport::KwicReport(const Options& options, const TerminalStyle& style, Output& output)
    : format_(options.format),
      order_(options.kwic_order),
      zero_(options.zero),
      trend_(options.trend),
      style_(style),
      output_(output),
      context_(context_for(options, style)) {}

bool KwicReport::put(const std::string& one) {
  if (written_ == 0) {
    if (format_ == OutputFormat::json) output_.put("{\"occurrences\":[");
    if (format_ == OutputFormat::csv || format_ == OutputFormat::tsv) {
      output_.put(table_row(
          {"id", "title", "date", "page", "label", "heading", "seconds", "left", "word", "right", "url"},
          format_, zero_));
    }
  } else if (format_ == OutputFormat::json) {
    output_.put(",");
  }
  ++written_;
  return output_.put(one);
}

bool KwicReport::take(const Resource& resource, const Occurrence& occurrence) {
  if (resources_.empty() || resources_.back().id != resource.id) {
    const std::string& address = resource.url.empty() ? resource.path : resource.url;
    resources_.push_back({.id = resource.id,
                          .title = resource.title,
                          .date = resource.date,
                          .url = address,
                          .format = resource.format});
  }
  ++occurrences_;
  ++resources_.back().occurrences;
  years_.add(resource.date, 1);
  const std::size_t index = resources_.size() - 1;
  if (order_ == KwicOrder::place) return put(line(index, occurrence));
  held_.push_back({key_of(occurrence, order_), index, occurrence});
  return true;
}

std::string KwicReport::line(std::size_t resource, const Occurrence& one) const {
  const Counted& of = resources_[resource];
  switch (format_) {
    case OutputFormat::json:
      return occurrence_to_json(of.id, of.title, of.date, one);
    case OutputFormat::jsonl:
      return occurrence_to_json(of.id, of.title, of.date, one) + (zero_ ? std::string(1, '\0') : "\n");
    case OutputFormat::csv:
    case OutputFormat::tsv:
      return table_row(
          {of.id, of.title, of.date, fmt::to_string(one.page), one.label, one.heading,
           one.seconds ? fmt::format("{:.3f}", *one.seconds) : "", one.left, one.word, one.right, one.url},
          format_, zero_);
    default:
      return text_line(resource, one);
  }
}

std::string KwicReport::text_line(std::size_t resource, const Occurrence& one) const {
  const std::string left = last_columns(printable(one.left), context_);
  const std::string right = first_columns(printable(one.right), context_);
  std::string place = short_place(one, resources_[resource].format);
  const std::size_t width = columns_of(place);
  constexpr std::size_t kPlace = 9;
  place = linked(place, one.url, style_) + std::string(width < kPlace ? kPlace - width : 0, ' ');
  return fmt::format("{:>4}  {} {}{}{}{}\n", resource + 1, place,
                     std::string(context_ - columns_of(left), ' '), left, marked(printable(one.word), style_),
                     right);
}

std::string KwicReport::counts_as_text(const Answer& answer) const {
  if (occurrences_ == 0) return fmt::format("No occurrence in {} resources\n", answer.total);
  std::string out = "\n" + bold("Resource", style_) + "\n";
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const Counted& of = resources_[i];
    out += fmt::format("{:>4}  {:>6}×  {}{}{}\n", i + 1, of.occurrences,
                       link(printable(of.title.empty() ? of.id : of.title), of.url, style_),
                       of.date.empty() ? "" : ", " + of.date, " · " + printable(of.id));
  }
  out += "\n";
  if (trend_) {
    out += year_bars(years_, style_);
  } else {
    out += bold("Year", style_) + "\n";
    for (const auto& [year, count] : years_.by_year) out += fmt::format("{:>4}  {:>6}×\n", year, count);
    if (years_.undated > 0) out += fmt::format("   —  {:>6}×\n", years_.undated);
    out += "\n";
  }
  return out + fmt::format("{} occurrence{} in {} resource{}\n", occurrences_, occurrences_ == 1 ? "" : "s",
                           resources_.size(), resources_.size() == 1 ? "" : "s");
}

std::string KwicReport::counts_as_json(const Answer& answer) const {
  struct Year {
    std::string name;
    std::uint64_t occurrences;
  };
  std::vector<Year> years;
  for (const auto& [year, count] : years_.by_year) years.push_back({fmt::format("{:04}", year), count});
  JsonWriter json;
  json.object([&] {
    json.member("total", occurrences_);
    json.key("resources");
    json.array(resources_, [&](const Counted& of) {
      json.object([&] {
        json.member("id", of.id);
        json.member("title", of.title);
        json.member("date", of.date);
        json.member("url", of.url);
        json.member("occurrences", of.occurrences);
      });
    });
    json.key("years");
    json.array(years, [&](const Year& year) {
      json.object([&] {
        json.member("year", year.name);
        json.member("occurrences", year.occurrences);
      });
    });
    json.member("undated", years_.undated);
    json.member("q", answer.query.q);
    json.member("parsed", answer.query.parsed);
    json.member("matching_resources", answer.total);
    json.member("total_exact", answer.total_exact);
    json.member("revision", answer.revision);
    json.member("collection", answer.collection);
    json.member("thesaurus", answer.thesaurus);
  });
  return json.take().substr(1);  // goes on behind the occurrences
}

void KwicReport::finish(const Answer& answer) {
  std::ranges::stable_sort(held_, {}, &Held::key);
  for (const Held& one : held_) {
    if (!put(line(one.resource, one.occurrence))) return;
  }
  if (format_ == OutputFormat::json) {
    output_.put(std::string(written_ == 0 ? "{\"occurrences\":[" : "") + "]," + counts_as_json(answer) +
                "\n");
  }
  if (format_ == OutputFormat::text) output_.put(counts_as_text(answer));
}

}  // namespace carrel::search::cli
