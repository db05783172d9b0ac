#include "search/vocabulary.h"

#include <algorithm>
#include <bit>
#include <limits>

#include <xapian.h>

#include "search/schema/fields.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"
#include "search/sounds.h"

namespace carrel::search {
namespace {

/// Words of single resources are mostly names and slips: they are not looked up by sound.
constexpr std::uint32_t kFewestForSound = 2;

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += schema::next_code_point(text, at);
  return out;
}

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (std::size_t at = 0; at < word.size();) letters |= 1U << (schema::next_code_point(word, at) & 31U);
  return letters;
}

/// FNV-1a.
std::uint32_t hash(std::string_view text) {
  std::uint32_t value = 2166136261U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  return value;
}

template <typename Text>
std::size_t distance_of(const Text& a, const Text& b, std::size_t bound) {
  if (a.size() > b.size()) return distance_of(b, a, bound);
  if (b.size() - a.size() > bound) return bound + 1;
  constexpr std::size_t kMost = 64;
  if (b.size() > kMost) return bound + 1;
  std::array<std::size_t, kMost + 1> before_last{}, last{}, now{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        now[j] = std::min(now[j], before_last[j - 2] + 1);
      }
      least = std::min(least, now[j]);
    }
    if (least > bound) return bound + 1;
    before_last = last;
    last = now;
  }
  return std::min(last[b.size()], bound + 1);
}

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c & 0x80) != 0; });
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound) {
  if (is_ascii(a) && is_ascii(b)) return distance_of(a, b, bound);
  return distance_of(code_points(a), code_points(b), bound);
}

Vocabulary Vocabulary::load(const Xapian::Database& database) {
  Vocabulary vocabulary;
  for (auto it = database.allterms_begin(); it != database.allterms_end();) {
    const std::string term = *it;
    // Prefixed terms begin with an ASCII capital, body words never do: one jump passes all of them by.
    if (!term.empty() && term.front() >= 'A' && term.front() <= 'Z') {
      it.skip_to("[");
      continue;
    }
    if (term.front() < '0' || term.front() > '9') vocabulary.add(term, it.get_termfreq());
    ++it;
  }
  vocabulary.accented_ = std::move(accents_of(database).accented_);
  vocabulary.finish();
  return vocabulary;
}

Vocabulary Vocabulary::accents_of(const Xapian::Database& database) {
  Vocabulary vocabulary;
  const std::string prefix(schema::kExactPrefix);
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    std::string exact = (*it).substr(prefix.size());
    Word& most = vocabulary.accented_[schema::strip_accents(exact)];
    if (it.get_termfreq() > most.documents) most = {std::move(exact), it.get_termfreq()};
  }
  // Where most write the word without accents, that is how it is written.
  std::erase_if(vocabulary.accented_,
                [&](const auto& one) { return 2 * one.second.documents < database.get_termfreq(one.first); });
  return vocabulary;
}

Vocabulary Vocabulary::of(const std::vector<Word>& words) {
  Vocabulary vocabulary;
  for (const Word& word : words) vocabulary.add(word.text, word.documents);
  vocabulary.finish();
  return vocabulary;
}

void Vocabulary::add(std::string_view word, std::uint32_t documents) {
  const std::size_t length = schema::count_code_points(word);
  if (length < kShortest || length > kLongest) return;
  Bucket& bucket = by_length_[length];
  if (bucket.texts.size() + word.size() > std::numeric_limits<std::uint32_t>::max()) return;
  bucket.texts += word;
  bucket.ends.push_back(static_cast<std::uint32_t>(bucket.texts.size()));
  bucket.documents.push_back(documents);
  bucket.letters.push_back(letters_of(word));
  if (documents < kFewestForSound) return;
  for (const std::string& key : sounds_of(word)) {
    sounds_.push_back(
        {hash(key), static_cast<std::uint32_t>(bucket.ends.size() - 1), static_cast<std::uint8_t>(length)});
  }
}

void Vocabulary::finish() {
  std::ranges::sort(sounds_, {}, &Sound::key);
  sounds_.shrink_to_fit();
}

std::vector<Vocabulary::Word> Vocabulary::similar(std::string_view word, std::size_t bound,
                                                  std::uint32_t documents) const {
  std::vector<Word> found;
  const std::size_t length = schema::count_code_points(word);
  const std::uint32_t letters = letters_of(word);
  const std::size_t shortest = length > bound + kShortest ? length - bound : kShortest;
  for (std::size_t other = shortest; other <= std::min(length + bound, kLongest); ++other) {
    const Bucket& bucket = by_length_[other];
    for (std::size_t i = 0; i < bucket.ends.size(); ++i) {
      if (static_cast<std::size_t>(std::popcount(bucket.letters[i] ^ letters)) > 2 * bound ||
          bucket.documents[i] < documents) {
        continue;
      }
      const std::string_view text = bucket.text(i);
      const std::size_t distance = edit_distance(word, text, bound);
      if (distance > 0 && distance <= bound) found.push_back({std::string(text), bucket.documents[i]});
    }
  }
  return found;
}

std::vector<Vocabulary::Word> Vocabulary::sounding_like(std::string_view word,
                                                        std::uint32_t documents) const {
  std::vector<Word> found;
  for (const std::string& key : sounds_of(word)) {
    for (const Sound& sound : std::ranges::equal_range(sounds_, hash(key), {}, &Sound::key)) {
      const Bucket& bucket = by_length_[sound.length];
      const std::string_view text = bucket.text(sound.word);
      const bool known = std::ranges::find(found, text, &Word::text) != found.end();
      if (text == word || known || bucket.documents[sound.word] < documents) continue;
      found.push_back({std::string(text), bucket.documents[sound.word]});
    }
  }
  return found;
}

std::string Vocabulary::written(std::string_view folded) const {
  const auto accented = accented_.find(std::string(folded));
  return accented == accented_.end() ? std::string(folded) : accented->second.text;
}

std::size_t Vocabulary::size() const {
  std::size_t words = 0;
  for (const Bucket& bucket : by_length_) words += bucket.ends.size();
  return words;
}

}  // namespace carrel::search
