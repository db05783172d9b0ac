#include "query-server/page/resource_page.h"

#include <initializer_list>
#include <string_view>

#include "query-server/page/frame.h"
#include "query-server/page/help_view.h"
#include "query-server/page/hit_view.h"
#include "query-server/page/words.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"

namespace carrel::query_server::page {
namespace {

using schema::FieldId;

/// The fields of a resource that its facts do not show; those that can be searched by are buttons.
View::List field_rows(const search::Resource& resource, const Messages& messages) {
  const search::Answer no_labels;
  View::List rows;
  const auto add = [&](FieldId field, const std::vector<std::string>& values) {
    const schema::Field& row = schema::field(field);
    View::List shown;
    for (const std::string& value : values) {
      if (value.empty()) continue;
      const bool facet = row.is(schema::kFacet);
      shown.push_back(
          {{"name", View(facet ? std::string(row.name) : std::string())},
           {"value", View(escape_value(value))},
           {"text", View(facet ? value_label(no_labels, field, value, messages.language()) : value)}});
    }
    if (shown.empty()) return;
    for (View& value : shown) value["last"] = View(&value == &shown.back());
    rows.push_back({{"label", View(messages.text("field." + std::string(row.name)))},
                    {"values", View(std::move(shown))}});
  };
  add(FieldId::author, resource.author);
  add(FieldId::publisher, {resource.publisher});
  add(FieldId::series, {resource.series});
  add(FieldId::topic, resource.topic);
  add(FieldId::audience, resource.audience);
  add(FieldId::jurisdiction, resource.jurisdiction);
  add(FieldId::language, {resource.language});
  add(FieldId::identifier, resource.identifier);
  add(FieldId::added, {messages.date(resource.added.substr(0, 10))});
  add(FieldId::id, {resource.id});
  return rows;
}

/// The reference as a sentence: authors. Title. Publisher, date. Address.
std::string reference(const search::Resource& resource, const Messages& messages) {
  std::string text;
  for (const std::string& author : resource.author) text.append(text.empty() ? "" : ", ").append(author);
  const auto add = [&](const std::string& part) {
    if (part.empty()) return;
    if (!text.empty()) text.append(text.ends_with('.') || text.ends_with('?') || text.ends_with('!') ? " " : ". ");
    text.append(part);
  };
  add(resource.title.empty() ? resource.id : resource.title);
  const std::string date = messages.date(resource.date);
  add(resource.publisher + (resource.publisher.empty() || date.empty() ? "" : ", ") + date);
  add(resource.url);
  return text;
}

View::List citations(const std::string& id, const Messages& messages) {
  struct Format {
    std::string_view name;
    std::string_view ending;
  };
  const auto slash = id.find_last_of('/');
  const std::string file = slash == std::string::npos ? id : id.substr(slash + 1);
  View::List list;
  for (const Format& format : std::initializer_list<Format>{
           {"ris", ".ris"}, {"bibtex", ".bib"}, {"csl-json", ".json"}}) {
    list.push_back({{"link", View("/v1/resources/" + percent_encode(id) + "/cite?format=" + std::string(format.name))},
                    {"file", View(file + std::string(format.ending))},
                    {"label", View(messages.text("cite_" + std::string(format.name)))}});
  }
  return list;
}

}  // namespace

std::string resource_page(const InterfaceLanguage& language, const ShownResource& shown, const Links& links) {
  static const Template shape = load_template("resource");
  const Messages& messages = language.messages();
  const search::Resource& resource = shown.hit.resource;
  const std::string address = links.to_page(resource.id);
  const Links to_pages = links.with_parameters(language.chosen ? "ui=" + language.tag : "");
  const search::Answer no_labels;

  View view = frame_view(language, "title_resource", address);
  view["q"] = View(shown.q);
  view["in_address"] = View(shown.in_address);
  search::Hit inside = shown.hit;
  inside.passages = shown.passages;
  view["hit"] = hit_view(no_labels, inside, messages, to_pages, language.tag);
  view["cards"] = View(help_view(shown.help, messages));
  view["searched"] = View(!shown.q.empty());
  view["inside_title"] = View(messages.text("matching_pages", {{"q", shown.q}}));
  view["inside_nothing"] = View(messages.text("inside_nothing", {{"q", shown.q}}));
  view["inside_address"] = View(address);
  view["reference"] = View(reference(resource, messages));
  view["citations"] = View(citations(resource.id, messages));
  View::List rows = field_rows(resource, messages);
  view["rows"] = View(!rows.empty());
  view["rows_list"] = View(std::move(rows));
  View::List similar;
  for (const search::Hit& other : shown.similar)
    similar.push_back(hit_view(no_labels, other, messages, to_pages, language.tag));
  view["similar"] = View(!similar.empty());
  view["similar_list"] = View(std::move(similar));
  return shape.render(view);
}

}  // namespace carrel::query_server::page
