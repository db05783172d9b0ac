#include "search/snippet.h"

#include <vector>

#include "search/schema/text.h"
#include "tests/catch.h"

using namespace carrel::search;
using carrel::schema::count_code_points;

namespace {

Target word(std::vector<std::string> forms) {
  return {.slots = {std::move(forms)}};
}

Snippet cut(std::string_view text, const std::vector<Target>& targets, std::size_t limit = 240) {
  return cut_snippet(text, TextMatcher(targets).find(text), std::vector<double>(targets.size(), 1.0), limit);
}

std::string at_mark(const Snippet& snippet, std::size_t index) {
  std::u32string points;
  for (std::size_t i = 0; i < snippet.text.size();) {
    std::size_t next = i + 1;
    while (next < snippet.text.size() && (static_cast<unsigned char>(snippet.text[next]) & 0xc0) == 0x80)
      ++next;
    points += static_cast<char32_t>(i);
    i = next;
  }
  points += static_cast<char32_t>(snippet.text.size());
  const auto [begin, end] = snippet.marks.at(index);
  return snippet.text.substr(points.at(begin), points.at(end) - points.at(begin));
}

}  // namespace

TEST_CASE("A text that fits is shown whole, with white space made plain") {
  const Snippet snippet = cut("  Forced\n\nlabor   hurts. ", {word({"labor"})});
  CHECK(snippet.text == "Forced labor hurts.");
  REQUIRE(snippet.marks.size() == 1);
  CHECK(snippet.marks[0] == Mark{7, 12});
}

TEST_CASE("Marks count code points, not bytes") {
  const Snippet snippet =
      cut("¿Qué niños — “víctimas” 人口贩卖 sufren trata?",
          {word({"ninos"}), word({"victimas"}), {.slots = {{"口"}, {"贩"}}}, word({"trata"})});
  REQUIRE(snippet.marks.size() == 4);
  CHECK(at_mark(snippet, 0) == "niños");
  CHECK(at_mark(snippet, 1) == "víctimas");
  CHECK(at_mark(snippet, 2) == "口贩");
  CHECK(at_mark(snippet, 3) == "trata");
  CHECK(snippet.marks[0] == Mark{5, 10});
}

TEST_CASE("A phrase is one mark, and its words alone are none") {
  const Snippet snippet = cut("Debt is not debt bondage.", {{.slots = {{"debt"}, {"bondage"}}}});
  REQUIRE(snippet.marks.size() == 1);
  CHECK(at_mark(snippet, 0) == "debt bondage");
}

TEST_CASE("Words of a soft phrase are marked alone where they are nowhere together") {
  const Snippet snippet =
      cut("Informed care after trauma.", {{.slots = {{"trauma"}, {"informed"}}, .soft = true}});
  CHECK(snippet.marks.size() == 2);
}

TEST_CASE("A long text is cut at the sentence and the words around the place with most of the query") {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "Nothing about bondage stands in this sentence at all. ";
  text += "Here debt leads into bondage, says the law. ";
  for (int i = 0; i < 30; ++i) text += "More about debt and other things that cost money. ";
  const Snippet snippet = cut(text, {word({"debt"}), word({"bondage"})});
  CHECK(snippet.text.starts_with("Here debt leads into bondage, says the law. More"));
  CHECK(snippet.text.ends_with("…"));
  CHECK(count_code_points(snippet.text) <= 240);
  CHECK(at_mark(snippet, 0) == "debt");
  CHECK(at_mark(snippet, 1) == "bondage");
}

TEST_CASE("Without a sentence near it begins at a word, with an ellipsis") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word" + std::to_string(i) + " ";
  const Snippet snippet = cut(text, {word({"word70"})}, 100);
  CHECK(snippet.text.starts_with("…word"));
  CHECK(snippet.text.find("word70") != std::string::npos);
  CHECK(count_code_points(snippet.text) <= 100);
  CHECK(at_mark(snippet, 0) == "word70");
}

TEST_CASE("No snippet is longer than asked, whatever the text is made of") {
  std::string wide, unbroken, spaces(2000, ' ');
  for (int i = 0; i < 500; ++i) wide += "贩卖人口";
  for (int i = 0; i < 5000; ++i) unbroken += 'x';
  for (const std::string& text : {wide, unbroken, spaces, "a" + spaces + "b", std::string()}) {
    for (const std::size_t limit : {1, 2, 10, 240}) {
      const Snippet snippet = cut(text, {{.slots = {{"贩"}, {"卖"}}}, word({unbroken.substr(0, 64)})}, limit);
      CHECK(count_code_points(snippet.text) <= limit);
      for (const Mark& mark : snippet.marks) {
        CHECK(mark.first < mark.second);
        CHECK(mark.second <= count_code_points(snippet.text));
      }
    }
  }
}

TEST_CASE("Initials end no sentence") {
  std::string text(300, 'a');
  for (std::size_t i = 5; i < text.size(); i += 6) text[i] = ' ';
  text += " under 22 U.S. Code the debt of J. Smith counts as bondage";
  const Snippet snippet = cut(text, {word({"debt"})}, 120);
  CHECK(snippet.text.starts_with("…"));
}
