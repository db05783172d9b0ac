#include "benchmarks/side_by_side/timings.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace carrel::benchmarks {

double Timings::mean() const {
  if (each_.empty()) return 0;
  return std::accumulate(each_.begin(), each_.end(), 0.0) / static_cast<double>(each_.size());
}

double Timings::at(double share) const {
  if (each_.empty()) return 0;
  std::vector<double> sorted = each_;
  const double rank = std::ceil(share * static_cast<double>(sorted.size())) - 1;
  const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 0.0));
  std::ranges::nth_element(sorted, nth);
  return *nth;
}

std::string Timings::to_json() const {
  return fmt::format(R"({{"count":{},"mean":{:.5f},"p50":{:.5f},"p95":{:.5f},"p99":{:.5f},"most":{:.5f}}})",
                     each_.size(), mean(), at(0.5), at(0.95), at(0.99), at(1));
}

bool refuse_debug_build([[maybe_unused]] const char* program) {
#ifdef NDEBUG
  return false;
#else
  fmt::print(stderr,
             "{}: this build has assertions in it, so its times say nothing; build with --preset release\n",
             program);
  return true;
#endif
}

}  // namespace carrel::benchmarks
