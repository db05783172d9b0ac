#include "tests/end-to-end/index_dump.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <xapian.h>

#include "indexer/index_writer.h"
#include "search/schema/index_directory.h"
#include "search/schema/record.h"
#include "search/schema/topics.h"

namespace carrel::tests {
namespace {

std::string resource_dump(const Xapian::Database& database, Xapian::docid number) {
  const Xapian::Document document = database.get_document(number);
  std::string out = document.get_data();
  for (auto value = document.values_begin(); value != document.values_end(); ++value) {
    if (value.get_valueno() != schema::kTopicSlot) {
      out += fmt::format("\nvalue {} {}", value.get_valueno(), *value);
    }
  }
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    out += fmt::format("\n{} {}", *term, term.get_wdf());
    for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at)
      out += fmt::format(" {}", *at);
  }
  return out;
}

std::string compare(const char* what, const std::map<std::string, std::string>& expected,
                    const std::map<std::string, std::string>& now) {
  for (const auto& [key, value] : expected) {
    const auto found = now.find(key);
    if (found == now.end()) return fmt::format("{} {} is missing", what, key);
    if (found->second == value) continue;
    const auto [a, b] = std::ranges::mismatch(value, found->second);
    const auto from = std::max<std::ptrdiff_t>(0, a - value.begin() - 40);
    return fmt::format("{} {} differs: '{}' is '{}'", what, key,
                       value.substr(static_cast<std::size_t>(from), 120),
                       found->second.substr(static_cast<std::size_t>(from), 120));
  }
  for (const auto& [key, value] : now) {
    if (!expected.contains(key)) return fmt::format("{} {} is too much", what, key);
  }
  return {};
}

}  // namespace

IndexDump dump_index(const std::filesystem::path& index) {
  IndexDump dump;
  const auto state = indexer::read_index_state(index).value();
  for (const indexer::LedgerEntry& entry : state.ledger.entries()) {
    dump.files[entry.file.path] = fmt::format("{} {} {} {} {}", entry.id, entry.code, entry.pages,
                                              entry.characters, entry.content_hash);
  }
  const Xapian::Database database(state.generation.string());
  for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
    const auto record = schema::Record::decode(database.get_document(*at).get_data());
    dump.resources[record.get(schema::FieldId::id)] = resource_dump(database, *at);
  }
  for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key) {
    const std::string name = *key;
    if (!name.starts_with("ledger/") && !name.starts_with(schema::topic_stem_key("")) &&
        name != schema::kLastRunKey)
      dump.metadata[name] = database.get_metadata(name);
  }
  for (auto key = database.synonym_keys_begin(); key != database.synonym_keys_end(); ++key) {
    const std::string stem = *key;
    for (auto form = database.synonyms_begin(stem); form != database.synonyms_end(stem); ++form) {
      dump.stems[stem + " → " + *form];
    }
  }
  return dump;
}

std::string first_difference(const IndexDump& expected, const IndexDump& now) {
  for (const auto& [name, member] : {std::pair{"resource", &IndexDump::resources},
                                     {"metadata", &IndexDump::metadata},
                                     {"file", &IndexDump::files}}) {
    if (std::string found = compare(name, expected.*member, now.*member); !found.empty()) return found;
  }
  for (const auto& [pair, nothing] : expected.stems) {
    if (!now.stems.contains(pair)) return "stem " + pair + " is missing";
  }
  return {};
}

}  // namespace carrel::tests
