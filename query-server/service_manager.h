// Talking to systemd, by the protocols of sd_notify(3) and sd_listen_fds(3); nothing happens without it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::query_server {

/// A socket that was opened for this process. `name` is FileDescriptorName= of the socket unit.
struct InheritedSocket {
  int descriptor;
  std::string name;
};

/// The sockets that were handed over (LISTEN_FDS). They are closed in child processes, and the variables are
/// taken out of the environment. Call once, before threads exist.
std::vector<InheritedSocket> inherited_sockets();

/// Tells the service manager a state: "READY=1", "STOPPING=1", "WATCHDOG=1", "RELOADING=1\n…". Without
/// NOTIFY_SOCKET nothing happens. Any thread.
void notify_service_manager(std::string_view state);

/// How often the service manager wants to hear "WATCHDOG=1": half its limit. 0: it does not.
std::chrono::milliseconds watchdog_interval();

}  // namespace carrel::query_server
