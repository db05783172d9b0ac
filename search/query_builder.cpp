#include "search/query_builder.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "search/filter_values.h"
#include "search/ideographs.h"
#include "search/notices.h"
#include "search/schema/identifiers.h"
#include "search/schema/terms.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

using schema::FieldId;
using Query = Xapian::Query;

/// How much the form as typed adds to the score of its family: enough to order equals, too little to beat a
/// resource that speaks of the matter more.
constexpr double kTypedForm = 0.2;

/// From so many words on, resources with most of them are worth showing.
constexpr std::size_t kFewestForMost = 3;
/// Of so many words, the rarest, most must be there; the others only add to the score. Bounds the
/// combinations.
constexpr std::size_t kMostCounted = 8;

/// How many of `count` words are most of them: 2 of 3, 3 of 4 and 5, 4 of 6, 5 of 7 and 8.
constexpr std::size_t most_of(std::size_t count) {
  return count - 2 * count / 5;
}

/// How much the score counts once more for a resource that has all the words: puts those first.
constexpr double kAllWords = 1.0;

Query combine(Query::op op, const std::vector<Query>& parts) {
  if (parts.size() == 1) return parts.front();
  return {op, parts.begin(), parts.end()};
}

Query any_form(Query::op op, std::string_view prefix, const std::vector<std::string>& forms) {
  std::vector<Query> parts;
  for (const std::string& form : forms) parts.emplace_back(std::string(prefix) + form);
  return combine(op, parts);
}

/// Filters narrow and are never relaxed: fields with whole values and ranges, and combinations of only those.
bool is_filter(const QueryNode& node) {
  switch (node.kind) {
    case NodeKind::range:
      return true;
    case NodeKind::field:
      return schema::field(node.field).is(schema::kFilter);
    case NodeKind::any_of:
    case NodeKind::group:
      return !node.children.empty() && std::ranges::all_of(node.children, is_filter);
    default:
      return false;
  }
}

/// Matches where at least `least` of the queries do. C(n, least) combinations, so for few queries only; its
/// scores count parts several times and mean nothing.
Query at_least(std::span<const Query> queries, std::size_t least) {
  if (least == queries.size()) return {Query::OP_AND, queries.begin(), queries.end()};
  if (least == 1) return {Query::OP_OR, queries.begin(), queries.end()};
  const auto others = queries.subspan(1);
  return {Query::OP_OR, Query(Query::OP_AND, queries.front(), at_least(others, least - 1)),
          at_least(others, least)};
}

/// Without weight: whether it matches does not change the order.
Query unscored(Query query) {
  return {Query::OP_SCALE_WEIGHT, query, 0.0};
}

}  // namespace

BuiltQuery QueryBuilder::build(const QueryNode& root) {
  built_ = {};
  showing_ = true;
  built_.all = group(root, Strictness::all);
  showing_ = false;
  built_.most = built_.relaxable ? group(root, Strictness::most) : built_.all;
  built_.some = built_.relaxable ? group(root, Strictness::some) : built_.all;
  const auto is_scored = [](const QueryNode& child) {
    return child.need != Need::excluded && !is_filter(child) && child.kind != NodeKind::everything;
  };
  built_.browses = std::ranges::none_of(root.children, is_scored);
  return std::move(built_);
}

Query QueryBuilder::node(const QueryNode& one, Strictness strictness) {
  switch (one.kind) {
    case NodeKind::word:
      return word(one);
    case NodeKind::prefix:
      return prefix(one);
    case NodeKind::phrase:
    case NodeKind::compound:
      return phrase(one, strictness);
    case NodeKind::ideographs:
      return ideographs(one, strictness);
    case NodeKind::identifier:
      return identifier(one, strictness);
    case NodeKind::field:
      return field(one);
    case NodeKind::range:
      return unscored(range_query(one.field, one.from, one.to));
    case NodeKind::any_of:
      return any_of(one, strictness);
    case NodeKind::near:
      return near(one, strictness);
    case NodeKind::group:
      return group(one, strictness);
    case NodeKind::everything:
      break;
  }
  return Query::MatchAll;
}

