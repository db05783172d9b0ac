#include "indexer/extract/reading_clock.h"

#include <atomic>
#include <utility>

namespace carrel::indexer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{2};

std::atomic<Clock::rep> deadline{Clock::time_point::max().time_since_epoch().count()};
std::timed_mutex reading_mutex;
std::function<Answer()> offered;

}  // namespace

PartialReading::PartialReading(std::function<Answer()> finish) {
  const auto guard = lock();
  offered = std::move(finish);
}

PartialReading::~PartialReading() {
  const auto guard = lock();
  offered = nullptr;
}

std::unique_lock<std::timed_mutex> PartialReading::lock() {
  return std::unique_lock(reading_mutex);
}

Answer PartialReading::finish_now() {
  const ExtractionFailure nothing{"timeout", "It was not read in time"};
  const std::unique_lock guard(reading_mutex, kPatience);
  if (!guard || !offered) return std::unexpected(nothing);
  return offered();
}

void set_reading_deadline(Clock::time_point moment) {
  deadline = moment.time_since_epoch().count();
}

bool is_reading_late() {
  return Clock::now().time_since_epoch().count() >= deadline;
}

}  // namespace carrel::indexer
