#include "search/searcher.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "search/explanation.h"
#include "search/index_handle.h"
#include "search/matcher.h"
#include "search/notices.h"
#include "search/passage_finder.h"
#include "search/query_builder.h"
#include "search/query_parser.h"
#include "search/relations.h"
#include "search/resource_reader.h"
#include "search/schema/page_store.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"
#include "search/selections.h"
#include "search/speller.h"
#include "search/suggester.h"
#include "search/word_forms.h"

namespace carrel::search {
namespace {

/// A correction is looked for when the query finds at most so many.
constexpr std::uint64_t kFew = 2;

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

}  // namespace

struct Searcher::State {
  explicit State(IndexHandle opened) : index(std::move(opened)), forms(index.snapshot().languages()) {
    forms_revision = index.snapshot().revision();
  }

  IndexHandle index;
  WordForms forms;
  std::string forms_revision;

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
  }

  BuiltQuery build(const QueryNode& root, const Request& request) {
    use_languages();
    return QueryBuilder(database(), forms, columns(), request.mode, request.limits).build(root);
  }

  /// Few resources with all words leave room for those with most of them; none at all, for those with some.
  /// Facet selections do not count here, so that narrowing a result never changes what is searched.
  /// `with_all` is how many have all words, at most kEnough.
  Strictness how_strictly(const BuiltQuery& built, std::uint64_t with_all, Deadline& deadline) const;

  Result<Answer> answer(const Request& request);
  Hit hit(const Match& match, const PassageFinder& passages, const Request& request) const;
  std::optional<Spelling> spelling(const std::string& q, const QueryNode& root, const Request& request,
                                   const Selections& selections, std::uint64_t hits);
};

Strictness Searcher::State::how_strictly(const BuiltQuery& built, std::uint64_t with_all,
                                         Deadline& deadline) const {
  if (!built.relaxable || with_all >= kEnough) return Strictness::all;
  if (built.widens && count_up_to(database(), built.most, kEnough, deadline) > with_all)
    return Strictness::most;
  return with_all == 0 && count_up_to(database(), built.some, 1, deadline) > 0 ? Strictness::some
                                                                               : Strictness::all;
}

Result<Answer> Searcher::State::answer(const Request& request) {
  const auto selections = read_selections(request, columns());
  if (!selections) return std::unexpected(selections.error());
  const std::string q = schema::repair_utf8(request.q);
  ParsedTree tree = parse_query(q, request.limits, index.snapshot().languages());
  BuiltQuery built = build(tree.root, request);
  for (Notice& notice : built.notices) notices::add(tree.notices, std::move(notice));

  // Counting ahead may not use up the time of the matching that answers.
  Deadline ahead(request.limits.time / 4);
  const std::uint64_t with_all = count_up_to(database(), built.all, kEnough, ahead);
  const Strictness strictness = how_strictly(built, with_all, ahead);
  if (strictness == Strictness::most) notices::add(tree.notices, notices::widened());
  if (strictness == Strictness::some) notices::add(tree.notices, notices::relaxed());
  Deadline deadline(request.limits.time);
  Matches found = match(database(), columns(), query_of(built, strictness), built.browses, *selections,
                        request, deadline);
  if (ahead.passed() || deadline.passed()) notices::add(tree.notices, notices::time_limit());

  Answer out{.query = {.q = q, .parsed = in_words(tree.root, request.ui)}};
  out.query.notices = notices::for_readers(std::move(tree.notices), request.ui);
  out.query.expansions = std::move(built.expansions);
  out.revision = index.snapshot().revision();
  out.total = found.total;
  out.total_exact = !deadline.passed();
  out.offset = request.offset;
  out.limit = request.limit;
  if (request.limit > 0 && request.offset < found.total && request.limit < found.total - request.offset) {
    out.next_offset = request.offset + request.limit;
  }
  out.facets = std::move(found.facets);
  const PassageFinder passages(database(), built.targets);
  for (const Match& match : found.matches) out.hits.push_back(hit(match, passages, request));
  if (request.mode == Mode::standard && !built.browses) {
    const bool all = strictness == Strictness::all && with_all > 0;
    out.spelling = spelling(q, tree.root, request, *selections, all ? found.total : with_all);
  }
  return out;
}

Hit Searcher::State::hit(const Match& match, const PassageFinder& passages, const Request& request) const {
  Hit hit{.resource = read_resource(database(), match.document), .score = match.score};
  hit.translations = translations_of(database(), hit.resource);
  hit.editions = editions_of(database(), hit.resource);
  if (passages.has_targets()) hit.passages = passages.find(match.document, hit.resource, request.passages);
  if (request.explain) hit.explanation = explain(passages.found_in(match.document), match.score);
  return hit;
}

std::optional<Spelling> Searcher::State::spelling(const std::string& q, const QueryNode& root,
                                                  const Request& request, const Selections& selections,
                                                  std::uint64_t hits) {
  if (hits > kFew) return std::nullopt;
  const Vocabulary& vocabulary = index.snapshot().vocabulary(database());
  auto corrected = corrected_query(q, root, database(), vocabulary, forms);
  if (!corrected) return std::nullopt;
  const ParsedTree tree = parse_query(*corrected, request.limits, index.snapshot().languages());
  Deadline deadline(request.limits.time / 4);
  const std::uint64_t better = count_matches(database(), build(tree.root, request).all, selections, deadline);
  if (better <= hits) return std::nullopt;
  return Spelling{std::move(*corrected), better};
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

Result<std::vector<Suggestion>> Searcher::suggest(std::string_view typed, std::size_t limit) {
  state_->follow_writer();
  return state_->index.ask([&]() -> Result<std::vector<Suggestion>> {
    return search::suggest(state_->database(), state_->columns(), schema::repair_utf8(typed), limit);
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
    Hit hit{.resource = read_resource(state_->database(), *document)};
    hit.translations = translations_of(state_->database(), hit.resource);
    hit.editions = editions_of(state_->database(), hit.resource);
    return hit;
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

std::string Searcher::revision() const {
  return state_->index.snapshot().revision();
}

std::uint64_t Searcher::size() const {
  return state_->database().get_doccount();
}

}  // namespace carrel::search
