// The command line of carrel-server.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query-server/configuration.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// What the command line says; what it does not name is left to the configuration file.
struct Arguments {
  std::string config;         ///< file; empty: none
  bool check_config = false;  ///< only say whether the configuration can be used
  std::optional<std::string> index;
  std::optional<std::string> documents;
  std::vector<ListenAddress> listen;
  std::optional<std::size_t> threads;
};

/// What the command line says, or a text to print and be done (--help, --version). Errors: usage.
Result<std::variant<Arguments, std::string>> parse_arguments(int argc, const char* const* argv);

/// The configuration file with what the command line says laid over it; the environment variable
/// CARREL_INDEX is stronger than the file and weaker than the option. Errors as read_configuration; no index.
std::expected<Configuration, std::vector<Error>> effective_configuration(const Arguments& arguments);

}  // namespace carrel::query_server
