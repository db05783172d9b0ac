// near-copies: how far the signatures of documents are apart when one is an edited copy of the other, and
// when they have nothing to do with each other.
// Usage: near-copies FOLDER
// Every readable document is edited: a share of its words is replaced by words of other documents, one at a
// time at random places. Prints the distances by share, those of all unrelated pairs, and the pairs that
// would be told as near copies.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "indexer/extract/document.h"
#include "indexer/near_duplicates.h"

namespace {

namespace fs = std::filesystem;
using namespace carrel::indexer;

struct Text {
  std::string name;
  std::vector<std::string> words;
  Signature signature;
};

std::vector<std::string> words_of(const Extraction& extraction) {
  std::vector<std::string> words;
  for (const Page& page : extraction.pages) {
    std::size_t begin = 0;
    while (begin < page.text.size()) {
      const std::size_t end = std::min(page.text.find_first_of(" \n", begin), page.text.size());
      if (end > begin) words.push_back(page.text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return words;
}

Signature signature_of(const std::vector<std::string>& words) {
  std::vector<Page> pages(1);
  for (const std::string& word : words) pages[0].text += word + " ";
  return text_signature(pages);
}

std::vector<Text> read_texts(const fs::path& folder) {
  std::vector<Text> texts;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const Answer answer = read_document(bytes, entry.path().filename().string());
    if (!answer) continue;
    Text text{
        .name = fs::relative(entry.path(), folder).string(), .words = words_of(*answer), .signature = {}};
    text.signature = signature_of(text.words);
    if (!text.signature.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

void print_row(std::string_view label, std::vector<unsigned> distances) {
  if (distances.empty()) return;
  std::ranges::sort(distances);
  const auto at = [&](double share) {
    return distances[static_cast<std::size_t>(share * static_cast<double>(distances.size() - 1))];
  };
  const auto near = std::ranges::count_if(distances, [](unsigned d) { return d <= kNearDistance; });
  fmt::print("{:26} {:>8} {:>6} {:>6} {:>6} {:>6} {:>6} {:>9.2f}%\n", label, distances.size(), at(0),
             at(0.05), at(0.5), at(0.95), at(1),
             100.0 * static_cast<double>(near) / static_cast<double>(distances.size()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: near-copies FOLDER\n");
    return 2;
  }
  const std::vector<Text> texts = read_texts(argv[1]);
  std::mt19937_64 random(20260101);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  fmt::print("{:26} {:>8} {:>6} {:>6} {:>6} {:>6} {:>6} {:>10}\n", "", "pairs", "least", "5 %", "median",
             "95 %", "most", "told");
  for (const double share : {0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.4}) {
    std::vector<unsigned> distances;
    for (const Text& text : texts) {
      std::vector<std::string> edited = text.words;
      const auto edits =
          std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(edited.size())));
      for (std::size_t i = 0; i < edits; ++i) {
        const Text& other = texts[below(texts.size())];
        edited[below(edited.size())] = other.words[below(other.words.size())];
      }
      distances.push_back(distance(text.signature, signature_of(edited)));
    }
    print_row(fmt::format("{:g} % of words replaced", share * 100), std::move(distances));
  }
  std::vector<unsigned> all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t k = i + 1; k < texts.size(); ++k) {
      all.push_back(distance(texts[i].signature, texts[k].signature));
      if (all.back() <= kNearDistance)
        fmt::print("near: {} {} {}\n", all.back(), texts[i].name, texts[k].name);
    }
  }
  print_row("different documents", std::move(all));
  return 0;
}
