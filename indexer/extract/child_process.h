// One child of a pool: starting it, talking to it, ending it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

#include "search/schema/result.h"

namespace carrel::indexer {

/// A running program with a socket to it on its descriptor kWorkerSocket. Its standard streams lead nowhere,
/// except standard error under sanitizers. Killed and reaped when it goes out of scope.
class ChildProcess {
 public:
  /// Errors: failed (the program cannot be started).
  static Result<ChildProcess> start(const std::string& executable, const std::vector<std::string>& arguments);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  int socket() const { return socket_; }

  /// Kills it if it still runs and returns its wait status (as waitpid() gives it), -1 when nobody knows.
  int kill_and_reap();

  /// Returns its wait status when it ends by itself within `patience`, else kills it and returns -1.
  int reap(std::chrono::milliseconds patience);

 private:
  ChildProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

  pid_t pid_ = -1;
  int socket_ = -1;
};

}  // namespace carrel::indexer
