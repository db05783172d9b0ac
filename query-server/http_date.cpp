#include "query-server/http_date.h"

#include <algorithm>
#include <cstdio>

#include <time.h>

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

std::optional<std::time_t> parse_http_date(std::string_view text) {
  const std::string terminated(text);
  // IMF-fixdate, then the obsolete forms of RFC 850 and of asctime().
  for (const char* form :
       {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
    std::tm utc{};
    const char* const end = ::strptime(terminated.c_str(), form, &utc);
    if (end == terminated.c_str() + terminated.size() && !text.empty()) return ::timegm(&utc);
  }
  return std::nullopt;
}

}  // namespace carrel::query_server
