// The functions that indexing and answering spend their time in, each alone, with Google Benchmark.
//   hot-functions [--benchmark_filter=REGEX] [--benchmark_format=json]
// Texts are made up with a fixed seed; bytes a second are of UTF-8.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <xapian.h>

#include "benchmarks/side_by_side/made_words.h"
#include "benchmarks/side_by_side/timings.h"
#include "indexer/document.h"
#include "search/facet_columns.h"
#include "search/facet_counter.h"
#include "search/json.h"
#include "search/rule_book.h"
#include "search/schema/fields.h"
#include "search/schema/stemming.h"
#include "search/schema/tokenizer.h"
#include "search/snippet.h"
#include "search/text_matches.h"

namespace {

using namespace carrel;
using benchmarks::MadeVocabulary;
using benchmarks::SeededNumbers;
using schema::FieldId;

constexpr std::size_t kVocabulary = 20'000;
constexpr std::size_t kDocuments = 20'000;
constexpr std::array kFacets = {FieldId::type, FieldId::topic, FieldId::audience, FieldId::jurisdiction,
                                FieldId::publisher};

struct Words {
  SeededNumbers numbers{7};
  MadeVocabulary vocabulary{numbers, kVocabulary};

  std::string text(std::size_t words) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) {
      if (i > 0) out += i % 14 == 0 ? ". " : " ";
      out += vocabulary.running_word(numbers);
    }
    return out;
  }
};

