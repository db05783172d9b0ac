#include "search/schema/thesaurus.h"

#include <algorithm>

#include "search/schema/values.h"

namespace carrel::schema {
namespace {

constexpr std::uint64_t kVersion = 1;

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  append_varint(out, texts.size());
  for (const std::string& text : texts) append_bytes(out, text);
}

void append_numbers(std::string& out, const std::vector<std::uint32_t>& numbers) {
  append_varint(out, numbers.size());
  for (const std::uint32_t number : numbers) append_varint(out, number);
}

/// Takes values off the front; once something is malformed it only yields nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool sound() const { return sound_; }
  bool at_end() const { return bytes_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    if (!sound_ || !take_varint(bytes_, value)) sound_ = false;
    return sound_ ? value : 0;
  }

  /// A number of things that follow, each of at least one byte.
  std::size_t count() {
    const std::uint64_t value = number();
    if (value > bytes_.size()) sound_ = false;
    return sound_ ? static_cast<std::size_t>(value) : 0;
  }

  std::string text() {
    std::string_view value;
    if (!sound_ || !take_bytes(bytes_, value)) sound_ = false;
    return sound_ ? std::string(value) : std::string();
  }

  std::vector<std::string> texts() {
    std::vector<std::string> out(count());
    for (std::string& one : out) one = text();
    return out;
  }

  std::vector<std::uint32_t> numbers_below(std::size_t limit) {
    std::vector<std::uint32_t> out(count());
    for (std::uint32_t& one : out) {
      const std::uint64_t value = number();
      if (value >= limit) sound_ = false;
      one = static_cast<std::uint32_t>(value);
    }
    return out;
  }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

void sort_once(std::vector<std::uint32_t>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

std::string encode_thesaurus(const Thesaurus& thesaurus) {
  std::string out;
  append_varint(out, kVersion);
  append_bytes(out, thesaurus.title);
  append_bytes(out, thesaurus.version);
  append_bytes(out, thesaurus.origin);
  append_varint(out, thesaurus.concepts.size());
  for (const Concept& one : thesaurus.concepts) {
    append_bytes(out, one.id);
    append_varint(out, one.names.size());
    for (const ConceptNames& names : one.names) {
      append_bytes(out, names.language);
      append_bytes(out, names.label);
      append_texts(out, names.used_for);
      append_texts(out, names.capitals);
      append_texts(out, names.hidden);
      append_bytes(out, names.note);
    }
    append_numbers(out, one.broader);
    append_numbers(out, one.related);
  }
  return out;
}

Result<Thesaurus> decode_thesaurus(std::string_view bytes) {
  Thesaurus thesaurus;
  if (bytes.empty()) return thesaurus;
  Reader reader(bytes);
  const std::uint64_t version = reader.number();
  thesaurus.title = reader.text();
  thesaurus.version = reader.text();
  thesaurus.origin = reader.text();
  thesaurus.concepts.resize(version == kVersion ? reader.count() : 0);
  for (Concept& one : thesaurus.concepts) {
    one.id = reader.text();
    one.names.resize(reader.count());
    for (ConceptNames& names : one.names) {
      names.language = reader.text();
      names.label = reader.text();
      names.used_for = reader.texts();
      names.capitals = reader.texts();
      names.hidden = reader.texts();
      names.note = reader.text();
    }
    one.broader = reader.numbers_below(thesaurus.concepts.size());
    one.related = reader.numbers_below(thesaurus.concepts.size());
  }
  if (version != kVersion || !reader.sound() || !reader.at_end()) {
    return fail(ErrorKind::damaged, "the thesaurus of the index cannot be read",
                "run carrel-index update with --thesaurus to store it anew");
  }
  complete_relations(thesaurus.concepts);
  return thesaurus;
}

void complete_relations(std::vector<Concept>& concepts) {
  for (Concept& one : concepts) one.narrower.clear();
  for (std::uint32_t i = 0; i < concepts.size(); ++i) {
    sort_once(concepts[i].broader);
    for (const std::uint32_t broader : concepts[i].broader) concepts[broader].narrower.push_back(i);
    const std::vector<std::uint32_t> related = concepts[i].related;
    for (const std::uint32_t other : related) concepts[other].related.push_back(i);
  }
  for (Concept& one : concepts) {
    sort_once(one.narrower);
    sort_once(one.related);
  }
}

}  // namespace carrel::schema
