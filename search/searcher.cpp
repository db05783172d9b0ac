#include "search/searcher.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>

#include <fmt/format.h>
#include <time.h>

#include "search/concordance.h"
#include "search/explanation.h"
#include "search/index_handle.h"
#include "search/matcher.h"
#include "search/notices.h"
#include "search/page_ranker.h"
#include "search/passage_finder.h"
#include "search/position_reader.h"
#include "search/query_builder.h"
#include "search/query_expander.h"
#include "search/query_parser.h"
#include "search/reader_languages.h"
#include "search/relations.h"
#include "search/resource_reader.h"
#include "search/rule_answers.h"
#include "search/schema/index_directory.h"
#include "search/schema/language.h"
#include "search/schema/page_store.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"
#include "search/scored_words.h"
#include "search/selections.h"
#include "search/similar.h"
#include "search/speller.h"
#include "search/suggester.h"
#include "search/word_forms.h"

namespace carrel::search {
namespace {

/// A correction is offered when the query finds at most so many, or when the correction finds many times
/// more.
constexpr std::uint64_t kFew = 2;
constexpr std::uint64_t kManyTimes = 10;

/// When fewer resources than this have all words, those with most of them are listed too.
constexpr std::uint64_t kEnough = 10;

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

const Xapian::Query& query_of(const BuiltQuery& built, Strictness strictness) {
  switch (strictness) {
    case Strictness::all:
      return built.all;
    case Strictness::most:
      return built.most;
    case Strictness::some:
      return built.some;
  }
  std::unreachable();
}

/// How many words of a query are simply wanted: neither required nor excluded nor part of an operator.
std::size_t wanted_words(const QueryNode& root) {
  return static_cast<std::size_t>(std::ranges::count_if(root.children, [](const QueryNode& child) {
    return child.need == Need::wanted && (child.kind == NodeKind::word || child.kind == NodeKind::compound);
  }));
}

}  // namespace

struct Searcher::State {
  explicit State(IndexHandle opened) : index(std::move(opened)), forms(index.snapshot().languages()) {
    forms_revision = index.snapshot().revision();
    label_stems = LabelStems(index.snapshot().labels().languages());
  }

  IndexHandle index;
  WordForms forms;
  std::string forms_revision;
  LabelStems label_stems{{}};
  Ranking ranking;
  FamilySizes family_sizes;
  TopicReader topics;
  PositionMemory positions;
  TermFrequencies frequencies;

  const Xapian::Database& database() const { return index.database(); }
  const FacetColumns& columns() const { return index.snapshot().columns(); }

  /// Before a question: the newest revision, or the last one when it cannot be opened just now.
  void follow_writer() {
    (void)index.refresh();
    use_languages();
  }

  void use_languages() {
    if (forms_revision == index.snapshot().revision()) return;
    forms = WordForms(index.snapshot().languages());
    forms_revision = index.snapshot().revision();
    label_stems = LabelStems(index.snapshot().labels().languages());
    family_sizes.forget();
    topics.forget();
    positions.forget();
    frequencies.forget();
  }

  /// `deadline` outlives what is built.
  BuiltQuery build(const QueryNode& root, const Request& request, Deadline& deadline) {
    use_languages();
    return QueryBuilder(database(), forms, columns(), request.mode, request.limits, deadline.clock())
        .build(root);
  }

  /// Few resources with all words leave room for those with most of them; none at all, for those with some.
  /// Facet selections do not count here, so that narrowing a result never changes what is searched.
  /// `with_all` is how many have all words, at most kEnough.
  /// `words` is how many words the query has.
  Strictness how_strictly(const BuiltQuery& built, std::size_t words, std::uint64_t with_all,
                          Deadline& deadline) const;

  /// What becomes of a match; false: no more of them are wanted.
  using Take = std::function<bool(const Match&, const BuiltQuery&, const PassageFinder&)>;

  /// The answer, corrected when what was typed finds nothing, with what the rules say. Matches go to `take`;
  /// without one they become the hits of the answer.
  Result<Answer> answer(const Request& request, const Take& take = {});
  Result<Answer> corrected_answer(const Request& request, const Take& take);

  /// The same once for a question whose matches are given away: it is not asked again when some have been.
  Result<Answer> answer_once(const Request& request, const Take& take);

