#include "indexer/extract/reading_watch.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <limits>
#include <thread>

#include <semaphore.h>
#include <time.h>
#include <unistd.h>

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/reading_clock.h"
#include "indexer/extract/sandbox.h"
#include "indexer/extract/worker_socket.h"

namespace carrel::indexer {
namespace {

using Clock = std::chrono::steady_clock;

/// Who may speak to the parent about the document at work.
enum class Speaker : int { nobody, reader, watch };

sem_t news;
std::atomic<Speaker> speaker{Speaker::nobody};
std::atomic<Clock::rep> ends{0};
/// When the thread wakes by itself. Documents follow each other far faster than their time runs out, so it is
/// woken only by one that ends before that.
constexpr Clock::rep kNever = std::numeric_limits<Clock::rep>::max();
std::atomic<Clock::rep> wakes{kNever};
std::atomic<bool> out_of_memory{false};

/// Takes the word from the reader; false when no document is at work.
bool take_word() {
  Speaker expected = Speaker::reader;
  return speaker.compare_exchange_strong(expected, Speaker::watch);
}

bool is_late() {
  const Clock::rep moment = ends;
  return moment != 0 && Clock::now().time_since_epoch().count() >= moment;
}

/// Sends what has been read and ends the process. Returns when there is nothing to send and the reader may
/// yet come to its end.
void send_what_there_is() {
  release_memory_reserve();
  try {
    if (const Answer answer = PartialReading::finish_now()) {
      send_frame(kWorkerSocket, FrameType::last_answer, encode_answer(answer));
      _exit(EXIT_SUCCESS);
    }
  } catch (const std::exception&) {
    // Then there is nothing to send either.
  }
  if (out_of_memory) _exit(kExitOutOfMemory);
}

void wait_until(Clock::rep moment) {
  const auto left = std::chrono::nanoseconds(moment - Clock::now().time_since_epoch().count());
  timespec when{};
  clock_gettime(CLOCK_MONOTONIC, &when);
  const std::int64_t total = when.tv_nsec + std::max<std::int64_t>(left.count(), 0);
  when.tv_sec += total / 1'000'000'000;
  when.tv_nsec = total % 1'000'000'000;
  sem_clockwait(&news, CLOCK_MONOTONIC, &when);
}

void run() {
  for (;;) {
    const Clock::rep moment = ends;
    wakes = moment == 0 ? kNever : moment;
    // A document that began before `wakes` was set has not seen it.
    if (ends == moment) {
      if (moment == 0) {
        sem_wait(&news);
      } else {
        wait_until(moment);
      }
    }
    if (!(is_late() || out_of_memory) || !take_word()) continue;
    // The next document may have begun in between.
    if (is_late() || out_of_memory) {
      send_what_there_is();
      ends = 0;
    }
    speaker = Speaker::reader;
  }
}

}  // namespace

void start_reading_watch() {
  sem_init(&news, 0, 0);
  std::thread(run).detach();
}

void watch_reading(Clock::time_point moment) {
  ends = moment.time_since_epoch().count();
  speaker = Speaker::reader;
  if (ends < wakes) sem_post(&news);
}

void unwatch_reading() {
  Speaker expected = Speaker::reader;
  while (!speaker.compare_exchange_strong(expected, Speaker::nobody)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    expected = Speaker::reader;
  }
  ends = 0;
}

void give_up_for_memory() {
  out_of_memory = true;
  sem_post(&news);
  for (;;) {
    const timespec hour{3600, 0};
    nanosleep(&hour, nullptr);
  }
}

}  // namespace carrel::indexer
