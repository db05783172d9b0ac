#include "search/topic_reader.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>

namespace carrel::search {

schema::TopicPlace TopicReader::place_of(const Xapian::Database& database,
                                         std::span<const ScoredWord> words) {
  const auto find = [&](const std::string& stem) {
    return stems_.find(stem, [&](const std::string& key) { return database.get_metadata(key); });
  };
  std::unordered_map<std::string, double> occurrences;
  for (const ScoredWord& word : words) {
    if (word.other) continue;
    for (const auto& forms : word.slots) {
      for (const std::string& form : forms) {
        const std::string& stem = words_.stem(form);
        if (stem.empty() || find(stem) == nullptr) continue;
        occurrences[stem] += word.times;
        break;  // the other forms are of the same family
      }
    }
  }
  return schema::place_of(schema::weigh_stems(occurrences, find), find);
}

std::vector<schema::TopicVector> TopicReader::read(const Xapian::Database& database,
                                                   std::span<const Xapian::docid> documents) {
  std::vector<schema::TopicVector> out(documents.size());
  std::vector<std::size_t> by_number(documents.size());
  std::iota(by_number.begin(), by_number.end(), std::size_t{0});
  std::ranges::sort(by_number, {}, [&](std::size_t i) { return documents[i]; });
  // Values lie in the order of the documents' numbers, so each block is read once.
  auto value = database.valuestream_begin(schema::kTopicSlot);
  const auto end = database.valuestream_end(schema::kTopicSlot);
  for (const std::size_t i : by_number) {
    if (value == end) break;
    value.skip_to(documents[i]);
    if (value != end && value.get_docid() == documents[i]) out[i] = schema::decode_topics(*value);
  }
  return out;
}

}  // namespace carrel::search
