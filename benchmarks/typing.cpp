// What typing costs: completions and corrections on an index, or on a library of invented titles of any size.
//   typing INDEX          the index of a real library
//   typing --made N       N resources with titles of invented words, in a temporary folder
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "indexer/index_writer.h"
#include "search/searcher.h"
#include "tests/temporary_folder.h"

namespace {

using namespace carrel;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point since) {
  return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

void report(std::string_view what, std::vector<double> times) {
  std::ranges::sort(times);
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  fmt::print("{:28} {:6} questions, median {:.3f} ms, 95 % {:.3f} ms, most {:.3f} ms\n", what, times.size(),
             at(0.5), at(0.95), times.back());
}

/// Words whose frequencies fall as those of a language do.
class Words {
 public:
  explicit Words(std::mt19937& random) : random_(random) {
    for (int i = 0; i < 30'000; ++i) {
      std::string word;
      for (unsigned n = 2 + random_() % 3; n > 0; --n) {
        word += "bcdfghjklmnprstv"[random_() % 16];
        word += "aeiou"[random_() % 5];
        if (random_() % 3 == 0) word += "lnrst"[random_() % 5];
      }
      words_.push_back(std::move(word));
    }
  }

  const std::string& any() {
    const double share = std::uniform_real_distribution<double>(0, 1)(random_);
    return words_[static_cast<std::size_t>(share * share * share * static_cast<double>(words_.size() - 1))];
  }

 private:
  std::mt19937& random_;
  std::vector<std::string> words_;
};

bool make_library(const std::filesystem::path& folder, int size) {
  std::mt19937 random(1);
  Words words(random);
  auto writer = indexer::IndexWriter::open(folder);
  if (!writer) return false;
  for (int i = 0; i < size; ++i) {
    indexer::Resource made;
    std::string title;
    for (unsigned n = 4 + random() % 7; n > 0; --n) title += (title.empty() ? "" : " ") + words.any();
    made.record.add(schema::FieldId::id, fmt::format("r{}", i));
    made.record.add(schema::FieldId::title, title);
    made.record.add(schema::FieldId::language, "en");
    made.record.add(schema::FieldId::topic, words.any() + " " + words.any().substr(0, 3));
    if (!writer->put(made)) return false;
    if (writer->commit_is_due() && !writer->commit("made")) return false;
  }
  return writer->commit("made").has_value();
}

/// What people have typed on the way to each title: beginnings, inner words, slips.
std::vector<std::string> typed(search::Searcher& searcher) {
  std::vector<std::string> out;
  search::Request all{.limit = 200, .facets = std::vector<schema::FieldId>{}, .passages = 0};
  const auto answer = searcher.search(all);
  if (!answer) return out;
  std::mt19937 random(2);
  for (const search::Hit& hit : answer->hits) {
    const std::string& title = hit.resource.title;
    for (const std::size_t length : {1UL, 2UL, 4UL, 7UL, 12UL, 20UL}) out.push_back(title.substr(0, length));
    const std::size_t blank = title.find(' ');
    if (blank != std::string::npos) out.push_back(title.substr(blank + 1, 6));
    std::string slip = title.substr(0, 14);
    std::swap(slip[slip.size() / 2], slip[slip.size() / 2 - (slip.size() > 1 ? 1 : 0)]);
    out.push_back(std::move(slip));
  }
  return out;
}

int measure(const std::string& index) {
  auto searcher = search::Searcher::open(index);
  if (!searcher) return fmt::print(stderr, "{}\n", to_line(searcher.error())), 2;
  const auto first = Clock::now();
  (void)searcher->suggest("a", 5);
  fmt::print("{} resources; the first completion of a revision took {:.1f} ms\n", searcher->size(),
             milliseconds(first));
  std::vector<double> completions, corrections;
  const auto questions = typed(*searcher);
  for (const std::string& question : questions) {
    const auto start = Clock::now();
    if (!searcher->suggest(question, 5)) return 2;
    completions.push_back(milliseconds(start));
  }
  report("completions", completions);
  (void)searcher->search({.q = "zzzyzzzy"});
  for (std::size_t i = 0; i < questions.size(); i += 8) {
    std::string word = questions[i + 4].substr(0, questions[i + 4].find(' '));
    word.insert(word.size() / 2, "x");
    const auto start = Clock::now();
    const search::Request request{
        .q = word, .limit = 1, .facets = std::vector<schema::FieldId>{}, .passages = 0};
    if (!searcher->search(request)) return 2;
    corrections.push_back(milliseconds(start));
  }
  report("searches of misspelt words", corrections);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--made") {
    const tests::TemporaryFolder folder;
    const std::string index = (folder.path() / "index").string();
    if (!make_library(index, std::atoi(argv[2]))) return 2;
    return measure(index);
  }
  if (argc != 2) {
    fmt::print(stderr, "usage: typing INDEX | typing --made N\n");
    return 2;
  }
  return measure(argv[1]);
}