Query QueryBuilder::most_of_these(const std::vector<const QueryNode*>& nodes,
                                  const std::vector<Query>& queries) {
  std::vector<std::pair<Xapian::doccount, std::size_t>> by_rarity;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool word = nodes[i]->kind == NodeKind::word;
    by_rarity.emplace_back(word ? database_.get_termfreq(nodes[i]->words.front().folded) : 0, i);
  }
  std::ranges::sort(by_rarity);
  if (by_rarity.size() > kMostCounted) by_rarity.resize(kMostCounted);
  std::vector<Query> counted;
  for (const auto& [documents, index] : by_rarity) counted.push_back(queries[index]);
  const Query any = combine(Query::OP_OR, queries);
  const Query all = combine(Query::OP_AND, queries);
  return {Query::OP_AND_MAYBE, Query(Query::OP_FILTER, any, at_least(counted, most_of(counted.size()))),
          Query(Query::OP_SCALE_WEIGHT, all, kAllWords)};
}

Query QueryBuilder::group(const QueryNode& of, Strictness strictness) {
  std::vector<Query> wanted, required, filters, excluded;
  std::vector<const QueryNode*> wanted_nodes;
  // Most of the words is a rule for the whole query: inside brackets it would multiply the combinations.
  const Strictness within = strictness == Strictness::most ? Strictness::all : strictness;
  for (const QueryNode& child : of.children) {
    if (child.need == Need::excluded) {
      const bool was_showing = std::exchange(showing_, false);
      const bool was_relaxable = built_.relaxable;
      excluded.push_back(node(child, Strictness::all));
      showing_ = was_showing;
      built_.relaxable = was_relaxable;
    } else if (is_filter(child)) {
      filters.push_back(node(child, Strictness::all));
    } else {
      if (child.need == Need::wanted) wanted_nodes.push_back(&child);
      (child.need == Need::required ? required : wanted).push_back(node(child, within));
    }
  }
  if (wanted.size() > 1 || (!wanted.empty() && !required.empty())) built_.relaxable = true;
  Query query;
  const bool all_needed = strictness == Strictness::most && wanted.size() < kFewestForMost;
  if (strictness == Strictness::most && !all_needed) {
    built_.widens = true;
    required.push_back(most_of_these(wanted_nodes, wanted));
    query = combine(Query::OP_AND, required);
  } else if (strictness == Strictness::all || all_needed || wanted.empty()) {
    required.insert(required.end(), wanted.begin(), wanted.end());
    if (!required.empty()) query = combine(Query::OP_AND, required);
  } else if (required.empty()) {
    query = combine(Query::OP_OR, wanted);
  } else {
    query = Query(Query::OP_AND_MAYBE, combine(Query::OP_AND, required), combine(Query::OP_OR, wanted));
  }
  const bool has_words = !required.empty() || !wanted.empty();
  if (!filters.empty()) {
    const Query narrowing = combine(Query::OP_AND, filters);
    query = has_words ? Query(Query::OP_FILTER, query, narrowing) : unscored(narrowing);
  } else if (!has_words) {
    query = Query::MatchAll;
  }
  if (!excluded.empty()) query = Query(Query::OP_AND_NOT, query, combine(Query::OP_OR, excluded));
  return query;
}

Query QueryBuilder::any_of(const QueryNode& of, Strictness strictness) {
  std::vector<Query> parts;
  for (const QueryNode& child : of.children) parts.push_back(node(child, strictness));
  return combine(Query::OP_OR, parts);
}

Query QueryBuilder::together(Query::op op, const std::vector<Query>& words, std::size_t window) const {
  const Query found(op, words.begin(), words.end(), static_cast<Xapian::termcount>(window));
  return clock_.empty() ? found : Query(Query::OP_FILTER, found, clock_);
}

