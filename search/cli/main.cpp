// carrel-search: raw arguments → checked options → one short run.
#include <cstdio>
#include <exception>
#include <string_view>

#include <fmt/format.h>

#include "search/cli/command_line.h"
#include "search/cli/completion.h"
#include "search/cli/run.h"

int main(int argc, char** argv) {
  using namespace carrel::search::cli;
  try {
    if (argc > 1 && std::string_view(argv[1]) == "--complete") return complete(argc, argv);
    const auto parsed = parse_command_line(argc, argv);
    return parsed.options ? run(*parsed.options) : parsed.exit_code;
  } catch (const std::exception& error) {
    fmt::print(stderr, "carrel-search: something is broken: {}\n", error.what());
    return kError;
  }
}
