#include "indexer/topic_space.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <xxhash.h>

#include "indexer/parallel.h"
#include "indexer/randomised_svd.h"
#include "search/schema/fields.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

/// Resources that the topics are found from. From a sample of 2,000, 4,000 and all 11,429 of a collection
/// nDCG@10 differs by .003.
constexpr std::uint64_t kSampled = 8'000;
/// Stems that are placed; of more, those that most resources have.
constexpr std::size_t kMostPlaced = 30'000;

/// A stem of one database, by number, with how often a resource has it or what it tells of it.
using Numbered = schema::Weighed<std::uint32_t>;

/// The sample of one database. Stems are numbered in each for itself.
struct Part {
  struct Resource {
    std::string id_term;
    Xapian::docid document = 0;
    std::vector<Numbered> stems;  ///< how often; then columns and weights, heaviest first
  };
  std::vector<std::string> stems;
  std::vector<Resource> resources;
};

std::string id_term_of(const Xapian::Database& database, Xapian::docid document) {
  Xapian::TermIterator it = database.termlist_begin(document);
  const std::string prefix(schema::field(schema::FieldId::id).term_prefix);
  it.skip_to(prefix);
  return it != database.termlist_end(document) && (*it).starts_with(prefix) ? *it : std::string();
}

/// True for one of `step` resources, whatever database it is in.
bool in_sample(const std::string& id_term, std::uint64_t step) {
  return step <= 1 || XXH3_64bits(id_term.data(), id_term.size()) % step == 0;
}

/// Calls `take` with each word of a document and how often it occurs.
template <typename Take>
void for_each_word(Xapian::TermIterator begin, const Xapian::TermIterator& end, Take&& take) {
  // Words as they are indexed do not begin with a capital of ASCII; what comes before them are terms of
  // fields.
  for (begin.skip_to("a"); begin != end; ++begin) take(*begin, begin.get_wdf());
}

/// The numbers of the documents of a database.
std::vector<Xapian::docid> documents_of(const Xapian::Database& database) {
  return {database.postlist_begin(""), database.postlist_end("")};
}

/// Sums what has the same number.
void merge_equal(std::vector<Numbered>& stems) {
  std::ranges::sort(stems, {}, &Numbered::stem);
  std::size_t kept = 0;
  for (const Numbered one : stems) {
    if (kept > 0 && stems[kept - 1].stem == one.stem) {
      stems[kept - 1].weight += one.weight;
    } else {
      stems[kept++] = one;
    }
  }
  stems.resize(kept);
}

/// Reads how often documents have each stem, by number.
class StemReader {
 public:
  /// Passed over.
  static constexpr auto kNone = static_cast<std::uint32_t>(-1);

  /// `number_of` says which number a stem has, or kNone; it is asked once for each word.
  explicit StemReader(std::function<std::uint32_t(const std::string& stem)> number_of)
      : number_of_(std::move(number_of)) {}

  std::vector<Numbered> read(const Xapian::Database& database, Xapian::docid document) {
    if (by_word_.size() >= kMostKnown) by_word_.clear();
    std::vector<Numbered> stems;
    for_each_word(database.termlist_begin(document), database.termlist_end(document),
                  [&](const std::string& word, Xapian::termcount times) {
                    const auto [known, is_new] = by_word_.emplace(word, kNone);
                    if (is_new) {
                      const std::string& stem = words_.stem(word);
                      if (!stem.empty()) known->second = number_of_(stem);
                    }
                    if (known->second != kNone) stems.push_back({known->second, static_cast<float>(times)});
                  });
    merge_equal(stems);
    return stems;
  }

 private:
  static constexpr std::size_t kMostKnown = 200'000;

  std::function<std::uint32_t(const std::string&)> number_of_;
  schema::TopicWords words_;
  std::unordered_map<std::string, std::uint32_t> by_word_;
};

Part read_sample(const fs::path& path, std::uint64_t step) {
  const Xapian::Database database(path.string());
  Part part;
  std::unordered_map<std::string, std::uint32_t> numbers;
  StemReader reader([&](const std::string& stem) {
    const auto [known, is_new] = numbers.emplace(stem, static_cast<std::uint32_t>(part.stems.size()));
    if (is_new) part.stems.push_back(stem);
    return known->second;
  });
  for (const Xapian::docid document : documents_of(database)) {
    std::string id_term = id_term_of(database, document);
    if (!in_sample(id_term, step)) continue;
    part.resources.push_back({std::move(id_term), document, reader.read(database, document)});
  }
  return part;
}

/// How many resources of the sample have each stem.
std::unordered_map<std::string, std::uint32_t> count_resources(const std::vector<Part>& parts) {
  std::unordered_map<std::string, std::uint32_t> counts;
  for (const Part& part : parts) {
    std::vector<std::uint32_t> of_part(part.stems.size(), 0);
    for (const Part::Resource& resource : part.resources) {
      for (const Numbered& one : resource.stems) ++of_part[one.stem];
    }
    for (std::size_t i = 0; i < of_part.size(); ++i) counts[part.stems[i]] += of_part[i];
  }
  return counts;
}

