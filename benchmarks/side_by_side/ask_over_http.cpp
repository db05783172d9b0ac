// ask-over-http [--connections N] [--rounds N] HOST:PORT TARGET QUERIES: what answers cost over HTTP.
// Asks each query N rounds on so many connections at once, each waiting for its answer before it asks again.
// `{}` in TARGET stands for the query. One round goes ahead unmeasured. Prints one JSON object: answers,
// failed (no answer or a status other than 200), seconds, answers a second, bytes of all bodies, and
// milliseconds of an answer.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/side_by_side/http_connection.h"
#include "benchmarks/side_by_side/timings.h"

namespace {

using namespace carrel::benchmarks;

struct Settings {
  std::size_t connections = 1;
  std::size_t rounds = 3;
  std::string host;
  std::uint16_t port = 0;
  std::vector<std::string> targets;  ///< one a query
};

struct Asked {
  Timings timings;
  std::uint64_t bytes = 0;
  std::uint64_t failed = 0;
};

/// Asks each target `rounds` times; the connections share the work.
class Visitors {
 public:
  explicit Visitors(const Settings& settings) : settings_(settings) {}

  Asked ask(std::size_t rounds) {
    next_ = 0;
    const std::size_t end = rounds * settings_.targets.size();
    std::vector<Asked> parts(settings_.connections);
    {
      std::vector<std::jthread> threads;
      for (Asked& part : parts) threads.emplace_back([&, this] { visit(part, end); });
    }
    Asked all;
    for (const Asked& part : parts) {
      all.timings.add_all(part.timings);
      all.bytes += part.bytes;
      all.failed += part.failed;
    }
    return all;
  }

 private:
  void visit(Asked& asked, std::size_t end) {
    HttpConnection connection(settings_.host, settings_.port);
    for (std::size_t i = next_++; i < end; i = next_++) {
      const auto start = Clock::now();
      const auto answer = connection.get(settings_.targets[i % settings_.targets.size()]);
      asked.timings.add(milliseconds_since(start));
      asked.bytes += answer ? answer->body_bytes : 0;
      asked.failed += answer && answer->status == 200 ? 0 : 1;
    }
  }

  const Settings& settings_;
  std::atomic<std::size_t> next_ = 0;
};

std::optional<Settings> parse(int argc, char** argv) {
  Settings settings;
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if ((word == "--connections" || word == "--rounds") && i + 1 < argc) {
      (word == "--rounds" ? settings.rounds : settings.connections) =
          static_cast<std::size_t>(std::max(1, std::atoi(argv[++i])));
    } else {
      words.emplace_back(word);
    }
  }
  if (words.size() != 3) return std::nullopt;
  const std::size_t colon = words[0].rfind(':');
  const std::size_t hole = words[1].find("{}");
  if (colon == std::string::npos || hole == std::string::npos) return std::nullopt;
  settings.host = words[0].substr(0, colon);
  settings.port = static_cast<std::uint16_t>(std::atoi(words[0].c_str() + colon + 1));
  std::ifstream in(words[2]);
  for (std::string query; std::getline(in, query);) {
    if (query.empty()) continue;
    settings.targets.push_back(words[1].substr(0, hole) + as_parameter(query) + words[1].substr(hole + 2));
  }
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = parse(argc, argv);
  if (!settings || settings->targets.empty()) {
    fmt::print(stderr,
               "usage: ask-over-http [--connections N] [--rounds N] HOST:PORT TARGET-WITH-{{}} QUERIES\n");
    return 2;
  }
  if (refuse_debug_build("ask-over-http")) return 2;
  Visitors visitors(*settings);
  visitors.ask(1);
  const auto start = Clock::now();
  const Asked asked = visitors.ask(settings->rounds);
  const double seconds = milliseconds_since(start) / 1000;
  const auto answers = asked.timings.count();
  fmt::print(R"({{"answers":{},"failed":{},"seconds":{:.4f},"per_second":{:.2f},"bytes":{},"latency":{}}})",
             answers, asked.failed, seconds, static_cast<double>(answers) / seconds, asked.bytes,
             asked.timings.to_json());
  fmt::print("\n");
  return asked.failed == 0 ? 0 : 1;
}
