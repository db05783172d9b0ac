// What parent and child say to each other over their socket: requests with an open file, framed answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/extractor_pool.h"

namespace carrel::indexer {

/// The descriptor on which a child finds its socket.
inline constexpr int kWorkerSocket = 3;

/// Exit codes by which a child says why it had to stop in the middle of a document.
inline constexpr int kExitOutOfMemory = 77;
inline constexpr int kExitFileShrank = 78;

/// A file to read. The descriptor travels beside it.
struct WorkerRequest {
  std::uint64_t file_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::uint64_t wall_ms = 0;  ///< then the parent kills the child
  bool wants_hash = false;    ///< a frame `hash` before the answer
  std::string name;  ///< file name without folders, a hint at the format; or what else a child is asked
};

enum class FrameType : std::uint32_t {
  greeting = 1,     ///< SandboxReport, once, when the child is ready
  hash = 2,         ///< content hash of the document, before it is read, when it is asked for
  answer = 3,       ///< encode_answer()
  last_answer = 4,  ///< the same, and the child ends: it has not come to the end of the document
};

struct Frame {
  FrameType type;
  std::string_view body;
};

/// Takes frames off a stream of bytes that nobody vouches for.
class FrameBuffer {
 public:
  explicit FrameBuffer(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  void append(const char* bytes, std::size_t count) { bytes_.append(bytes, count); }

  /// The next whole frame; its body lives until the next call. Nothing: more bytes are needed, or broken()
  /// or too_long() is true.
  std::optional<Frame> next();

  bool broken() const { return broken_; }      ///< not our protocol
  bool too_long() const { return too_long_; }  ///< a frame that announces more than `most_bytes`

 private:
  std::string bytes_;
  std::size_t consumed_ = 0;
  std::uint64_t most_bytes_;
  bool broken_ = false;
  bool too_long_ = false;
};

/// Sends the request with `file` attached; false when the other end is gone.
bool send_request(int socket, const WorkerRequest& request, int file);

/// Waits for a request; `file` is the caller's to close. Nothing: the other end is gone.
std::optional<WorkerRequest> receive_request(int socket, int& file);

/// Writes all of a frame to a blocking socket; false when the other end is gone.
bool send_frame(int socket, FrameType type, std::string_view body);

std::string encode_sandbox_report(const SandboxReport& report);
std::optional<SandboxReport> decode_sandbox_report(std::string_view body);

}  // namespace carrel::indexer
