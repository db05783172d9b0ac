// Lists of positions that were read from an index, so that the next query need not read them again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace carrel::search {

/// For one revision of an index. Reading a list takes Xapian two calls of the system and some buffers,
/// however short it is; page breaks are asked for again by whatever query finds the same resource, and words
/// by queries that share them. Takes about kBytes of memory at most: when half of that is full, what was not
/// asked for since the half before is forgotten. One object, one thread.
class PositionMemory {
 public:
  using Positions = std::span<const Xapian::termpos>;

  static constexpr std::size_t kBytes = std::size_t{4} << 20;

  /// The positions of `term` in `document`, ascending; none when it is not there. Valid until the next call.
  /// Throws Xapian::Error.
  Positions of(const Xapian::Database& database, Xapian::docid document, const std::string& term);

  /// To be called when the index has another revision.
  void forget();

 private:
  /// Lists one behind the other: how many positions, then how far each is from the one before.
  struct Half {
    std::unordered_map<std::uint64_t, std::uint32_t> begins;  // in `bytes`, by term and document
    std::string bytes;
  };

  std::uint64_t key_of(Xapian::docid document, const std::string& term);
  /// Unpacks into read_.
  bool recall(const Half& half, std::uint64_t key);
  void remember(std::uint64_t key);

  std::unordered_map<std::string, std::uint32_t> terms_;  // their numbers in keys
  Half newer_, older_;
  std::vector<Xapian::termpos> read_;
};

}  // namespace carrel::search
