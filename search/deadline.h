// Ends the matching of a query when its time is up.
#pragma once

#include <chrono>

#include <xapian.h>

namespace carrel::search {

/// Time for one pass over the matches. Xapian's own limit (Enquire::set_time_limit) only stops a match from
/// checking more documents than it needs, and a decider sees no document while none matches; this one is part
/// of the query, so it ends any of them. It must outlive the matching of what it bounds. One thread.
class Deadline {
 public:
  /// Begins to run at once.
  explicit Deadline(std::chrono::milliseconds limit) : end_(Clock::now() + limit) {}
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  /// `query` with an end in time: from then on it matches nothing more. What it matched until then, in the
  /// order of document numbers, is in the MSet as if it were all.
  Xapian::Query bound(const Xapian::Query& query);

  /// What `bound` sets beside a query. An OR hands no document on before it has found one, so each of its
  /// parts that may look at many documents in vain (a phrase) needs a clock of its own.
  Xapian::Query clock();

  /// Begins anew, with another time.
  void restart(std::chrono::milliseconds limit);

  /// True when a bound query was ended since it began.
  bool passed() const { return passed_; }

 private:
  class Source;
  using Clock = std::chrono::steady_clock;

  bool is_over() {
    passed_ = passed_ || Clock::now() >= end_;
    return passed_;
  }

  Clock::time_point end_;
  bool passed_ = false;
};

}  // namespace carrel::search
