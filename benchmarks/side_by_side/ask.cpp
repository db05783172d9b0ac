// ask [--rounds N] INDEX QUERIES: what answers cost inside the library, all queries asked in several ways, one
// way after the other, so that no query is still warm from the way before:
//   whole        10 hits, 3 passages each, 5 facets, the exact total
//   json         the same, written as JSON: what the daemon does for an answer
//   no-facets    without facets
//   no-passages  without passages
// and what completions of the queries' beginnings cost. One round goes ahead unmeasured. Prints one JSON
// object of milliseconds; `total` is the sum of all totals, so that engines can be compared.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/side_by_side/timings.h"
#include "search/json.h"
#include "search/searcher.h"

namespace {

using namespace carrel;
using benchmarks::Clock;
using benchmarks::Timings;
using schema::FieldId;

struct Way {
  const char* name;
  search::Request request;
  bool as_json = false;
  Timings timings;
};

search::Request whole() {
  search::Request request;
  request.limit = 10;
  request.passages = 3;
  request.facets = {FieldId::type, FieldId::topic, FieldId::audience, FieldId::jurisdiction,
                    FieldId::publisher};
  return request;
}

std::vector<Way> ways() {
  std::vector<Way> all{
      {"whole", whole()}, {"json", whole(), true}, {"no-facets", whole()}, {"no-passages", whole()}};
  all[2].request.facets->clear();
  all[3].request.passages = 0;
  return all;
}

std::vector<std::string> read_lines(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

struct Sums {
  std::uint64_t total = 0;
  std::uint64_t passages = 0;
  std::uint64_t json_bytes = 0;
};

/// Asks all queries once in every way.
bool ask_all(search::Searcher& searcher, const std::vector<std::string>& queries, std::vector<Way>& all,
             Sums& sums) {
  sums = {};
  for (Way& way : all) {
    for (const std::string& query : queries) {
      way.request.q = query;
      const auto start = Clock::now();
      const auto answer = searcher.search(way.request);
      if (!answer) return fmt::print(stderr, "ask: {}\n", to_line(answer.error())), false;
      if (way.as_json) sums.json_bytes += search::to_json(*answer).size();
      way.timings.add(benchmarks::milliseconds_since(start));
      if (&way != &all.front()) continue;
      sums.total += answer->total;
      for (const search::Hit& hit : answer->hits) sums.passages += hit.passages.size();
    }
  }
  return true;
}

bool complete_all(search::Searcher& searcher, const std::vector<std::string>& queries, Timings& timings) {
  for (const std::string& query : queries) {
    for (const std::size_t length : {2UL, 4UL, 7UL}) {
      const auto start = Clock::now();
      if (!searcher.suggest(query.substr(0, length))) return false;
      timings.add(benchmarks::milliseconds_since(start));
    }
  }
  return true;
}

int measure(const std::string& index, const std::vector<std::string>& queries, int rounds) {
  const auto opening = Clock::now();
  auto searcher = search::Searcher::open(index);
  if (!searcher) return fmt::print(stderr, "ask: {}\n", to_line(searcher.error())), 2;
  const double opened = benchmarks::milliseconds_since(opening);
  std::vector<Way> all = ways();
  Sums sums;
  for (int round = 0; round <= rounds; ++round) {
    if (!ask_all(*searcher, queries, all, sums)) return 1;
    if (round == 0) {
      for (Way& way : all) way.timings = {};
    }
  }
  const auto first = Clock::now();
  if (!searcher->suggest("a")) return 1;
  const double first_completion = benchmarks::milliseconds_since(first);
  Timings completions;
  if (!complete_all(*searcher, queries, completions)) return 1;

  fmt::print(
      R"({{"resources":{},"queries":{},"rounds":{},"open_ms":{:.3f},"total":{},"passages":{},"json_bytes":{})",
      searcher->size(), queries.size(), rounds, opened, sums.total, sums.passages, sums.json_bytes);
  for (const Way& way : all) fmt::print(R"(,"{}":{})", way.name, way.timings.to_json());
  fmt::print(R"(,"first_completion_ms":{:.3f},"completions":{}}})", first_completion, completions.to_json());
  fmt::print("\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  int rounds = 3;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--rounds" && i + 1 < argc) {
      rounds = std::max(1, std::atoi(argv[++i]));
    } else {
      paths.emplace_back(argv[i]);
    }
  }
  if (paths.size() != 2) {
    fmt::print(stderr, "usage: ask [--rounds N] INDEX QUERIES\n");
    return 2;
  }
  if (benchmarks::refuse_debug_build("ask")) return 2;
  const auto queries = read_lines(paths[1]);
  if (queries.empty()) {
    fmt::print(stderr, "ask: there are no queries in {}\n", paths[1]);
    return 2;
  }
  return measure(paths[0], queries, rounds);
}
