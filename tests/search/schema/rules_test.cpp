#include "search/schema/rules.h"

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::schema;

namespace {

Rules some_rules() {
  return {.version = "2026-11",
          .origin = "rules.toml",
          .help = {{.id = "hotline",
                    .title = {{{"en", "Hotline"}, {"es", "Línea de ayuda"}}},
                    .text = {{{"en", "Free and confidential"}}},
                    .hours = {{{"en", "Every day, all day"}}},
                    .phone = "1-888-373-7888",
                    .url = "https://hotline.example/",
                    .languages = {"en", "es"},
                    .words = {"help", "need to leave"},
                    .always = true}},
          .best_bets = {{.id = "t-visa",
                         .words = {"t visa"},
                         .resource = "t-visa-facts",
                         .url = {},
                         .title = {},
                         .description = {},
                         .from = "2026-01-01",
                         .until = "2026-12-31"}},
          .redirects = {{.words = {"jobs"}, .url = "https://jobs.example/", .title = {{{"en", "Jobs"}}}}},
          .hidden = {"withdrawn-report"},
          .expectations = {
              {.query = "t visa", .shows = "t-visa-facts", .top = 1, .help = {}, .place = "line 4"},
              {.query = "jobs", .help = "hotline", .redirect = "https://jobs.example/", .hides = "withdrawn-report"}}};
}

}  // namespace

TEST_CASE("rules come back as they were stored") {
  const Rules rules = some_rules();
  const auto back = decode_rules(encode_rules(rules));
  REQUIRE(back);
  CHECK(*back == rules);
  CHECK(decode_rules("")->help.empty());
}

TEST_CASE("rules that were cut or changed are an error and no crash") {
  const std::string bytes = encode_rules(some_rules());
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    INFO(length);
    CHECK_FALSE(decode_rules(std::string_view(bytes).substr(0, length)));
  }
  CHECK_FALSE(decode_rules(bytes + "x"));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(0xff);
    static_cast<void>(decode_rules(changed));
  }
}

TEST_CASE("a text is given in the reader's language, else in English, else as it is") {
  const LocalText both{{{"es", "uno"}, {"en", "one"}}};
  CHECK(both.in("es-MX") == "uno");
  CHECK(both.in("en") == "one");
  CHECK(both.in("vi") == "one");
  CHECK(LocalText{{{"es", "uno"}}}.in("vi") == "uno");
  CHECK(LocalText{}.in("en").empty());
}
