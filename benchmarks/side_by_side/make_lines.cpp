// make-lines RESOURCES FOLDER [SEED]: makes up a library of any size and queries for it, the same for the
// same seed, in FOLDER:
//   lines.jsonl            the resources as ready text (see ready_text.h): 60 to 180 words each, values of
//   five facets changes.jsonl          ten of them with other text queries-same.txt       queries that match
//   about as many resources whatever the size of the library queries-growing.txt    queries of frequent
//   words, whose matches grow with the library
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/side_by_side/made_words.h"

namespace {

using carrel::benchmarks::made_word;
using carrel::benchmarks::MadeVocabulary;
using carrel::benchmarks::SeededNumbers;

constexpr std::size_t kVocabulary = 60'000;
/// Pairs of words that are planted side by side, each pair in kPlanted resources, if there are so many.
constexpr std::size_t kPairs = 60;
constexpr std::size_t kPlanted = 100;
constexpr std::size_t kChanges = 10;

class MadeLibrary {
 public:
  MadeLibrary(std::uint64_t size, std::uint64_t seed)
      : size_(size), numbers_(seed), vocabulary_(numbers_, kVocabulary) {
    // Words of six syllables meet none of the vocabulary.
    for (std::size_t i = 0; i < kPairs; ++i)
      pairs_.push_back({made_word(numbers_, 6), made_word(numbers_, 6)});
    for (std::size_t i = 0; i < 40; ++i) publishers_.push_back(words(2));
    for (std::size_t i = 0; i < 30; ++i) topics_.push_back(words(2));
  }

  std::string line(std::uint64_t number) {
    std::string text = words(60 + numbers_.below(121));
    for (std::size_t pair = 0; pair < kPairs; ++pair) {
      if (holds(number, pair)) text += " " + pairs_[pair].first + " " + pairs_[pair].second + " " + words(3);
    }
    static constexpr const char* kTypes[] = {"report", "toolkit", "fact sheet", "training", "video", "guide"};
    static constexpr const char* kAudiences[] = {"survivors", "advocates", "law enforcement", "schools",
                                                 "courts"};
    return fmt::format(
        R"({{"id":"r{0}","url":"https://library.example/r{0}","title":"{1}","type":"{2}","topic":["{3}","{4}"],)"
        R"("audience":"{5}","jurisdiction":"state {6}","language":"en","publisher":"{7}","date":"{8}","text":"{9}"}})",
        number, words(4 + numbers_.below(5)), kTypes[numbers_.below(6)], topics_[numbers_.below(15)],
        topics_[15 + numbers_.below(15)], kAudiences[numbers_.below(5)], numbers_.below(12),
        publishers_[numbers_.below(publishers_.size())], 2000 + numbers_.below(25), text);
  }

  std::vector<std::string> queries_with_same_matches() {
    std::vector<std::string> queries;
    for (const auto& [first, second] : pairs_) {
      queries.push_back(first);
      queries.push_back(first + " " + second);
      queries.push_back(second + " " + vocabulary_.at(5 + numbers_.below(45)));
    }
    return queries;
  }

  std::vector<std::string> queries_with_growing_matches() {
    std::vector<std::string> queries;
    for (std::size_t i = 0; i < 3 * kPairs; ++i) {
      std::string query = vocabulary_.at(20 + numbers_.below(500));
      for (std::size_t more = i % 3; more > 0; --more)
        query += " " + vocabulary_.at(20 + numbers_.below(500));
      queries.push_back(std::move(query));
    }
    return queries;
  }

 private:
  /// The resources of a pair stand at even distances, each pair's begin elsewhere.
  bool holds(std::uint64_t number, std::size_t pair) const {
    const std::uint64_t distance = std::max<std::uint64_t>(1, size_ / kPlanted);
    const std::uint64_t first = pair * 7919 % distance;
    return number >= first && (number - first) % distance == 0 && (number - first) / distance < kPlanted;
  }

  std::string words(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) text += i % 12 == 0 ? ". " : " ";
      text += vocabulary_.running_word(numbers_);
    }
    return text;
  }

  std::uint64_t size_;
  SeededNumbers numbers_;
  MadeVocabulary vocabulary_;
  std::vector<std::pair<std::string, std::string>> pairs_;
  std::vector<std::string> publishers_;
  std::vector<std::string> topics_;
};

void write(const std::filesystem::path& file, const std::vector<std::string>& lines) {
  std::ofstream out(file);
  for (const std::string& line : lines) out << line << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t size = argc > 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
  if (size == 0 || argc > 4) {
    fmt::print(stderr, "usage: make-lines RESOURCES FOLDER [SEED]\n");
    return 2;
  }
  const std::filesystem::path folder = argv[2];
  MadeLibrary library(size, argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  std::filesystem::create_directories(folder);
  {
    std::ofstream out(folder / "lines.jsonl");
    for (std::uint64_t i = 0; i < size; ++i) out << library.line(i) << '\n';
    if (!out.flush()) {
      fmt::print(stderr, "make-lines: cannot write {}\n", (folder / "lines.jsonl").string());
      return 1;
    }
  }
  std::vector<std::string> changes;
  for (std::uint64_t i = 0; i < kChanges; ++i) changes.push_back(library.line(i * size / kChanges));
  write(folder / "changes.jsonl", changes);
  write(folder / "queries-same.txt", library.queries_with_same_matches());
  write(folder / "queries-growing.txt", library.queries_with_growing_matches());
  return 0;
}
