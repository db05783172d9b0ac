// relevance: how well judged collections are answered. Indexes each, asks its queries and prints the measures
// of trec_eval. See --help and benchmarks/README.md.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/relevance/arguments.h"
#include "benchmarks/relevance/classic.h"
#include "benchmarks/relevance/engine.h"
#include "benchmarks/scratch_folder.h"

namespace {

namespace fs = std::filesystem;
using namespace carrel;
using namespace carrel::relevance;

/// What is asked of which index.
struct Collection {
  std::string name;
  fs::path index;
  std::vector<Judged> queries;
};

Result<Collection> indexed(const fs::path& folder, const fs::path& indexes, const Arguments& arguments) {
  Collection out{.name = fs::weakly_canonical(folder).filename().string()};
  auto queries = read_queries(folder);
  if (!queries) return std::unexpected(queries.error());
  out.queries = std::move(*queries);
  out.index = indexes / out.name;
  if (fs::exists(out.index)) return out;
  auto documents = read_documents(folder);
  if (!documents) return std::unexpected(documents.error());
  if (auto done = index_documents(out.index, *documents, arguments.language); !done) {
    return std::unexpected(done.error());
  }
  return out;
}

void write_run(std::ofstream& out, const Run& run) {
  for (const QueryRun& query : run.queries) {
    // The rank makes the score: trec_eval breaks ties by name, Carrel does not.
    for (std::size_t i = 0; i < query.ranking.size(); ++i) {
      out << fmt::format("{} Q0 {} {} {} carrel\n", query.judged->id, query.ranking[i], i + 1,
                         query.ranking.size() - i);
    }
  }
}

std::string row(const std::string& name, const Run& run) {
  return fmt::format("{:<24}{:>8}{:>9.4f}{:>9.4f}{:>9.4f}{:>9.4f}{:>9.2f}\n", name, run.queries.size(),
                     run.mean.ndcg_10, run.mean.map, run.mean.precision_10, run.mean.recall_100,
                     run.milliseconds);
}

void print_details(const Arguments& arguments, const Run& run) {
  if (!arguments.list) return;
  for (const QueryRun& query : run.queries) {
    fmt::print("  {:.4f}  {:.4f}  {}: {}\n", query.measures.ndcg_10, query.measures.recall_100,
               query.judged->id, query.judged->text);
  }
  for (const std::string& miss : run.pages.misses) fmt::print("  other page: {}\n", miss);
}

/// True when no floor is missed.
bool floors_hold(const Arguments& arguments, const std::string& name, const Run& run) {
  const double found = static_cast<double>(std::max<std::size_t>(run.pages.found, 1));
  const std::map<std::string, double> reached = {
      {"ndcg", run.mean.ndcg_10},
      {"map", run.mean.map},
      {"p10", run.mean.precision_10},
      {"recall", run.mean.recall_100},
      {"first-page", static_cast<double>(run.pages.first_right) / found},
      {"any-page", static_cast<double>(run.pages.any_right) / found}};
  bool hold = true;
  for (const auto& [measure, floor] : arguments.floors) {
    if (reached.at(measure) >= floor) continue;
    fmt::print(stderr, "relevance: {} is {:.4f} on {}, its floor is {}\n", measure, reached.at(measure), name,
               floor);
    hold = false;
  }
  return hold;
}

void print_pages(const PageAccuracy& pages) {
  if (pages.answers == 0) return;
  const auto share = [&](std::size_t right) {
    return 100.0 * static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(pages.found, 1));
  };
  fmt::print(
      "{} answers with judged pages, {} of them found: first passage on a judged page {} ({:.1f} %), "
      "one of three {} ({:.1f} %)\n",
      pages.answers, pages.found, pages.first_right, share(pages.first_right), pages.any_right,
      share(pages.any_right));
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Result<bool> check_classic(const Arguments& arguments) {
  for (const std::string& folder : arguments.folders) {
    auto documents = read_documents(folder);
    if (!documents) return std::unexpected(documents.error());
    auto queries = read_queries(folder);
    if (!queries) return std::unexpected(queries.error());
    const auto stop_words =
        arguments.stop_words.empty() ? std::vector<std::string>() : lines_of(arguments.stop_words);
    fmt::print("{:<24}{:>9}{:>9}{:>9}{:>9}\n", fs::weakly_canonical(folder).filename().string(), "nDCG@10",
               "MAP", "P@10", "R@100");
    for (const ClassicRow& one : classic_models(*documents, *queries, arguments.classic, stop_words)) {
      fmt::print("{:<24}{:>9.4f}{:>9.4f}{:>9.4f}{:>9.4f}\n", one.model, one.mean.ndcg_10, one.mean.map,
                 one.mean.precision_10, one.mean.recall_100);
    }
  }
  return true;
}

Result<bool> work(const Arguments& arguments) {
  const benchmarks::ScratchFolder scratch;
  const fs::path indexes = arguments.indexes.empty() ? scratch.path() : fs::path(arguments.indexes);
  std::vector<Collection> collections;
  if (!arguments.judgements.empty()) {
    auto queries = read_judgements(arguments.judgements);
    if (!queries) return std::unexpected(queries.error());
    collections.push_back({"judgements", arguments.index, std::move(*queries)});
  }
  for (const std::string& folder : arguments.folders) {
    auto collection = indexed(folder, indexes, arguments);
    if (!collection) return std::unexpected(collection.error());
    collections.push_back(std::move(*collection));
  }
  std::ofstream run_file;
  if (!arguments.run.empty()) {
    run_file.open(arguments.run);
    if (!run_file) return fail(ErrorKind::unreadable, fmt::format("cannot write {}", arguments.run), "");
  }
  fmt::print("{:<24}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "collection", "queries", "nDCG@10", "MAP", "P@10",
             "R@100", "ms");
  bool good = true;
  double sum = 0;
  for (const Collection& collection : collections) {
    auto searcher = search::Searcher::open(collection.index.string());
    if (!searcher) return std::unexpected(searcher.error());
    searcher->rank_by(arguments.ranking);
    auto run = run_queries(*searcher, collection.queries);
    if (!run) return std::unexpected(run.error());
    fmt::print("{}", row(collection.name, *run));
    print_pages(run->pages);
    print_details(arguments, *run);
    std::fflush(stdout);
    if (run_file.is_open()) write_run(run_file, *run);
    good = floors_hold(arguments, collection.name, *run) && good;
    sum += run->mean.ndcg_10;
  }
  if (collections.size() > 1) {
    fmt::print("{:<24}{:>8}{:>9.4f}\n", "mean", "", sum / static_cast<double>(collections.size()));
  }
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = read_arguments(argc, argv);
  if (!arguments) {
    fmt::print(stderr, "{}\n", to_line(arguments.error()));
    return 2;
  }
  if (arguments->help) {
    fmt::print("{}", usage());
    return 0;
  }
  const auto good = arguments->classic.empty() ? work(*arguments) : check_classic(*arguments);
  if (!good) {
    fmt::print(stderr, "relevance: {}\n", to_line(good.error()));
    return 2;
  }
  return *good ? 0 : 1;
}
