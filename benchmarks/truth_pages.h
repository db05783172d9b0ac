// Real web pages whose main content is known, and how their projects measure what is found of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/extract/markup_tree.h"

namespace carrel::benchmarks {

struct TruthPage {
  std::string set;   ///< "articles", "segments" or "readability"
  std::string name;  ///< of its file
  std::string site;  ///< pages of one site are alike: they must not be learned from and measured at once
  std::string html;
  std::string content;                ///< all of its main content; empty for "segments"
  std::vector<std::string> wanted;    ///< for "segments": what must be in the content
  std::vector<std::string> unwanted;  ///< for "segments": what must not
};

/// FOLDER holds article-extraction-benchmark/ (ground-truth.json, html/ID.html), trafilatura/ (evaldata.json,
/// cache/, eval/) and readability/ (NAME/source.html, NAME/expected.html); what is missing is left out.
std::vector<TruthPage> read_truth_pages(const std::filesystem::path& folder);

/// The tree of a page, decoded as the extractor does.
indexer::MarkupTree tree_of(const std::string& html);

/// The text of all sections of the nodes that are content, blanks collapsed. The main heading is left out: it
/// is the title, and no truth set counts titles.
std::string content_of(const indexer::MarkupTree& tree, const std::vector<bool>& content);

/// Runs of letters and digits.
std::vector<std::string> words_of(std::string_view text);

/// Bag of shingles of four words, each with its number.
using Shingles = std::unordered_map<std::string, int>;
Shingles shingles_of(std::string_view text);

/// Blanks collapsed.
std::string packed(std::string_view text);

struct Score {
  double precision = 0;
  double recall = 0;
  double f1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0; }
};

/// Precision and recall of shingles.
Score compare(std::string_view found_text, std::string_view true_text);

/// What was found on pages, by set. For segments the counts are summed over all pages, for the others
/// precision and recall are means over pages.
class Tally {
 public:
  void add(const TruthPage& page, const std::string& content);
  Score score(std::string_view set) const;
  std::size_t pages(std::string_view set) const;
  /// One line a set; then the `worst` pages of each.
  void print(std::string_view title, std::size_t worst) const;

 private:
  struct Of {
    Score sum;
    double found = 0;
    double unwanted = 0;
    double lost = 0;
    std::vector<std::pair<double, std::string>> pages;  // badness and a line about it
  };
  std::unordered_map<std::string, Of> sets_;
};

}  // namespace carrel::benchmarks
