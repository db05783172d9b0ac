// Reading the parts of a zip archive that lies in memory, within limits: the one place that knows libarchive.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// What unpacking one document may cost. Beyond it the document is `too-large`: whoever made it that large
/// did so to harm, or it is no document of a library.
struct ArchiveLimits {
  std::size_t entries = 20'000;
  std::uint64_t part_bytes = std::uint64_t{256} << 20;   ///< of one part, unpacked
  std::uint64_t total_bytes = std::uint64_t{512} << 20;  ///< of all parts that are read, unpacked
  /// A part beyond `bomb_bytes` may be at most `ratio` times as large as the whole archive. Deflate reaches
  /// 1032; the XML of office files stays below 100.
  std::uint64_t bomb_bytes = std::uint64_t{32} << 20;
  std::uint64_t ratio = 400;
};

/// A zip archive. Names are data and nothing more: no part is ever written to a file or read as an archive of
/// its own. The bytes must outlive it. Not thread-safe.
class Archive {
 public:
  /// Lists the archive. Failures: damaged (nothing can be found in it), too-large (too many entries).
  static std::expected<Archive, ExtractionFailure> open(std::string_view bytes, ArchiveLimits limits = {});

  /// Names in the order they lie in the archive: '/' between folders, without a leading "/" or "./".
  const std::vector<std::string>& names() const { return names_; }

  /// The name as it is written in the archive, found without regard to the case of ASCII letters.
  std::optional<std::string> find(std::string_view name) const;

  /// The bytes of one part, whole or as far as they can be unpacked; nothing when it is not there.
  std::optional<std::string> read(std::string_view name);

  /// Hands out every part whose name `wanted` approves, in the order they lie in the archive, one at a time.
  /// Of several parts of one name only the first counts.
  void read_each(const std::function<bool(std::string_view name)>& wanted,
                 const std::function<void(const std::string& name, std::string&& bytes)>& use);

  /// The first limit that was met, or `encrypted`: what has been read since is not the whole.
  const std::optional<ExtractionFailure>& failure() const { return failure_; }

  /// True when a part that was read is damaged or cut off.
  bool partly_damaged() const { return partly_damaged_; }

 private:
  Archive(std::string_view bytes, ArchiveLimits limits) : bytes_(bytes), limits_(limits) {}

  struct Reader;
  std::string unpack(Reader& reader);

  std::string_view bytes_;
  ArchiveLimits limits_;
  std::vector<std::string> names_;
  std::uint64_t unpacked_ = 0;
  std::optional<ExtractionFailure> failure_;
  bool partly_damaged_ = false;
};

}  // namespace carrel::indexer
