// A file of values by key that may be lost without harm: whatever is wrong with it costs the work of making
// the values anew, never a run.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace carrel::indexer {

/// What a value is. The numbers are stored.
enum class MemoryKind : int {
  extraction = 1,       ///< the answer of a reader to a document
  recognised_page = 2,  ///< the text that was recognised in the picture of one page
};

/// `content` names the bytes of a document (content_key()), `detail` tells values of one kind and content
/// apart.
struct MemoryKey {
  MemoryKind kind = MemoryKind::extraction;
  std::string content;
  std::string detail;
};

/// What a file holds.
struct MemoryCensus {
  std::uint64_t documents = 0;
  std::uint64_t recognised_pages = 0;
  std::uint64_t file_bytes = 0;
};

struct MemoryFileOptions {
  std::filesystem::path file;
  /// True where the name alone says that the file is ours (it lies in an index): whatever is there is made
  /// anew when it cannot be read. Else a file that is not recognisably ours is left alone and not used.
  bool ours_by_place = true;
  /// Sum of the values. Beyond it values go, those of contents that nobody has any more first.
  std::uint64_t most_bytes = std::uint64_t{8} << 30;
  /// A content that was in no index for so many runs is forgotten.
  std::uint64_t keep_runs = 10;
  /// How long to wait for another program that writes to the same file.
  std::chrono::milliseconds patience{2'000};
};

/// A SQLite database of compressed values. Every value is guarded by a hash over itself, its key and its
/// version: what does not fit counts as absent. May be used from several threads and by
/// several programs at once; writing is gathered and done in short transactions, so nobody waits long.
class MemoryFile {
 public:
  /// Never fails. With a file that cannot be used nothing is found and nothing kept, and notes() says why.
  explicit MemoryFile(MemoryFileOptions options);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// The value last put under this key by the same version; nothing when there is none or it is damaged.
  std::optional<std::string> get(const MemoryKey& key, std::string_view version);

  /// Keeps a value in place of another one of this key. On the disk after flush(), at the latest with the
  /// first put() a second later.
  void put(const MemoryKey& key, std::string_view version, std::string_view value);

  /// Writes what was put.
  void flush();

  /// Ends a run: `contents` are those that the index now holds. Forgets what was in none for keep_runs runs,
  /// and what is too much. Costs one pass over the keys.
  void end_run(const std::unordered_set<std::string>& contents);

  MemoryCensus census();

  /// Sentences for people on all that went wrong since the last call.
  std::vector<std::string> take_notes();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What the file holds, read without changing anything; nothing when there is none that can be read.
std::optional<MemoryCensus> read_census(const std::filesystem::path& file);

}  // namespace carrel::indexer
