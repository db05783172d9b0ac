#include "indexer/near_duplicates.h"

#include <algorithm>
#include <bit>
#include <utility>

#include <xxhash.h>

namespace carrel::indexer {
namespace {

// Beyond so many shingles a sample says as much as all.
constexpr std::size_t kMostShingles = 8192;
static_assert(kNearDistance < 24, "near() looks at parts with at most two errors: 8 * 3 - 1 in all");

bool is_word_byte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/// General punctuation (U+2000 to U+206F) and the ideographic full stop and comma, which separate words too.
bool is_separator(std::string_view text, std::size_t at) {
  if (text.size() - at < 3) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  return (byte(0) == 0xe2 && (byte(1) == 0x80 || byte(1) == 0x81)) ||
         (byte(0) == 0xe3 && byte(1) == 0x80 && byte(2) <= 0x83);
}

/// Hashes of the words of a text, in order.
void hash_words(std::string_view text, std::vector<std::uint64_t>& words) {
  std::array<char, 64> word{};
  std::size_t length = 0;
  const auto end_word = [&] {
    if (length > 0) words.push_back(XXH3_64bits(word.data(), length));
    length = 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (!is_word_byte(c)) {
      end_word();
    } else if (c < 0xe2) {
      if (length == word.size()) end_word();  // of scripts without blanks
      word[length++] = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    } else {
      const std::size_t bytes = std::min<std::size_t>(c < 0xf0 ? 3 : 4, text.size() - at);
      // From U+2E80 on, each character stands for a word or is followed by no blank.
      const bool own = c > 0xe2;
      if (own || is_separator(text, at)) end_word();
      if (own && !is_separator(text, at)) words.push_back(XXH3_64bits(text.data() + at, bytes));
      at += bytes - 1;
    }
  }
  end_word();
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  const std::array<std::uint64_t, 3> three{a, b, c};
  return XXH3_64bits(three.data(), sizeof three);
}

/// Each shingle once; of many a sample that depends on the shingles alone.
std::vector<std::uint64_t> shingles_of(const std::vector<std::uint64_t>& words) {
  std::vector<std::uint64_t> shingles;
  shingles.reserve(words.size());
  for (std::size_t i = 2; i < words.size(); ++i) {
    shingles.push_back(mixed(words[i - 2], words[i - 1], words[i]));
  }
  std::ranges::sort(shingles);
  const auto repeats = std::ranges::unique(shingles);
  shingles.erase(repeats.begin(), repeats.end());
  // The smallest hashes are a random sample, and documents with the same shingles have the same.
  if (shingles.size() > kMostShingles) shingles.resize(kMostShingles);
  return shingles;
}

/// How often each of 64 bits was set, as binary numbers that stand upright: plane k holds the bit 2^k of all
/// 64 counts. Adding is a ripple of carries that most often ends after two planes.
class BitCounts {
 public:
  void add(std::uint64_t bits) {
    for (std::size_t plane = 0; bits != 0; ++plane) {
      const std::uint64_t carry = planes_[plane] & bits;
      planes_[plane] ^= bits;
      bits = carry;
    }
  }
  std::size_t of(std::size_t bit) const {
    std::size_t count = 0;
    for (std::size_t plane = 0; plane < planes_.size(); ++plane)
      count |= (planes_[plane] >> bit & 1) << plane;
    return count;
  }

 private:
  std::array<std::uint64_t, 16> planes_{};
  static_assert(kMostShingles < 1U << 16U, "a count fits into the planes");
};

}  // namespace

Signature text_signature(const std::vector<Page>& pages) {
  std::vector<std::uint64_t> words;
  for (const Page& page : pages) hash_words(page.text, words);
  const std::vector<std::uint64_t> shingles = shingles_of(words);
  if (shingles.size() < kLeastShingles) return {};
  std::array<BitCounts, 2> balance{};
  for (const std::uint64_t shingle : shingles) {
    // The sample is of small hashes, so the bits to count come from another hash of the shingle.
    const XXH128_hash_t hash = XXH3_128bits(&shingle, sizeof shingle);
    balance[0].add(hash.low64);
    balance[1].add(hash.high64);
  }
  Signature signature;
  for (std::size_t bit = 0; bit < 128; ++bit) {
    if (balance[bit / 64].of(bit % 64) * 2 > shingles.size())
      signature.bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  if (signature.empty()) signature.bits[0] = 1;
  return signature;
}

unsigned distance(const Signature& a, const Signature& b) {
  return static_cast<unsigned>(std::popcount(a.bits[0] ^ b.bits[0]) + std::popcount(a.bits[1] ^ b.bits[1]));
}

std::uint16_t SignatureIndex::part(const Signature& signature, std::size_t at) {
  return static_cast<std::uint16_t>(signature.bits[at / 4] >> (at % 4 * 16));
}

SignatureIndex::SignatureIndex(std::vector<Signature> signatures) : signatures_(std::move(signatures)) {
  for (std::size_t at = 0; at < kParts; ++at) {
    Part& index = parts_[at];
    index.begins.assign((std::size_t{1} << 16) + 1, 0);
    for (const Signature& one : signatures_) {
      if (!one.empty()) ++index.begins[part(one, at) + 1U];
    }
    for (std::size_t value = 1; value < index.begins.size(); ++value)
      index.begins[value] += index.begins[value - 1];
    index.members.resize(index.begins.back());
    std::vector<std::uint32_t> next(index.begins.begin(), index.begins.end() - 1);
    for (std::size_t i = 0; i < signatures_.size(); ++i) {
      if (!signatures_[i].empty())
        index.members[next[part(signatures_[i], at)]++] = static_cast<std::uint32_t>(i);
    }
  }
}

std::vector<std::size_t> SignatureIndex::near(const Signature& signature) const {
  std::vector<std::size_t> found;
  if (signature.empty()) return found;
  const auto look = [&](std::size_t at, std::uint16_t value) {
    const Part& index = parts_[at];
    for (std::uint32_t i = index.begins[value]; i < index.begins[value + 1U]; ++i) {
      if (distance(signature, signatures_[index.members[i]]) <= kNearDistance)
        found.push_back(index.members[i]);
    }
  };
  // At most 23 errors over eight parts: one part has at most two.
  for (std::size_t at = 0; at < kParts; ++at) {
    const std::uint16_t value = part(signature, at);
    look(at, value);
    for (int one = 0; one < 16; ++one) {
      look(at, static_cast<std::uint16_t>(value ^ (1U << one)));
      for (int two = 0; two < one; ++two)
        look(at, static_cast<std::uint16_t>(value ^ (1U << one) ^ (1U << two)));
    }
  }
  std::ranges::sort(found);
  const auto repeats = std::ranges::unique(found);
  found.erase(repeats.begin(), repeats.end());
  std::ranges::stable_sort(found, {}, [&](std::size_t i) { return distance(signature, signatures_[i]); });
  return found;
}

}  // namespace carrel::indexer
