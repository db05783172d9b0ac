// Requests that no honest client sends, made at random but the same at every run.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace carrel::tests {

/// Makes one request after another: odd methods, targets, versions, fields, encodings, bodies and queries,
/// most of them almost right. One object, one thread.
class HostileRequests {
 public:
  explicit HostileRequests(std::uint64_t seed) : random_(seed) {}

  /// The bytes of one request, maybe cut short or with more behind it.
  std::string next();

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  std::string bytes(std::size_t most);
  std::string query();
  std::string target();
  std::string fields();
  std::string body(std::string& type);

  std::mt19937_64 random_;
};

}  // namespace carrel::tests
