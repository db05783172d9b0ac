#include "query-server/page/search_page.h"

#include <algorithm>

#include "query-server/entity_tag.h"
#include "query-server/page/assets.h"
#include "query-server/page/filters_view.h"
#include "query-server/page/help_view.h"
#include "query-server/page/hit_view.h"
#include "query-server/page/messages.h"
#include "query-server/page/template.h"
#include "query-server/page/words.h"
#include "query-server/parameters.h"

namespace carrel::query_server::page {
namespace {

Template load(std::string_view name) {
  const auto source = [](std::string_view partial) { return asset(std::string(partial) + ".html"); };
  return Template::parse(source(name), source);
}

View page_view(const Messages& messages, std::string_view title) {
  return {{"t", messages.view()},
          {"lang", View("en")},
          {"title", View(messages.text(title))},
          {"stylesheet", View(stylesheet_address())},
          {"home", View(false)},
          {"help_above", View(false)},
          {"cards", View(View::List())},
          {"q", View("")},
          {"kept", View(View::List())}};
}

std::string as_sentence(const std::string& text) {
  return text.empty() || text.ends_with('?') || text.ends_with('.') ? text : text + ".";
}

/// What the form must carry along because no visible control holds it.
View::List kept_view(const search::Request& request) {
  const search::Request defaults;
  View::List kept;
  const auto keep = [&](std::string_view name, std::string value) {
    kept.push_back({{"name", View(name)}, {"value", View(std::move(value))}});
  };
  if (!request.year.empty()) keep("year", request.year);
  if (!request.date.empty()) keep("date", request.date);
  if (request.limit != defaults.limit) keep("limit", std::to_string(request.limit));
  if (request.passages != defaults.passages) keep("passages", std::to_string(request.passages));
  if (request.explain) keep("explain", "1");
  return kept;
}

std::string address_of(search::Request request, std::size_t offset) {
  request.offset = offset;
  return "/search?" + to_form(request);
}

View::List sorts_view(const search::Request& request, const Messages& messages) {
  View::List sorts;
  for (const std::string_view name : {"relevance", "-date", "date", "title", "-added"}) {
    sorts.push_back({{"value", View(name)},
                     {"label", View(messages.text("sort." + std::string(name)))},
                     {"selected", View(sort_name(request.sort) == name)}});
  }
  return sorts;
}

View paging_view(const PageRequest& page, const search::Answer& answer, const Messages& messages) {
  const search::Request& request = page.request;
  const auto limit = std::max<std::uint64_t>(1, answer.limit);
  if (answer.total <= limit && answer.offset == 0) return View(false);
  const auto step = [&](std::uint64_t offset) {
    return View({{"offset", View(std::to_string(offset))},
                 {"link", View(page.by_address ? address_of(request, offset) : std::string())}});
  };
  const bool deeper = answer.next_offset && *answer.next_offset <= kDeepestOffset;
  return {
      {"previous", answer.offset > 0 ? step(answer.offset - std::min(answer.offset, limit)) : View(false)},
      {"next", deeper ? step(*answer.next_offset) : View(false)},
      {"text",
       View(messages.text("page_of", {{"page", messages.number(answer.offset / limit + 1)},
                                      {"pages", messages.number((answer.total + limit - 1) / limit)}}))},
      {"narrow", View(answer.next_offset && !deeper)}};
}

View::List notices_view(const PageRequest& page, const search::Answer& answer, const Messages& messages) {
  View::List notices;
  for (const Error& fault : page.faults) {
    notices.push_back({{"text", View(messages.text("left_out", {{"fault", fault.message}}))}});
  }
  for (const search::Notice& notice : answer.query.notices) notices.push_back({{"text", View(notice.text)}});
  return notices;
}

View spelling_view(const PageRequest& page, const search::Answer& answer, const Messages& messages) {
  if (!answer.spelling || answer.spelling->corrected.empty()) return View(false);
  search::Request corrected = page.request;
  if (answer.spelling->applied) {
    corrected.correct = false;
  } else {
    corrected.q = answer.spelling->corrected;
  }
  return {
      {"corrected", View(corrected.q)},
      {"before", View(messages.text(answer.spelling->applied ? "spelling_instead" : "spelling_before"))},
      {"mark", View(answer.spelling->applied ? "" : "?")},
      {"link", View(page.by_address ? address_of(corrected, 0) : std::string())},
      {"finds", View(answer.spelling->applied ? std::string()
                                              : messages.count("spelling_finds", answer.spelling->hits))}};
}

/// What else was searched, each of the thesaurus with a way to leave it out.
View::List expansions_view(const PageRequest& page, const search::Answer& answer, const Messages& messages) {
  View::List expansions;
  for (const search::Expansion& expansion : answer.query.expansions) {
    std::string to;
    for (const std::string& word : expansion.to) to.append(to.empty() ? "“" : ", “").append(word).append("”");
    search::Request struck = page.request;
    struck.no_expand.push_back(expansion.id);
    const bool link = page.by_address && !expansion.id.empty();
    expansions.push_back(
        {{"text", View(messages.text("also_searched", {{"from", expansion.from}, {"to", to}}))},
         {"id", View(expansion.id)},
         {"strike", View(messages.text("strike_expansion", {{"from", expansion.from}}))},
         {"link", View(link ? address_of(struck, 0) : std::string())}});
  }
  return expansions;
}

/// The fields of a resource that its facts do not show; those that can be searched by are buttons.
View::List field_rows(const search::Resource& resource, const Messages& messages) {
  using schema::FieldId;
  const search::Answer no_labels;
  View::List rows;
  const auto add = [&](FieldId field, const std::vector<std::string>& values) {
    const schema::Field& row = schema::field(field);
    View::List shown;
    for (const std::string& value : values) {
      if (value.empty()) continue;
      const bool facet = row.is(schema::kFacet);
      shown.push_back({{"name", View(facet ? std::string(row.name) : std::string())},
                       {"value", View(escape_value(value))},
                       {"text", View(facet ? value_label(no_labels, field, value, "en") : value)}});
    }
    if (shown.empty()) return;
    for (View& value : shown) value["last"] = View(&value == &shown.back());
    rows.push_back({{"label", View(messages.text_or("field." + std::string(row.name), row.label))},
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
  add(FieldId::added, {date_in_words(messages, resource.added.substr(0, 10))});
  add(FieldId::id, {resource.id});
  return rows;
}

}  // namespace

const std::string& stylesheet_address() {
  static const std::string address = "/carrel.css?v=" + content_hash(asset("carrel.css"));
  return address;
}

std::string home_page(const search::Answer* library) {
  static const Template shape = load("home");
  const Messages& messages = Messages::of("en");
  View view = page_view(messages, "title_home");
  view["home"] = View(true);
  view["browse"] = View(false);
  if (library) view["cards"] = View(help_view(library->help));
  if (library && library->total > 0) {
    view["browse"] = {{"fields", View(browse_view(*library, messages))},
                      {"size", View(messages.count("library_size", library->total))}};
  }
  return shape.render(view);
}

std::string results_page(const PageRequest& page, const search::Answer& answer, const Links& links) {
  static const Template shape = load("results");
  const search::Request& request = page.request;
  const Messages& messages = Messages::of(request.ui);
  const bool nothing = answer.total == 0;
  std::string heading;
  if (nothing) {
    heading = request.q.empty() ? messages.text("nothing_title")
                                : messages.text("nothing_title_for", {{"q", request.q}});
  } else {
    heading = request.q.empty() ? messages.count("showing", answer.total)
                                : messages.count("showing_for", answer.total, {{"q", request.q}});
  }
  std::string part;
  if (!answer.hits.empty() && answer.hits.size() < answer.total) {
    part = messages.text("showing_part", {{"from", messages.number(answer.offset + 1)},
                                          {"to", messages.number(answer.offset + answer.hits.size())},
                                          {"total", messages.number(answer.total)}});
  }
  View::List hits;
  for (const search::Hit& hit : answer.hits)
    hits.push_back(hit_view(answer, hit, messages, links, request.ui));
  View::List chips = chips_view(answer, page, messages);

  View view = page_view(messages, "title_results");
  view["q"] = View(request.q);
  view["kept"] = View(kept_view(request));
  view["heading"] = View(heading);
  view["part"] = View(part);
  view["start"] = View(std::to_string(answer.offset + 1));
  view["sorts"] = View(sorts_view(request, messages));
  view["nothing"] = View(nothing);
  const bool called = std::ranges::any_of(answer.help, &search::HelpCard::called);
  view["help_above"] = View(nothing || called);
  view["cards"] = View(help_view(answer.help));
  view["filtered"] = View(!chips.empty());
  view["quoted"] = View(request.q.find('"') != std::string::npos);
  view["chips"] = View(!chips.empty());
  view["chips_list"] = View(std::move(chips));
  view["filters"] = filters_view(answer, page, messages);
  view["spelling"] = spelling_view(page, answer, messages);
  view["notices"] = View(notices_view(page, answer, messages));
  view["hits"] = View(!hits.empty());
  view["hits_list"] = View(std::move(hits));
  view["paging"] = paging_view(page, answer, messages);
  view["how"] = View(!answer.query.parsed.empty() && !request.q.empty());
  view["parsed"] = View(answer.query.parsed);
  view["expansions"] = View(expansions_view(page, answer, messages));
  return shape.render(view);
}

std::string resource_page(const search::Hit& hit, const Links& links) {
  static const Template shape = load("resource");
  const Messages& messages = Messages::of("en");
  View::List rows = field_rows(hit.resource, messages);
  View view = page_view(messages, "title_resource");
  view["hit"] = hit_view({}, hit, messages, links, "en");
  view["rows"] = View(!rows.empty());
  view["rows_list"] = View(std::move(rows));
  return shape.render(view);
}

HttpResponse html_response(std::string html) {
  HttpResponse response;
  response.set("Content-Type", "text/html; charset=utf-8");
  response.body = std::move(html);
  return response;
}

HttpResponse problem_page(const Problem& problem) {
  static const Template shape = load("problem");
  const Messages& messages = Messages::of("en");
  View view = page_view(messages, "title_problem");
  view["heading"] =
      View(messages.text_or("problem_" + std::to_string(problem.status), messages.text("problem_other")));
  view["detail"] = View(as_sentence(problem.detail));
  view["hint"] = View(as_sentence(problem.hint));
  view["help_above"] = View(true);
  view["cards"] = View(help_view(problem.help));
  HttpResponse response = html_response(shape.render(view));
  response.status = problem.status;
  for (const Header& field : problem.headers) response.set(field.name, field.value);
  return response;
}

}  // namespace carrel::query_server::page
