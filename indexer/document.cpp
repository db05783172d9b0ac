#include "indexer/document.h"

#include <charconv>
#include <functional>

#include "search/schema/date.h"
#include "search/schema/identifiers.h"
#include "search/schema/index_directory.h"
#include "search/schema/indexed_text.h"
#include "search/schema/language.h"
#include "search/schema/page_store.h"
#include "search/schema/terms.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"
#include "search/schema/values.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// Words of a language remembered before the memory is emptied (they are then handed out again, harmlessly).
constexpr std::size_t kMaxLearned = 1'000'000;

std::uint64_t number_of(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void add_filters_and_values(Xapian::Document& document, const schema::Record& record) {
  for (const schema::Field& field : schema::kFields) {
    const auto& values = record.all(field.id);
    if (values.empty()) continue;
    if (field.is(schema::kFilter)) {
      for (const std::string& value : values) {
        for (const std::string& term : schema::filter_terms(field, value)) document.add_boolean_term(term);
      }
    }
    if (field.slot == schema::kNoSlot) continue;
    if (field.is(schema::kFacet)) {
      document.add_value(field.slot, schema::many_value(values));
    } else if (const auto date = schema::PartialDate::parse(values.front());
               date &&
               (field.id == FieldId::date || field.id == FieldId::modified || field.id == FieldId::added)) {
      document.add_value(field.slot, schema::day_value(date->first_day()));
    } else if (field.id == FieldId::pages || field.id == FieldId::bytes) {
      document.add_value(field.slot, schema::number_value(number_of(values.front())));
    } else if (field.id == FieldId::title) {
      document.add_value(field.slot, schema::folded_form(values.front()));
    }
  }
}

std::string encode_sources(const std::vector<FieldSource>& sources) {
  std::string out;
  for (const FieldSource& one : sources) {
    schema::append_varint(out, static_cast<std::uint64_t>(one.field));
    schema::append_bytes(out, one.source);
  }
  return out;
}

}  // namespace

std::string sources_key(std::string_view id) {
  return "sources/" + schema::content_hash(id);
}

/// Posts the words of one resource at consecutive positions.
class DocumentBuilder::Words {
 public:
  Words(DocumentBuilder& builder, IndexedResource& out) : builder_(builder), out_(out) {}

  /// Which language the words that follow are in; empty: nobody knows.
  void speak(std::string language) {
    if (language == language_) return;
    language_ = std::move(language);
    stemmed_ = nullptr;
    if (language_.empty()) return;
    Language& known = builder_.languages_.try_emplace(language_, language_).first->second;
    if (known.stemmer.active()) stemmed_ = &known;
  }

  void field(const schema::Field& field, std::string_view text) {
    const Xapian::termpos first = position_ + 1;
    const auto take = [&](const schema::Token& token) {
      ++position_;
      if (field.body_weight > 0) post(token, field.body_weight);
      if (field.is(schema::kWords)) {
        out_.document.add_posting(schema::word_term(field, token.folded), position_);
        learn(token.exact, token.folded);
      }
    };
    if (field.body_weight > 0) {
      read(text, first, field.body_weight, take);
    } else {
      schema::for_each_token(text, take);
    }
    position_ += schema::kFieldGap;
  }

  void page(const Page& page) {
    out_.document.add_posting(std::string(schema::kPageBreakTerm), position_ + 1, 0);
    const Xapian::termpos before = position_;
    // Without ranges to leave out, the text itself is what is indexed.
    const std::string indexed =
        page.unindexed.empty() ? std::string() : schema::indexed_text(page.text, page.unindexed);
    read(page.unindexed.empty() ? std::string_view(page.text) : indexed, before + 1, 1,
         [&](const schema::Token& token) {
           ++position_;
           post(token, 1);
         });
    if (position_ == before) ++position_;
  }

  /// After the last page: a break at the end of all text, so that the length of each page is known.
  void end() { out_.document.add_posting(std::string(schema::kPageBreakTerm), position_ + 1, 0); }

 private:
  /// Reads words, and what stands among them: identifiers and joined words, which are posted at the position
  /// of their first word. `first` is the position of the first word of `text`.
  void read(std::string_view text, Xapian::termpos first, Xapian::termcount weight,
            const std::function<void(const schema::Token&)>& take) {
    const auto at = [&](std::size_t ordinal) { return first + static_cast<Xapian::termpos>(ordinal); };
    schema::for_each_term(text, {.token = take,
                                 .identifier =
                                     [&](const schema::Identifier& found) {
                                       for (const std::string& key : found.keys) {
                                         out_.document.add_posting(schema::identifier_term(key),
                                                                   at(found.first), weight);
                                       }
                                     },
                                 .joined =
                                     [&](const schema::JoinedWord& word) {
                                       out_.document.add_posting(word.folded, at(word.first), weight);
                                       learn(word.exact, word.folded);
                                     }});
  }

  void post(const schema::Token& token, Xapian::termcount weight) {
    term_.assign(token.folded);
    out_.document.add_posting(term_, position_, weight);
    if (token.exact != token.folded) {
      out_.document.add_term(std::string(schema::kExactPrefix) + std::string(token.exact), weight);
    }
    learn(token.exact, token.folded);
  }

  /// Hands out the stem of a word that this language has not met yet.
  void learn(std::string_view exact, std::string_view folded) {
    if (stemmed_ == nullptr || !stemmed_->learned.add(exact)) return;
    if (stemmed_->learned.size() >= kMaxLearned) stemmed_->learned.clear();
    if (const std::string& key = stemmed_->stemmer.key(exact); !key.empty()) {
      out_.stems.emplace_back(key, std::string(folded));
    }
  }

  DocumentBuilder& builder_;
  IndexedResource& out_;
  std::string language_;
  Language* stemmed_ = nullptr;  ///< nothing: words of this language have no stems
  Xapian::termpos position_ = 0;
  std::string term_;
};

IndexedResource DocumentBuilder::build(const Resource& resource) {
  const schema::Record& record = resource.record;
  IndexedResource out;
  const std::string& id = record.get(FieldId::id);
  out.id = id;
  out.sources = encode_sources(resource.sources);
  out.id_term = schema::filter_term(schema::field(FieldId::id), id);
  out.document.set_data(record.encode());
  add_filters_and_values(out.document, record);

  const std::string language = schema::base_language(record.get(FieldId::language));
  Words words(*this, out);
  words.speak(language);
  for (const schema::Field& field : schema::kFields) {
    if (field.body_weight == 0 && !field.is(schema::kWords)) continue;
    for (const std::string& value : record.all(field.id)) words.field(field, value);
  }
  std::uint32_t number = 0;
  for (const Page& page : resource.pages) {
    ++number;
    words.speak(page.language.empty() ? language : schema::base_language(page.language));
    words.page(page);
    out.text_bytes += page.text.size();
    out.pages.emplace_back(schema::page_key(id, number), schema::encode_page({.label = page.label,
                                                                              .heading = page.heading,
                                                                              .anchor = page.anchor,
                                                                              .seconds = page.seconds,
                                                                              .language = page.language,
                                                                              .text = page.text,
                                                                              .unindexed = page.unindexed}));
  }
  if (number > 0) words.end();
  return out;
}

}  // namespace carrel::indexer
