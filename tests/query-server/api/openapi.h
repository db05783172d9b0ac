// Holds answers against the description of the API that the server itself gives.
#pragma once

#include <string>
#include <string_view>

#include "tests/query-server/test_client.h"

namespace carrel::query_server::testing {

/// What is wrong with an answer to `target` by the description: an operation, status, media type or member
/// that it does not have. Empty when the answer is as described. Bodies that are no JSON are only held
/// against their media type.
std::string fault_of(const Answered& answer, std::string_view method, std::string_view target);

}  // namespace carrel::query_server::testing
