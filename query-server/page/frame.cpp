#include "query-server/page/frame.h"

#include "query-server/entity_tag.h"
#include "query-server/form.h"
#include "query-server/page/assets.h"
#include "query-server/parameters.h"

namespace carrel::query_server::page {
namespace {

std::string versioned(std::string_view name) {
  return "/" + std::string(name) + "?v=" + content_hash(asset(name));
}

View::List languages_view(const InterfaceLanguage& language, std::string_view here) {
  View::List list;
  for (const std::string& tag : Messages::languages()) {
    std::string link;
    if (!here.empty()) link.append(here).append(here.find('?') == std::string_view::npos ? "?ui=" : "&ui=").append(tag);
    list.push_back({{"tag", View(tag)},
                    {"name", View(Messages::of(tag).text("language_name"))},
                    {"current", View(tag == language.tag)},
                    {"link", View(std::move(link))}});
  }
  return list;
}

}  // namespace

const std::string& stylesheet_address() {
  static const std::string address = versioned("carrel.css");
  return address;
}

const std::string& box_script_address() {
  static const std::string address = versioned("carrel-search.js");
  return address;
}

const std::string& page_script_address() {
  static const std::string address = versioned("carrel-page.js");
  return address;
}

Template load_template(std::string_view name) {
  const auto source = [](std::string_view partial) { return asset(std::string(partial) + ".html"); };
  return Template::parse(source(name), source);
}

View frame_view(const InterfaceLanguage& language, std::string_view title, std::string_view here) {
  const Messages& messages = language.messages();
  View::List kept;
  if (language.chosen) kept.push_back({{"name", View("ui")}, {"value", View(language.tag)}});
  return {{"t", messages.view()},
          {"lang", View(language.tag)},
          {"dir", View(messages.right_to_left() ? "rtl" : "ltr")},
          {"title", View(messages.text(title))},
          {"stylesheet", View(stylesheet_address())},
          {"box_script", View(box_script_address())},
          {"page_script", View(page_script_address())},
          {"suggestions_count", View(messages.text("suggestions_count"))},
          {"start", View("/" + language.suffix())},
          {"languages", View(languages_view(language, here))},
          {"home", View(false)},
          {"in_address", View(false)},
          {"help_above", View(false)},
          {"cards", View(View::List())},
          {"again", View(false)},
          {"q", View("")},
          {"kept", View(std::move(kept))}};
}

View::List fields_of(const search::Request& request) {
  View::List fields;
  const auto parameters = parse_form(to_form(request));
  if (!parameters) return fields;
  for (const Parameter& parameter : *parameters)
    fields.push_back({{"name", View(parameter.name)}, {"value", View(parameter.value)}});
  return fields;
}

}  // namespace carrel::query_server::page
