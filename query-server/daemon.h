// The running server: index, site, listeners, log and the service manager, put together.
#pragma once

#include <functional>
#include <string>

#include "query-server/arguments.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// Serves as `configuration` says until SIGTERM or SIGINT. `arguments` are where it came from: SIGHUP reads
/// them again, and what can change without a restart (limits, origins, public address, access log, statistics) changes.
/// `announce` is told each address in the words for people once all listen. Errors: no index, an address in
/// use, a folder that cannot be read.
Result<void> run_daemon(const Arguments& arguments, const Configuration& configuration,
                        const std::function<void(const std::string&)>& announce);

/// Opens what `configuration` names, without listening: the error that run_daemon would meet.
Result<void> check_configuration(const Configuration& configuration);

}  // namespace carrel::query_server
