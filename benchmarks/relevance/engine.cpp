#include "benchmarks/relevance/engine.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "benchmarks/new_index.h"
#include "indexer/document.h"
#include "indexer/resource.h"

namespace carrel::relevance {
namespace {

using schema::FieldId;

indexer::Resource to_resource(const CollectionDocument& document, const std::string& language) {
  indexer::Resource resource;
  resource.record.set(FieldId::id, document.id);
  resource.record.set(FieldId::title, document.title);
  resource.record.set(FieldId::language, language);
  resource.record.set(FieldId::format, "pdf");
  resource.record.set(FieldId::pages, fmt::format("{}", document.pages.size()));
  for (const std::string& text : document.pages) {
    indexer::Page page;
    page.text = text;
    resource.pages.push_back(std::move(page));
  }
  return resource;
}

search::Request to_request(const Judged& judged) {
  search::Request request{.q = judged.text};
  request.join_versions = false;  // each resource is judged for itself
  request.limits = {
      .bytes = 65536, .words = 8192, .nesting = 20, .wildcard_terms = 200, .time = std::chrono::seconds(60)};
  return request;
}

void look_at_pages(const Judged& judged, const search::Answer& answer, PageAccuracy& pages) {
  for (const auto& [id, right] : judged.pages) {
    if (judged.grades.at(id) <= 0) continue;
    ++pages.answers;
    const auto hit =
        std::ranges::find(answer.hits, id, [](const search::Hit& one) { return one.resource.id; });
    if (hit == answer.hits.end()) continue;
    ++pages.found;
    const auto is_right = [&](const search::Passage& passage) { return right.contains(passage.page); };
    if (std::ranges::any_of(hit->passages, is_right)) ++pages.any_right;
    if (!hit->passages.empty() && is_right(hit->passages.front())) {
      ++pages.first_right;
      continue;
    }
    std::vector<std::uint32_t> shown;
    for (const search::Passage& passage : hit->passages) shown.push_back(passage.page);
    pages.misses.push_back(fmt::format("{}\t{}\tshown {}\tjudged {}", judged.text, id, fmt::join(shown, ","),
                                       fmt::join(right, ",")));
  }
}

}  // namespace

Result<void> index_documents(const std::filesystem::path& directory,
                             const std::vector<CollectionDocument>& documents, const std::string& language) {
  // One worker: resources of equal score stay in the order of the collection.
  auto index = benchmarks::NewIndex::begin(directory, 1);
  if (!index) return std::unexpected(index.error());
  indexer::DocumentBuilder builder;
  for (const CollectionDocument& document : documents) {
    auto put = index->writer().put(0, builder.build(to_resource(document, language)));
    if (!put) return put;
  }
  return index->publish();
}

Result<Run> run_queries(search::Searcher& searcher, const std::vector<Judged>& queries) {
  Run run;
  for (const Judged& judged : queries) {
    if (!has_relevant(judged.grades)) continue;
    QueryRun one{.judged = &judged, .ranking = {}, .measures = {}};
    search::Request request = to_request(judged);
    request.limit = kDepth;
    request.passages = 0;
    request.facets.emplace();
    auto all = searcher.search(request);
    if (!all) return std::unexpected(all.error());
    for (const search::Hit& hit : all->hits) one.ranking.push_back(hit.resource.id);
    one.measures = measure(one.ranking, judged.grades);

    request = to_request(judged);
    request.limit = 10;
    const auto start = std::chrono::steady_clock::now();
    auto whole = searcher.search(request);
    one.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (!whole) return std::unexpected(whole.error());

    if (!judged.pages.empty()) {
      request.limit = kPageDepth;
      auto passages = searcher.search(request);
      if (!passages) return std::unexpected(passages.error());
      look_at_pages(judged, *passages, run.pages);
    }
    run.mean += one.measures;
    run.milliseconds += one.milliseconds;
    run.queries.push_back(std::move(one));
  }
  if (run.queries.empty()) return run;
  const auto count = static_cast<double>(run.queries.size());
  run.mean = run.mean / count;
  run.milliseconds /= count;
  return run;
}

}  // namespace carrel::relevance
