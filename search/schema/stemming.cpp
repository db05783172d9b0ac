#include "search/schema/stemming.h"

#include <utility>

#include <xapian.h>

#include "search/schema/english_words.h"
#include "search/schema/language.h"
#include "search/schema/text.h"

namespace carrel::schema {
namespace {

/// Words remembered before the memory is emptied; bounds it at a few tens of megabytes.
constexpr std::size_t kMaxRemembered = 200'000;

/// The stem of an English word, folded: of the table of families, else Snowball's of its American spelling.
/// Nouns in -ification lead to their verb, which Snowball parts from them (identification ≠ identify).
std::string english_stem(const Xapian::Stem& snowball, std::string_view word) {
  if (word.ends_with("'s")) word.remove_suffix(2);
  std::string spelled = american_spelling(word);
  if (const std::string_view stem = family_stem(spelled); !stem.empty()) return std::string(stem);
  for (const std::string_view ending : {"ification", "ifications"}) {
    if (!spelled.ends_with(ending) || spelled.size() < ending.size() + 2) continue;
    spelled.resize(spelled.size() - ending.size());
    spelled += "ify";
    break;
  }
  return strip_accents(snowball(spelled));
}

bool is_number(std::string_view word) {
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

bool is_one_letter(std::string_view word) {
  return word.size() <= 4 && count_code_points(word) <= 1;
}

}  // namespace

struct Stemmer::Snowball {
  Xapian::Stem stem;
};

Stemmer::Stemmer(std::string_view language) : language_(base_language(language)) {
  if (language_.size() < 2 || language_.size() > 3) return;  // Xapian also knows "none" and "english"
  try {
    snowball_ = std::make_unique<Snowball>(Xapian::Stem(language_));
  } catch (const Xapian::InvalidArgumentError&) {
    // Xapian has no stemmer of this language: every word is its own stem.
  }
}

Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;
Stemmer::~Stemmer() = default;

bool Stemmer::active() const {
  return snowball_ != nullptr;
}

const std::string& Stemmer::key(std::string_view exact) {
  static const std::string none;
  if (!snowball_ || is_number(exact) || is_one_letter(exact)) return none;
  std::string word(exact);
  if (const auto known = remembered_.find(word); known != remembered_.end()) return known->second;
  if (remembered_.size() >= kMaxRemembered) remembered_.clear();
  std::string stem =
      language_ == "en" ? english_stem(snowball_->stem, word) : strip_accents(snowball_->stem(word));
  return remembered_.emplace(std::move(word), language_ + ":" + stem).first->second;
}

}  // namespace carrel::schema
