// Answers from an index on this machine.
#include <limits>
#include <utility>

#include "search/cli/answer_source.h"
#include "search/json.h"

namespace carrel::search::cli {
namespace {

template <typename Told>
Result<std::string> as_json(const Result<Told>& told) {
  if (!told) return std::unexpected(told.error());
  return to_json(*told);
}

class IndexSource : public AnswerSource {
 public:
  explicit IndexSource(Searcher searcher) : searcher_(std::move(searcher)) {}

  Result<std::string> search_json(const Request& request) override {
    return as_json(searcher_.search(request));
  }
  Result<Answer> stream(const Request& request, const HitVisitor& visit) override {
    return searcher_.stream(request, visit);
  }
  Result<Answer> concordance(const Request& request, std::size_t context,
                             const OccurrenceVisitor& visit) override {
    return searcher_.concordance(request, context, visit);
  }
  Result<Facet> facet(Request request, schema::FieldId field) override {
    request.facets = {field};
    request.facet_values = std::size_t{1} << 20;  // counting finds them all anyway
    request.limit = 0;
    request.passages = 0;
    auto answer = searcher_.search(request);
    if (!answer) return std::unexpected(answer.error());
    if (answer->facets.empty()) return Facet{.field = field};
    return std::move(answer->facets.front());
  }
  Result<Hit> resource(const std::string& id) override { return searcher_.resource(id); }
  Result<std::string> resource_json(const std::string& id) override {
    return as_json(searcher_.resource(id));
  }
  Result<PageText> page(const std::string& id, std::uint32_t number) override {
    return searcher_.page(id, number);
  }
  Result<std::string> page_json(const std::string& id, std::uint32_t number) override {
    return as_json(searcher_.page(id, number));
  }
  Result<std::vector<Hit>> similar(const std::string& id, std::size_t limit) override {
    return searcher_.similar(id, limit);
  }
  Result<std::string> similar_json(const std::string& id, std::size_t limit) override {
    const auto hits = searcher_.similar(id, limit);
    if (!hits) return std::unexpected(hits.error());
    return similar_to_json(id, *hits);
  }
  std::uint64_t reach() const override { return std::numeric_limits<std::uint64_t>::max(); }

 private:
  Searcher searcher_;
};

}  // namespace

Result<std::unique_ptr<AnswerSource>> open_index(const std::string& directory) {
  auto searcher = Searcher::open(directory);
  if (!searcher) return std::unexpected(searcher.error());
  return std::make_unique<IndexSource>(std::move(*searcher));
}

Result<std::unique_ptr<AnswerSource>> open_source(const Place& place) {
  return place.server.empty() ? open_index(place.index) : open_server(place.server);
}

}  // namespace carrel::search::cli
