#include "query-server/form.h"

#include <cmath>

#include <boost/json.hpp>

#include "query-server/percent.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::query_server {
namespace {

std::unexpected<Problem> refuse(int status, std::string detail, std::string hint) {
  return std::unexpected(Problem{status, std::move(detail), std::move(hint), {}});
}

/// A JSON scalar as a form would send it; nothing for arrays, objects and null.
std::optional<std::string> scalar(const boost::json::value& value) {
  if (const auto* text = value.if_string()) return std::string(text->data(), text->size());
  if (const auto* yes = value.if_bool()) return *yes ? "1" : "0";
  if (const auto* number = value.if_int64()) return std::to_string(*number);
  if (const auto* number = value.if_uint64()) return std::to_string(*number);
  if (const auto* number = value.if_double();
      number && *number == std::floor(*number) && std::abs(*number) < 1e15) {
    return std::to_string(static_cast<long long>(*number));
  }
  return std::nullopt;
}

std::string_view media_type(const HttpRequest& request) {
  const std::string_view type = request.header("Content-Type").value_or("");
  const auto end = type.find_first_of("; \t");
  return type.substr(0, end);
}

}  // namespace

std::expected<Parameters, Problem> parse_form(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    const auto end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto name = percent_decode(pair.substr(0, equals), Plus::is_space);
    const auto value = percent_decode(
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), Plus::is_space);
    if (!name || !value) {
      return refuse(400, "A percent sign is not followed by two hexadecimal digits",
                    "Write a percent sign as %25");
    }
    if (!schema::is_valid_utf8(*name) || !schema::is_valid_utf8(*value)) {
      return refuse(400, "A parameter is not in UTF-8",
                    "Encode the text as UTF-8, then percent-encode its bytes");
    }
    parameters.push_back({*name, *value, false});
  }
  return parameters;
}

std::expected<Parameters, Problem> parse_json_parameters(std::string_view text) {
  boost::json::error_code error;
  boost::json::parse_options options;
  options.max_depth = 4;
  const boost::json::value parsed = boost::json::parse({text.data(), text.size()}, error, {}, options);
  const auto* object = error ? nullptr : parsed.if_object();
  static constexpr const char* kHint = "Send an object such as {\"q\": \"housing\", \"type\": [\"report\"]}";
  if (!object) return refuse(400, "The body is not a JSON object", kHint);

  Parameters parameters;
  const auto add = [&](std::string_view name, const boost::json::value& value, bool exact) {
    auto text_of = scalar(value);
    if (text_of) parameters.push_back({std::string(name), *std::move(text_of), exact});
    return text_of.has_value() || value.is_null();
  };
  for (const auto& member : *object) {
    const std::string_view name(member.key().data(), member.key().size());
    bool readable = true;
    if (const auto* array = member.value().if_array()) {
      for (const auto& element : *array) readable = readable && add(name, element, true);
    } else {
      readable = add(name, member.value(), false);
    }
    if (!readable) {
      return refuse(400,
                    "The parameter “" + std::string(name.substr(0, 40)) +
                        "” is neither text, number, boolean nor a list of these",
                    kHint);
    }
  }
  return parameters;
}

std::expected<Parameters, Problem> parameters_of(const HttpRequest& request) {
  auto parameters = parse_form(request.query());
  if (!parameters || request.method != "POST" || request.body.empty()) return parameters;
  if (const auto coding = request.header("Content-Encoding"); coding && !same_name(*coding, "identity")) {
    return std::unexpected(Problem{415, "The body is compressed", "Send it as it is", {{"Accept-Encoding", "identity"}}});
  }
  std::expected<Parameters, Problem> posted;
  const std::string_view type = media_type(request);
  if (same_name(type, "application/x-www-form-urlencoded")) {
    posted = parse_form(request.body);
  } else if (same_name(type, "application/json")) {
    posted = parse_json_parameters(request.body);
  } else {
    return std::unexpected(Problem{415,
                                   "The body is neither a form nor JSON",
                                   "Send application/x-www-form-urlencoded or application/json",
                                   {{"Accept", "application/x-www-form-urlencoded, application/json"}}});
  }
  if (!posted) return posted;
  parameters->insert(parameters->end(), posted->begin(), posted->end());
  return parameters;
}

std::string_view value_of(const Parameters& parameters, std::string_view name) {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

}  // namespace carrel::query_server
