#include "tests/query-server/api/openapi.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace carrel::query_server::testing {
namespace {

using boost::json::object;
using boost::json::value;

const object& description() {
  static const value parsed = [] {
    std::ifstream stream(CARREL_SOURCE_DIR "/query-server/api/openapi.json");
    return boost::json::parse(std::string{std::istreambuf_iterator<char>(stream), {}});
  }();
  return parsed.as_object();
}

/// True when "/v1/resources/reports%2Fa.pdf/pages/2" is of the form "/v1/resources/{id}/pages/{n}". A gap
/// takes slashes too, as identifiers may hold them.
bool is_of(std::string_view path, std::string_view form) {
  const auto gap = form.find('{');
  if (gap == std::string_view::npos) return path == form;
  if (!path.starts_with(form.substr(0, gap))) return false;
  path.remove_prefix(gap);
  const std::string_view rest = form.substr(form.find('}') + 1);
  for (std::size_t taken = 1; taken <= path.size(); ++taken) {
    if (is_of(path.substr(taken), rest)) return true;
  }
  return false;
}

const object* operation(std::string_view method, std::string_view path) {
  const object* best = nullptr;
  std::size_t longest = 0;  // "/v1/resources/{id}/pages/{n}" before "/v1/resources/{id}"
  std::string name(method == "HEAD" ? "GET" : method);
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto& member : description().at("paths").as_object()) {
    const std::string_view form(member.key().data(), member.key().size());
    if (!is_of(path, form) || form.size() < longest) continue;
    const value* found = member.value().as_object().if_contains(name);
    if (found == nullptr) continue;
    best = &found->as_object();
    longest = form.size();
  }
  return best;
}

std::string validate(const value& body, const value& schema) {
  // References point into the description, so its components stand beside the schema.
  object root = schema.is_object() ? schema.as_object() : object();
  root["components"] = description().at("components");
  const value whole = std::move(root);
  valijson::Schema compiled;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::BoostJsonAdapter(whole), compiled);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(compiled, valijson::adapters::BoostJsonAdapter(body), &results)) return {};
  std::ostringstream all;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) all << step;
    all << ": " << error.description << "\n";
  }
  return all.str();
}

}  // namespace

std::string fault_of(const Answered& answer, std::string_view method, std::string_view target) {
  const object* found = operation(method, target.substr(0, target.find('?')));
  if (found == nullptr) return "the description has no such operation";
  const object& responses = found->at("responses").as_object();
  const value* response = responses.if_contains(std::to_string(answer.status));
  if (response == nullptr && answer.status >= 400) response = responses.if_contains("default");
  if (response == nullptr) return "the description has no status " + std::to_string(answer.status);
  const value* contents = response->as_object().if_contains("content");
  if (contents == nullptr) return answer.body.empty() ? "" : "the description has no body for this status";
  const std::string type = answer.field("Content-Type");
  const value* content = contents->as_object().if_contains(type.substr(0, type.find(';')));
  if (content == nullptr) return "the description has no media type " + type;
  if (type.find("json") == std::string::npos) return {};
  boost::json::error_code error;
  const value body = boost::json::parse(answer.body, error);
  if (error) return "the body is no JSON";
  return validate(body, content->as_object().at("schema"));
}

}  // namespace carrel::query_server::testing