std::vector<std::string> QueryBuilder::forms_of(const QueryNode& of, const QueryWord& word) {
  if (of.exact) return {word.folded};
  auto forms = forms_.of(database_, word, mode_);
  if (showing_ && forms.size() > 1) {
    built_.expansions.push_back(
        {.from = word.exact, .to = std::vector(forms.begin() + 1, forms.end()), .kind = "stem"});
  }
  return forms;
}

void QueryBuilder::show(Target target) {
  if (!showing_) return;
  const auto known = std::ranges::find(built_.targets, target.slots, &Target::slots);
  if (known == built_.targets.end()) {
    built_.targets.push_back(std::move(target));
  } else if (target.weight >= 1 && known->weight >= 1) {
    ++known->times;  // other words of the thesaurus count once, however many words lead to them
  } else {
    known->weight = std::max(known->weight, target.weight);
  }
}

Query QueryBuilder::with_alternatives(const Query& typed, std::vector<Query> any, const QueryNode& of) {
  if (of.alternatives.empty()) return typed;
  // Other words count as if the typed ones stood there, less their weight: they are taken together with
  // these, so that no rarer word outweighs what was typed. The best of all counts, so that a resource gains
  // nothing by saying a thing in two languages.
  std::map<double, std::vector<Query>, std::greater<>> by_weight;
  for (const Alternative& one : of.alternatives) {
    std::vector<Query> words;
    for (const auto& forms : one.slots) words.push_back(any_form(Query::OP_OR, "", forms));
    by_weight[one.weight].push_back(words.size() == 1 ? words.front()
                                                      : Query(Query::OP_PHRASE, words.begin(), words.end(),
                                                              static_cast<Xapian::termcount>(words.size())));
    show({.slots = one.slots, .weight = one.weight});
  }
  std::vector<Query> best{typed};
  for (auto& [weight, queries] : by_weight) {
    any.insert(any.end(), queries.begin(), queries.end());
    best.emplace_back(Query::OP_SCALE_WEIGHT, Query(Query::OP_SYNONYM, any.begin(), any.end()), weight);
  }
  return {Query::OP_MAX, best.begin(), best.end()};
}

Query QueryBuilder::word(const QueryNode& of) {
  const QueryWord& word = of.words.front();
  const auto forms = forms_of(of, word);
  const bool accented = word.exact != word.folded;
  const std::string typed_term = accented ? std::string(schema::kExactPrefix) + word.exact : word.folded;
  const bool has_others = !of.exact && (forms.size() > 1 || accented);
  show({.slots = {forms}, .typed = has_others ? typed_term : std::string()});
  const Query typed(typed_term);
  if (of.exact) return typed;
  const Query family = any_form(Query::OP_SYNONYM, "", forms);
  std::vector<Query> any(forms.begin(), forms.end());
  if (!has_others) return with_alternatives(family, std::move(any), of);
  return with_alternatives({Query::OP_AND_MAYBE, family, Query(Query::OP_SCALE_WEIGHT, typed, kTypedForm)},
                           std::move(any), of);
}

Query QueryBuilder::prefix(const QueryNode& of) {
  bool cut = false;
  auto forms = WordForms::beginning_with(database_, of.words.front().folded, limits_.wildcard_terms, cut);
  const std::string typed = of.words.front().exact + "*";
  if (cut) notices::add(built_.notices, notices::cut_wildcard(typed, limits_.wildcard_terms));
  if (forms.empty()) return Query(of.words.front().folded);
  if (showing_) {
    built_.expansions.push_back({.from = typed, .to = forms, .kind = "wildcard"});
    built_.targets.push_back({.slots = {forms}});
  }
  return any_form(Query::OP_SYNONYM, "", forms);
}

