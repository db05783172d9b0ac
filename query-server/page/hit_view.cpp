#include "query-server/page/hit_view.h"

#include <algorithm>

#include "query-server/page/words.h"
#include "search/locator.h"

namespace carrel::query_server::page {
namespace {

using schema::FieldId;
using search::Hit;
using search::Passage;
using search::Resource;

/// Byte offset of the code point that is `count` after the one at byte `at`; at most the size of the text.
std::size_t advance(std::string_view text, std::size_t at, std::size_t count) {
  while (count > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    --count;
  }
  return at;
}

View::List facts(const search::Answer& answer, const Resource& resource, const Messages& messages,
                 std::string_view ui) {
  View::List list;
  const auto add = [&](std::string text, std::string_view kind = {}) {
    if (!text.empty()) list.push_back({{"text", View(std::move(text))}, {"class", View(kind)}});
  };
  const std::string type = resource.type.empty() ? "" : value_label(answer, FieldId::type, resource.type, ui);
  add(type, "type");

  std::string file;
  const std::string separator = messages.text("list_separator") + " ";
  const auto join = [&](const std::string& part) {
    if (!part.empty()) file.append(file.empty() ? "" : separator).append(part);
  };
  const auto kind = search::locator_kind(resource.format);
  const bool paged = resource.format == "pdf" || kind == search::LocatorKind::slide;
  if (!resource.format.empty()) {
    // "Web page · Web page" says nothing twice.
    if (const std::string format = value_label(answer, FieldId::format, resource.format, ui);
        format != type) {
      join(format);
    }
  }
  if (paged && resource.pages > 0)
    join(messages.count(kind == search::LocatorKind::slide ? "slides" : "pages", resource.pages));
  if (paged) join(size_in_words(messages, resource.bytes));
  add(file);

  add(messages.date(resource.date));
  if (!resource.language.empty() && resource.language != ui) {
    add(value_label(answer, FieldId::language, resource.language, ui), "language");
  }
  add(resource.publisher);
  if (resource.accessible == "scanned") add(messages.text("scanned"));
  return list;
}

View passage_view(const Resource& resource, const Passage& passage, const Messages& messages,
                  const Links& links) {
  std::string where;
  if (passage.seconds) {
    where = messages.text("at_time", {{"time", time_in_words(*passage.seconds)}});
  } else if (const auto kind = search::locator_kind(resource.format, passage.label);
             passage.page > 0 && kind != search::LocatorKind::section) {
    // The page of the file, which the link opens and viewers count; the printed number is in the API. A sheet
    // is known by its name, which is its heading.
    where = messages.text(search::to_string(kind), {{"number", messages.number(passage.page)}});
  } else if (passage.page > 1 && passage.heading.empty()) {
    where = messages.text("section", {{"number", messages.number(passage.page)}});
  }
  View::List pieces;
  for (Piece& piece : cut_at_marks(passage.text, passage.marks)) {
    pieces.push_back({{"text", View(std::move(piece.text))}, {"marked", View(piece.marked)}});
  }
  return {{"located", View(passage.page > 0 && (!where.empty() || !passage.heading.empty()))},
          {"where", View(where)},
          {"heading", View(shortened(passage.heading, 120))},
          {"link", View(links.to(resource, passage))},
          {"pieces", View(std::move(pieces))}};
}

View::List others(const Hit& hit, const Messages& messages, const Links& links) {
  View::List groups;
  const auto add = [&](std::string_view label, View::List list) {
    if (list.empty()) return;
    for (View& item : list) item["last"] = View(&item == &list.back());
    groups.push_back({{"label", View(messages.text(label))}, {"others_list", View(std::move(list))}});
  };
  View::List translations;
  for (const search::Translation& translation : hit.translations) {
    translations.push_back({{"url", View(links.to_other(translation.id, translation.url))},
                            {"lang", View(translation.language)},
                            {"text", View(language_name(translation.language, translation.language))}});
  }
  add("translations", std::move(translations));
  View::List editions;
  for (const search::Edition& edition : hit.editions) {
    const std::string date = messages.date(edition.date);
    editions.push_back({{"url", View(links.to_other(edition.id, edition.url))},
                        {"lang", View("")},
                        {"text", View(date.empty() ? messages.text("edition_undated") : date)}});
  }
  add("editions", std::move(editions));
  return groups;
}

}  // namespace

std::vector<Piece> cut_at_marks(std::string_view text, const std::vector<search::Mark>& marks) {
  auto ordered = marks;
  std::ranges::sort(ordered);
  std::vector<Piece> pieces;
  std::size_t byte = 0;
  std::uint32_t point = 0;
  const auto take = [&](std::uint32_t until, bool marked) {
    if (until <= point) return;
    const std::size_t end = advance(text, byte, until - point);
    if (end > byte) pieces.push_back({std::string(text.substr(byte, end - byte)), marked});
    byte = end;
    point = until;
  };
  for (const auto& [from, to] : ordered) {
    take(from, false);
    take(to, true);
  }
  if (byte < text.size()) pieces.push_back({std::string(text.substr(byte)), false});
  return pieces;
}

View hit_view(const search::Answer& answer, const Hit& hit, const Messages& messages, const Links& links,
              std::string_view ui) {
  constexpr std::size_t kDescription = 320;
  const Resource& resource = hit.resource;
  View::List passages;
  for (const Passage& passage : hit.passages)
    passages.push_back(passage_view(resource, passage, messages, links));
  const bool any = !passages.empty();
  const std::string title = resource.title.empty() ? resource.id : resource.title;
  return {{"lang", View(resource.language.empty() ? std::string(ui) : resource.language)},
          {"url", View(links.to(resource))},
          {"title", View(title)},
          {"page", View(links.to_page(resource.id))},
          {"about", View(messages.text("details_of", {{"title", title}}))},
          {"facts", View(facts(answer, resource, messages, ui))},
          {"abstract", View(resource.description)},
          {"description", View(any ? std::string() : shortened(resource.description, kDescription))},
          {"passages", View(any)},
          {"passages_list", View(std::move(passages))},
          {"others", View(others(hit, messages, links))},
          {"explanation", View(hit.explanation)}};
}

}  // namespace carrel::query_server::page
