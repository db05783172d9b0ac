#include "search/cli/answer_reader.h"

#include <stdexcept>

#include <boost/json.hpp>

namespace carrel::search::cli {
namespace {

namespace json = boost::json;

/// Members by name; a wrong type throws json::system_error, which `guarded` catches.
class Members {
 public:
  explicit Members(const json::value& value) : object_(value.as_object()) {}

  void take(const char* name, std::string& to) const {
    if (const auto* value = present(name)) to = std::string(value->as_string());
  }
  void take(const char* name, std::uint64_t& to) const {
    if (const auto* value = present(name)) to = value->to_number<std::uint64_t>();
  }
  void take(const char* name, std::uint32_t& to) const {
    if (const auto* value = present(name)) to = value->to_number<std::uint32_t>();
  }
  void take(const char* name, double& to) const {
    if (const auto* value = present(name)) to = value->to_number<double>();
  }
  void take(const char* name, bool& to) const {
    if (const auto* value = present(name)) to = value->as_bool();
  }
  template <typename T>
  void take(const char* name, std::optional<T>& to) const {
    if (present(name) != nullptr) take(name, to.emplace());
  }
  void take(const char* name, std::vector<std::string>& to) const {
    each(name, [&](const json::value& one) { to.emplace_back(one.as_string()); });
  }
  template <typename Visit>
  void each(const char* name, Visit&& visit) const {
    const auto* value = present(name);
    if (value == nullptr) return;
    for (const json::value& one : value->as_array()) visit(one);
  }
  const json::value* present(const char* name) const {
    const auto* value = object_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

 private:
  const json::object& object_;
};

Passage passage_of(const json::value& value) {
  const Members from(value);
  Passage passage;
  from.take("page", passage.page);
  from.take("label", passage.label);
  from.take("heading", passage.heading);
  from.take("seconds", passage.seconds);
  from.take("text", passage.text);
  from.take("url", passage.url);
  from.each("marks", [&](const json::value& mark) {
    passage.marks.emplace_back(mark.as_array().at(0).to_number<std::uint32_t>(),
                               mark.as_array().at(1).to_number<std::uint32_t>());
  });
  return passage;
}

Resource resource_of(const Members& from) {
  Resource resource;
  from.take("id", resource.id);
  from.take("url", resource.url);
  from.take("title", resource.title);
  from.take("description", resource.description);
  from.take("type", resource.type);
  from.take("date", resource.date);
  from.take("language", resource.language);
  from.take("format", resource.format);
  from.take("publisher", resource.publisher);
  from.take("series", resource.series);
  from.take("accessible", resource.accessible);
  from.take("added", resource.added);
  from.take("modified", resource.modified);
  from.take("translation_of", resource.translation_of);
  from.take("supersedes", resource.supersedes);
  from.take("path", resource.path);
  from.take("author", resource.author);
  from.take("topic", resource.topic);
  from.take("audience", resource.audience);
  from.take("jurisdiction", resource.jurisdiction);
  from.take("identifier", resource.identifier);
  from.take("pages", resource.pages);
  from.take("bytes", resource.bytes);
  return resource;
}

Hit hit_of(const json::value& value) {
  const Members from(value);
  Hit hit{.resource = resource_of(from)};
  from.take("score", hit.score);
  from.each("translations", [&](const json::value& one) {
    Translation& translation = hit.translations.emplace_back();
    Members(one).take("id", translation.id);
    Members(one).take("language", translation.language);
    Members(one).take("url", translation.url);
  });
  from.each("editions", [&](const json::value& one) {
    Edition& edition = hit.editions.emplace_back();
    Members(one).take("id", edition.id);
    Members(one).take("date", edition.date);
    Members(one).take("url", edition.url);
  });
  from.each("passages", [&](const json::value& one) { hit.passages.push_back(passage_of(one)); });
  if (const auto* explain = from.present("explain")) Members(*explain).take("text", hit.explanation);
  return hit;
}

Facet facet_of(const json::value& value) {
  const Members from(value);
  std::string name;
  from.take("field", name);
  const auto field = schema::find_field(name);
  if (!field) throw std::invalid_argument("a facet of no field");
  Facet facet{.field = *field};
  from.take("label", facet.label);
  from.take("more", facet.more);
  from.each("values", [&](const json::value& one) {
    const Members members(one);
    FacetValue& counted = facet.values.emplace_back();
    members.take("value", counted.value);
    members.take("label", counted.label);
    members.take("count", counted.count);
    members.take("selected", counted.selected);
  });
  return facet;
}

ParsedQuery query_of(const json::value& value) {
  const Members from(value);
  ParsedQuery query;
  from.take("q", query.q);
  from.take("parsed", query.parsed);
  from.each("notices", [&](const json::value& one) {
    Notice& notice = query.notices.emplace_back();
    Members(one).take("code", notice.code);
    Members(one).take("text", notice.text);
  });
  from.each("expansions", [&](const json::value& one) {
    Expansion& expansion = query.expansions.emplace_back();
    Members(one).take("from", expansion.from);
    Members(one).take("to", expansion.to);
    Members(one).take("kind", expansion.kind);
    Members(one).take("id", expansion.id);
  });
  return query;
}

HelpCard help_of(const json::value& value) {
  const Members from(value);
  HelpCard card;
  from.take("id", card.id);
  from.take("title", card.title);
  from.take("phone", card.phone);
  from.take("text", card.text);
  from.take("hours", card.hours);
  from.take("url", card.url);
  from.take("languages", card.languages);
  from.take("called", card.called);
  return card;
}

BestBet best_bet_of(const json::value& value) {
  const Members from(value);
  BestBet bet;
  from.take("id", bet.id);
  from.take("title", bet.title);
  from.take("url", bet.url);
  from.take("description", bet.description);
  from.take("resource", bet.resource);
  return bet;
}

Answer answer_of(const json::value& value) {
  const Members from(value);
  Answer answer;
  if (const auto* query = from.present("query")) answer.query = query_of(*query);
  if (const auto* spelling = from.present("spelling")) {
    answer.spelling.emplace();
    Members(*spelling).take("corrected", answer.spelling->corrected);
    Members(*spelling).take("hits", answer.spelling->hits);
    Members(*spelling).take("applied", answer.spelling->applied);
  }
  from.take("revision", answer.revision);
  from.take("collection", answer.collection);
  from.take("thesaurus", answer.thesaurus);
  from.take("took_ms", answer.took_ms);
  from.take("total", answer.total);
  from.take("total_exact", answer.total_exact);
  from.take("resources", answer.resources);
  from.take("offset", answer.offset);
  from.take("limit", answer.limit);
  from.take("next_offset", answer.next_offset);
  from.each("help", [&](const json::value& one) { answer.help.push_back(help_of(one)); });
  from.each("best_bets", [&](const json::value& one) { answer.best_bets.push_back(best_bet_of(one)); });
  if (const auto* redirect = from.present("redirect")) {
    answer.redirect.emplace();
    Members(*redirect).take("url", answer.redirect->url);
    Members(*redirect).take("title", answer.redirect->title);
  }
  from.each("hits", [&](const json::value& one) { answer.hits.push_back(hit_of(one)); });
  from.each("facets", [&](const json::value& one) { answer.facets.push_back(facet_of(one)); });
  return answer;
}

PageText page_of(const json::value& value) {
  const Members from(value);
  PageText page;
  from.take("page", page.page);
  from.take("label", page.label);
  from.take("heading", page.heading);
  from.take("seconds", page.seconds);
  from.take("text", page.text);
  from.take("url", page.url);
  return page;
}

std::vector<Hit> hits_of(const json::value& value) {
  std::vector<Hit> hits;
  Members(value).each("hits", [&](const json::value& one) { hits.push_back(hit_of(one)); });
  return hits;
}

ConcordanceAnswer concordance_of(const json::value& value) {
  ConcordanceAnswer made{.answer = answer_of(value), .resources = {}};
  Members(value).each("concordance", [&](const json::value& one) {
    const Members from(one);
    ResourceOccurrences& of =
        made.resources.emplace_back(ResourceOccurrences{.resource = resource_of(from), .occurrences = {}});
    from.each("occurrences", [&](const json::value& place) {
      const Members members(place);
      Occurrence& occurrence = of.occurrences.emplace_back();
      members.take("page", occurrence.page);
      members.take("label", occurrence.label);
      members.take("heading", occurrence.heading);
      members.take("seconds", occurrence.seconds);
      members.take("left", occurrence.left);
      members.take("word", occurrence.word);
      members.take("right", occurrence.right);
      members.take("url", occurrence.url);
    });
  });
  return made;
}

template <typename Told>
Result<Told> guarded(std::string_view text, Told (*read)(const json::value&)) {
  try {
    return read(json::parse({text.data(), text.size()}));
  } catch (const std::exception& error) {
    return fail(ErrorKind::failed, std::string("the server's answer cannot be read: ") + error.what(),
                "check that it is a carrel-server of this version");
  }
}

}  // namespace

Result<Answer> read_answer(std::string_view text) {
  return guarded(text, answer_of);
}
Result<Hit> read_hit(std::string_view text) {
  return guarded(text, hit_of);
}
Result<PageText> read_page(std::string_view text) {
  return guarded(text, page_of);
}
Result<Facet> read_facet(std::string_view text) {
  return guarded(text, facet_of);
}
Result<ConcordanceAnswer> read_concordance(std::string_view text) {
  return guarded(text, concordance_of);
}
Result<std::vector<Hit>> read_similar(std::string_view text) {
  return guarded(text, hits_of);
}

}  // namespace carrel::search::cli