Query QueryBuilder::phrase(const QueryNode& of, Strictness strictness) {
  const bool soft = of.kind == NodeKind::compound;
  Target target{.soft = soft};
  std::vector<Query> parts;
  for (const QueryWord& word : of.words) {
    auto forms = soft ? forms_of(of, word) : std::vector{word.folded};
    // Xapian 1.4 takes OR inside a phrase, but no SYNONYM.
    parts.push_back(any_form(Query::OP_OR, "", forms));
    target.slots.push_back(std::move(forms));
  }
  show(std::move(target));
  if (soft) built_.relaxable = true;
  if (soft && strictness == Strictness::some) {
    const Query words = combine(Query::OP_OR, parts);
    return with_alternatives(words, {words}, of);
  }
  // Xapian takes no clock inside SYNONYM: beside alternatives the phrase stands there without one.
  Query bare(Query::OP_PHRASE, parts.begin(), parts.end(), static_cast<Xapian::termcount>(parts.size()));
  Query phrase = together(Query::OP_PHRASE, parts, parts.size());
  if (auto joined = joined_forms(of); !joined.empty()) {
    const Query as_one = any_form(Query::OP_SYNONYM, "", joined);
    show({.slots = {std::move(joined)}});
    bare = Query(Query::OP_MAX, bare, as_one);
    phrase = Query(Query::OP_MAX, phrase, as_one);
  }
  return with_alternatives(phrase, {bare}, of);
}

Query QueryBuilder::ideographs(const QueryNode& of, Strictness strictness) {
  const auto phrase_of = [&](std::size_t first, std::size_t last) {
    std::vector<Query> characters;
    Target target;
    for (std::size_t i = first; i < last; ++i) {
      characters.emplace_back(of.words[i].folded);
      target.slots.push_back({of.words[i].folded});
    }
    show(std::move(target));
    return characters.size() == 1 ? characters.front()
                                  : together(Query::OP_PHRASE, characters, characters.size());
  };
  std::vector<Query> parts;
  for (const auto& [first, last] : words_among(of.words)) parts.push_back(phrase_of(first, last));
  if (parts.size() == 1) return parts.front();
  built_.relaxable = true;
  const bool was_showing = std::exchange(showing_, false);
  const Query as_typed = phrase_of(0, of.words.size());
  showing_ = was_showing;
  const Query any = combine(strictness == Strictness::some ? Query::OP_OR : Query::OP_AND, parts);
  return {Query::OP_AND_MAYBE, any, as_typed};
}

/// The deepest of its keys that the library has.
std::optional<std::string> QueryBuilder::known_key(const QueryNode& of) {
  for (const std::string& key : of.keys) {
    if (database_.term_exists(schema::identifier_term(key))) return key;
  }
  return std::nullopt;
}

Query QueryBuilder::identifier(const QueryNode& of, Strictness strictness) {
  const auto key = known_key(of);
  if (!key && of.words_mislead) {
    // Where there is no T visa, nobody means every t.
    return phrase({.kind = NodeKind::phrase, .words = of.words, .exact = true}, strictness);
  }
  if (!key) return node(of.children.front(), strictness);
  const std::string term = schema::identifier_term(*key);
  Target target{.slots = {{term}}, .name = of.values.front()};
  if (showing_ && *key != of.keys.front()) {
    built_.expansions.push_back({.from = of.values.front(), .to = {schema::spoken(*key)}, .kind = "broader"});
  }
  std::vector<Query> any{Query(term)};
  if (!of.words_mislead && *key == of.keys.front()) {
    // The spellings that nobody foresaw: the words side by side.
    std::vector<Query> words;
    for (const QueryWord& word : of.words) words.emplace_back(word.folded);
    if (words.size() == 1) target.slots.front().push_back(of.words.front().folded);
    any.push_back(words.size() == 1 ? words.front() : together(Query::OP_PHRASE, words, words.size()));
  }
  show(std::move(target));
  return combine(Query::OP_MAX, any);
}

