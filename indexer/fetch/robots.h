// What a site asks of robots: the Robots Exclusion Protocol, RFC 9309.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

/// The rules of a robots.txt for one robot.
class RobotsRules {
 public:
  /// Nothing is forbidden.
  RobotsRules() = default;

  /// Everything is forbidden: what a site means that answers with an error of its own (RFC 9309, 2.3.1.4).
  static RobotsRules forbid_all();

  /// The rules of all groups whose user-agent is `product` (letters, '-' and '_', in any case), else those of
  /// all groups for "*". Lines that are no rules are passed over; of a text longer than 500 KiB the rest.
  static RobotsRules parse(std::string_view text, std::string_view product);

  /// Whether path and query of an address may be asked for. The longest rule that matches decides, of two
  /// equally long ones the allowing one; '*' in a rule stands for anything, '$' at its end for the end.
  bool allows(std::string_view target) const;

  /// Seconds between two requests (Crawl-delay: no part of the RFC, but widely used).
  std::optional<double> crawl_delay() const { return crawl_delay_; }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
  std::optional<double> crawl_delay_;
};

/// The part of a user agent that robots.txt names: "Carrel/1.2 (+https://…)" → "Carrel".
std::string_view product_token(std::string_view user_agent);

}  // namespace carrel::indexer
