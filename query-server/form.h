// The parameters of a request, wherever they stand: in the address, in a form, in a JSON object.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/http_message.h"
#include "query-server/problem.h"

namespace carrel::query_server {

/// One name with one value, both valid UTF-8.
struct Parameter {
  std::string name;
  std::string value;
  bool exact = false;  ///< an element of a JSON array: its commas separate nothing
};

using Parameters = std::vector<Parameter>;

/// Reads "a=1&b=2". Problems (400): a '%' without two hexadecimal digits, bytes that are not UTF-8.
std::expected<Parameters, Problem> parse_form(std::string_view text);

/// Reads a JSON object of strings, numbers, booleans and arrays of these; null leaves a name out.
/// Problems (400): no JSON, no object, an object inside.
std::expected<Parameters, Problem> parse_json_parameters(std::string_view text);

/// Those of the address and, for POST, those of the body. Problems also: 415 for a body that is neither
/// a form nor JSON.
std::expected<Parameters, Problem> parameters_of(const HttpRequest& request);

/// The first value of a name; empty when there is none.
std::string_view value_of(const Parameters& parameters, std::string_view name);

}  // namespace carrel::query_server
