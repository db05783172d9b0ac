#include "query-server/security_headers.h"

namespace carrel::query_server {

void add_security_headers(HttpResponse& response) {
  static constexpr struct {
    const char* name;
    const char* value;
  } kFields[] = {
      {"Cache-Control", "no-store"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
  };
  for (const auto& field : kFields) {
    if (response.get(field.name).empty()) response.set(field.name, field.value);
  }
}

}  // namespace carrel::query_server
