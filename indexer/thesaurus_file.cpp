#include "indexer/thesaurus_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "indexer/built_in_files.h"
#include "indexer/toml_reader.h"
#include "search/schema/language.h"
#include "search/schema/tokenizer.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using schema::Concept;
using schema::ConceptNames;

namespace {

constexpr const char* kWhat = "the thesaurus";
constexpr std::string_view kTopKeys[] = {"title", "version", "concept"};
constexpr std::string_view kConceptKeys[] = {"label",   "used-for", "capitals", "hidden",
                                             "broader", "related",  "note"};

/// The words of a label, which tell whether two labels are the same.
std::string label_key(std::string_view label) {
  std::string key;
  for (const auto& token : schema::tokenize(label)) key += (key.empty() ? "" : " ") + token.folded;
  return key;
}

bool is_id(std::string_view id) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !id.empty() && std::ranges::all_of(id, plain) && id.front() != '-';
}

class ThesaurusReader {
 public:
  explicit ThesaurusReader(const std::string& name) : toml_(kWhat, name) { thesaurus_.origin = name; }

  Result<schema::Thesaurus> read(std::string_view text) {
    if (auto valid = toml_.check_utf8(text); !valid) return std::unexpected(valid.error());
    try {
      const toml::table document = toml::parse(text);
      toml_.check_keys(document, kTopKeys, "");
      thesaurus_.title = toml_.text(document, "title");
      thesaurus_.version = toml_.text(document, "version");
      read_concepts(document);
      read_relations(document);
    } catch (const toml::parse_error& error) {
      toml_.mistake(error.source(), std::string(error.description()));
    }
    if (toml_.has_mistakes()) return toml_.finish();
    find_circles();
    if (toml_.has_mistakes()) return toml_.finish();
    schema::complete_relations(thesaurus_.concepts);
    return std::move(thesaurus_);
  }

 private:
  void read_concepts(const toml::table& document) {
    const toml::node* node = document.get("concept");
    const toml::table* concepts = node == nullptr ? nullptr : node->as_table();
    if (concepts == nullptr || concepts->empty()) {
      toml_.mistake(node == nullptr ? document.source() : node->source(),
                    "there is no concept: each is a table [concept.ID] with a label");
      return;
    }
    // Tables come sorted by key; the order of the file is the librarian's.
    std::vector<std::pair<const toml::key*, const toml::node*>> in_order;
    for (const auto& [key, value] : *concepts) in_order.emplace_back(&key, &value);
    std::ranges::sort(in_order, {}, [](const auto& one) {
      return std::pair(one.first->source().begin.line, one.first->source().begin.column);
    });
    for (const auto& [key, value] : in_order) {
      if (!is_id(key->str())) {
        toml_.mistake(key->source(),
                      fmt::format("'{}' is no id: use small letters, digits and hyphens", key->str()));
      }
      const toml::table* table = value->as_table();
      if (table == nullptr) {
        toml_.mistake(value->source(), fmt::format("the concept '{}' must be a table", key->str()));
        continue;
      }
      index_.emplace(key->str(), static_cast<std::uint32_t>(thesaurus_.concepts.size()));
      thesaurus_.concepts.push_back(read_concept(std::string(key->str()), key->source(), *table));
    }
  }

  Concept read_concept(const std::string& id, const toml::source_region& where, const toml::table& table) {
    Concept one{.id = id};
    toml_.check_keys(table, kConceptKeys, fmt::format(" in concept '{}'", id));
    for (const auto& [language, node] : languages(table, "label")) {
      names_of(one, language).label = label(*node, id);
    }
    if (one.names.empty()) toml_.mistake(where, fmt::format("the concept '{}' has no label", id));
    read_lists(one, table, "used-for", &ConceptNames::used_for);
    read_lists(one, table, "capitals", &ConceptNames::capitals);
    read_lists(one, table, "hidden", &ConceptNames::hidden);
    for (const auto& [language, node] : languages(table, "note")) {
      if (ConceptNames* names = labelled(one, language, *node)) names->note = text(*node, id);
    }
    return one;
  }

  void read_lists(Concept& one, const toml::table& table, std::string_view key,
                  std::vector<std::string> ConceptNames::*list) {
    for (const auto& [language, node] : languages(table, key)) {
      ConceptNames* names = labelled(one, language, *node);
      const toml::array* labels = node->as_array();
      if (labels == nullptr) {
        toml_.mistake(node->source(),
                      fmt::format("'{}' of concept '{}' must be a list of texts", key, one.id));
        continue;
      }
      for (const toml::node& text : *labels) {
        std::string read = label(text, one.id, key == "capitals");
        if (names != nullptr) (names->*list).push_back(std::move(read));
      }
    }
  }

