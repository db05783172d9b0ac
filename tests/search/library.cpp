#include "tests/search/library.h"

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "indexer/index_writer.h"
#include "indexer/rules_file.h"
#include "indexer/thesaurus_file.h"
#include "indexer/topic_space.h"
#include "search/schema/date.h"

namespace carrel::tests {

using schema::FieldId;

namespace {

void add_values(schema::Record& record, FieldId field, std::string_view values) {
  while (!values.empty()) {
    const std::size_t end = std::min(values.find(';'), values.size());
    record.add(field, std::string(values.substr(0, end)));
    values.remove_prefix(std::min(end + 1, values.size()));
  }
}

indexer::Resource to_resource(const Entry& entry) {
  indexer::Resource made;
  made.record.add(FieldId::id, entry.id);
  made.record.add(FieldId::title, entry.title);
  made.record.add(FieldId::language, entry.language);
  made.record.add(FieldId::format, entry.format);
  for (const auto& [field, values] : entry.fields) add_values(made.record, field, values);
  if (entry.fields.contains(FieldId::date)) {
    made.record.set(FieldId::year, entry.fields.at(FieldId::date).substr(0, 4));
  }
  made.record.add(FieldId::added, schema::today().to_string());
  made.record.add(FieldId::pages, std::to_string(entry.pages.size()));
  for (std::size_t i = 0; i < entry.pages.size(); ++i) {
    made.pages.push_back({.text = entry.pages[i], .label = "L" + std::to_string(i + 1)});
  }
  return made;
}

template <typename T>
T got(Result<T> result) {
  if (!result) throw std::runtime_error(to_line(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace

void Library::commit(const std::vector<Entry>& entries) {
  auto writer = got(indexer::IndexWriter::open(path()));
  for (const Entry& entry : entries) {
    indexer::Resource made = to_resource(entry);
    got(writer.put(made));
  }
  got(writer.commit("test"));
}

Library::Library(const Entries& entries, std::string_view thesaurus) {
  commit(entries);
  auto writer = got(indexer::IndexWriter::open(path()));
  got(writer.put_metadata(schema::kThesaurusKey, schema::encode_thesaurus(got(indexer::parse_thesaurus(thesaurus, "test")))));
  got(writer.commit("test"));
}

void Library::find_topics() {
  const std::string database = std::filesystem::canonical(path() + "/current");
  const auto stems = indexer::add_topics({database}, 1);
  auto writer = got(indexer::IndexWriter::open(path()));
  for (const auto& [key, value] : stems) got(writer.put_metadata(key, value));
  got(writer.commit("test"));
}

void Library::set_rules(std::string_view rules) {
  auto writer = got(indexer::IndexWriter::open(path()));
  got(writer.put_metadata(schema::kRulesKey, schema::encode_rules(got(indexer::parse_rules(rules, "test")))));
  got(writer.commit("test"));
}

search::Searcher Library::open() const {
  return got(search::Searcher::open(path()));
}

std::vector<std::string> ids(const search::Answer& answer) {
  std::vector<std::string> out;
  for (const search::Hit& hit : answer.hits) out.push_back(hit.resource.id);
  return out;
}

search::Answer ask(search::Searcher& searcher, const search::Request& request) {
  return got(searcher.search(request));
}

search::Answer ask(search::Searcher& searcher, std::string_view query) {
  return ask(searcher, search::Request{.q = std::string(query)});
}

std::vector<std::string> codes(const std::vector<search::Notice>& notices) {
  std::vector<std::string> out;
  for (const search::Notice& notice : notices) out.push_back(notice.code);
  return out;
}

std::string marked(const search::Passage& passage, std::size_t mark) {
  std::string out;
  std::uint32_t number = 0;
  const auto [begin, end] = passage.marks.at(mark);
  for (std::size_t i = 0; i < passage.text.size(); ++number) {
    std::size_t next = i + 1;
    while (next < passage.text.size() && (static_cast<unsigned char>(passage.text[next]) & 0xc0) == 0x80)
      ++next;
    if (number >= begin && number < end) out += passage.text.substr(i, next - i);
    i = next;
  }
  return out;
}

}  // namespace carrel::tests
