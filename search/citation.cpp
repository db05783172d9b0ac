#include "search/citation.h"

#include <algorithm>
#include <array>
#include <vector>

#include "search/json_writer.h"
#include "search/schema/date.h"

namespace carrel::search {
namespace {

/// What a type is called in each form. RIS as reference managers read it (RPRT report, ELEC web page, VIDEO,
/// PAMP pamphlet, GEN other); the names of BibTeX's standard styles; CSL 1.0.2.
struct TypeNames {
  std::string_view type, ris, bibtex, csl;
};
constexpr std::array kTypes = {
    TypeNames{"report", "RPRT", "techreport", "report"},   TypeNames{"toolkit", "RPRT", "techreport", "report"},
    TypeNames{"guide", "RPRT", "techreport", "report"},    TypeNames{"fact sheet", "PAMP", "misc", "pamphlet"},
    TypeNames{"web page", "ELEC", "misc", "webpage"},      TypeNames{"video", "VIDEO", "misc", "motion_picture"},
    TypeNames{"webinar", "VIDEO", "misc", "motion_picture"}, TypeNames{"training", "ELEC", "misc", "webpage"},
};

const TypeNames& names_of(const Resource& resource) {
  static constexpr TypeNames kDocument{"", "GEN", "misc", "document"};
  static constexpr TypeNames kWebPage{"", "ELEC", "misc", "webpage"};
  const auto* const found = std::ranges::find(kTypes, resource.type, &TypeNames::type);
  if (found != kTypes.end()) return *found;
  return resource.format == "html" ? kWebPage : kDocument;
}

bool is_body_word(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "office", "center",    "centre",   "department", "institute", "university", "program",  "programme", "council",
      "bureau", "committee", "coalition", "network",   "foundation", "project",   "commission", "agency",  "task",
      "force",  "desk",      "team",     "group",      "oficina",   "centro",     "programa", "ministerio", "instituto"};
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::ranges::find(kWords, lower) != std::end(kWords);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    const auto end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return words;
}

/// One line: reference software reads a line end as the end of a value.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

std::string link_of(const Resource& resource, const PageText* page) {
  if (page != nullptr && !page->url.empty()) return page->url;
  return resource.url;
}

std::string locator_of(const PageText& page) {
  return page.label.empty() ? std::to_string(page.page) : page.label;
}

bool is_paged(const Resource& resource, const PageText* page) {
  return page != nullptr && resource.format == "pdf";
}

std::string heading_of(const Resource& resource, const PageText* page) {
  return page == nullptr || is_paged(resource, page) ? std::string() : page->heading;
}

std::string to_ris(const Resource& resource, const PageText* page) {
  std::string out;
  const auto line = [&](std::string_view tag, std::string_view value) {
    if (!value.empty()) out.append(tag).append("  - ").append(one_line(value)).append("\r\n");
  };
  line("TY", names_of(resource).ris);
  line("ID", resource.id);
  line("TI", resource.title);
  for (const std::string& author : resource.author) {
    const auto person = person_name(author);
    line("AU", person ? person->first + ", " + person->second : author);
  }
  if (const auto date = schema::PartialDate::parse(resource.date)) {
    const std::string day = resource.date;
    line("PY", day.substr(0, 4));
    // YYYY/MM/DD/other, each part as far as it is known.
    line("DA", day.substr(0, 4) + "/" + (day.size() >= 7 ? day.substr(5, 2) : "") + "/" +
                   (day.size() >= 10 ? day.substr(8, 2) : "") + "/");
  }
  line("PB", resource.publisher);
  line("T3", resource.series);
  line("SN", resource.identifier.empty() ? std::string() : resource.identifier.front());
  if (is_paged(resource, page)) line("SP", locator_of(*page));
  line("SE", heading_of(resource, page));
  line("LA", resource.language);
  for (const std::string& topic : resource.topic) line("KW", topic);
  line("AB", resource.description);
  line("UR", link_of(resource, page));
  out += "ER  - \r\n";
  return out;
}

/// Characters that TeX takes for commands, written so that they stand for themselves.
std::string tex(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '{':
      case '}':
      case '$':
      case '&':
      case '#':
      case '_':
      case '%':
        out += '\\';
        [[fallthrough]];
      default:
        out += c;
    }
  }
  return out;
}

/// A key of letters, digits, '-', '.', ':' and '_': what every BibTeX reader takes.
std::string bibtex_key(std::string_view id) {
  std::string key;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == ':' || c == '_';
    key += plain ? c : '-';
  }
  return key.empty() ? "resource" : key;
}

