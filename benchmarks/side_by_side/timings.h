// How long things took, and how that is told.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace carrel::benchmarks {

using Clock = std::chrono::steady_clock;

inline double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Durations of one kind of question, in milliseconds.
class Timings {
 public:
  void add(double milliseconds) { each_.push_back(milliseconds); }
  void add_all(const Timings& others) { each_.insert(each_.end(), others.each_.begin(), others.each_.end()); }

  std::size_t count() const { return each_.size(); }
  double mean() const;
  /// The duration that `share` (0 to 1) of all do not exceed; 0 when there are none.
  double at(double share) const;

  /// {"count":…,"mean":…,"p50":…,"p95":…,"p99":…,"most":…}, milliseconds.
  std::string to_json() const;

 private:
  std::vector<double> each_;
};

/// True when assertions were compiled in: such a build is no subject of measuring. Says so on stderr.
bool refuse_debug_build(const char* program);

}  // namespace carrel::benchmarks
