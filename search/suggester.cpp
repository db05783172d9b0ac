#include "search/suggester.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "search/resource_reader.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"
#include "search/word_forms.h"

namespace carrel::search {
namespace {

using schema::FieldId;

/// Beginnings of titles' words looked up; a single letter has more, the most frequent are enough to suggest.
constexpr std::size_t kMaxBeginnings = 50;
constexpr std::size_t kMaxTypedBytes = 200;

class Suggester {
 public:
  Suggester(const Xapian::Database& database, const FacetColumns& columns, std::string_view typed,
            std::size_t limit)
      : database_(database), columns_(columns), typed_(typed), limit_(limit) {
    for (auto& token : schema::tokenize(typed)) words_.push_back(std::move(token.folded));
  }

  std::vector<Suggestion> run() {
    if (words_.empty() || limit_ == 0) return {};
    // Each kind leaves room for the next; what is left over at the end is filled with titles.
    add_topics((limit_ + 1) / 2);
    const auto titles = matching_titles();
    add_titles(titles, limit_ > 2 ? limit_ - 1 : limit_);
    add_words();
    add_titles(titles, limit_);
    std::ranges::stable_sort(suggestions_, {}, [](const Suggestion& one) {
      return one.kind == "topic" ? 0 : one.kind == "title" ? 1 : 2;
    });
    return std::move(suggestions_);
  }

 private:
  const std::string& beginning() const { return words_.back(); }

  bool add(Suggestion suggestion, std::size_t limit) {
    if (suggestions_.size() >= limit) return false;
    const std::string folded = schema::folded_form(suggestion.text);
    const bool known = std::ranges::any_of(
        suggestions_, [&](const Suggestion& one) { return schema::folded_form(one.text) == folded; });
    if (!known) suggestions_.push_back(std::move(suggestion));
    return true;
  }

  /// Every whole word occurs and some word begins as the last one does.
  bool completes(std::string_view text) const {
    const auto tokens = schema::tokenize(text);
    const auto holds = [&](const std::string& word) {
      return std::ranges::any_of(tokens, [&](const auto& token) { return token.folded == word; });
    };
    const bool begins = std::ranges::any_of(
        tokens, [&](const auto& token) { return std::string_view(token.folded).starts_with(beginning()); });
    return begins && std::all_of(words_.begin(), words_.end() - 1, holds);
  }

  void add_topics(std::size_t limit) {
    const FacetColumn* topics = columns_.find(FieldId::topic);
    std::vector<std::pair<std::uint64_t, std::string>> found;
    for (std::uint32_t code = 0; code < topics->size(); ++code) {
      if (completes(topics->value(code))) found.emplace_back(topics->documents(code), topics->value(code));
    }
    std::ranges::sort(found, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (auto& [count, topic] : found) {
      if (!add({topic, "topic", count}, limit)) return;
    }
  }

  Xapian::Query title_query() const {
    const schema::Field& title = schema::field(FieldId::title);
    const std::string prefix = std::string(title.word_prefix) + beginning();
    bool cut = false;
    std::vector<Xapian::Query> endings;
    for (std::string& term : WordForms::beginning_with(database_, prefix, kMaxBeginnings, cut)) {
      endings.emplace_back(std::move(term));
    }
    if (endings.empty()) return Xapian::Query::MatchNothing;
    std::vector<Xapian::Query> all{{Xapian::Query::OP_SYNONYM, endings.begin(), endings.end()}};
    for (std::size_t i = 0; i + 1 < words_.size(); ++i)
      all.emplace_back(std::string(title.word_prefix) + words_[i]);
    return {Xapian::Query::OP_AND, all.begin(), all.end()};
  }

  std::vector<std::string> matching_titles() const {
    Xapian::Enquire enquire(database_);
    enquire.set_query(title_query());
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    std::vector<std::string> titles;
    const auto found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit_));
    for (auto it = found.begin(); it != found.end(); ++it)
      titles.push_back(read_resource(database_, *it).title);
    return titles;
  }

  void add_titles(const std::vector<std::string>& titles, std::size_t limit) {
    for (const std::string& title : titles) {
      if (!add({title, "title", 1}, limit)) return;
    }
  }

  void add_words() {
    bool cut = false;
    // What was typed before the last word is given back as it was typed.
    const auto tokens = schema::tokenize(typed_);
    const std::string before(typed_.substr(0, tokens.back().begin));
    for (const std::string& word : WordForms::beginning_with(database_, beginning(), limit_ + 1, cut)) {
      if (word == beginning()) continue;
      if (!add({before + word, "word", database_.get_termfreq(word)}, limit_)) return;
    }
  }

  const Xapian::Database& database_;
  const FacetColumns& columns_;
  std::string_view typed_;
  std::size_t limit_;
  std::vector<std::string> words_;
  std::vector<Suggestion> suggestions_;
};

}  // namespace

std::vector<Suggestion> suggest(const Xapian::Database& database, const FacetColumns& columns,
                                std::string_view typed, std::size_t limit) {
  return Suggester(database, columns, typed.substr(0, kMaxTypedBytes), limit).run();
}

}  // namespace carrel::search