/// Stems of several resources, those that most have first, then by name; at most kMostPlaced.
std::vector<std::pair<std::uint32_t, std::string>> common_stems(const std::vector<Part>& parts) {
  std::vector<std::pair<std::uint32_t, std::string>> stems;
  for (const auto& [stem, resources] : count_resources(parts)) {
    if (resources > 1) stems.emplace_back(resources, stem);
  }
  std::ranges::sort(stems, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (stems.size() > kMostPlaced) stems.resize(kMostPlaced);
  return stems;
}

/// Where the stems of a collection lie.
class TopicSpace {
 public:
  /// Of the sample in `parts`, whose resources get columns and weights for how often they have each stem.
  explicit TopicSpace(std::vector<Part>& parts) {
    std::size_t sampled = 0;
    for (const Part& part : parts) sampled += part.resources.size();
    for (auto& [with, stem] : common_stems(parts)) {
      const float rarity = std::log(static_cast<float>(sampled) / static_cast<float>(with));
      if (rarity <= 0) continue;
      columns_.emplace(stem, static_cast<std::uint32_t>(stems_.size()));
      names_.push_back(std::move(stem));
      stems_.push_back({.rarity = rarity, .place = {}});
    }
    for (Part& part : parts) {
      std::vector<std::uint32_t> columns;
      for (const std::string& stem : part.stems) columns.push_back(column(stem));
      for (Part::Resource& resource : part.resources) {
        for (Numbered& one : resource.stems) one.stem = columns[one.stem];
        resource.stems = weigh(resource.stems);
      }
    }

    // In an order that does not hang on which thread has written which resource.
    std::vector<const Part::Resource*> rows;
    for (const Part& part : parts) {
      for (const Part::Resource& resource : part.resources) rows.push_back(&resource);
    }
    std::ranges::sort(rows, {}, &Part::Resource::id_term);
    std::vector<SparseRow> matrix;
    for (const Part::Resource* row : rows) {
      auto& sparse = matrix.emplace_back();
      for (const Numbered& one : row->stems) sparse.emplace_back(one.stem, one.weight);
    }
    auto vectors = right_singular_vectors(matrix, stems_.size(), schema::kTopicDimensions);
    for (std::size_t i = 0; i < stems_.size(); ++i) stems_[i].place = std::move(vectors[i]);
  }

  /// StemReader::kNone when the stem is not known.
  std::uint32_t column(const std::string& stem) const {
    const auto found = columns_.find(stem);
    return found == columns_.end() ? StemReader::kNone : found->second;
  }

  /// Columns with weights, heaviest first, of columns with how often a resource has their stems.
  std::vector<Numbered> weigh(const std::vector<Numbered>& occurrences) const {
    std::vector<Numbered> weighed;
    for (const auto& [column, times] : occurrences) {
      if (column != StemReader::kNone) {
        weighed.push_back({column, schema::weight_of(times, stems_[column].rarity)});
      }
    }
    schema::keep_heaviest(weighed);
    return weighed;
  }

  schema::TopicVector topics_of(const std::vector<Numbered>& weighed) const {
    schema::TopicVector topics;
    for (const Numbered& one : weighed) {
      schema::add_scaled(topics.place, stems_[one.stem].place, one.weight);
      schema::add_word(topics, names_[one.stem], one.weight);
    }
    schema::normalise(topics.place);
    return topics;
  }

  std::vector<std::pair<std::string, std::string>> metadata() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < stems_.size(); ++i) {
      out.emplace_back(schema::topic_stem_key(names_[i]), schema::encode_topic_stem(stems_[i]));
    }
    std::ranges::sort(out);
    return out;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> columns_;
  std::vector<std::string> names_;        // by column
  std::vector<schema::TopicStem> stems_;  // by column
};

/// Stores in each resource of a database what it is about; `part` is its sample.
void place_resources(const fs::path& path, const Part& part, const TopicSpace& space) {
  Xapian::WritableDatabase database(path.string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
  StemReader reader([&](const std::string& stem) { return space.column(stem); });
  auto sampled = part.resources.begin();
  for (const Xapian::docid number : documents_of(database)) {
    const bool known = sampled != part.resources.end() && sampled->document == number;
    const auto topics =
        space.topics_of(known ? (sampled++)->stems : space.weigh(reader.read(database, number)));
    Xapian::Document document = database.get_document(number);
    document.add_value(schema::kTopicSlot, schema::encode_topics(topics));
    database.replace_document(number, document);
  }
  database.commit();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> add_topics(const std::vector<fs::path>& databases,
                                                            unsigned threads) {
  std::uint64_t resources = 0;
  for (const fs::path& path : databases) resources += Xapian::Database(path.string()).get_doccount();
  const std::uint64_t step = (resources + kSampled - 1) / kSampled;
  std::vector<Part> parts(databases.size());
  for_each_in_parallel(databases.size(), threads,
                       [&](std::size_t i) { parts[i] = read_sample(databases[i], step); });
  const TopicSpace space(parts);
  for_each_in_parallel(databases.size(), threads,
                       [&](std::size_t i) { place_resources(databases[i], parts[i], space); });
  return space.metadata();
}

std::unordered_map<std::string, double> stem_occurrences(Xapian::TermIterator begin, Xapian::TermIterator end,
                                                         schema::TopicWords& words) {
  std::unordered_map<std::string, double> out;
  for_each_word(std::move(begin), end, [&](const std::string& word, Xapian::termcount times) {
    if (const std::string& stem = words.stem(word); !stem.empty()) out[stem] += times;
  });
  return out;
}

}  // namespace carrel::indexer
