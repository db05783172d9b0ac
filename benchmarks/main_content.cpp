// main-content: how much of a web page's main content is found, against pages whose content is known.
// Usage: main-content [--worst N] [--blocks NAME] FOLDER
// --worst lists the N worst pages of each set; --blocks the blocks of the pages whose name begins with NAME,
// each with the model's log odds, '+' where it is kept, and whether the truth has it. FOLDER as in
// truth_pages.h.
#include "indexer/extract/main_content.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "benchmarks/block_truth.h"
#include "benchmarks/truth_pages.h"

namespace {

using namespace carrel::benchmarks;
using namespace carrel::indexer;

void print_blocks(const TruthPage& page) {
  const MarkupTree tree = tree_of(page.html);
  const std::vector<bool> keep = select_main_content(tree);
  const JudgedBlocks judged = judge_blocks(tree);
  const std::vector<BlockTruth> truth = truth_of_blocks(page, tree, judged);
  fmt::print("== {} ({})\n", page.name, page.set);
  for (std::size_t b = 0; b < judged.blocks.size(); ++b) {
    const char wanted = truth[b].weight == 0 ? '?' : truth[b].is_content ? '+' : '-';
    fmt::print("{:6.2f} {} truth {}  {:<10} {}\n", ContentModel::built_in().log_odds(judged.features[b]),
               keep[judged.blocks[b].first] ? '+' : '-', wanted, tree.name(judged.blocks[b].element),
               text_of(tree, judged.rules.visible, judged.blocks[b]).substr(0, 110));
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t worst = 0;
  std::string folder;
  std::string name;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--worst" && i + 1 < argc) {
      worst = static_cast<std::size_t>(std::atoi(argv[++i]));
    } else if (argument == "--blocks" && i + 1 < argc) {
      name = argv[++i];
    } else {
      folder = argument;
    }
  }
  if (folder.empty()) {
    fmt::print(stderr, "usage: main-content [--worst N] [--blocks NAME] FOLDER\n");
    return 2;
  }
  Tally tally;
  for (const TruthPage& page : read_truth_pages(folder)) {
    if (!name.empty()) {
      if (page.name.starts_with(name)) print_blocks(page);
      continue;
    }
    const MarkupTree tree = tree_of(page.html);
    tally.add(page, content_of(tree, select_main_content(tree)));
  }
  if (name.empty()) tally.print("", worst);
  return EXIT_SUCCESS;
}
