#include "query-server/response_head.h"

#include <algorithm>
#include <ctime>
#include <iterator>

#include "query-server/http_date.h"

namespace carrel::query_server {

std::string response_head(const HttpResponse& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status))
      .append("\r\nDate: ")
      .append(http_date(std::time(nullptr)))
      .append("\r\n");
  for (const Header& field : response.headers) {
    head.append(field.name).append(": ");
    std::ranges::copy_if(field.value, std::back_inserter(head),
                         [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
    head.append("\r\n");
  }
  if (response.status != 204 && response.status != 304) {
    const std::uint64_t length = response.file ? response.file->length : response.body.size();
    head.append("Content-Length: ").append(std::to_string(length)).append("\r\n");
  }
  head.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return head;
}

}  // namespace carrel::query_server
