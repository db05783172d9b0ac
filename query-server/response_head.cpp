#include "query-server/response_head.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace carrel::query_server {

std::string http_date(std::time_t when) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&when, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[utc.tm_wday], utc.tm_mday,
                kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text;
}

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
