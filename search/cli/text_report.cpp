#include "search/cli/text_report.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "search/cli/hit_writer.h"
#include "search/labels.h"
#include "search/locator.h"

namespace carrel::search::cli {
namespace {

using schema::FieldId;

constexpr std::size_t kIndent = 4;
constexpr std::size_t kBarColumns = 24;
constexpr const char* kBetween = " · ";

void append_part(std::string& line, const std::string& part) {
  if (part.empty()) return;
  if (!line.empty()) line += kBetween;
  line += part;
}

std::string size_of(std::uint64_t bytes) {
  if (bytes == 0) return {};
  if (bytes < 1'000'000) return fmt::format("{} kB", (bytes + 999) / 1000);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string pages_of(const Resource& resource) {
  if (resource.pages == 0) return {};
  const std::string_view unit = to_string(locator_kind(resource.format));
  return fmt::format("{} {}{}", resource.pages, unit, resource.pages == 1 ? "" : "s");
}

const std::string& address_of(const Resource& resource) {
  if (!resource.url.empty()) return resource.url;
  return resource.path.empty() ? resource.id : resource.path;
}

/// "Report · 2020-04 · English · PDF, 12 pages".
std::string meta_line(const Resource& resource) {
  std::string line;
  append_part(line, resource.type);
  append_part(line, resource.date);
  if (!resource.language.empty()) append_part(line, value_label(FieldId::language, resource.language, "en"));
  std::string form = resource.format.empty() ? "" : value_label(FieldId::format, resource.format, "en");
  if (const std::string pages = pages_of(resource); !pages.empty())
    form += (form.empty() ? "" : ", ") + pages;
  append_part(line, form);
  append_part(line, resource.publisher);
  return printable(line);
}

std::string time_of(double seconds) {
  const long whole = std::lround(std::floor(seconds));
  return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                       : fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string facet_report(const Facet& facet, const TerminalStyle& style) {
  std::string out = bold(facet.label, style) + "\n";
  std::size_t widest = 0;
  std::uint64_t most = 0;
  for (const FacetValue& value : facet.values) {
    widest = std::max(widest, columns_of(printable(value.label)));
    most = std::max(most, value.count);
  }
  for (const FacetValue& value : facet.values) {
    const std::string label = printable(value.label);
    const std::string gap(widest - columns_of(label), ' ');
    out += fmt::format("  {} {}{} {:>6}", value.selected ? "*" : " ", label, gap, value.count);
    if (style.bars) out += " " + dim(bar(value.count, most, kBarColumns), style);
    out += "\n";
  }
  if (facet.more > 0) out += fmt::format("    and {} more\n", facet.more);
  return out + "\n";
}

std::string totals(const Answer& answer, std::uint64_t shown) {
  std::string out = fmt::format("{}{} resource{}", answer.total_exact ? "" : "at least ", answer.total,
                                answer.total == 1 ? "" : "s");
  if (shown > 0) out += fmt::format(", shown {} to {}", answer.offset + 1, answer.offset + shown);
  if (answer.next_offset) out += fmt::format("; more with --offset {}", *answer.next_offset);
  return out + "\n";
}

}  // namespace

/// "p. 12 (label viii) · Heading", "slide 3 · Heading", "sheet Budget".
std::string place_of(const Passage& passage, const std::string& format) {
  std::string place;
  if (passage.seconds) {
    place = "at " + time_of(*passage.seconds);
  } else if (passage.page > 0) {
    switch (locator_kind(format, passage.label)) {
      case LocatorKind::page:
        place = fmt::format("p. {}", passage.page);
        if (!passage.label.empty() && passage.label != fmt::to_string(passage.page)) {
          place += fmt::format(" (label {})", passage.label);
        }
        break;
      case LocatorKind::slide:
        place = fmt::format("slide {}", passage.page);
        break;
      case LocatorKind::sheet:
        return printable("sheet " + passage.heading);
      case LocatorKind::section:
        break;
    }
  }
  append_part(place, passage.heading);
  return printable(place);
}

std::string hit_report(const Hit& hit, std::uint64_t number, const TerminalStyle& style) {
  const Resource& resource = hit.resource;
  const std::string indent(kIndent, ' ');
  const std::string title = printable(resource.title.empty() ? resource.id : resource.title);
  std::string out = fmt::format("{:>2}. {}\n", number, bold(title, style));
  out += indent + dim(meta_line(resource), style) + "\n";
  out += indent + link(printable(address_of(resource)), resource.url, style) + "\n";
  if (hit.passages.empty() && !resource.description.empty()) {
    out += paragraph(printable(resource.description), {}, kIndent, style);
  }
  for (const Passage& passage : hit.passages) {
    const std::string place = place_of(passage, resource.format);
    if (!place.empty()) out += indent + linked(dim(place, style), passage.url, style) + "\n";
    out += paragraph(passage.text, passage.marks, place.empty() ? kIndent : kIndent + 2, style);
  }
  for (const Translation& translation : hit.translations) {
    out +=
        indent + fmt::format("also in {}: {}\n", value_label(FieldId::language, translation.language, "en"),
                             link(printable(translation.url), translation.url, style));
  }
  for (const Edition& edition : hit.editions) {
    out += indent + fmt::format("edition of {}: {}\n", edition.date.empty() ? "unknown date" : edition.date,
                                link(printable(edition.url), edition.url, style));
  }
  if (!hit.explanation.empty()) out += paragraph("why: " + printable(hit.explanation), {}, kIndent, style);
  return out + "\n";
}

std::string end_report(const Answer& answer, std::uint64_t shown, const TerminalStyle& style) {
  std::string out;
  for (const Facet& facet : answer.facets) {
    if (!facet.values.empty()) out += facet_report(facet, style);
  }
  return out + dim(totals(answer, shown), style);
}

/// The rules' part of an answer: cards of help, a redirect, best bets.
std::string rules_report(const Answer& answer, const TerminalStyle& style) {
  std::string out;
  for (const HelpCard& card : answer.help) {
    std::string line;
    for (const std::string& part : {card.phone, card.hours, card.url}) append_part(line, printable(part));
    out += bold(printable(card.title), style) + (line.empty() ? "" : kBetween + line) + "\n";
    if (!card.text.empty()) out += paragraph(printable(card.text), {}, kIndent, style);
  }
  if (answer.redirect) {
    std::string line = printable(answer.redirect->title);
    append_part(line, link(printable(answer.redirect->url), answer.redirect->url, style));
    out += "See " + line + "\n";
  }
  for (const BestBet& bet : answer.best_bets) {
    out += " *  " + bold(printable(bet.title), style) + "\n";
    out += std::string(kIndent, ' ') + link(printable(bet.url), bet.url, style) + "\n";
    if (!bet.description.empty()) out += paragraph(printable(bet.description), {}, kIndent, style);
  }
  return out.empty() ? out : out + "\n";
}

std::string text_report(const Answer& answer, const TerminalStyle& style) {
  std::string out = rules_report(answer, style);
  std::uint64_t number = answer.offset;
  for (const Hit& hit : answer.hits) out += hit_report(hit, ++number, style);
  return out + end_report(answer, answer.hits.size(), style);
}

std::string text_report(const Hit& hit, const TerminalStyle& style) {
  const Resource& resource = hit.resource;
  std::string out = bold(printable(resource.title), style) + "\n";
  const auto line = [&](FieldId field, const std::string& value) {
    if (!value.empty()) out += fmt::format("{:<15} {}\n", schema::field(field).name, printable(value));
  };
  line(FieldId::id, resource.id);
  line(FieldId::url, resource.url);
  line(FieldId::path, resource.path);
  line(FieldId::author, joined(resource.author));
  line(FieldId::publisher, resource.publisher);
  line(FieldId::type, resource.type);
  line(FieldId::topic, joined(resource.topic));
  line(FieldId::audience, joined(resource.audience));
  line(FieldId::series, resource.series);
  line(FieldId::jurisdiction, joined(resource.jurisdiction));
  line(FieldId::language, value_label(FieldId::language, resource.language, "en"));
  line(FieldId::format, value_label(FieldId::format, resource.format, "en"));
  line(FieldId::date, resource.date);
  line(FieldId::modified, resource.modified);
  line(FieldId::added, resource.added);
  line(FieldId::identifier, joined(resource.identifier));
  line(FieldId::pages, resource.pages > 0 ? fmt::to_string(resource.pages) : "");
  line(FieldId::bytes, size_of(resource.bytes));
  line(FieldId::accessible, value_label(FieldId::accessible, resource.accessible, "en"));
  line(FieldId::translation_of, resource.translation_of);
  line(FieldId::supersedes, resource.supersedes);
  for (const Translation& translation : hit.translations) {
    out += fmt::format("{:<15} {} {}\n", "translation", translation.language, printable(translation.url));
  }
  for (const Edition& edition : hit.editions) {
    out += fmt::format("{:<15} {} {}\n", "edition", edition.date, printable(edition.url));
  }
  if (!resource.description.empty()) out += "\n" + paragraph(printable(resource.description), {}, 0, style);
  return out;
}

std::string text_report(const PageText& page, const TerminalStyle& style) {
  std::string head = fmt::format("page {}", page.page);
  if (!page.label.empty()) head += fmt::format(" (label {})", page.label);
  append_part(head, page.heading);
  append_part(head, page.url);
  std::string out = dim(printable(head), style) + "\n\n";
  for (std::size_t begin = 0; begin < page.text.size();) {
    const std::size_t end = std::min(page.text.find('\n', begin), page.text.size());
    out += printable(std::string_view(page.text).substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return out;
}

std::string side_notes(const Answer& answer) {
  std::string out;
  for (const Notice& notice : answer.query.notices) out += printable(notice.text) + "\n";
  for (const Expansion& expansion : answer.query.expansions) {
    if (expansion.id.empty()) continue;
    std::string to;
    for (const std::string& label : expansion.to) to += (to.empty() ? "" : ", ") + label;
    out += fmt::format("Also searched for {}: {} (--no-expand={} leaves it out)\n", printable(expansion.from),
                       printable(to), expansion.id);
  }
  if (answer.spelling && answer.spelling->applied) {
    out += "Search for what was typed alone with --no-correct.\n";
  } else if (answer.spelling) {
    out += fmt::format("Did you mean: {} ({} resource{})\n", printable(answer.spelling->corrected),
                       answer.spelling->hits, answer.spelling->hits == 1 ? "" : "s");
  }
  return out;
}

}  // namespace carrel::search::cli
