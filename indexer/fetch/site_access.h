// Asking sites politely: their robots.txt first, a pause between two requests, no more when they say so.
#pragma once

#include <atomic>
#include <chrono>
#include <expected>
#include <map>
#include <optional>
#include <string>

#include "indexer/fetch/http_client.h"
#include "indexer/fetch/robots.h"
#include "indexer/fetch/web_address.h"

namespace carrel::indexer {

struct AccessOptions {
  HttpOptions http;
  std::chrono::milliseconds delay{
      1000};  ///< least pause between two requests to one host; a longer Crawl-delay counts
  bool obey_robots = true;
};

/// An answer and where it came from in the end.
struct SiteAnswer {
  HttpAnswer http;
  WebAddress from;  ///< behind all redirects
};

/// Fetches documents of any number of sites, one after another. One thread.
class SiteAccess {
 public:
  SiteAccess(AccessOptions options, const std::atomic<bool>& stop);

  /// Asks for an address, following at most five redirects, each of which is an address like the first:
  /// http or https, allowed by its site's robots.txt, public. 429 and 503 are tried once more after the time
  /// that the site asks for when that is at most two minutes. A host that could not be reached three times in
  /// a row, or that asks for a longer pause, is not asked again. Codes of failures: those of HttpFailure,
  /// robots, robots-unreachable, redirect, host-given-up, busy.
  std::expected<SiteAnswer, HttpFailure> get(const WebAddress& address,
                                             const HttpConditions& conditions = {});

 private:
  using Clock = std::chrono::steady_clock;
  struct Host {
    std::optional<Clock::time_point> last;  ///< when the last answer came
    int unreachable = 0;                    ///< times in a row
    std::string given_up;                   ///< why it is asked no more
    std::chrono::milliseconds delay{0};     ///< its Crawl-delay
  };
  struct Site {
    RobotsRules rules;
    std::optional<HttpFailure> unreachable;  ///< nothing is known of what it allows
  };

  std::expected<HttpAnswer, HttpFailure> ask(const WebAddress& address, const HttpConditions& conditions);
  std::expected<HttpAnswer, HttpFailure> ask_once(const WebAddress& address,
                                                  const HttpConditions& conditions);
  std::optional<HttpFailure> forbidden(const WebAddress& address);
  Site read_robots(const WebAddress& address);
  bool pause(std::chrono::milliseconds time) const;

  AccessOptions options_;
  const std::atomic<bool>& stop_;
  HttpClient client_;
  std::map<std::string, Host> hosts_;  ///< by host name
  std::map<std::string, Site> sites_;  ///< by origin
};

}  // namespace carrel::indexer
