// fit-content-model: fits the model of main content and measures what it does on pages it has not seen.
// Usage: fit-content-model [--trees N] [--depth N] [--rate X] [--write FILE.cpp] FOLDER
// FOLDER as in truth_pages.h. Measured: each page by the model of the other sites (four folds), each half by
// the model of the other half, each set by the model of the others, all by the model of all. --write writes
// the model of all as indexer/extract/content_model_trees.cpp.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/block_truth.h"
#include "benchmarks/boosted_trees.h"
#include "benchmarks/truth_pages.h"
#include "indexer/extract/main_content.h"

namespace {

using namespace carrel::benchmarks;
using namespace carrel::indexer;

struct Case {
  TruthPage page;
  std::unique_ptr<MarkupTree> tree;
  std::vector<Example> examples;
};

std::vector<Case> read_cases(const std::string& folder) {
  std::vector<Case> cases;
  for (TruthPage& page : read_truth_pages(folder)) {
    Case made{.page = std::move(page), .tree = nullptr, .examples = {}};
    made.tree = std::make_unique<MarkupTree>(tree_of(made.page.html));
    const JudgedBlocks judged = judge_blocks(*made.tree);
    const std::vector<BlockTruth> truth = truth_of_blocks(made.page, *made.tree, judged);
    for (std::size_t b = 0; b < truth.size(); ++b) {
      if (truth[b].weight == 0) continue;
      made.examples.push_back({.features = {judged.features[b].begin(), judged.features[b].end()},
                               .answer = truth[b].is_content,
                               .weight = truth[b].weight});
    }
    cases.push_back(std::move(made));
  }
  return cases;
}

using Choice = std::function<bool(const Case&)>;

std::string fit(const std::vector<Case>& cases, const Choice& learns, const BoostingOptions& options) {
  std::vector<const Example*> examples;
  for (const Case& one : cases) {
    if (!learns(one)) continue;
    for (const Example& example : one.examples) examples.push_back(&example);
  }
  return examples.empty() ? "0" : fit_trees(examples, options);
}

void measure(const std::vector<Case>& cases, const Choice& is_measured, const std::string& model,
             Tally& tally) {
  const ContentModel parsed = ContentModel::parse(model).value();
  for (const Case& one : cases) {
    if (is_measured(one)) tally.add(one.page, content_of(*one.tree, select_main_content(*one.tree, parsed)));
  }
}

/// The blocks of a page that the model judges wrongly, those first that weigh most.
void print_errors(const Case& one, const std::string& model) {
  const ContentModel parsed = ContentModel::parse(model).value();
  const JudgedBlocks judged = judge_blocks(*one.tree);
  const std::vector<bool> keep = select_main_content(*one.tree, parsed);
  const std::vector<BlockTruth> truth = truth_of_blocks(one.page, *one.tree, judged);
  for (std::size_t b = 0; b < truth.size(); ++b) {
    const bool kept = keep[judged.blocks[b].first];
    if (truth[b].weight < 0.15 || truth[b].is_content == kept) continue;
    fmt::print("{:.2f}\t{}\t{:.2f}\t{}\t{}\t{}\n", truth[b].weight, kept ? "unwanted" : "lost",
               parsed.log_odds(judged.features[b]), one.page.name.substr(0, 30),
               one.tree->name(judged.blocks[b].element),
               text_of(*one.tree, judged.rules.visible, judged.blocks[b]).substr(0, 160));
  }
}

/// Raises or lowers the bias, which is the first number.
std::string shifted(const std::string& model, double by) {
  std::size_t end = 0;
  const double bias = std::stod(model, &end);
  return fmt::format("{:.3f}", bias + by) + model.substr(end);
}

std::size_t fold_of(const Case& one, std::size_t folds) {
  return std::hash<std::string>()(one.page.site) % folds;
}

void cross_validate(const std::vector<Case>& cases, std::size_t folds, const BoostingOptions& options,
                    const std::vector<double>& shifts, bool with_errors) {
  std::vector<Tally> tallies(shifts.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    const auto inside = [&](const Case& one) { return fold_of(one, folds) == fold; };
    const std::string model = fit(
        cases, [&](const Case& one) { return !inside(one); }, options);
    for (std::size_t i = 0; i < shifts.size(); ++i)
      measure(cases, inside, shifted(model, shifts[i]), tallies[i]);
    for (const Case& one : cases) {
      if (with_errors && inside(one)) print_errors(one, model);
    }
  }
  if (with_errors) tallies[2].print("worst", 15);
  {}
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    tallies[i].print(fmt::format("{} folds {:+.1f}", folds, shifts[i]), 0);
  }
}

void across_sets(const std::vector<Case>& cases, const BoostingOptions& options) {
  for (const std::string set : {"articles", "segments", "readability"}) {
    const auto inside = [&](const Case& one) { return one.page.set == set; };
    Tally tally;
    measure(cases, inside,
            fit(
                cases, [&](const Case& one) { return !inside(one); }, options),
            tally);
    tally.print("other sets", 0);
  }
}

void write(const std::string& file, const std::string& model) {
  std::ofstream out(file);
  out << "#include \"indexer/extract/content_model.h\"\n\nnamespace carrel::indexer {\n\n"
         "// Written by fit-content-model, see benchmarks/README.md.\n"
         "const std::string_view kContentModelText =\n";
  std::string line;
  const auto finish = [&](std::string_view end) {
    out << "    \"" << line << "\"" << end << "\n";
    line.clear();
  };
  for (std::size_t at = 0; at < model.size();) {
    std::size_t end = std::min(model.find_first_of(" \n", at), model.size());
    if (line.size() + end - at > 98) finish("");
    line += model.substr(at, end - at) + " ";
    at = end + 1;
    while (at < model.size() && (model[at] == ' ' || model[at] == '\n')) ++at;
  }
  finish(";");
  out << "\n}  // namespace carrel::indexer\n";
}

}  // namespace

int main(int argc, char** argv) {
  BoostingOptions options;
  std::string folder;
  std::string file;
  bool errors = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--trees" && i + 1 < argc) {
      options.trees = std::atoi(argv[++i]);
    } else if (argument == "--depth" && i + 1 < argc) {
      options.depth = std::atoi(argv[++i]);
    } else if (argument == "--rate" && i + 1 < argc) {
      options.rate = std::atof(argv[++i]);
    } else if (argument == "--errors") {
      errors = true;
    } else if (argument == "--write" && i + 1 < argc) {
      file = argv[++i];
    } else {
      folder = argument;
    }
  }
  if (folder.empty()) {
    fmt::print(stderr,
               "usage: fit-content-model [--trees N] [--depth N] [--rate X] [--write FILE.cpp] FOLDER\n");
    return 2;
  }
  const std::vector<Case> cases = read_cases(folder);
  std::size_t examples = 0;
  for (const Case& one : cases) examples += one.examples.size();
  fmt::print("{} pages, {} blocks with a known answer\n", cases.size(), examples);
  const std::string all = fit(
      cases, [](const Case&) { return true; }, options);
  if (!file.empty()) {
    write(file, all);
    return EXIT_SUCCESS;
  }
  cross_validate(cases, 4, options, {-1.0, -0.5, 0.0, 0.5, 1.0}, errors);
  cross_validate(cases, 2, options, {0.0}, false);
  across_sets(cases, options);
  Tally seen;
  measure(
      cases, [](const Case&) { return true; }, all, seen);
  seen.print("seen", 0);
  return EXIT_SUCCESS;
}
