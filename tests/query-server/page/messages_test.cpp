#include "query-server/page/messages.h"

#include <algorithm>
#include <set>

#include "query-server/page/assets.h"
#include "tests/catch.h"

using namespace carrel::query_server::page;

namespace {

/// The names of the gaps of a text, sorted.
std::set<std::string> gaps_of(const std::string& text) {
  std::set<std::string> gaps;
  for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1))
    gaps.insert(text.substr(open, text.find('}', open) - open + 1));
  return gaps;
}

/// "pages" for "pages.few": the key without the form for a number.
std::string without_form(std::string_view key) {
  for (const std::string_view form : {".zero", ".one", ".two", ".few", ".many", ".other"}) {
    if (key.ends_with(form)) return std::string(key.substr(0, key.size() - form.size()));
  }
  return std::string(key);
}

}  // namespace

TEST_CASE("what fills a gap is taken as it is") {
  const Messages messages("# a comment\n\nhello = Hello {name}, {other}{unclosed\n");
  CHECK(messages.text("hello", {{"name", "{other}"}, {"other", "x"}}) == "Hello {other}, x{unclosed");
  CHECK_THROWS(messages.text("missing"));
  CHECK(messages.text_or("missing", "instead") == "instead");
}

TEST_CASE("a line that is no message stops the program where it begins") {
  CHECK_THROWS(Messages("no message\n"));
}

TEST_CASE("numbers take the forms of their language") {
  const Messages& arabic = Messages::of("ar");
  CHECK(arabic.count("pages", 1) == "صفحة واحدة");
  CHECK(arabic.count("pages", 2) == "صفحتان");
  CHECK(arabic.count("pages", 3) == "٣ صفحات");
  CHECK(arabic.count("pages", 11) == "١١ صفحة");
  CHECK(Messages::of("es").count("pages", 1) == "1 página");
  CHECK(Messages::of("es").number(1234567) == "1.234.567");
  CHECK(Messages::of("en").decimal(2.14) == "2.1");
  CHECK(Messages::of("es").decimal(2.14) == "2,1");
}

TEST_CASE("a language without messages is answered in English, one without a message too") {
  CHECK(&Messages::of("xx") == &Messages::of("en"));
  CHECK(&Messages::of("es-MX") == &Messages::of("es"));
  CHECK(&Messages::of("") == &Messages::of("en"));
  CHECK(Messages::of("ar").text("help_phone") == "1-888-373-7888");
}

TEST_CASE("Spanish has every message of English with the same gaps") {
  const Messages& english = Messages::of("en");
  const Messages& spanish = Messages::of("es");
  // What is the same in both: numbers and addresses of help, units, names of formats for reference software.
  const std::set<std::string_view> shared = {"help_phone", "help_phone_link", "help_text_number", "help_text_link",
                                             "help_emergency_number", "help_emergency_link", "kilobytes", "megabytes",
                                             "cite_ris", "cite_bibtex", "cite_csl-json", "list_separator"};
  for (const std::string_view key : english.keys()) {
    INFO(key);
    if (shared.contains(key)) continue;
    const std::string own = spanish.text_or(key, "");
    CHECK_FALSE(own.empty());
    CHECK(gaps_of(own) == gaps_of(english.text(key)));
  }
}

TEST_CASE("no language has messages that English does not know") {
  const auto known = Messages::of("en").keys();
  std::set<std::string> names;
  for (const std::string_view key : known) names.insert(without_form(key));
  for (const std::string& language : Messages::languages()) {
    for (const std::string_view key : Messages::of(language).keys()) {
      INFO(language << " " << key);
      CHECK((key.starts_with("value.") || names.contains(without_form(key))));
    }
  }
}

TEST_CASE("the languages are those that have a file, and know which way they are written") {
  const auto& languages = Messages::languages();
  CHECK(languages.front() == "en");
  CHECK(std::ranges::find(languages, "es") != languages.end());
  CHECK(Messages::of("ar").right_to_left());
  CHECK_FALSE(Messages::of("es").right_to_left());
}
