// The commands of `carrel-index`: each prints for people and returns the exit code.
#pragma once

#include <atomic>

#include "indexer/command_line.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// Runs the command. An Error is printed and mapped to an exit code by main alone.
Result<int> run_command(const CommandLine& line, const std::atomic<bool>& stop);

/// The exit code that an error of a command means.
int exit_code(ErrorKind kind);

}  // namespace carrel::indexer
