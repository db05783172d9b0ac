// A thread beside the reader of a child: when a document takes too long or too much memory, it sends what has
// been read of it so far and ends the process.
#pragma once

#include <chrono>

namespace carrel::indexer {

/// Starts the thread. Call it once, before the sandbox closes: no thread can be started behind it.
void start_reading_watch();

/// A document begins: it has until `moment`.
void watch_reading(std::chrono::steady_clock::time_point moment);

/// A document has been read: from now on the caller speaks to the parent. Does not return when the thread has
/// taken over.
void unwatch_reading();

/// For signal handlers of the reading thread: memory has ended and the reader cannot go on. Never returns.
[[noreturn]] void give_up_for_memory();

}  // namespace carrel::indexer
