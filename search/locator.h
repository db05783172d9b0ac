// What the pages of a resource are to people: pages, slides, sheets, sections.
#pragma once

#include <string_view>

namespace carrel::search {

enum class LocatorKind {
  page,     ///< numbered, of a PDF or a text file
  slide,    ///< numbered
  sheet,    ///< known by its name, which is its heading
  section,  ///< known by its heading
};

/// What the pages of a format are. `label` is that of the page: a page of a text file has one.
constexpr LocatorKind locator_kind(std::string_view format, std::string_view label = {}) {
  if (format == "pdf" || (format == "txt" && !label.empty())) return LocatorKind::page;
  if (format == "pptx" || format == "odp") return LocatorKind::slide;
  if (format == "xlsx" || format == "ods") return LocatorKind::sheet;
  return LocatorKind::section;
}

/// "page", "slide", "sheet" or "section": what an answer's `kind` says.
constexpr std::string_view to_string(LocatorKind kind) {
  switch (kind) {
    case LocatorKind::page:
      return "page";
    case LocatorKind::slide:
      return "slide";
    case LocatorKind::sheet:
      return "sheet";
    case LocatorKind::section:
      return "section";
  }
  return "section";
}

}  // namespace carrel::search
