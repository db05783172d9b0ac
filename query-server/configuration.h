// What whoever runs the server can set, from a TOML file and the command line.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/concept_statistics.h"
#include "query-server/http_server.h"
#include "query-server/listen_address.h"
#include "search/schema/result.h"

namespace carrel::query_server {

enum class LogFormat { automatic, text, json };  ///< automatic: text on a terminal, else JSON

struct Configuration {
  std::string index;
  std::string documents;              ///< empty: documents are not served
  std::vector<ListenAddress> listen;  ///< empty: sockets that were handed over, else 127.0.0.1:8080
  std::optional<ListenAddress> metrics;  ///< nothing: /metrics is served beside the other routes
  std::string public_url;  ///< "https://example.org", for addresses in feeds; empty: the Host of the request

  std::size_t threads = 2;                           ///< searches done at the same time
  std::size_t waiting = 64;                          ///< searches that may wait for a thread
  std::chrono::milliseconds search_time{1000};       ///< for one pass over the matches of a search
  std::size_t cache_bytes = std::size_t{16} << 20;   ///< answers kept in memory; 0: none

  ConnectionLimits limits;
  std::vector<std::string> allowed_origins;  ///< origins whose pages may read the API; "*": all

  bool access_log = false;
  LogFormat log_format = LogFormat::automatic;

  StatisticsSettings statistics;
};

/// Reads a configuration file. Keys that are not named keep the values of `defaults`. Errors (usage), one for
/// each fault, name file, line and column: no TOML, an unknown key, a wrong type, a value out of its range.
std::expected<Configuration, std::vector<Error>> read_configuration(const std::string& file,
                                                                    Configuration defaults = {});

/// The same of a text; `name` stands for the file in messages.
std::expected<Configuration, std::vector<Error>> parse_configuration(std::string_view toml,
                                                                     const std::string& name,
                                                                     Configuration defaults = {});

}  // namespace carrel::query_server
