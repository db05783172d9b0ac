// The time that a document has in its process, and what is to become of a reader that does not come to an
// end.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// What a reader has of a document while it reads on: offers itself in its constructor and takes itself back
/// in its destructor, one at a time in a process. When the reader gets stuck, another thread asks for what
/// there is. So whatever `finish` touches is changed only under lock().
class PartialReading {
 public:
  /// `finish` makes an answer of what has been read, or a failure when nothing has. Called at most once, and
  /// the process ends after that.
  explicit PartialReading(std::function<Answer()> finish);
  ~PartialReading();
  PartialReading(const PartialReading&) = delete;
  PartialReading& operator=(const PartialReading&) = delete;

  static std::unique_lock<std::timed_mutex> lock();

  /// The answer of the reader that is at work, for the thread that watches it; a failure `timeout` when there
  /// is none, or none can be had within two seconds.
  static Answer finish_now();
};

/// Sets when the reader at work should come to an end by itself; time_point::max(), as in the beginning:
/// never.
void set_reading_deadline(std::chrono::steady_clock::time_point moment);

/// True once the moment has passed. Readers of long documents ask between pages and then give what they have.
bool is_reading_late();

}  // namespace carrel::indexer