std::string to_bibtex(const Resource& resource, const PageText* page) {
  const std::string_view type = names_of(resource).bibtex;
  std::string out = "@" + std::string(type) + "{" + bibtex_key(resource.id) + ",\n";
  const auto field = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out.append("  ").append(name).append(" = {").append(value).append("},\n");
  };
  std::string authors;
  for (const std::string& author : resource.author) {
    const auto person = person_name(author);
    authors.append(authors.empty() ? "" : " and ")
        .append(person ? tex(person->first) + ", " + tex(person->second) : "{" + tex(author) + "}");
  }
  field("author", authors);
  field("title", "{" + tex(resource.title) + "}");
  field(type == "techreport" ? "institution" : "publisher", tex(resource.publisher));
  if (!resource.date.empty()) {
    field("year", resource.date.substr(0, 4));
    if (resource.date.size() >= 7) field("month", resource.date.substr(5, 2));
  }
  field("series", tex(resource.series));
  if (!resource.identifier.empty()) field("number", tex(resource.identifier.front()));
  if (is_paged(resource, page)) field("pages", tex(locator_of(*page)));
  field("note", tex(heading_of(resource, page)));
  field("language", resource.language);
  field("abstract", tex(resource.description));
  // In an address only what ends the field is dangerous: url and biblatex take the rest as it is.
  std::string link = link_of(resource, page);
  std::erase_if(link, [](char c) { return c == '{' || c == '}' || c == '\n'; });
  field("url", link);
  out += "}\n";
  return out;
}

void write_csl(JsonWriter& json, const Resource& resource, const PageText* page) {
  const std::array only = {0};
  json.object([&] {
    const auto text = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) json.member(name, value);
    };
    json.member("id", resource.id);
    json.member("type", names_of(resource).csl);
    text("title", resource.title);
    if (!resource.author.empty()) {
      json.key("author");
      json.array(resource.author, [&](const std::string& author) {
        json.object([&] {
          if (const auto person = person_name(author)) {
            json.member("family", person->first);
            json.member("given", person->second);
          } else {
            json.member("literal", author);
          }
        });
      });
    }
    if (schema::PartialDate::parse(resource.date)) {
      json.key("issued");
      json.object([&] {
        json.key("date-parts");
        json.array(only, [&](int) {
          std::vector<std::uint64_t> parts;
          for (const auto& [at, size] : {std::pair{0U, 4U}, std::pair{5U, 2U}, std::pair{8U, 2U}}) {
            if (resource.date.size() >= at + size) parts.push_back(std::stoul(resource.date.substr(at, size)));
          }
          json.array(parts, [&](std::uint64_t part) { json.value(part); });
        });
      });
    }
    text("publisher", resource.publisher);
    text("collection-title", resource.series);
    if (!resource.identifier.empty()) json.member("number", resource.identifier.front());
    if (resource.format == "pdf" && resource.pages > 0) {
      json.member("number-of-pages", std::to_string(resource.pages));
    }
    if (is_paged(resource, page)) {
      json.member("page", locator_of(*page));
      json.member("locator", locator_of(*page));
    }
    text("section", heading_of(resource, page));
    text("language", resource.language);
    text("abstract", resource.description);
    text("URL", link_of(resource, page));
  });
}

std::string to_csl(const Resource& resource, const PageText* page) {
  JsonWriter json;
  const std::array only = {0};
  json.array(only, [&](int) { write_csl(json, resource, page); });
  return json.take() + "\n";
}

}  // namespace

std::optional<CitationFormat> find_citation_format(std::string_view name) {
  if (name == "ris") return CitationFormat::ris;
  if (name == "bibtex") return CitationFormat::bibtex;
  if (name == "csl-json") return CitationFormat::csl_json;
  return std::nullopt;
}

std::string_view media_type(CitationFormat format) {
  switch (format) {
    case CitationFormat::ris:
      return "application/x-research-info-systems; charset=utf-8";
    case CitationFormat::bibtex:
      return "application/x-bibtex; charset=utf-8";
    case CitationFormat::csl_json:
      return "application/vnd.citationstyles.csl+json";
  }
  std::unreachable();
}

std::optional<std::pair<std::string, std::string>> person_name(std::string_view author) {
  if (const auto comma = author.find(", "); comma != std::string_view::npos) {
    const auto family = author.substr(0, comma);
    const auto given = author.substr(comma + 2);
    const auto words = words_of(family);
    const bool person = !given.empty() && given.find(',') == std::string_view::npos && words.size() <= 3 &&
                        std::ranges::none_of(words, is_body_word);
    if (person) return std::pair{std::string(family), std::string(given)};
    return std::nullopt;
  }
  const auto words = words_of(author);
  const bool initial_between = words.size() == 3 && words[1].size() <= 2 && words[1].ends_with('.');
  if (words.size() != 2 && !initial_between) return std::nullopt;  // two family names, or a body
  if (std::ranges::any_of(words, is_body_word)) return std::nullopt;
  const auto family = std::string(words.back());
  return std::pair{family, std::string(author.substr(0, author.rfind(family) - 1))};
}

std::string csl_item(const Resource& resource, const PageText* page) {
  JsonWriter json;
  write_csl(json, resource, page);
  return json.take();
}

std::string cite(const Resource& resource, CitationFormat format, const PageText* page) {
  switch (format) {
    case CitationFormat::ris:
      return to_ris(resource, page);
    case CitationFormat::bibtex:
      return to_bibtex(resource, page);
    case CitationFormat::csl_json:
      return to_csl(resource, page);
  }
  std::unreachable();
}

}  // namespace carrel::search
