// From the bytes of a request to the bytes of its answer, over a library in memory: whatever comes is refused by
// the rules for heads or answered, and the answer's head is one that no value can add a field to.
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include "query-server/head_rules.h"
#include "query-server/response_head.h"
#include "query-server/site.h"
#include "tests/query-server/fake_service.h"

namespace {

using namespace carrel::query_server;

Site& site() {
  static const auto library = std::make_shared<testing::FakeLibrary>();
  static Site one({.workers = 1, .settings = {.allowed_origins = {"https://www.example.org"}}},
                  testing::fake_services(library));
  return one;
}

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const HttpResponse& response) {
  require(response.status >= 200 && response.status < 600 && response.status != 500);
  const std::string head = response_head(response, true);
  require(head.ends_with("\r\n\r\n"));
  require(head.find("\r\n\r\n") == head.size() - 4);
  for (std::size_t i = 0; i < head.size(); ++i) {
    require(head[i] != '\0');
    require(head[i] != '\n' || (i > 0 && head[i - 1] == '\r'));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const RequestLimits limits;
  const auto end = bytes.find("\r\n\r\n");
  const std::string_view head = bytes.substr(0, end == std::string_view::npos ? end : end + 4);
  if (auto problem = check_partial_head(head, limits)) {
    check(site().refuse(*problem, path_of_head(head)));
    return 0;
  }
  if (end == std::string_view::npos) return 0;
  if (auto problem = check_head(head, limits)) {
    check(site().refuse(*problem, path_of_head(head)));
    return 0;
  }
  HttpRequest request = parse_head(head);
  if (auto problem = check_fields(request, limits)) {
    check(site().refuse(*problem, request.path()));
    return 0;
  }
  request.body = bytes.substr(end + 4);
  std::promise<HttpResponse> answered;
  site().handle(std::move(request), [&answered](HttpResponse response) { answered.set_value(std::move(response)); });
  check(answered.get_future().get());
  return 0;
}
