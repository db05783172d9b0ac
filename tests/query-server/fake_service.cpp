#include "tests/query-server/fake_service.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace carrel::query_server::testing {
namespace {

using schema::FieldId;

search::Hit report() {
  search::Hit hit;
  hit.resource = {.id = "reports/housing.pdf",
                  .url = "https://library.example/reports/housing.pdf",
                  .title = "Safe Housing for Survivors <script>alert(1)</script>",
                  .type = "report",
                  .date = "2020-04-28",
                  .language = "en",
                  .format = "pdf",
                  .publisher = "Office for Victims of Crime",
                  .topic = {"housing"},
                  .pages = 40,
                  .bytes = 2'140'000};
  hit.passages = {{.page = 12,
                   .label = "8",
                   .heading = "Eligibility",
                   .text = "Emergency housing is open to <b>every</b> survivor.",
                   .marks = {{10, 17}},
                   .url = "https://library.example/reports/housing.pdf#page=12"},
                  {.page = 3, .text = "Housing first.", .marks = {{0, 7}}, .url = "#page=3"}};
  hit.translations = {{"reports/housing-es.pdf", "es", "https://library.example/reports/housing-es.pdf"}};
  hit.editions = {{"reports/housing-2015.pdf", "2015", ""}};
  return hit;
}

search::Hit guide() {
  search::Hit hit;
  hit.resource = {.id = "guias/vivienda.html",
                  .url = "javascript:alert(1)",
                  .title = "Guía de vivienda",
                  .description = "Cómo encontrar vivienda segura.",
                  .type = "guide",
                  .date = "2019-06",
                  .language = "es",
                  .format = "html"};
  return hit;
}

search::Hit training() {
  search::Hit hit;
  hit.resource = {.id = "training/module-1.vtt",
                  .url = "/documents/training/module-1.vtt",
                  .title = "Module 1: Understanding Human Trafficking",
                  .type = "video",
                  .language = "en",
                  .format = "transcript"};
  hit.passages = {{.page = 4,
                   .seconds = 754.0,
                   .text = "Where people live",
                   .url = "/documents/training/module-1.vtt#t=754"}};
  return hit;
}

class FakeService : public SearchService {
 public:
  explicit FakeService(std::shared_ptr<FakeLibrary> library) : library_(std::move(library)) {
    ++library_->services;
  }

  Result<search::Answer> search(const search::Request& request) override {
    ++library_->searches;
    while (library_->hold) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (library_->broken) throw std::runtime_error("broken by " + request.q);
    if (library_->missing) return fail(ErrorKind::not_an_index, "There is no index in /secret/place");
    search::Answer answer = sample_answer();
    answer.revision = std::to_string(library_->revision);
    answer.query.q = request.q;
    answer.query.parsed = request.q;
    answer.offset = request.offset;
    answer.limit = request.limit;
    answer.total_exact = !library_->partial;
    if (request.q == "nothing") {
      answer.hits.clear();
      answer.total = 0;
    }
    if (request.facets) {
      std::erase_if(answer.facets, [&](const search::Facet& facet) {
        return std::ranges::find(*request.facets, facet.field) == request.facets->end();
      });
    }
    for (const search::Selection& selection : request.selections) {
      for (search::Facet& facet : answer.facets) {
        for (search::FacetValue& value : facet.values) {
          for (const std::string& chosen : selection.values) {
            value.selected = value.selected || (facet.field == selection.field && value.value == chosen);
          }
        }
      }
    }
    if (answer.total > request.offset + answer.hits.size())
      answer.next_offset = request.offset + request.limit;
    return answer;
  }

  Result<std::vector<search::Suggestion>> suggest(std::string_view typed, std::size_t limit) override {
    std::vector<search::Suggestion> all = {{std::string(typed) + "ing", "word", 3}, {"housing", "topic", 9}};
    if (all.size() > limit) all.resize(limit);
    return all;
  }

  Result<search::Hit> resource(std::string_view id) override {
    if (id != "reports/a b.pdf" && id != "reports/odd/pages/3")
      return fail(ErrorKind::not_found, "There is no such resource");
    search::Hit hit;
    hit.resource.id = id;
    return hit;
  }

  Result<search::PageText> page(std::string_view id, std::uint32_t number) override {
    if (id != "reports/a b.pdf" || number < 1 || number > 3)
      return fail(ErrorKind::not_found, "There is no such page");
    search::PageText page;
    page.page = number;
    page.text = "text of the page";
    return page;
  }

  Result<std::vector<search::Hit>> similar(std::string_view id, std::size_t limit) override {
    if (id != "reports/a b.pdf") return fail(ErrorKind::not_found, "There is no such resource");
    std::vector<search::Hit> all = {guide(), training()};
    if (all.size() > limit) all.resize(limit);
    return all;
  }

  Result<search::ConcordanceAnswer> concordance(const search::Request& request, std::size_t context) override {
    auto answer = search(request);
    if (!answer) return std::unexpected(answer.error());
    search::ConcordanceAnswer made{.answer = *std::move(answer), .resources = {}};
    for (const search::Hit& hit : made.answer.hits) {
      made.resources.push_back({.resource = hit.resource,
                                .occurrences = {{.page = 2,
                                                 .label = "ii",
                                                 .left = std::string(context, 'l'),
                                                 .word = "housing",
                                                 .right = " first",
                                                 .url = "#page=2"}}});
    }
    made.answer.hits.clear();
    return made;
  }

  Result<LibraryState> state() override {
    if (library_->missing) return fail(ErrorKind::not_an_index, "There is no index in /secret/place");
    return LibraryState{std::to_string(library_->revision), 3};
  }

  std::string concept_named(std::string_view query) override {
    return query == "vivienda" || query == "Housing" ? "housing" : "";
  }

  std::shared_ptr<const search::RuleBook> rules() const override { return library_->rules(); }

 private:
  std::shared_ptr<FakeLibrary> library_;
};

}  // namespace

void FakeLibrary::set_rules(schema::Rules rules) {
  auto book = std::make_shared<const search::RuleBook>(std::move(rules), std::vector<std::string>{"en", "es"});
  const std::lock_guard lock(mutex_);
  rules_ = std::move(book);
}

std::shared_ptr<const search::RuleBook> FakeLibrary::rules() const {
  const std::lock_guard lock(mutex_);
  return rules_;
}

search::Answer sample_answer() {
  search::Answer answer;
  answer.query.notices = {{"cut", "The query was cut after 64 words"}};
  answer.query.expansions = {{"housing", {"shelter"}, "thesaurus"}};
  answer.spelling = search::Spelling{"housing", 12};
  answer.revision = "1";
  answer.total = 128;
  answer.limit = 20;
  answer.hits = {report(), guide(), training()};
  search::Facet topic{FieldId::topic,
                      "Topic",
                      {{"housing", "Housing", 40, false}, {"legal services", "Legal services", 3, false}},
                      0};
  search::Facet language{
      FieldId::language, "Language", {{"en", "en", 100, false}, {"es", "es", 28, false}}, 0};
  search::Facet publisher{
      FieldId::publisher,
      "Publisher",
      {{"Office, with a comma", "Office, with a comma", 2, false}, {"Bureau", "Bureau", 1, false}},
      4};
  search::Facet format{FieldId::format, "Format", {{"pdf", "pdf", 128, false}}, 0};
  answer.facets = {publisher, topic, language, format};
  return answer;
}

SearchServiceFactory fake_services(std::shared_ptr<FakeLibrary> library) {
  return [library = std::move(library)] { return std::make_unique<FakeService>(library); };
}

}  // namespace carrel::query_server::testing
