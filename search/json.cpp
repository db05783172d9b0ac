#include "search/json.h"

#include "search/json_writer.h"
#include "search/locator.h"

namespace carrel::search {
namespace {

void write(JsonWriter& json, const ParsedQuery& query) {
  json.object([&] {
    json.member("q", query.q);
    json.member("parsed", query.parsed);
    json.key("notices");
    json.array(query.notices, [&](const Notice& notice) {
      json.object([&] {
        json.member("code", notice.code);
        json.member("text", notice.text);
      });
    });
    json.key("expansions");
    json.array(query.expansions, [&](const Expansion& expansion) {
      json.object([&] {
        json.member("from", expansion.from);
        json.member("to", expansion.to);
        json.member("kind", expansion.kind);
        if (!expansion.id.empty()) json.member("id", expansion.id);
      });
    });
  });
}

void write(JsonWriter& json, const Passage& passage, std::string_view format) {
  json.object([&] {
    json.member("page", passage.page);
    json.member("label", passage.label);
    json.member("heading", passage.heading);
    json.member("seconds", passage.seconds);
    json.member("text", passage.text);
    json.key("marks");
    json.array(passage.marks, [&](const Mark& mark) {
      const std::uint64_t ends[] = {mark.first, mark.second};
      json.array(ends, [&](std::uint64_t end) { json.value(end); });
    });
    json.member("url", passage.url);
    json.member("kind",
                passage.seconds ? std::string_view("time") : to_string(locator_kind(format, passage.label)));
  });
}

void write_relations(JsonWriter& json, const Hit& hit) {
  json.key("translations");
  json.array(hit.translations, [&](const Translation& translation) {
    json.object([&] {
      json.member("id", translation.id);
      json.member("language", translation.language);
      json.member("url", translation.url);
    });
  });
  json.key("editions");
  json.array(hit.editions, [&](const Edition& edition) {
    json.object([&] {
      json.member("id", edition.id);
      json.member("date", edition.date);
      json.member("url", edition.url);
    });
  });
}

/// The members that a hit and a resource have in common; every facet field is among them, so that a client
/// can count for itself.
void write_members(JsonWriter& json, const Resource& resource) {
  json.member("id", resource.id);
  json.member("url", resource.url);
  json.member("title", resource.title);
  json.member("type", resource.type);
  json.member("topic", resource.topic);
  json.member("date", resource.date);
  json.member("language", resource.language);
  json.member("format", resource.format);
  json.member("publisher", resource.publisher);
  json.member("pages", resource.pages);
  json.member("bytes", resource.bytes);
  json.member("accessible", resource.accessible);
  json.member("description", resource.description);
  json.member("audience", resource.audience);
  json.member("series", resource.series);
  json.member("jurisdiction", resource.jurisdiction);
  json.member("author", resource.author);
  json.member("identifier", resource.identifier);
  json.member("modified", resource.modified);
  json.member("added", resource.added);
  json.member("path", resource.path);
}

void write_members(JsonWriter& json, const Occurrence& one) {
  json.member("page", one.page);
  json.member("label", one.label);
  json.member("heading", one.heading);
  json.member("seconds", one.seconds);
  json.member("left", one.left);
  json.member("word", one.word);
  json.member("right", one.right);
  json.member("url", one.url);
}

void write_hit(JsonWriter& json, const Hit& hit) {
  json.object([&] {
    write_members(json, hit.resource);
    json.member("score", hit.score);
    write_relations(json, hit);
    json.key("passages");
    json.array(hit.passages, [&](const Passage& passage) { write(json, passage, hit.resource.format); });
    if (hit.explanation.empty()) return;
    json.key("explain");
    json.object([&] { json.member("text", hit.explanation); });
  });
}

void write(JsonWriter& json, const Facet& facet) {
  json.object([&] {
    json.member("field", schema::field(facet.field).name);
    json.member("label", facet.label);
    json.key("values");
    json.array(facet.values, [&](const FacetValue& value) {
      json.object([&] {
        json.member("value", value.value);
        json.member("label", value.label);
        json.member("count", value.count);
        json.member("selected", value.selected);
      });
    });
    json.member("more", facet.more);
  });
}

void write(JsonWriter& json, std::span<const HelpCard> cards) {
  json.array(cards, [&](const HelpCard& card) {
    json.object([&] {
      json.member("id", card.id);
      json.member("title", card.title);
      json.member("phone", card.phone);
      json.member("text", card.text);
      json.member("hours", card.hours);
      json.member("url", card.url);
      json.member("languages", card.languages);
      json.member("called", card.called);
    });
  });
}

void write(JsonWriter& json, const BestBet& bet) {
  json.object([&] {
    json.member("id", bet.id);
    json.member("title", bet.title);
    json.member("url", bet.url);
    json.member("description", bet.description);
    json.member("resource", bet.resource);
  });
}

void write_redirect(JsonWriter& json, const std::optional<Redirect>& redirect) {
  if (!redirect) {
    json.member("redirect", std::optional<std::uint64_t>());
    return;
  }
  json.key("redirect");
  json.object([&] {
    json.member("url", redirect->url);
    json.member("title", redirect->title);
  });
}

/// What an index of before does not say is null.
std::optional<std::string> known(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void write_spelling(JsonWriter& json, const std::optional<Spelling>& spelling) {
  if (!spelling) {
    json.member("spelling", std::optional<std::uint64_t>());
    return;
  }
  json.key("spelling");
  json.object([&] {
    json.member("corrected", spelling->corrected);
    json.member("hits", spelling->hits);
    json.member("applied", spelling->applied);
  });
}

}  // namespace

std::string to_json(const Answer& answer) {
  JsonWriter json;
  json.object([&] {
    json.key("query");
    write(json, answer.query);
    write_spelling(json, answer.spelling);
    json.member("revision", answer.revision);
    json.member("collection", known(answer.collection));
    json.member("thesaurus", known(answer.thesaurus));
    json.member("took_ms", answer.took_ms);
    json.member("total", answer.total);
    json.member("total_exact", answer.total_exact);
    json.member("resources", answer.resources);
    json.member("offset", answer.offset);
    json.member("limit", answer.limit);
    json.member("next_offset", answer.next_offset);
    json.key("help");
    write(json, answer.help);
    json.key("best_bets");
    json.array(answer.best_bets, [&](const BestBet& bet) { write(json, bet); });
    write_redirect(json, answer.redirect);
    json.key("hits");
    json.array(answer.hits, [&](const Hit& hit) { write_hit(json, hit); });
    json.key("facets");
    json.array(answer.facets, [&](const Facet& facet) { write(json, facet); });
  });
  return json.take();
}

std::string hit_to_json(const Hit& hit) {
  JsonWriter json;
  write_hit(json, hit);
  return json.take();
}

std::string to_json(const Hit& hit) {
  JsonWriter json;
  json.object([&] {
    const Resource& resource = hit.resource;
    write_members(json, resource);
    json.member("translation_of", resource.translation_of);
    json.member("supersedes", resource.supersedes);
    write_relations(json, hit);
  });
  return json.take();
}

std::string to_json(const PageText& page) {
  JsonWriter json;
  json.object([&] {
    json.member("page", page.page);
    json.member("label", page.label);
    json.member("heading", page.heading);
    json.member("seconds", page.seconds);
    json.member("text", page.text);
    json.member("url", page.url);
  });
  return json.take();
}

std::string to_json(const ConcordanceAnswer& concordance) {
  JsonWriter json;
  const Answer& answer = concordance.answer;
  json.object([&] {
    json.key("query");
    write(json, answer.query);
    write_spelling(json, answer.spelling);
    json.member("revision", answer.revision);
    json.member("collection", known(answer.collection));
    json.member("thesaurus", known(answer.thesaurus));
    json.member("total", answer.total);
    json.member("total_exact", answer.total_exact);
    json.member("resources", answer.resources);
    json.member("offset", answer.offset);
    json.member("limit", answer.limit);
    json.member("next_offset", answer.next_offset);
    json.key("concordance");
    json.array(concordance.resources, [&](const ResourceOccurrences& of) {
      json.object([&] {
        write_members(json, of.resource);
        json.key("occurrences");
        json.array(of.occurrences, [&](const Occurrence& one) {
          json.object([&] { write_members(json, one); });
        });
      });
    });
  });
  return json.take();
}

std::string occurrence_to_json(std::string_view id, std::string_view title, std::string_view date,
                               const Occurrence& one) {
  JsonWriter json;
  json.object([&] {
    json.member("id", id);
    json.member("title", title);
    json.member("date", date);
    write_members(json, one);
  });
  return json.take();
}

std::string to_json(const Facet& facet) {
  JsonWriter json;
  write(json, facet);
  return json.take();
}

std::string help_to_json(std::span<const HelpCard> cards) {
  JsonWriter json;
  write(json, cards);
  return json.take();
}

std::string similar_to_json(std::string_view id, std::span<const Hit> hits) {
  JsonWriter json;
  json.object([&] {
    json.member("id", id);
    json.key("hits");
    json.array(hits, [&](const Hit& hit) { write_hit(json, hit); });
  });
  return json.take();
}

std::string to_json(std::string_view typed, std::span<const Suggestion> suggestions) {
  JsonWriter json;
  json.object([&] {
    json.member("q", typed);
    json.key("suggestions");
    json.array(suggestions, [&](const Suggestion& suggestion) {
      json.object([&] {
        json.member("text", suggestion.text);
        json.member("kind", suggestion.kind);
        json.member("count", suggestion.count);
      });
    });
  });
  return json.take();
}

}  // namespace carrel::search