Words& words() {
  static Words made;
  return made;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void tokenize_plain_text(benchmark::State& state) {
  const std::string text = words().text(1000);
  for ([[maybe_unused]] auto _ : state) {
    std::size_t letters = 0;
    schema::for_each_token(text, [&](const schema::Token& token) { letters += token.folded.size(); });
    benchmark::DoNotOptimize(letters);
  }
  count_bytes(state, text.size());
}
BENCHMARK(tokenize_plain_text);

/// Which rules a short search calls, by a book in the languages of help cards; each error of the server asks.
void rules_called(benchmark::State& state) {
  schema::Rules rules;
  rules.help = {{.id = "hotline", .title = {{{"en", "Help"}, {"es", "Ayuda"}, {"fr", "Aide"}}}, .words = {"need to leave", "ayuda"}},
                {.id = "shelter", .title = {{{"en", "Shelter"}}}, .words = {"a bed for tonight"}, .always = true}};
  const std::vector<std::string> languages = {"en", "es", "fr"};
  const search::RuleBook book(rules, languages);
  for ([[maybe_unused]] auto _ : state) {
    auto called = book.called_by("I need to leave my employer tonight", "2026-11-25");
    benchmark::DoNotOptimize(called);
  }
}
BENCHMARK(rules_called);

void tokenize_accented_text(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += words().text(5) + " línea telefónica “niñas” víctimas’ año déjà ";
  for ([[maybe_unused]] auto _ : state) {
    std::size_t letters = 0;
    schema::for_each_token(text, [&](const schema::Token& token) { letters += token.folded.size(); });
    benchmark::DoNotOptimize(letters);
  }
  count_bytes(state, text.size());
}
BENCHMARK(tokenize_accented_text);

void stem_new_words(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    schema::Stemmer stemmer("en");
    for (std::size_t i = 0; i < 1000; ++i)
      benchmark::DoNotOptimize(stemmer.key(words().vocabulary.at(i)).data());
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(stem_new_words);

void stem_remembered_words(benchmark::State& state) {
  schema::Stemmer stemmer("en");
  for ([[maybe_unused]] auto _ : state) {
    for (std::size_t i = 0; i < 1000; ++i)
      benchmark::DoNotOptimize(stemmer.key(words().vocabulary.at(i)).data());
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(stem_remembered_words);

void build_document(benchmark::State& state) {
  indexer::Resource resource;
  resource.record.set(FieldId::id, "one");
  resource.record.set(FieldId::title, words().text(6));
  resource.record.set(FieldId::language, "en");
  std::size_t bytes = 0;
  for (int page = 0; page < 10; ++page) {
    resource.pages.emplace_back().text = words().text(400);
    bytes += resource.pages.back().text.size();
  }
  indexer::DocumentBuilder builder;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(builder.build(resource).text_bytes);
  count_bytes(state, bytes);
}
BENCHMARK(build_document)->Unit(benchmark::kMicrosecond);

/// A page of 500 words and a query of two words on it.
struct Page {
  std::string text = words().text(500);
  std::vector<search::Target> targets{{.slots = {{words().vocabulary.at(3)}}},
                                      {.slots = {{words().vocabulary.at(9)}}}};
  std::vector<double> weights{1.0, 2.0};
};

void find_words_in_page(benchmark::State& state) {
  const Page page;
  const search::TextMatcher matcher(page.targets);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(matcher.find(page.text).size());
  count_bytes(state, page.text.size());
}
BENCHMARK(find_words_in_page)->Unit(benchmark::kMicrosecond);

void cut_snippet(benchmark::State& state) {
  const Page page;
  const auto matches = search::TextMatcher(page.targets).find(page.text);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(search::cut_snippet(page.text, matches, page.weights).text.data());
  }
  state.counters["matches"] = static_cast<double>(matches.size());
}
BENCHMARK(cut_snippet)->Unit(benchmark::kMicrosecond);

search::Answer whole_answer() {
  search::Answer answer;
  answer.query.q = "labor trafficking";
  answer.total = 1234;
  for (int i = 0; i < 10; ++i) {
    search::Hit& hit = answer.hits.emplace_back();
    hit.resource.id = fmt::format("resource-{}", i);
    hit.resource.title = words().text(8);
    hit.resource.description = words().text(25);
    hit.resource.url = "https://library.example/reports/one.pdf";
    hit.resource.topic = {"housing", "legal services"};
    for (int p = 0; p < 3; ++p) {
      search::Passage& passage = hit.passages.emplace_back();
      passage.page = 3;
      passage.text = words().text(35) + " “año”\n";
      passage.marks = {{5, 12}, {40, 51}};
      passage.url = hit.resource.url + "#page=3";
    }
  }
  for (const FieldId field : kFacets) {
    search::Facet& facet = answer.facets.emplace_back();
    facet.field = field;
    for (std::uint64_t i = 0; i < 20; ++i)
      facet.values.push_back({words().text(2), words().text(2), 100 - i, false});
  }
  return answer;
}

void write_json(benchmark::State& state) {
  const search::Answer answer = whole_answer();
  std::size_t bytes = 0;
  for ([[maybe_unused]] auto _ : state) {
    const std::string json = search::to_json(answer);
    bytes = json.size();
    benchmark::DoNotOptimize(json.data());
  }
  count_bytes(state, bytes);
}
BENCHMARK(write_json)->Unit(benchmark::kMicrosecond);

/// Documents with values of five facets, in memory.
Xapian::WritableDatabase faceted_database() {
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  for (std::size_t i = 0; i < kDocuments; ++i) {
    Xapian::Document document;
    document.add_boolean_term("all");
    for (const FieldId field : kFacets) {
      document.add_value(schema::field(field).slot, fmt::format("value {}", words().numbers.below(20)));
    }
    database.add_document(document);
  }
  return database;
}

/// One pass over all documents; with the argument 0 nothing is counted, so the difference is what facets
/// cost.
void count_facets(benchmark::State& state) {
  const Xapian::WritableDatabase database = faceted_database();
  const auto columns = search::FacetColumns::load(database);
  std::vector<const search::FacetColumn*> counted;
  for (const FieldId field : kFacets) {
    if (counted.size() < static_cast<std::size_t>(state.range(0))) counted.push_back(columns.find(field));
  }
  for ([[maybe_unused]] auto _ : state) {
    const search::FacetCounter counter(counted, {});
    Xapian::Enquire enquire(database);
    enquire.set_query(Xapian::Query("all"));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.get_mset(0, 0, database.get_doccount(), nullptr, &counter);
    benchmark::DoNotOptimize(counter.total());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(kDocuments));
}
BENCHMARK(count_facets)->Arg(0)->Arg(5)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  if (benchmarks::refuse_debug_build("hot-functions")) return 2;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
