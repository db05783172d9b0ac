// The only file of the server that knows CLI11.
#include "query-server/arguments.h"

#include <utility>

#include <CLI/CLI.hpp>

namespace carrel::query_server {

Result<std::variant<Arguments, std::string>> parse_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  std::vector<std::string> listen;
  CLI::App app{"Serves the search page and the search API of a resource library.", "carrel-server"};
  app.add_option("--index", arguments.index, "Folder of the index, made by carrel-index")
      ->envname("CARREL_INDEX")
      ->type_name("DIR");
  app.add_option("--listen", listen,
                 "Where to listen, may be repeated: port 0 takes any free one [127.0.0.1:8080]")
      ->type_name("HOST:PORT|unix:/PATH")
      ->expected(1)
      ->take_all();
  app.add_option("--documents", arguments.documents, "Folder whose files are served under /documents/")
      ->type_name("DIR");
  app.add_option("--threads", arguments.threads, "Searches done at the same time, 1 to 64 [2]")
      ->type_name("N")
      ->check(CLI::Range(1, 64));
  app.add_option("--config", arguments.config, "Configuration in TOML; options are stronger than it")
      ->type_name("FILE");
  app.add_flag("--check-config", arguments.check_config, "Say whether the configuration can be used, and end");
  app.set_version_flag("--version", "carrel-server " CARREL_VERSION, "Print the version and exit");
  app.footer(
      "Examples:\n  carrel-server --index ./index --documents ./library --listen 127.0.0.1:8080\n"
      "  carrel-server --config /etc/carrel/server.toml --check-config\n\n"
      "Prints one line for each address when it is ready. SIGTERM and SIGINT (Ctrl-C) end it once those who are\n"
      "being answered have their answers, SIGHUP reads the configuration again. Writes nothing about what is\n"
      "searched or by whom.\n"
      "Exit: 0 stopped, 2 wrong options or configuration, no index or an address in use.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return app.help();
  } catch (const CLI::CallForVersion& version) {
    return std::string(version.what()) + "\n";
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::usage, error.what(), "carrel-server --help lists the options");
  }
  for (const std::string& text : listen) {
    auto address = parse_listen_address(text);
    if (!address) return std::unexpected(address.error());
    arguments.listen.push_back(*std::move(address));
  }
  return arguments;
}

std::expected<Configuration, std::vector<Error>> effective_configuration(const Arguments& arguments) {
  Configuration configuration;
  if (!arguments.config.empty()) {
    auto read = read_configuration(arguments.config);
    if (!read) return read;
    configuration = *std::move(read);
  }
  if (arguments.index) configuration.index = *arguments.index;
  if (arguments.documents) configuration.documents = *arguments.documents;
  if (!arguments.listen.empty()) configuration.listen = arguments.listen;
  if (arguments.threads) configuration.threads = *arguments.threads;
  if (configuration.index.empty()) {
    return std::unexpected(
        std::vector{Error{ErrorKind::usage, "Which index to search is not said",
                          "Give its folder with --index, in the environment variable CARREL_INDEX, or as index = "
                          "\"…\" in the configuration"}});
  }
  return configuration;
}

}  // namespace carrel::query_server
