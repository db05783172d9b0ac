// The only file of the server that knows CLI11.
#include "query-server/arguments.h"

#include <charconv>

#include <CLI/CLI.hpp>

namespace carrel::query_server {

Result<ListenAddress> parse_listen_address(const std::string& text) {
  constexpr const char* kHint = "Write HOST:PORT, as 127.0.0.1:8080 or [::1]:8080; port 0 takes any free one";
  const auto colon = text.rfind(':');
  const bool bracketed = text.starts_with('[');
  const auto wrong = [&] { return fail(ErrorKind::usage, "Cannot listen on “" + text + "”", kHint); };
  if (colon == std::string::npos || colon == 0) return wrong();
  std::string host = text.substr(0, colon);
  if (bracketed != host.ends_with(']') || (!bracketed && host.find(':') != std::string::npos)) return wrong();
  if (bracketed) host = host.substr(1, host.size() - 2);
  const char* const end = text.data() + text.size();
  std::uint16_t port = 0;
  const auto read = std::from_chars(text.data() + colon + 1, end, port);
  if (host.empty() || read.ec != std::errc() || read.ptr != end) return wrong();
  return ListenAddress{std::move(host), port};
}

Result<std::variant<Arguments, std::string>> parse_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  std::string listen = "127.0.0.1:8080";
  CLI::App app{"Serves the search page and the search API of a resource library.", "carrel-server"};
  app.add_option("--index", arguments.index, "Folder of the index, made by carrel-index")
      ->envname("CARREL_INDEX")
      ->type_name("DIR");
  app.add_option("--listen", listen, "Address and port; port 0 takes any free one")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--documents", arguments.documents, "Folder whose files are served under /documents/")
      ->type_name("DIR");
  app.add_option("--threads", arguments.threads, "Searches done at the same time, 1 to 64")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.set_version_flag("--version", "carrel-server " CARREL_VERSION, "Print the version and exit");
  app.footer(
      "Example:\n  carrel-server --index ./index --documents ./library --listen 127.0.0.1:8080\n\n"
      "Prints one line when it is ready, and ends at SIGTERM or SIGINT (Ctrl-C) once those who are being\n"
      "answered have their answers. Writes nothing about searches or visitors.\n"
      "Exit: 0 stopped, 2 wrong options, no index or a port in use.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return app.help();
  } catch (const CLI::CallForVersion& version) {
    return std::string(version.what()) + "\n";
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::usage, error.what(), "carrel-server --help lists the options");
  }
  if (arguments.index.empty()) {
    return fail(ErrorKind::usage, "Which index to search is not said",
                "Give its folder with --index, or in the environment variable CARREL_INDEX");
  }
  auto address = parse_listen_address(listen);
  if (!address) return std::unexpected(address.error());
  arguments.host = address->host;
  arguments.port = address->port;
  return arguments;
}

}  // namespace carrel::query_server
