// The one door to an index for reading. The command line and the daemon are two faces of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/occurrence.h"
#include "search/request.h"
#include "search/schema/result.h"

namespace carrel::search {

class RuleBook;
struct Ranking;

/// Takes hits one by one, in the order of results; false: no more of them are wanted.
using HitVisitor = std::function<bool(Hit&&)>;

/// Takes occurrences in the order of hits, of pages and of the text; false: no more of them are wanted.
using OccurrenceVisitor = std::function<bool(const Resource&, const Occurrence&)>;

/// An open index. One object serves one thread at a time; open one a thread (they share facet columns when
/// made by `fork_for_thread`). It re-opens by itself when a newer revision has landed, so no call fails
/// because a writer is at work.
class Searcher {
 public:
  /// Opens the index in `directory`. Errors: not_found, not_an_index, older_format, newer_format, damaged,
  /// unreadable.
  static Result<Searcher> open(const std::string& directory);

  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;
  ~Searcher();

  /// A second handle on the same index for another thread.
  Result<Searcher> fork_for_thread() const;

  /// Ranks with other constants from now on: for those who measure what each is worth.
  void rank_by(const Ranking& ranking);

  /// Looks whether a newer revision has landed and opens it; true when it did. Cheap: a stat and a read.
  Result<bool> refresh();

  /// Answers a request. A query that cannot be parsed is searched as plain words, with a notice.
  Result<Answer> search(const Request& request);

  /// The same, with each hit given away as soon as it is read: of all that there are, only the order (16 bytes a
  /// hit) is held. The answer's own hits stay empty. Error interrupted: a writer has overwritten the revision
  /// between two hits; those given are of one revision, and the rest is missing.
  Result<Answer> stream(const Request& request, const HitVisitor& visit);

  /// Every place where the pages of the hits show what is asked for, with `context` code points on either side.
  /// Title and abstract are no pages. Errors as stream.
  Result<Answer> concordance(const Request& request, std::size_t context, const OccurrenceVisitor& visit);

  /// At most `limit` completions of `typed` from topics, titles, names of concepts and the
  /// words of the documents. The first call of a revision reads all records.
  Result<std::vector<Suggestion>> suggest(std::string_view typed, std::size_t limit = 5);

  /// One resource; error not_found when there is none of this id.
  Result<Hit> resource(std::string_view id);

  /// At most `limit` other works like a resource, the most similar first; error not_found.
  Result<std::vector<Hit>> similar(std::string_view id, std::size_t limit = 5);

  /// One page of a resource, 1-based; error not_found.
  Result<PageText> page(std::string_view id, std::uint32_t number);

  /// The preferred label, in English where there is one, of the concept of the thesaurus that all of a query
  /// names; empty when it names none.
  std::string concept_named(std::string_view query);

  /// The librarians' rules of the newest revision that this handle or one of its forks has seen.
  std::shared_ptr<const RuleBook> rules() const;

  /// The revision that answers now; changes with every commit.
  std::string revision() const;

  /// When the revision that answers now was committed, in seconds since 1970; nothing when the index does not say.
  std::optional<std::int64_t> committed();

  /// Number of resources.
  std::uint64_t size() const;

 private:
  struct State;
  explicit Searcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace carrel::search
