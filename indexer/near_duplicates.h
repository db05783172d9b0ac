// Documents with nearly the same text.
//
// A document's signature is a simhash (M. Charikar, Similarity Estimation Techniques from Rounding
// Algorithms, 2002) of its shingles of three words, as G. S. Manku, A. Jain and A. Das Sarma use it
// (Detecting Near-Duplicates for Web Crawling, 2007), with 128 bits instead of 64 because a library has short
// documents too. The share of bits in which two signatures differ tells the angle between their sets of
// shingles. Signatures within a distance are found by an index over eight parts of 16 bits (M. Norouzi, A.
// Punjani and D. Fleet, Fast Search in Hamming Space with Multi-Index Hashing, 2012).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// All zero: too little text to compare.
struct Signature {
  std::array<std::uint64_t, 2> bits{};

  bool empty() const { return bits[0] == 0 && bits[1] == 0; }
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// Fewer different shingles say too little: two forms with the same heading would be nearly the same.
inline constexpr std::size_t kLeastShingles = 60;

/// Two documents at most so far apart are nearly the same. See benchmarks/README.md for how it was measured.
inline constexpr unsigned kNearDistance = 23;

/// The signature of a document. Words are what stands between blanks and ASCII punctuation, in lower case
/// where they are ASCII; Chinese, Japanese and Korean characters are words of their own. Of long documents a
/// sample of the shingles is taken, the same for the same text.
Signature text_signature(const std::vector<Page>& pages);

/// In how many bits two signatures differ, 0 to 128.
unsigned distance(const Signature& a, const Signature& b);

/// Finds signatures that are near to a given one.
class SignatureIndex {
 public:
  /// Empty signatures are near to nothing.
  explicit SignatureIndex(std::vector<Signature> signatures);

  /// The places in the given vector whose signatures are at most kNearDistance from `signature`, nearest
  /// first.
  std::vector<std::size_t> near(const Signature& signature) const;

 private:
  static constexpr std::size_t kParts = 8;
  static std::uint16_t part(const Signature& signature, std::size_t at);

  /// Signatures by the value of one part: those of value v are members[begins[v] .. begins[v + 1]).
  struct Part {
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> members;
  };

  std::vector<Signature> signatures_;
  std::array<Part, kParts> parts_;
};

}  // namespace carrel::indexer