  /// The answer to what was typed, with a correction if `correcting`.
  Result<Answer> answer_as_typed(const Request& request, bool correcting, const Take& take = {});
  /// Both stages: finds, counts and orders resources, then orders the best of them by their pages.
  Matches ranked(const BuiltQuery& built, Strictness strictness, const Selections& selections,
                 const Request& request, const Works& works, PositionReader& reader, Deadline& deadline);
  Hit hit(const Match& match, const PassageFinder& passages, const Request& request) const;
  /// A resource with its other versions, without passages.
  Hit bare_hit(const Match& match) const;
  std::optional<Spelling> spelling(const std::string& q, const QueryNode& root, const Request& request,
                                   const Selections& selections, std::uint64_t hits);
};

Strictness Searcher::State::how_strictly(const BuiltQuery& built, std::size_t words, std::uint64_t with_all,
                                         Deadline& deadline) const {
  if (!built.relaxable) return Strictness::all;
  if (words >= ranking.soft_from) return Strictness::some;
  if (with_all >= kEnough) return Strictness::all;
  if (built.widens && count_up_to(database(), built.most, kEnough, deadline) > with_all)
    return Strictness::most;
  return with_all == 0 && count_up_to(database(), built.some, 1, deadline) > 0 ? Strictness::some
                                                                               : Strictness::all;
}

Result<Answer> Searcher::State::answer(const Request& request, const Take& take) {
  auto found = corrected_answer(request, take);
  if (found) add_rules(*found, *index.snapshot().rules(), database(), request);
  return found;
}

Result<Answer> Searcher::State::corrected_answer(const Request& request, const Take& take) {
  auto typed = answer_as_typed(request, true, take);
  if (!typed || typed->total > 0 || !typed->spelling || !request.correct) return typed;
  Request corrected = request;
  corrected.q = typed->spelling->corrected;
  auto out = answer_as_typed(corrected, false, take);
  if (!out) return out;
  auto said = notices::for_readers({notices::corrected(typed->query.q, corrected.q)}, request.ui);
  out->query.notices.insert(out->query.notices.begin(), said.begin(), said.end());
  out->query.q = typed->query.q;
  out->spelling = Spelling{.corrected = corrected.q, .hits = out->total, .applied = true};
  return out;
}

Result<Answer> Searcher::State::answer_once(const Request& request, const Take& take) {
  bool given = false;
  return index.ask([&]() -> Result<Answer> {
    if (given) {
      return fail(ErrorKind::interrupted, "the index was changed while its hits were being read",
                  "what came until then is right but not all; ask again");
    }
    return answer(request, [&](const Match& match, const BuiltQuery& built, const PassageFinder& passages) {
      given = true;
      return take(match, built, passages);
    });
  });
}

Result<Answer> Searcher::State::answer_as_typed(const Request& request, bool correcting, const Take& take) {
  const auto selections = read_selections(request, columns());
  if (!selections) return std::unexpected(selections.error());
  const std::string q = schema::repair_utf8(request.q);
  ParsedTree tree = parse_query(q, request.limits, index.snapshot().languages());
  use_languages();
  QueryExpander expander(database(), forms, columns(), index.snapshot().labels(), label_stems, request);
  auto expansions = expander.expand(tree.root, q);
  for (const Notice& notice : expander.notices()) notices::add(tree.notices, notice);
  Deadline deadline(request.limits.time);
  BuiltQuery built = build(tree.root, request, deadline);
  built.expansions.insert(built.expansions.end(), expansions.begin(), expansions.end());
  for (Notice& notice : built.notices) notices::add(tree.notices, std::move(notice));

  // Counting ahead may not use up the time of the matching that answers. Where nothing can be relaxed, there
  // is nothing to count for.
  deadline.restart(request.limits.time / 4);
  const std::uint64_t with_all =
      built.relaxable ? count_up_to(database(), built.all, kEnough, deadline) : kEnough;
  const Strictness strictness = how_strictly(built, wanted_words(tree.root), with_all, deadline);
  const bool cut_ahead = deadline.passed();
  if (strictness == Strictness::most) notices::add(tree.notices, notices::widened());
  if (strictness == Strictness::some) {
    notices::add(tree.notices, with_all == 0 ? notices::relaxed() : notices::question());
  }
  Works works;
  if (request.join_versions && index.snapshot().versions().size() > 0) {
    works = {.sets = &index.snapshot().versions(),
             .languages = reader_languages(database(), columns(), tree.root, request)};
  }
  deadline.restart(request.limits.time);
  PositionReader reader(database(), positions);
  Matches found = ranked(built, strictness, *selections, request, works, reader, deadline);
  if (cut_ahead || deadline.passed()) notices::add(tree.notices, notices::time_limit());

  Answer out{.query = {.q = q, .parsed = in_words(tree.root, request.ui)}};
  out.query.notices = notices::for_readers(std::move(tree.notices), request.ui);
  out.query.expansions = std::move(built.expansions);
  out.revision = index.snapshot().revision();
  out.collection = index.snapshot().collection();
  out.thesaurus = index.snapshot().thesaurus();
  out.total = found.total;
  out.total_exact = !deadline.passed();
  out.resources = found.resources;
  out.offset = request.offset;
  out.limit = request.limit;
  if (request.limit > 0 && request.offset < found.total && request.limit < found.total - request.offset) {
    out.next_offset = request.offset + request.limit;
  }
  out.facets = std::move(found.facets);
  const PassageFinder passages(database(), reader, frequencies, built.targets);
  for (const Match& match : found.matches) {
    if (!take) {
      out.hits.push_back(hit(match, passages, request));
    } else if (!take(match, built, passages)) {
      break;
    }
  }
  if (correcting && request.mode == Mode::standard) {
    const bool all = strictness == Strictness::all && with_all > 0;
    out.spelling = spelling(q, tree.root, request, *selections, all ? found.total : with_all);
  }
  return out;
}

Matches Searcher::State::ranked(const BuiltQuery& built, Strictness strictness, const Selections& selections,
                                const Request& request, const Works& works, PositionReader& reader,
                                Deadline& deadline) {
  std::vector<ScoredWord> words;
  std::unordered_map<Xapian::docid, TitleMatch> titles;
  Reorder reorder;
  if (request.sort == Sort::relevance && !built.browses && ranking.reranked > 0 && request.limit > 0) {
    words = scored_words(database(), built.targets, family_sizes, frequencies);
    titles = title_matches(database(), request.q);
    reorder = [&](std::vector<Match>& matches) {
      PageRanker(database(), reader, words, index.snapshot().units(), ranking, topics)
          .rank(matches, strictness == Strictness::most, titles);
    };
  }
  return match(database(), columns(), query_of(built, strictness), built.browses, selections, request, works,
               ranking, reorder, deadline);
}

Hit Searcher::State::bare_hit(const Match& match) const {
  Hit hit{.resource = read_resource(database(), match.document), .score = match.score};
  // Most are the only version of their work: then nothing has to be looked up in the index.
  if (index.snapshot().versions().of(match.document) == VersionSets::kAlone) return hit;
  hit.translations = translations_of(database(), hit.resource);
  hit.editions = editions_of(database(), hit.resource);
  return hit;
}

Hit Searcher::State::hit(const Match& match, const PassageFinder& passages, const Request& request) const {
  Hit hit = bare_hit(match);
  if (passages.has_targets()) hit.passages = passages.find(match.document, hit.resource, request.passages);
  if (request.explain) hit.explanation = explain(passages.found_in(match.document), match.score);
  return hit;
}

std::optional<Spelling> Searcher::State::spelling(const std::string& q, const QueryNode& root,
                                                  const Request& request, const Selections& selections,
                                                  std::uint64_t hits) {
  if (!Speller::may_be_misspelt(root, database(), columns(), forms)) return std::nullopt;
  Speller speller(database(), index.snapshot().vocabulary(database()), columns(), forms);
  Deadline deadline(request.limits.time / 4);
  const auto correction = speller.correct(q, root, [&](const std::string& query) {
    const ParsedTree tree = parse_query(query, request.limits, index.snapshot().languages());
    return count_matches(database(), build(tree.root, request, deadline).all, selections,
                         request.join_versions ? &index.snapshot().versions() : nullptr, deadline);
  });
  if (!correction || correction->hits <= hits) return std::nullopt;
  if (hits > kFew && correction->hits < kManyTimes * hits) return std::nullopt;
  // What choosing it will show: with everything else that goes into an answer.
  Request corrected = request;
  corrected.q = correction->query;
  corrected.limit = 0;
  corrected.facets.emplace();
  const auto answer = answer_as_typed(corrected, false);
  if (!answer) return std::nullopt;
  return Spelling{.corrected = correction->query, .hits = answer->total};
}

Searcher::Searcher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;
Searcher::~Searcher() = default;

Result<Searcher> Searcher::open(const std::string& directory) {
  auto index = IndexHandle::open(directory);
  if (!index) return std::unexpected(index.error());
  return Searcher(std::make_unique<State>(std::move(*index)));
}

Result<Searcher> Searcher::fork_for_thread() const {
  auto index = state_->index.fork();
  if (!index) return std::unexpected(index.error());
  return Searcher(std::make_unique<State>(std::move(*index)));
}

void Searcher::rank_by(const Ranking& ranking) {
  state_->ranking = ranking;
}

Result<bool> Searcher::refresh() {
  auto refreshed = state_->index.refresh();
  state_->use_languages();
  return refreshed;
}

Result<Answer> Searcher::search(const Request& request) {
  const auto start = std::chrono::steady_clock::now();
  state_->follow_writer();
  auto answer = state_->index.ask([&] { return state_->answer(request); });
  if (answer) answer->took_ms = milliseconds_since(start);
  return answer;
}

Result<Answer> Searcher::stream(const Request& request, const HitVisitor& visit) {
  const auto start = std::chrono::steady_clock::now();
  state_->follow_writer();
  auto answer =
      state_->answer_once(request, [&](const Match& match, const BuiltQuery&, const PassageFinder& passages) {
        return visit(state_->hit(match, passages, request));
      });
  if (answer) answer->took_ms = milliseconds_since(start);
  return answer;
}

Result<Answer> Searcher::concordance(const Request& request, std::size_t context,
                                     const OccurrenceVisitor& visit) {
  const auto start = std::chrono::steady_clock::now();
  state_->follow_writer();
  std::optional<Concordance> lines;
  auto answer = state_->answer_once(
      request, [&](const Match& match, const BuiltQuery& built, const PassageFinder& passages) {
        if (!lines) lines.emplace(state_->database(), built.targets, context);
        const Resource resource = read_resource(state_->database(), match.document);
        return lines->find(resource, passages.pages(match.document),
                           [&](const Occurrence& one) { return visit(resource, one); });
      });
  if (answer) answer->took_ms = milliseconds_since(start);
  return answer;
}

Result<std::vector<Suggestion>> Searcher::suggest(std::string_view typed, std::size_t limit) {
  state_->follow_writer();
  return state_->index.ask([&]() -> Result<std::vector<Suggestion>> {
    const SuggestionIndex& suggestions = state_->index.snapshot().suggestions(state_->database());
    return search::suggest(state_->database(), suggestions, schema::repair_utf8(typed), limit);
  });
}

Result<Hit> Searcher::resource(std::string_view id) {
  state_->follow_writer();
  return state_->index.ask([&]() -> Result<Hit> {
    const auto document = find_document(state_->database(), id);
    if (!document) {
      return fail(ErrorKind::not_found, fmt::format("there is no resource with the id '{}'", id),
                  "ids are shown with every search result");
    }
    return state_->bare_hit({.document = *document});
  });
}

Result<std::vector<Hit>> Searcher::similar(std::string_view id, std::size_t limit) {
  auto like = resource(id);
  if (!like) return std::unexpected(like.error());
  return state_->index.ask([&]() -> Result<std::vector<Hit>> {
    std::vector<Hit> hits;
    const auto document = find_document(state_->database(), id);
    if (!document) return hits;
    const std::string languages[] = {schema::base_language(like->resource.language)};
    for (const Match& match : similar_to(state_->database(), state_->columns(),
                                         state_->index.snapshot().versions(), *document, languages, limit)) {
      hits.push_back(state_->bare_hit(match));
    }
    return hits;
  });
}

Result<PageText> Searcher::page(std::string_view id, std::uint32_t number) {
  auto hit = resource(id);
  if (!hit) return std::unexpected(hit.error());
  return state_->index.ask([&]() -> Result<PageText> {
    const Resource& resource = hit->resource;
    const std::string stored = state_->database().get_metadata(schema::page_key(id, number));
    if (stored.empty()) {
      return fail(ErrorKind::not_found, fmt::format("'{}' has no page {}", id, number),
                  fmt::format("its pages are 1 to {}", resource.pages));
    }
    auto entry = schema::decode_page(stored);
    if (!entry) return std::unexpected(entry.error());
    const std::string& link = resource.url.empty() ? resource.path : resource.url;
    return PageText{.page = number,
                    .label = entry->label,
                    .heading = entry->heading,
                    .text = entry->text,
                    .url = link + schema::locator_fragment(resource.format, number, *entry),
                    .seconds = entry->seconds};
  });
}

std::string Searcher::concept_named(std::string_view query) {
  constexpr std::size_t kLongestName = 200;
  const LabelIndex& labels = state_->index.snapshot().labels();
  if (labels.empty() || query.size() > kLongestName || query.starts_with('-')) return {};
  state_->use_languages();
  const auto named = labels.named(query, state_->label_stems);
  if (!named) return {};
  const auto& names = labels.thesaurus().concepts[*named].names;
  const auto english = std::ranges::find(names, "en", &schema::ConceptNames::language);
  return (english == names.end() ? names.front() : *english).label;
}

std::shared_ptr<const RuleBook> Searcher::rules() const {
  return state_->index.newest_snapshot()->rules();
}

std::string Searcher::revision() const {
  return state_->index.snapshot().revision();
}

std::optional<std::int64_t> Searcher::committed() {
  const auto line = state_->index.ask([this]() -> Result<std::string> {
    return state_->database().get_metadata(std::string(schema::kLastRunKey));
  });
  std::tm utc{};
  // The line on the last run begins with its end: "2026-11-25 14:09:23 UTC: 67 added, …".
  if (!line || ::strptime(line->c_str(), "%Y-%m-%d %H:%M:%S UTC", &utc) == nullptr) return std::nullopt;
  return ::timegm(&utc);
}

std::uint64_t Searcher::size() const {
  return state_->database().get_doccount();
}

}  // namespace carrel::search
