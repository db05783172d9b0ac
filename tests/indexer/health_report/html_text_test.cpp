#include "indexer/health_report/html_text.h"

#include "tests/catch.h"

using namespace carrel::indexer;

TEST_CASE("Nothing that others wrote is markup") {
  CHECK(html_text("<script>\"a\" & 'b'</script>") ==
        "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
  CHECK(html_text("ñandú\t\n") == "ñandú\t\n");
  CHECK(html_text("a\x01\x1b[31m\xff\xc2\x85\x7f"
                  "b") ==
        "a\xef\xbf\xbd\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
        "b");
  CHECK(html_text(std::string_view("\0", 1)) == "\xef\xbf\xbd");
}

TEST_CASE("Only web addresses become links") {
  CHECK(html_link("https://example.org/a?b=1&c=\"", "a<b") ==
        "<a href=\"https://example.org/a?b=1&amp;c=&quot;\" rel=\"noreferrer\">a&lt;b</a>");
  for (const char* address : {"", "javascript:alert(1)", "data:text/html,x", " javascript:x", "/etc/passwd"})
    CHECK(html_link(address, "t") == "t");
}
