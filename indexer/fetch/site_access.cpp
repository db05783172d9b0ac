#include "indexer/fetch/site_access.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace carrel::indexer {

using std::chrono::milliseconds;

namespace {

constexpr int kMostRedirects = 5;
constexpr int kMostTimesUnreachable = 3;
constexpr std::int64_t kLongestWaitSeconds = 120;
constexpr std::int64_t kUsualWaitSeconds = 10;  ///< of a site that is busy and does not say for how long
constexpr milliseconds kBreath{100};            ///< between two looks whether to stop

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_busy(int status) {
  return status == 429 || status == 503;
}

HttpFailure interrupted() {
  return {"interrupted", "The run was interrupted"};
}

}  // namespace

SiteAccess::SiteAccess(AccessOptions options, const std::atomic<bool>& stop)
    : options_(std::move(options)), stop_(stop), client_(options_.http, stop) {}

/// False when it was asked to stop meanwhile.
bool SiteAccess::pause(milliseconds time) const {
  const auto until = Clock::now() + time;
  while (!stop_.load()) {
    const auto now = Clock::now();
    if (now >= until) return true;
    std::this_thread::sleep_for(std::min<Clock::duration>(kBreath, until - now));
  }
  return false;
}

std::expected<HttpAnswer, HttpFailure> SiteAccess::ask_once(const WebAddress& address,
                                                            const HttpConditions& conditions) {
  Host& host = hosts_[address.host];
  if (!host.given_up.empty()) return std::unexpected(HttpFailure{"host-given-up", host.given_up});
  if (host.last) {
    const milliseconds delay = std::max(options_.delay, host.delay);
    const auto since = std::chrono::duration_cast<milliseconds>(Clock::now() - *host.last);
    if (since < delay && !pause(delay - since)) return std::unexpected(interrupted());
  }
  auto answer = client_.get(address.url, conditions);
  host.last = Clock::now();
  const bool unreachable =
      !answer && (answer.error().code == "unreachable" || answer.error().code == "timeout");
  host.unreachable = unreachable ? host.unreachable + 1 : 0;
  if (host.unreachable >= kMostTimesUnreachable)
    host.given_up = fmt::format("{} could not be reached {} times in a row", address.host, host.unreachable);
  return answer;
}

std::expected<HttpAnswer, HttpFailure> SiteAccess::ask(const WebAddress& address,
                                                       const HttpConditions& conditions) {
  auto answer = ask_once(address, conditions);
  if (!answer || !is_busy(answer->status)) return answer;
  const std::int64_t wait = answer->retry_after.value_or(kUsualWaitSeconds);
  if (wait <= kLongestWaitSeconds) {
    if (!pause(std::chrono::seconds(wait))) return std::unexpected(interrupted());
    answer = ask_once(address, conditions);
    if (!answer || !is_busy(answer->status)) return answer;
  }
  hosts_[address.host].given_up = fmt::format("{} asks to come back later", address.host);
  return std::unexpected(HttpFailure{"busy", hosts_[address.host].given_up});
}

SiteAccess::Site SiteAccess::read_robots(const WebAddress& address) {
  std::optional<WebAddress> at = resolve_address(address, "/robots.txt");
  for (int hops = 0; at && hops <= kMostRedirects; ++hops) {
    auto answer = ask(*at, {});
    // RFC 9309, 2.3.1.4: a site that cannot be reached, or is broken, allows nothing.
    if (!answer) return {.rules = RobotsRules::forbid_all(), .unreachable = answer.error()};
    if (is_redirect(answer->status)) {
      at = resolve_address(*at, answer->location);
      continue;
    }
    if (answer->status >= 200 && answer->status < 300)
      return {.rules = RobotsRules::parse(answer->body, product_token(options_.http.user_agent)),
              .unreachable = std::nullopt};
    if (answer->status >= 500) {
      return {.rules = RobotsRules::forbid_all(),
              .unreachable = HttpFailure{"robots-unreachable",
                                         fmt::format("The robots.txt of {} could not be read: it answers {}",
                                                     address.origin(), answer->status)}};
    }
    break;
  }
  return {};
}

std::optional<HttpFailure> SiteAccess::forbidden(const WebAddress& address) {
  if (!options_.obey_robots) return std::nullopt;
  const std::string origin = address.origin();
  auto site = sites_.find(origin);
  if (site == sites_.end()) {
    site = sites_.emplace(origin, read_robots(address)).first;
    if (const auto delay = site->second.rules.crawl_delay()) {
      Host& host = hosts_[address.host];
      host.delay = std::max(host.delay, milliseconds(static_cast<std::int64_t>(*delay * 1000)));
    }
  }
  if (stop_.load()) return interrupted();
  if (site->second.unreachable) return *site->second.unreachable;
  if (site->second.rules.allows(address.target())) return std::nullopt;
  return HttpFailure{"robots", fmt::format("The robots.txt of {} asks not to fetch it", origin)};
}

std::expected<SiteAnswer, HttpFailure> SiteAccess::get(const WebAddress& address,
                                                       const HttpConditions& conditions) {
  WebAddress at = address;
  for (int hops = 0; hops <= kMostRedirects; ++hops) {
    if (auto no = forbidden(at)) return std::unexpected(std::move(*no));
    auto answer = ask(at, conditions);
    if (!answer) return std::unexpected(answer.error());
    if (!is_redirect(answer->status)) return SiteAnswer{std::move(*answer), std::move(at)};
    const auto next = resolve_address(at, answer->location);
    if (!next || answer->location.empty()) {
      return std::unexpected(HttpFailure{
          "redirect", fmt::format("It leads to '{}', which is no http or https address", answer->location)});
    }
    at = *next;
  }
  return std::unexpected(
      HttpFailure{"redirect", fmt::format("It is redirected more than {} times", kMostRedirects)});
}

}  // namespace carrel::indexer
