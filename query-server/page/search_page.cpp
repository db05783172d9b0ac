#include "query-server/page/search_page.h"

#include <algorithm>
#include <string_view>

#include "query-server/page/filters_view.h"
#include "query-server/page/frame.h"
#include "query-server/page/help_view.h"
#include "query-server/page/hit_view.h"
#include "query-server/page/messages.h"
#include "query-server/page/paging_view.h"
#include "query-server/page/words.h"
#include "query-server/page/year_view.h"
#include "query-server/parameters.h"

namespace carrel::query_server::page {
namespace {

std::string as_sentence(const std::string& text) {
  return text.empty() || text.ends_with('?') || text.ends_with('.') ? text : text + ".";
}

/// What the form must carry along because no visible control holds it.
View::List kept_view(const InterfaceLanguage& language, const search::Request& request) {
  const search::Request defaults;
  View::List kept;
  const auto keep = [&](std::string_view name, std::string value) {
    kept.push_back({{"name", View(name)}, {"value", View(std::move(value))}});
  };
  if (language.chosen) keep("ui", language.tag);
  if (!request.year.empty() && !read_year_range(request.year)) keep("year", request.year);
  if (!request.date.empty()) keep("date", request.date);
  if (request.limit != defaults.limit) keep("limit", std::to_string(request.limit));
  if (request.passages != defaults.passages) keep("passages", std::to_string(request.passages));
  if (request.explain) keep("explain", "1");
  if (!request.join_versions) keep("versions", "all");
  keep("for", request.q);
  if (!request.correct) keep("correct", "0");
  if (!request.expand) keep("expand", "0");
  for (const std::string& struck : request.no_expand) keep("no_expand", struck);
  return kept;
}

/// The language in which the search library words its notices for this reader.
std::string language_of_notices(const InterfaceLanguage& language) {
  return language.tag == "es" ? "es" : "en";
}

bool has_own_title(int status) {
  return status == 400 || status == 404 || status == 503;
}

search::Request without_language(search::Request request) {
  request.ui = search::Request().ui;
  return request;
}

/// What the page of a resource is told of this search: the words when they are in the address already, and the
/// language.
std::string page_parameters(const InterfaceLanguage& language, const PageRequest& page) {
  search::Request told;
  if (page.by_address) told.q = page.request.q;
  std::string parameters = to_form(told);
  if (language.chosen) parameters.append(parameters.empty() ? "" : "&").append("ui=").append(language.tag);
  return parameters;
}

View::List notices_view(const InterfaceLanguage& language, const PageRequest& page, const search::Answer& answer) {
  View::List notices;
  const auto add = [&](std::string text, std::string_view tag) {
    notices.push_back({{"text", View(std::move(text))}, {"lang", View(tag)}});
  };
  for (const Error& fault : page.faults)
    add(language.messages().text("left_out", {{"fault", fault.message}}), language.tag);
  for (const search::Notice& notice : answer.query.notices) add(notice.text, language_of_notices(language));
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

View redirect_view(const search::Answer& answer) {
  if (!answer.redirect) return View(false);
  const std::string url = Links::safe(answer.redirect->url);
  if (url.empty()) return View(false);
  return {{"url", View(url)}, {"title", View(answer.redirect->title.empty() ? url : answer.redirect->title)}};
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

}  // namespace

std::string home_page(const InterfaceLanguage& language, const search::Answer* library) {
  static const Template shape = load_template("home");
  const Messages& messages = language.messages();
  View view = frame_view(language, "title_home", "/");
  view["home"] = View(true);
  view["browse"] = View(false);
  if (library) view["cards"] = View(help_view(library->help, messages));
  if (library && library->total > 0) {
    view["browse"] = {{"fields", View(browse_view(*library, messages))},
                      {"size", View(messages.count("library_size", library->total))}};
  }
  return shape.render(view);
}

std::string results_page(const InterfaceLanguage& language, const PageRequest& page, const search::Answer& answer,
                         const Links& links) {
  static const Template shape = load_template("results");
  const search::Request& request = page.request;
  const Messages& messages = language.messages();
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
  const Links to_pages = links.with_parameters(page_parameters(language, page));
  View::List hits;
  for (const search::Hit& hit : answer.hits)
    hits.push_back(hit_view(answer, hit, messages, to_pages, language.tag));
  View::List chips = chips_view(answer, page, messages);

  search::Request again = request;
  again.offset = 0;
  View view = frame_view(language, "title_results", page.by_address ? address_of(without_language(again), 0) : "");
  view["q"] = View(request.q);
  view["kept"] = View(kept_view(language, request));
  view["again"] = View(!page.by_address);
  view["again_fields"] = View(page.by_address ? View::List() : fields_of(again));
  view["in_address"] = View(page.by_address && !request.q.empty());
  view["posted"] = View(!page.by_address && !request.q.empty());
  view["words_lang"] = View(language_of_notices(language));
  view["heading"] = View(heading);
  view["part"] = View(part);
  view["start_number"] = View(std::to_string(answer.offset + 1));
  view["sorts"] = View(sorts_view(request, messages));
  view["nothing"] = View(nothing);
  const bool called = std::ranges::any_of(answer.help, &search::HelpCard::called);
  view["help_above"] = View(nothing || called);
  view["cards"] = View(help_view(answer.help, messages));
  view["bets"] = View(!answer.best_bets.empty());
  view["bets_list"] = View(bets_view(answer.best_bets, to_pages));
  view["redirect"] = redirect_view(answer);
  view["filtered"] = View(!chips.empty());
  view["quoted"] = View(request.q.find('"') != std::string::npos);
  view["chips"] = View(!chips.empty());
  view["chips_list"] = View(std::move(chips));
  view["filters"] = filters_view(answer, page, messages);
  view["spelling"] = spelling_view(page, answer, messages);
  view["notices"] = View(notices_view(language, page, answer));
  view["hits"] = View(!hits.empty());
  view["hits_list"] = View(std::move(hits));
  view["paging"] = paging_view(page, answer, messages);
  view["how"] = View(!answer.query.parsed.empty() && !request.q.empty());
  view["parsed"] = View(answer.query.parsed);
  view["expansions"] = View(expansions_view(page, answer, messages));
  return shape.render(view);
}

HttpResponse problem_page(const InterfaceLanguage& language, const Problem& problem) {
  static const Template shape = load_template("problem");
  const Messages& messages = language.messages();
  View view = frame_view(language, "title_problem", "/");
  const std::string kind = has_own_title(problem.status) ? std::to_string(problem.status) : "other";
  view["heading"] = View(messages.text("problem_" + kind));
  // The sentences of the daemon are English; who reads the page in another language gets what to do in that one.
  const bool reads_english = language.tag == "en";
  view["detail"] = View(reads_english ? as_sentence(problem.detail) : std::string());
  view["hint"] = View(reads_english ? as_sentence(problem.hint) : messages.text("problem_hint_" + kind));
  view["help_above"] = View(true);
  view["cards"] = View(help_view(problem.help, messages));
  HttpResponse response = html_response(shape.render(view));
  response.status = problem.status;
  for (const Header& field : problem.headers) response.set(field.name, field.value);
  return response;
}

HttpResponse html_response(std::string html) {
  HttpResponse response;
  response.set("Content-Type", "text/html; charset=utf-8");
  response.set("Vary", "Accept-Language");
  response.body = std::move(html);
  return response;
}

}  // namespace carrel::query_server::page
