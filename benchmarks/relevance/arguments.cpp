#include "benchmarks/relevance/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace carrel::relevance {
namespace {

using search::Ranking;

constexpr std::array<std::string_view, 6> kFloors = {"ndcg",   "map",        "p10",
                                                     "recall", "first-page", "any-page"};

/// A constant of the ranking by its name.
struct Knob {
  std::string_view name;
  void (*set)(Ranking&, double);
};

#define CARREL_KNOB(member)                                                                      \
  Knob {                                                                                         \
#member, [](Ranking & ranking,                                                               \
                double value) { ranking.member = static_cast<decltype(ranking.member)>(value); } \
  }

constexpr std::array kKnobs = {
    CARREL_KNOB(soft_from),     CARREL_KNOB(bm25_k1),       CARREL_KNOB(bm25_b),
    CARREL_KNOB(bm25_k3),       CARREL_KNOB(reranked),      CARREL_KNOB(reranked_short),
    CARREL_KNOB(normalisation), CARREL_KNOB(second_page),   CARREL_KNOB(third_page),
    CARREL_KNOB(typed_form),    CARREL_KNOB(whole_words),   CARREL_KNOB(first_stage),
    CARREL_KNOB(title_equal),   CARREL_KNOB(title_within),  CARREL_KNOB(latent),
    CARREL_KNOB(feedback),      CARREL_KNOB(feedback_from), CARREL_KNOB(smoothing),
    CARREL_KNOB(neighbours),
};
#undef CARREL_KNOB

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::unexpected<Error> bad(std::string message) {
  return fail(ErrorKind::usage, "relevance: " + std::move(message), "see relevance --help");
}

/// "name=number".
std::optional<std::pair<std::string, double>> pair_of(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const auto number = number_of(text.substr(std::min(equals + 1, text.size())));
  if (!number) return std::nullopt;
  return std::pair(std::string(text.substr(0, equals)), *number);
}

Result<void> set_knob(Ranking& ranking, std::string_view text) {
  const auto pair = pair_of(text);
  const auto* knob = pair ? std::ranges::find(kKnobs, pair->first, &Knob::name) : kKnobs.end();
  if (knob == kKnobs.end()) return bad(fmt::format("'{}' sets nothing", text));
  knob->set(ranking, pair->second);
  return {};
}

Result<void> set_floor(std::map<std::string, double>& floors, std::string_view text) {
  auto pair = pair_of(text);
  if (!pair || std::ranges::find(kFloors, pair->first) == kFloors.end()) {
    return bad(fmt::format("'{}' is no floor", text));
  }
  floors.insert(std::move(*pair));
  return {};
}

}  // namespace

Result<Arguments> read_arguments(int argc, char** argv) {
  Arguments out;
  const std::vector<std::string> given(argv + 1, argv + argc);
  const std::map<std::string_view, std::string*> texts = {
      {"--judgements", &out.judgements}, {"--index", &out.index},
      {"--indexes", &out.indexes},       {"--run", &out.run},
      {"--classic", &out.classic},       {"--stop-words", &out.stop_words},
      {"--language", &out.language}};
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& one = given[i];
    if (one == "--help" || one == "-h") {
      out.help = true;
      return out;
    }
    if (one == "--list") {
      out.list = true;
      continue;
    }
    if (!one.starts_with("--")) {
      out.folders.push_back(one);
      continue;
    }
    if (i + 1 == given.size()) return bad(fmt::format("{} needs a value", one));
    const std::string& value = given[++i];
    if (const auto text = texts.find(one); text != texts.end()) {
      *text->second = value;
    } else if (one == "--set" || one == "--floor") {
      auto set = one == "--set" ? set_knob(out.ranking, value) : set_floor(out.floors, value);
      if (!set) return std::unexpected(set.error());
    } else {
      return bad(fmt::format("there is no option {}", one));
    }
  }
  if (out.judgements.empty() != out.index.empty()) return bad("--judgements and --index go together");
  if (out.folders.empty() && out.judgements.empty()) return bad("name a collection, or --judgements");
  return out;
}

std::string usage() {
  std::string knobs;
  for (const Knob& knob : kKnobs) knobs += fmt::format("{}{}", knobs.empty() ? "" : " ", knob.name);
  return "Usage: relevance [options] FOLDER…\n"
         "FOLDER holds a judged collection: corpus.jsonl (_id, title, text; form feeds in the text divide "
         "pages),\n"
         "queries.jsonl (_id, text) and qrels.tsv or qrels/test.tsv. It is indexed and asked by the code of "
         "the\n"
         "programs; printed are nDCG@10, MAP, P@10 and Recall@100 as trec_eval has them, and the mean time "
         "of a\n"
         "whole answer (10 hits, 3 passages each, all facets).\n\n"
         "  --judgements FILE --index DIR  the queries of FILE (as corpus/judgements.tsv) asked of an "
         "index,\n"
         "                                 with page accuracy\n"
         "  --run FILE                     write the rankings as a TREC run\n"
         "  --indexes DIR                  keep the indexes in DIR, and take them from there when they are "
         "there\n"
         "  --language TAG                 of the collections (default: en)\n"
         "  --floor MEASURE=NUMBER         exit 1 when a collection has less: ndcg, map, p10, recall, "
         "first-page,\n"
         "                                 any-page\n"
         "  --classic STEMMER              instead of the engine, models whose figures are published: InL2, "
         "PL2, DPH,\n"
         "                                 BM25, IneB2, with a stemmer of Xapian's (porter, english)\n"
         "  --stop-words FILE              left out of documents and queries of --classic, one a line\n"
         "  --list                         each query, and each answer whose first passage is on another "
         "page\n"
         "  --set NAME=NUMBER              another constant of the ranking: " +
         knobs + "\n";
}

}  // namespace carrel::relevance
