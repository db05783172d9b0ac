#include "indexer/extract/main_content.h"

#include <cmath>
#include <string>

#include "indexer/extract/html_sections.h"
#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

std::string content_of(const std::string& html) {
  const MarkupTree tree = MarkupTree::from_html(html);
  std::string out;
  for (const Page& page : split_sections(tree, select_main_content(tree))) out += page.text + "\n";
  return out;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string paragraph(int number) {
  return "<p>Paragraph " + std::to_string(number) +
         " tells how the shelter on the river was opened, who pays for its twelve beds, and why the town, "
         "after "
         "two years of argument, agreed in the end. The neighbours had asked for a fence, and got a "
         "garden.</p>";
}

std::string article() {
  std::string text = "<h1>The shelter on the river</h1>";
  for (int i = 0; i < 8; ++i) text += paragraph(i);
  return text;
}

}  // namespace

TEST_CASE("An article is kept from its first paragraph to its last, what stands around it is not") {
  const std::string text = content_of(
      "<header class=site-header><a href=/>The Lantern Gazette</a><ul><li><a href=/w>World</a><li><a "
      "href=/s>Sports</a></ul></header><div class=content><article>" +
      article() +
      "<div class=share-bar><a href=f>Share on Facebook</a> <a href=t>Tweet</a></div></article>"
      "<div class=related-posts><h3>You may also like</h3><ul><li><a href=1>Bus lines change in spring</a>"
      "<li><a href=2>Library opens on Sundays</a><li><a href=3>Market moves to the square</a></ul></div>"
      "<div id=comments><h3>2 comments</h3><ol><li><p>Good news at last, I say.</p><li><p>Who will "
      "pay?</p></ol>"
      "</div></div><aside class=sidebar><h4>Newsletter</h4><p>Subscribe to our newsletter.</p></aside>"
      "<footer><p>Copyright 2020. All rights reserved.</p></footer>");
  for (int i = 0; i < 8; ++i) CHECK(holds(text, "Paragraph " + std::to_string(i)));
  CHECK(text.starts_with("The shelter on the river"));
  for (const char* furniture : {"Lantern Gazette", "Sports", "Tweet", "Bus lines", "Market moves",
                                "Who will pay", "newsletter", "rights reserved"}) {
    INFO(furniture);
    CHECK_FALSE(holds(text, furniture));
  }
}

TEST_CASE("Lists, tables, quotations and questions within an article stay") {
  const std::string text = content_of(
      "<nav><a href=/>Home</a><a href=/a>About</a></nav><main><article>" + article() +
      "<ul><li>A bed for every night<li>Legal advice on Tuesdays</ul>"
      "<table><tr><th>Month<th>Guests<tr><td>January<td>212</table>"
      "<blockquote><p>We did not ask where people came from, only what they needed.</p></blockquote>"
      "<h2>Who may come?</h2><p>Anybody who has nowhere else to sleep may ring the bell, day or night.</p>"
      "</article></main>");
  for (const char* part : {"A bed for every night", "Legal advice", "January 212", "what they needed",
                           "Who may come?", "ring the bell"}) {
    INFO(part);
    CHECK(holds(text, part));
  }
}

TEST_CASE("A directory of services, a form and a glossary keep what they hold") {
  std::string directory = "<nav><a href=/>Home</a></nav><main><h1>Services</h1><p>Find help near you.</p>";
  for (int i = 0; i < 12; ++i) {
    directory += "<div class=card><h3>Office " + std::to_string(i) +
                 "</h3><p>Mon to Fri</p><a href='tel:1'>555-010" + std::to_string(i) + "</a></div>";
  }
  const std::string services = content_of(directory + "</main>");
  for (int i = 0; i < 12; ++i) CHECK(holds(services, "Office " + std::to_string(i)));
  CHECK(holds(services, "555-0107"));

  const std::string form = content_of(
      "<main><h1>Report a concern</h1><form><label>Your name</label><input><label>What "
      "happened?</label><textarea>"
      "</textarea><fieldset><legend>Where did it happen?</legend><label>At work</label><label>At "
      "home</label></fieldset><button>Send</button></form></main>");
  for (const char* label : {"Your name", "What happened?", "Where did it happen?", "At work"}) {
    INFO(label);
    CHECK(holds(form, label));
  }

  std::string glossary = "<h1>Glossary</h1><dl>";
  for (int i = 0; i < 20; ++i) {
    glossary += "<dt>Term " + std::to_string(i) + "<dd>What it means in the law of the state.";
  }
  const std::string terms = content_of(glossary + "</dl>");
  for (int i = 0; i < 20; ++i) CHECK(holds(terms, "Term " + std::to_string(i)));
}

TEST_CASE("Pictures speak where they stand among content, once, and not by the name of a file") {
  const std::string text =
      content_of("<nav><img alt='Logo of the gazette'><a href=/>Home</a></nav><article><h1>T</h1>" +
                 paragraph(1) + paragraph(2) + "<p><img alt='A map of the river'></p>" + paragraph(3) +
                 "<img alt='A map of the river'>" + paragraph(4) + "<img alt='IMG_2041.jpg'>" + paragraph(5) +
                 paragraph(6) + "</article>");
  CHECK(holds(text, "A map of the river"));
  CHECK(text.find("A map of the river") == text.rfind("A map of the river"));
  CHECK_FALSE(holds(text, "IMG_2041"));
  CHECK_FALSE(holds(text, "Logo"));
}

TEST_CASE("What a closed dialog holds is not shown, unless a button opens it") {
  const std::string text = content_of(
      "<p>Shown.<dialog>secret</dialog><dialog open>Open.</dialog>"
      "<button aria-controls=d>More</button><dialog id=d>Behind a button.</dialog>");
  CHECK_FALSE(holds(text, "secret"));
  CHECK(holds(text, "Open."));
  CHECK(holds(text, "Behind a button."));
}

TEST_CASE("A folded-up answer is content") {
  CHECK(holds(content_of("<details><summary>Who?</summary><p>Everybody.</p></details>"), "Everybody."));
}

TEST_CASE("Text is cut into blocks where the layout ends a line") {
  const MarkupTree tree = MarkupTree::from_html(
      "<div>one <b>bold</b><br>same<br><br>two<ul><li><a href=x>three</a></ul>four</div>");
  const std::vector<bool> all(tree.size(), true);
  std::string joined;
  for (const TextBlock& block : text_blocks(tree, all)) joined += text_of(tree, all, block) + "|";
  CHECK(joined == "one bold same|two|three|four|");
  CHECK(text_blocks(tree, all)[2].linked == 5);
}

TEST_CASE("A model is read as it is written, and refused when it is malformed") {
  const auto model = ContentModel::parse("0.5\n 2 0.25 =1 =-1\n 0 3 0 1 =2 =3 =4");
  REQUIRE(model);
  BlockFeatures features{};
  CHECK(std::abs(model->log_odds(features) - 3.5F) < 1e-5F);
  features[2] = 0.5F;
  features[0] = 2;
  CHECK(std::abs(model->log_odds(features) - 2.5F) < 1e-5F);
  features[0] = 4;
  CHECK(std::abs(model->log_odds(features) - 3.5F) < 1e-5F);
  for (const char* bad : {"", "x", "0 1", "0 1 2", "0 1 2 =1", "0 999 2 =1 =1", "0 =x",
                          "0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 =1 =1 =1 =1 =1 =1 =1 =1 =1 =1"}) {
    INFO(bad);
    CHECK_FALSE(ContentModel::parse(bad));
  }
}
