#include "benchmarks/relevance/classic.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <xapian.h>

#include "search/ine_b2.h"
#include "search/schema/tokenizer.h"

namespace carrel::relevance {
namespace {

/// Cuts texts into stems without stop words.
class Stems {
 public:
  Stems(std::string_view stemmer, const std::vector<std::string>& stop_words)
      : stem_(std::string(stemmer)), stop_words_(stop_words.begin(), stop_words.end()) {}

  template <typename Take>
  void each(std::string_view text, Take&& take) {
    schema::for_each_token(text, [&](const schema::Token& token) {
      const std::string word(token.folded);
      if (stop_words_.contains(word)) return;
      auto known = remembered_.find(word);
      if (known == remembered_.end()) known = remembered_.emplace(word, stem_(word)).first;
      if (!known->second.empty()) take(known->second);
    });
  }

 private:
  Xapian::Stem stem_;
  std::unordered_set<std::string> stop_words_;
  std::unordered_map<std::string, std::string> remembered_;
};

using Query = std::map<std::string, Xapian::termcount>;
using Ranking = std::vector<std::string>;

class Collection {
 public:
  Collection(const std::vector<CollectionDocument>& documents, Stems& stems) : documents_(documents) {
    for (const CollectionDocument& document : documents) {
      Xapian::Document out;
      const auto post = [&](const std::string& stem) { out.add_term(stem); };
      stems.each(document.title, post);
      for (const std::string& page : document.pages) stems.each(page, post);
      database_.add_document(out);
    }
  }

  Ranking by_xapian(const Query& words, const Xapian::Weight& weight) const {
    std::vector<Xapian::Query> parts;
    for (const auto& [stem, times] : words) parts.emplace_back(stem, times);
    Xapian::Enquire enquire(database_);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end()));
    enquire.set_weighting_scheme(weight);
    const Xapian::MSet found = enquire.get_mset(0, kDepth);
    Ranking ranking;
    for (auto it = found.begin(); it != found.end(); ++it) ranking.push_back(documents_[*it - 1].id);
    return ranking;
  }

  /// By the formula of the second stage.
  Ranking by_ine_b2(const Query& words, double c) const {
    std::vector<double> scores(documents_.size(), 0);
    for (const auto& [stem, times] : words) {
      const search::IneB2 model({.frequency = static_cast<double>(database_.get_collection_freq(stem)),
                                 .units_with = static_cast<double>(database_.get_termfreq(stem)),
                                 .units = static_cast<double>(database_.get_doccount())});
      for (auto it = database_.postlist_begin(stem); it != database_.postlist_end(stem); ++it) {
        const double normal = search::length_normal(c, database_.get_avlength(), it.get_doclength());
        scores[*it - 1] += times * model.score(it.get_wdf() * normal);
      }
    }
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (scores[i] > 0) order.emplace_back(-scores[i], i);
    }
    std::ranges::sort(order);
    Ranking ranking;
    for (std::size_t i = 0; i < std::min(order.size(), kDepth); ++i) {
      ranking.push_back(documents_[order[i].second].id);
    }
    return ranking;
  }

 private:
  const std::vector<CollectionDocument>& documents_;
  Xapian::WritableDatabase database_{std::string(), Xapian::DB_BACKEND_INMEMORY};
};

}  // namespace

std::vector<ClassicRow> classic_models(const std::vector<CollectionDocument>& documents,
                                       const std::vector<Judged>& queries, std::string_view stemmer,
                                       const std::vector<std::string>& stop_words) {
  Stems stems(stemmer, stop_words);
  const Collection collection(documents, stems);
  const Xapian::InL2Weight in_l2(1.0);
  const Xapian::PL2Weight pl2(1.0);
  const Xapian::DPHWeight dph;
  const Xapian::BM25Weight bm25(0.9, 0, 1000, 0.4, 0.01);
  const Xapian::IneB2Weight ine_b2(0.75);
  const std::vector<std::pair<std::string, std::function<Ranking(const Query&)>>> models = {
      {"InL2 c 1", [&](const Query& query) { return collection.by_xapian(query, in_l2); }},
      {"PL2 c 1", [&](const Query& query) { return collection.by_xapian(query, pl2); }},
      {"DPH", [&](const Query& query) { return collection.by_xapian(query, dph); }},
      {"BM25 .9 .4", [&](const Query& query) { return collection.by_xapian(query, bm25); }},
      {"IneB2 c .75, Xapian", [&](const Query& query) { return collection.by_xapian(query, ine_b2); }},
      {"IneB2 c .75", [&](const Query& query) { return collection.by_ine_b2(query, 0.75); }}};
  std::vector<ClassicRow> rows;
  for (const auto& [name, rank] : models) {
    ClassicRow row{.model = name, .mean = {}};
    double count = 0;
    for (const Judged& judged : queries) {
      if (!has_relevant(judged.grades)) continue;
      Query query;
      stems.each(judged.text, [&](const std::string& stem) { ++query[stem]; });
      row.mean += measure(rank(query), judged.grades);
      ++count;
    }
    row.mean = row.mean / std::max(count, 1.0);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace carrel::relevance