/// health-care as healthcare: the forms of both words written as one, where the library has any.
std::vector<std::string> QueryBuilder::joined_forms(const QueryNode& of) {
  if (of.kind != NodeKind::compound || of.words.size() != 2) return {};
  QueryWord one{of.words[0].folded + of.words[1].folded, of.words[0].exact + of.words[1].exact};
  const bool digits = std::ranges::any_of(one.folded, [](char c) { return c >= '0' && c <= '9'; });
  if (digits || one.folded.size() > schema::kMaxWordBytes) return {};
  auto forms = forms_.of(database_, one, mode_);
  if (!database_.term_exists(forms.front())) forms.erase(forms.begin());
  return forms;
}

Query QueryBuilder::near(const QueryNode& of, Strictness strictness) {
  std::vector<Query> windows, besides;
  std::size_t extra_words = 0;
  const auto add_forms = [&](std::vector<std::string> forms) {
    windows.push_back(any_form(Query::OP_OR, "", forms));
    show({.slots = {std::move(forms)}});
  };
  for (const QueryNode& child : of.children) {
    const bool single_words =
        child.kind == NodeKind::any_of &&
        std::ranges::all_of(child.children, [](const QueryNode& one) { return one.kind == NodeKind::word; });
    const auto key = child.kind == NodeKind::identifier ? known_key(child) : std::nullopt;
    if (child.kind == NodeKind::word) {
      add_forms(forms_of(child, child.words.front()));
    } else if (key) {
      add_forms({schema::identifier_term(*key)});
    } else if (single_words) {
      std::vector<std::string> forms;
      for (const QueryNode& one : child.children) {
        for (std::string& form : forms_of(one, one.words.front())) forms.push_back(std::move(form));
      }
      add_forms(std::move(forms));
    } else if (child.kind == NodeKind::phrase || child.kind == NodeKind::compound) {
      // Xapian takes no phrase inside NEAR: its words are near, and they are a phrase besides.
      for (const QueryWord& word : child.words) add_forms({word.folded});
      extra_words += child.words.size() - 1;
      const bool was_showing = std::exchange(showing_, false);
      besides.push_back(phrase(child, Strictness::all));
      showing_ = was_showing;
    } else {
      besides.push_back(node(child, strictness));
    }
  }
  if (windows.size() > 1) {
    // Xapian's window counts the words from the first to the last.
    const auto window = of.distance * (of.children.size() - 1) + 1 + extra_words;
    besides.push_back(
        together(of.ordered ? Query::OP_PHRASE : Query::OP_NEAR, windows, std::max(window, windows.size())));
  } else {
    besides.insert(besides.end(), windows.begin(), windows.end());
  }
  return combine(Query::OP_AND, besides);
}

Query QueryBuilder::field_words(const schema::Field& row, const QueryNode& of) {
  std::vector<Query> parts;
  for (const QueryWord& word : of.words) {
    const auto forms = of.quoted ? std::vector{word.folded} : forms_.of(database_, word, mode_);
    parts.push_back(any_form(of.quoted ? Query::OP_OR : Query::OP_SYNONYM, row.word_prefix, forms));
  }
  if (of.quoted && parts.size() > 1) {
    return together(Query::OP_PHRASE, parts, parts.size());
  }
  return combine(Query::OP_AND, parts);
}

Query QueryBuilder::field(const QueryNode& of) {
  const schema::Field& row = schema::field(of.field);
  std::vector<Query> any;
  if (row.is(schema::kFilter)) {
    any.push_back(filter_query(row, FilterValues(columns_).meant_by(of)));
    if (row.id == FieldId::identifier) {
      for (const std::string& value : of.values) {
        for (const schema::Identifier& found : schema::find_identifiers(value)) {
          any.emplace_back(schema::identifier_term(found.keys.front()));
        }
      }
    }
  }
  if (row.is(schema::kWords)) any.push_back(field_words(row, of));
  const Query query = combine(Query::OP_OR, any);
  return row.is(schema::kFilter) ? unscored(query) : query;
}

}  // namespace carrel::search