  /// The members of a table by language, as `label = { en = "…", es = "…" }`.
  std::vector<std::pair<std::string, const toml::node*>> languages(const toml::table& table,
                                                                   std::string_view key) {
    std::vector<std::pair<std::string, const toml::node*>> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) return out;
    const toml::table* by_language = node->as_table();
    if (by_language == nullptr) {
      toml_.mistake(node->source(), fmt::format("'{}' needs a language, as {{ en = … }}", key));
      return out;
    }
    for (const auto& [language, value] : *by_language) {
      const std::string tag = schema::canonical_language(language.str());
      if (tag.empty() || tag != language.str() || tag != schema::base_language(tag)) {
        toml_.mistake(language.source(), fmt::format("'{}' is no language such as en or es", language.str()));
        continue;
      }
      out.emplace_back(tag, &value);
    }
    return out;
  }

  static ConceptNames& names_of(Concept& one, const std::string& language) {
    const auto known = std::ranges::find(one.names, language, &ConceptNames::language);
    if (known != one.names.end()) return *known;
    return one.names.emplace_back(ConceptNames{.language = language});
  }

  ConceptNames* labelled(Concept& one, const std::string& language, const toml::node& node) {
    const auto known = std::ranges::find(one.names, language, &ConceptNames::language);
    if (known != one.names.end()) return &*known;
    toml_.mistake(node.source(), fmt::format("the concept '{}' has no label in '{}'", one.id, language));
    return nullptr;
  }

  /// A text with words in it; empty when it is none.
  std::string text(const toml::node& node, const std::string& id) {
    const auto read = node.value_exact<std::string>();
    if (!read) {
      toml_.mistake(node.source(), fmt::format("a text in quotation marks was expected in concept '{}'", id));
    } else if (label_key(*read).empty()) {
      toml_.mistake(node.source(), fmt::format("an empty text in concept '{}'", id));
    }
    return read.value_or("");
  }

  /// A label; it must not belong to another concept.
  std::string label(const toml::node& node, const std::string& id, bool capitals = false) {
    std::string read = text(node, id);
    const std::string key = label_key(read);
    if (key.empty()) return read;
    if (capitals && std::ranges::none_of(read, [](char c) { return c >= 'A' && c <= 'Z'; })) {
      toml_.mistake(node.source(), fmt::format("'{}' of concept '{}' has no capitals", read, id));
    }
    const auto [owner, is_new] = owners_.emplace(key, id);
    if (!is_new && owner->second != id) {
      toml_.mistake(node.source(), fmt::format("'{}' means both '{}' and '{}'", read, owner->second, id));
    }
    return read;
  }

  void read_relations(const toml::table& document) {
    for (Concept& one : thesaurus_.concepts) {
      const toml::table& table = *document["concept"][one.id].as_table();
      one.broader = relation(one, table, "broader");
      one.related = relation(one, table, "related");
    }
  }

  std::vector<std::uint32_t> relation(const Concept& one, const toml::table& table, std::string_view key) {
    std::vector<std::uint32_t> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) return out;
    const toml::array* ids = node->as_array();
    if (ids == nullptr) {
      toml_.mistake(node->source(), fmt::format("'{}' of concept '{}' must be a list of ids", key, one.id));
      return out;
    }
    for (const toml::node& id : *ids) {
      const auto text = id.value_exact<std::string>();
      const auto found = text ? index_.find(*text) : index_.end();
      if (found == index_.end()) {
        toml_.mistake(id.source(), fmt::format("'{}' of concept '{}' names no concept: {}", key, one.id,
                                               text.value_or("?")));
      } else if (*text == one.id) {
        toml_.mistake(id.source(), fmt::format("the concept '{}' is its own {}", one.id, key));
      } else {
        out.push_back(found->second);
      }
    }
    return out;
  }

  /// Concepts whose broader ones lead back to themselves.
  void find_circles() {
    enum class State { unseen, open, done };
    std::vector<State> states(thesaurus_.concepts.size(), State::unseen);
    std::vector<std::uint32_t> path;
    const auto visit = [&](const auto& self, std::uint32_t at) -> bool {
      if (states[at] == State::done) return true;
      path.push_back(at);
      if (states[at] == State::open) return false;
      states[at] = State::open;
      for (const std::uint32_t broader : thesaurus_.concepts[at].broader) {
        if (!self(self, broader)) return false;
      }
      states[at] = State::done;
      path.pop_back();
      return true;
    };
    for (std::uint32_t i = 0; i < states.size(); ++i) {
      path.clear();
      if (visit(visit, i)) continue;
      std::string circle;
      for (auto it = std::ranges::find(path, path.back()); it != path.end(); ++it)
        circle += (circle.empty() ? "" : " → ") + thesaurus_.concepts[*it].id;
      toml_.mistake("the broader concepts go round in a circle: " + circle);
      return;
    }
  }

  TomlReader toml_;
  schema::Thesaurus thesaurus_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
  std::map<std::string, std::string> owners_;
};

}  // namespace

Result<schema::Thesaurus> parse_thesaurus(std::string_view toml, const std::string& name) {
  return ThesaurusReader(name).read(toml);
}

Result<schema::Thesaurus> read_thesaurus(const fs::path& file) {
  const auto text = TomlReader::text_of_file(file, kWhat);
  if (!text) return std::unexpected(text.error());
  return parse_thesaurus(*text, file.string());
}

Result<schema::Thesaurus> built_in_thesaurus() {
  return parse_thesaurus(asset("anti-trafficking.toml"), std::string(schema::kBuiltIn));
}

Result<std::string> chosen_thesaurus(const std::optional<schema::Thesaurus>& wish,
                                     const std::string& stored) {
  if (wish) return schema::encode_thesaurus(*wish);
  // One that cannot be read is replaced like none.
  const auto before = schema::decode_thesaurus(stored);
  if (!stored.empty() && before && before->origin != schema::kBuiltIn) return stored;
  const auto built_in = built_in_thesaurus();
  if (!built_in) return std::unexpected(built_in.error());
  return schema::encode_thesaurus(*built_in);
}

std::string thesaurus_line(const std::string& stored) {
  const auto thesaurus = schema::decode_thesaurus(stored);
  if (!thesaurus) return thesaurus.error().message;
  if (thesaurus->concepts.empty()) return "none";
  const std::string version =
      thesaurus->version.empty() ? "" : fmt::format(", version {}", thesaurus->version);
  return fmt::format("{}{}, {} concepts ({})", thesaurus->title.empty() ? "no title" : thesaurus->title,
                     version, thesaurus->concepts.size(), thesaurus->origin);
}

}  // namespace carrel::indexer
