#include "search/schema/stemming.h"

#include <algorithm>
#include <array>
#include <utility>

#include <xapian.h>

#include "search/schema/language.h"
#include "search/schema/text.h"

namespace carrel::schema {
namespace {

/// Words remembered before the memory is emptied; bounds it at a few tens of megabytes.
constexpr std::size_t kMaxRemembered = 200'000;

/// English words that Snowball's English stemmer (as in Xapian 1.4.22) joins with strangers or parts from
/// their family, and the stem they get instead. Measured: organ = organize = organization = organism,
/// intern = international, emerge = emergency, universe = university; survive ≠ survivor, labor ≠ labour,
/// counselor ≠ counseling. Sorted by word.
constexpr std::array<std::pair<std::string_view, std::string_view>, 59> kEnglishExceptions{{
    {"counsel", "counsel"},
    {"counseling", "counsel"},
    {"counselling", "counsel"},
    {"counsellor", "counsel"},
    {"counsellors", "counsel"},
    {"counselor", "counsel"},
    {"counselors", "counsel"},
    {"emergencies", "emergency"},
    {"emergency", "emergency"},
    {"intern", "intern"},
    {"internal", "internal"},
    {"internally", "internal"},
    {"international", "international"},
    {"internationally", "international"},
    {"internationals", "international"},
    {"interned", "internment"},
    {"internment", "internment"},
    {"interns", "intern"},
    {"internship", "intern"},
    {"internships", "intern"},
    {"labor", "labor"},
    {"labored", "labor"},
    {"laborer", "labor"},
    {"laborers", "labor"},
    {"laboring", "labor"},
    {"labors", "labor"},
    {"labour", "labor"},
    {"laboured", "labor"},
    {"labourer", "labor"},
    {"labourers", "labor"},
    {"labouring", "labor"},
    {"labours", "labor"},
    {"organ", "organ"},
    {"organic", "organic"},
    {"organically", "organic"},
    {"organisation", "organiz"},
    {"organisational", "organiz"},
    {"organisations", "organiz"},
    {"organise", "organiz"},
    {"organised", "organiz"},
    {"organiser", "organiz"},
    {"organisers", "organiz"},
    {"organises", "organiz"},
    {"organising", "organiz"},
    {"organism", "organism"},
    {"organisms", "organism"},
    {"organization", "organiz"},
    {"organizational", "organiz"},
    {"organizations", "organiz"},
    {"organize", "organiz"},
    {"organized", "organiz"},
    {"organizer", "organiz"},
    {"organizers", "organiz"},
    {"organizes", "organiz"},
    {"organizing", "organiz"},
    {"survivor", "surviv"},
    {"survivors", "surviv"},
    {"universities", "university"},
    {"university", "university"},
}};
static_assert(std::ranges::is_sorted(kEnglishExceptions, {},
                                     &std::pair<std::string_view, std::string_view>::first));

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
  std::string stem;
  if (language_ == "en") {
    std::string_view bare = word;
    if (bare.ends_with("'s")) bare.remove_suffix(2);
    const auto* found = std::ranges::lower_bound(kEnglishExceptions, bare, {},
                                                 &std::pair<std::string_view, std::string_view>::first);
    if (found != kEnglishExceptions.end() && found->first == bare) stem = found->second;
  }
  if (stem.empty()) stem = strip_accents(snowball_->stem(word));
  return remembered_.emplace(std::move(word), language_ + ":" + stem).first->second;
}

}  // namespace carrel::schema
