#include "query-server/page/interface_language.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;

TEST_CASE("the language is the one chosen, else the one that the browser likes best") {
  struct {
    const char* asked;
    const char* accepted;
    const char* tag;
    bool chosen;
  } const rows[] = {
      {"", "", "en", false},
      {"", "es", "es", false},
      {"", "es-MX,es;q=0.9,en;q=0.8", "es", false},
      {"", "en;q=0.5, es;q=0.9", "es", false},
      {"", "fr, es;q=0.4, en;q=0.7", "en", false},
      {"", "de;q=1, *;q=0.1", "en", false},
      {"", "es;q=0", "en", false},
      {"", "ES", "es", false},
      {"", "ar-EG", "ar", false},
      {"", ";;,,=q;q=es", "en", false},
      {"", "es;q=not", "en", false},
      {"es", "en", "es", true},
      {"es-419", "en", "es", true},
      {"xx", "es", "es", false},
      {"<b>", "", "en", false},
  };
  for (const auto& row : rows) {
    INFO(row.asked << " | " << row.accepted);
    const InterfaceLanguage language = choose_language(row.asked, row.accepted);
    CHECK(language.tag == row.tag);
    CHECK(language.chosen == row.chosen);
  }
  CHECK(choose_language("es", "").suffix() == "?ui=es");
  CHECK(choose_language("", "es").suffix().empty());
}
