// main-content: how much of a web page's main content is found, against pages whose content is known.
// Usage: main-content [--worst N] FOLDER
// FOLDER holds article-extraction-benchmark/ (ground-truth.json, html/ID.html), trafilatura/ (evaldata.json,
// cache/, eval/) and readability/ (NAME/source.html, NAME/expected.html); what is missing is left out.
// Metrics as those projects publish them: bags of shingles of four words, per page, precision and recall as
// means over pages and F1 of the two means; for trafilatura the share of wanted and unwanted segments in the
// text.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unicode/uchar.h>

#include "indexer/extract/html.h"
#include "search/schema/utf8.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace carrel::indexer;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The text of all sections. The main heading is left out: it is the title, and no truth set counts titles.
std::string content_of(const std::string& html) {
  const Answer answer = read_html(html);
  std::string text;
  if (!answer) return text;
  std::string title;
  for (const FoundField& found : answer->found) {
    if (found.source == "<h1>") title = found.value;
  }
  for (const Page& page : answer->pages) {
    std::string_view rest = page.text;
    if (!title.empty() && rest.starts_with(title)) rest.remove_prefix(title.size());
    text.append(rest).push_back('\n');
  }
  return text;
}

/// Everything in a page of truth, whose markup holds nothing but content.
std::string whole_text_of(const std::string& html) {
  return content_of("<main>" + html + "</main>");
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = carrel::schema::next_code_point(text, at);
    if (u_isalnum(static_cast<UChar32>(code)) != 0 || code == '_') {
      carrel::schema::append_utf8(words.back(), code);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

using Shingles = std::map<std::string, int>;

Shingles shingles_of(std::string_view text) {
  constexpr std::size_t kSize = 4;
  const std::vector<std::string> words = words_of(text);
  Shingles shingles;
  if (words.empty()) return shingles;
  const std::size_t count = words.size() < kSize ? 1 : words.size() - kSize + 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::string shingle;
    for (std::size_t k = i; k < std::min(i + kSize, words.size()); ++k) shingle += words[k] + " ";
    ++shingles[shingle];
  }
  return shingles;
}

struct Score {
  double precision = 0;
  double recall = 0;
  double f1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0; }
};

Score compare(std::string_view found_text, std::string_view true_text) {
  const Shingles found = shingles_of(found_text);
  const Shingles truth = shingles_of(true_text);
  double both = 0;
  double found_total = 0;
  double true_total = 0;
  for (const auto& [shingle, count] : found) {
    found_total += count;
    if (const auto same = truth.find(shingle); same != truth.end()) both += std::min(count, same->second);
  }
  for (const auto& [shingle, count] : truth) true_total += count;
  return {found_total > 0 ? both / found_total : (true_total > 0 ? 0 : 1),
          true_total > 0 ? both / true_total : 1};
}

/// Scores of pages, and their means.
class Tally {
 public:
  void add(std::string name, Score score) {
    mean_.precision += score.precision;
    mean_.recall += score.recall;
    pages_.emplace_back(std::move(name), score);
  }

  void print(std::string_view title, std::size_t worst) {
    if (pages_.empty()) return;
    const auto count = static_cast<double>(pages_.size());
    const Score mean{mean_.precision / count, mean_.recall / count};
    fmt::print("{:<28} {:4} pages  precision {:.3f}  recall {:.3f}  F1 {:.3f}\n", title, pages_.size(),
               mean.precision, mean.recall, mean.f1());
    std::sort(pages_.begin(), pages_.end(),
              [](const auto& a, const auto& b) { return a.second.f1() < b.second.f1(); });
    for (std::size_t i = 0; i < std::min(worst, pages_.size()); ++i) {
      fmt::print("    {:.3f} {:.3f}  {}\n", pages_[i].second.precision, pages_[i].second.recall,
                 pages_[i].first);
    }
  }

 private:
  Score mean_;
  std::vector<std::pair<std::string, Score>> pages_;
};

void measure_articles(const fs::path& folder, std::size_t worst) {
  if (!fs::exists(folder / "ground-truth.json")) return;
  const json::value truth = json::parse(read_file(folder / "ground-truth.json"));
  Tally tally;
  for (const auto& [id, entry] : truth.as_object()) {
    const fs::path page = folder / "html" / (std::string(id) + ".html");
    if (!fs::exists(page)) continue;
    const json::string& body = entry.at("articleBody").as_string();
    tally.add(page.filename(),
              compare(content_of(read_file(page)), std::string_view(body.data(), body.size())));
  }
  tally.print("article-extraction-benchmark", worst);
}

std::string packed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = carrel::schema::next_code_point(text, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(code)) == 0) {
      carrel::schema::append_utf8(out, code);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

void measure_segments(const fs::path& folder, std::size_t worst) {
  if (!fs::exists(folder / "evaldata.json")) return;
  const json::value truth = json::parse(read_file(folder / "evaldata.json"));
  double true_positives = 0;
  double false_positives = 0;
  double false_negatives = 0;
  std::vector<std::pair<int, std::string>> errors;
  int pages = 0;
  for (const auto& [url, entry] : truth.as_object()) {
    const json::string& name = entry.at("file").as_string();
    fs::path page = folder / "eval" / std::string(name.data(), name.size());
    if (!fs::exists(page)) page = folder / "cache" / std::string(name.data(), name.size());
    if (!fs::exists(page)) continue;
    const std::string text = packed(content_of(read_file(page)));
    ++pages;
    int lost = 0;
    int unwanted = 0;
    const auto holds = [&](const json::value& segment) {
      return text.find(packed({segment.as_string().data(), segment.as_string().size()})) != std::string::npos;
    };
    for (const json::value& segment : entry.at("with").as_array()) holds(segment) ? ++true_positives : ++lost;
    for (const json::value& segment : entry.at("without").as_array()) unwanted += holds(segment) ? 1 : 0;
    false_negatives += lost;
    false_positives += unwanted;
    errors.emplace_back(lost * 100 + unwanted,
                        fmt::format("lost {} unwanted {}  {}", lost, unwanted, page.string()));
  }
  const Score score{true_positives / (true_positives + false_positives),
                    true_positives / (true_positives + false_negatives)};
  fmt::print("{:<28} {:4} pages  precision {:.3f}  recall {:.3f}  F1 {:.3f}\n", "trafilatura", pages,
             score.precision, score.recall, score.f1());
  std::sort(errors.rbegin(), errors.rend());
  for (std::size_t i = 0; i < std::min(worst, errors.size()); ++i) fmt::print("    {}\n", errors[i].second);
}

void measure_readability(const fs::path& folder, std::size_t worst) {
  if (!fs::exists(folder)) return;
  Tally tally;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path source = entry.path() / "source.html";
    if (!fs::exists(source)) continue;
    tally.add(entry.path().filename(), compare(content_of(read_file(source)),
                                               whole_text_of(read_file(entry.path() / "expected.html"))));
  }
  tally.print("readability", worst);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t worst = 0;
  fs::path folder;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--worst" && i + 1 < argc) {
      worst = static_cast<std::size_t>(std::atoi(argv[++i]));
    } else {
      folder = argv[i];
    }
  }
  if (folder.empty()) {
    fmt::print(stderr, "usage: main-content [--worst N] FOLDER\n");
    return 2;
  }
  measure_articles(folder / "article-extraction-benchmark", worst);
  measure_segments(folder / "trafilatura", worst);
  measure_readability(folder / "readability", worst);
  return EXIT_SUCCESS;
}
