#include "search/query_expander.h"

#include <algorithm>
#include <utility>

#include "search/notices.h"
#include "search/schema/text.h"

namespace carrel::search {
namespace {

// How much another word counts against the one typed: a synonym says nearly the same, a translation stands
// in a document that the reader may not be able to read, a neighbour of the concept says something else.
constexpr double kSynonym = 0.7;
constexpr double kTranslation = 0.5;
constexpr double kNarrower = 0.5;
constexpr double kRelated = 0.3;

/// Bounds what a query can cost.
constexpr std::size_t kMaxAlternatives = 60;

bool takes_alternatives(const QueryNode& node) {
  if (node.need == Need::excluded) return false;
  if (node.kind == NodeKind::phrase) return node.related;
  return (node.kind == NodeKind::word || node.kind == NodeKind::compound) && !node.exact;
}

bool has_small(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string joined(std::span<const schema::OwnedToken> words) {
  std::string out;
  for (const schema::OwnedToken& word : words) out += (out.empty() ? "" : " ") + word.exact;
  return out;
}

}  // namespace

std::vector<Expansion> QueryExpander::expand(QueryNode& root, std::string_view query) {
  if (labels_.empty() || request_.mode == Mode::strict) return {};
  query_ = query;
  // A single word in capitals is an acronym; a whole query in capitals is a key that hangs.
  capitals_tell_ = has_small(query) || schema::tokenize(query).size() == 1;
  group(root);
  return std::move(expansions_);
}

void QueryExpander::group(QueryNode& node) {
  auto& children = node.children;
  for (std::size_t first = 0; first < children.size();) {
    QueryNode& child = children[first];
    if (!takes_alternatives(child)) {
      if (child.need != Need::excluded && (child.kind == NodeKind::group || child.kind == NodeKind::any_of))
        group(child);
      if (child.kind == NodeKind::field && child.narrower) add_family(child);
      ++first;
      continue;
    }
    // Words of an OR are alternatives already, each on its own.
    std::size_t last = first + 1;
    while (node.kind == NodeKind::group && last < children.size() && takes_alternatives(children[last]))
      ++last;
    run(std::span(children).subspan(first, last - first));
    first = last;
  }
}

void QueryExpander::run(std::span<QueryNode> nodes) {
  // The text between the nodes counts too: words that the parser left out ("trata de personas") are in it.
  const std::size_t begin = nodes.front().begin;
  const std::string_view text = query_.substr(begin, nodes.back().end - begin);
  const auto words = schema::tokenize(text);
  for (std::size_t at = 0; at < words.size();) {
    const auto found = labels_.longest_at(std::span(words).subspan(at), text, capitals_tell_, stems_);
    const std::size_t count = found ? found->words : 1;
    const auto typed = std::span(words).subspan(at, count);
    const std::size_t from = begin + typed.front().begin;
    const std::size_t to = begin + typed.back().end;
    at += count;
    const auto touches = [&](const QueryNode& node) { return node.begin < to && node.end > from; };
    const auto first = std::ranges::find_if(nodes, touches);
    const auto last = std::find_if_not(first, nodes.end(), touches);
    if (first == last) continue;
    const auto covered = std::span(first, last);
    const bool related = std::ranges::any_of(covered, &QueryNode::related);
    // A label that ends inside a compound is not what was typed.
    const auto inside = schema::tokenize(query_.substr(first->begin, std::prev(last)->end - first->begin));
    if (found && inside.size() == count) {
      add(covered, *found, typed);
    } else if (related) {
      notices::add(notices_, notices::not_in_thesaurus(joined(typed)));
    }
  }
}

bool QueryExpander::is_struck(const schema::Concept& one, std::string_view typed) const {
  return std::ranges::any_of(request_.no_expand, [&](const std::string& struck) {
    return struck == one.id || schema::folded_form(struck) == schema::folded_form(typed);
  });
}

bool QueryExpander::offer(Expansion& expansion, const std::string& label, double weight,
                          std::span<const schema::OwnedToken> typed, std::vector<Alternative>& alternatives) {
  const auto words = schema::tokenize(label);
  const bool same =
      std::ranges::equal(words, typed, {}, &schema::OwnedToken::folded, &schema::OwnedToken::folded);
  if (words.empty() || same || alternatives.size() >= kMaxAlternatives) return false;
  Alternative alternative{.weight = weight};
  const bool acronym = is_acronym(label);
  for (const schema::OwnedToken& word : words) {
    std::vector<std::string> forms =
        acronym ? std::vector{word.folded} : forms_.of(database_, {word.folded, word.exact}, Mode::standard);
    std::erase_if(forms, [&](const std::string& form) { return database_.get_termfreq(form) == 0; });
    if (forms.empty()) return false;  // no document says it
    alternative.slots.push_back(std::move(forms));
  }
  if (std::ranges::find(alternatives, alternative.slots, &Alternative::slots) != alternatives.end())
    return false;
  // Another form of the words typed, which these find already.
  const bool form_of_typed =
      words.size() == typed.size() &&
      std::ranges::equal(alternative.slots, typed, [](const auto& forms, const schema::OwnedToken& word) {
        return std::ranges::find(forms, word.folded) != forms.end();
      });
  if (form_of_typed) return false;
  alternatives.push_back(std::move(alternative));
  expansion.to.push_back(label);
  return true;
}

void QueryExpander::add(std::span<QueryNode> nodes, const LabelIndex::Found& found,
                        std::span<const schema::OwnedToken> typed) {
  const bool related = std::ranges::any_of(nodes, &QueryNode::related);
  const auto& concepts = labels_.thesaurus().concepts;
  const schema::Concept& named = concepts[found.concept_number];
  const std::string from = joined(typed);
  if ((!request_.expand && !related) || is_struck(named, from)) return;

  std::vector<Alternative> alternatives;
  const auto list = [&](const char* kind, double weight, const auto& offer_all) {
    Expansion expansion{.from = from, .to = {}, .kind = kind, .id = named.id};
    offer_all(expansion, weight);
    if (!expansion.to.empty()) expansions_.push_back(std::move(expansion));
  };
  const auto offer_names = [&](Expansion& expansion, double weight, const schema::ConceptNames& names,
                               bool acronyms) {
    if (is_acronym(names.label) == acronyms) offer(expansion, names.label, weight, typed, alternatives);
    for (const std::string& label : names.used_for) {
      if (is_acronym(label) == acronyms) offer(expansion, label, weight, typed, alternatives);
    }
  };
  const auto offer_language = [&](bool own, bool acronyms) {
    return [&, own, acronyms](Expansion& expansion, double weight) {
      for (const schema::ConceptNames& names : named.names) {
        if ((names.language == found.language) == own) offer_names(expansion, weight, names, acronyms);
      }
    };
  };
  list("UF", kSynonym, offer_language(true, false));
  list("acronym", kSynonym, offer_language(true, true));
  list("translation", kTranslation, offer_language(false, false));
  list("translation", kTranslation, offer_language(false, true));
  if (related) {
    const auto offer_concepts = [&](const std::vector<std::uint32_t>& numbers) {
      return [&](Expansion& expansion, double weight) {
        for (const std::uint32_t number : numbers) {
          for (const schema::ConceptNames& names : concepts[number].names) {
            offer(expansion, names.label, weight, typed, alternatives);
          }
        }
      };
    };
    list("narrower", kNarrower, offer_concepts(named.narrower));
    list("related", kRelated, offer_concepts(named.related));
  }
  // (a or P) and (b or P) is (a and b) or P: the words keep their own clauses, so that most of the words can
  // still be asked for.
  for (QueryNode& node : nodes) node.alternatives = alternatives;
}

void QueryExpander::add_family(QueryNode& field) {
  std::vector<std::string> values;
  for (const std::string& value : field.values) {
    values.push_back(value);
    const auto named = labels_.named(value, stems_);
    if (!named) {
      notices::add(notices_, notices::not_in_thesaurus(value));
      continue;
    }
    Expansion expansion{
        .from = value, .to = {}, .kind = "narrower", .id = labels_.thesaurus().concepts[*named].id};
    const FacetColumn* column = columns_.find(field.field);
    for (const std::string& label : labels_.labels_of_family(*named)) {
      // Only what the library has: codes_for compares as filters do.
      if (column == nullptr || column->codes_for(label).empty()) continue;
      const std::string& held = column->value(column->codes_for(label).front());
      if (std::ranges::find(values, held) != values.end()) continue;
      values.push_back(held);
      expansion.to.push_back(held);
    }
    expansions_.push_back(std::move(expansion));
  }
  field.values = std::move(values);
}

}  // namespace carrel::search
