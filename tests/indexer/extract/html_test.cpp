#include "indexer/extract/html.h"

#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

Extraction read(const std::string& html) {
  Answer answer = read_html(html);
  REQUIRE(answer.has_value());
  return *answer;
}

const std::string kParagraph =
    "<p>Survivors of trafficking may need housing, legal help, medical care, and time to decide what they "
    "want.</p>";

}  // namespace

TEST_CASE("A page is divided at its headings, with their anchors") {
  const Extraction html = read(
      "<body><h1 id=top>Guide</h1><h2 id='first'>First</h2><p>One.<p>Two.<h2><a "
      "name=second></a>Second</h2><p>Three."
      "<section id=third><h3>Third</h3><p>Four.</section><h4>Fourth</h4><p>Five.</body>");
  REQUIRE(html.pages.size() == 4);
  CHECK(html.pages[0].text == "Guide\nFirst\nOne.\nTwo.");
  CHECK(html.pages[0].heading == "First");
  CHECK(html.pages[0].anchor == "first");
  CHECK(html.pages[1].anchor == "second");
  CHECK(html.pages[2].heading == "Third");
  CHECK(html.pages[2].anchor == "third");
  CHECK(html.pages[3].anchor.empty());
  CHECK(html.pages[3].text == "Fourth\nFive.");
}

TEST_CASE("Text before the first heading is a section without one") {
  const Extraction html = read("<p>Before.<h1>After</h1><p>Text.");
  REQUIRE(html.pages.size() == 2);
  CHECK(html.pages[0].heading.empty());
  CHECK(html.pages[0].text == "Before.");
}

TEST_CASE("Blocks are paragraphs, cells are set apart, pictures speak by their alt") {
  const Extraction html = read(
      "<div>One <b>bold</b>er<br>two</div><ul><li>item a<li>item b</ul>"
      "<table><tr><td>c1<td>c2<tr><td>c3</table><p>See <img src=x alt='a hotline poster'> here");
  CHECK(html.pages[0].text == "One bolder\ntwo\nitem a\nitem b\nc1 c2\nc3\nSee a hotline poster here");
}

TEST_CASE("What is not shown is left out") {
  const Extraction html = read(
      "<p>Shown.<script>var secret1;</script><style>secret2{}</style><template><p>secret3</template>"
      "<noscript>secret4</noscript><div hidden>secret5</div><p style='color:red; DISPLAY : none'>secret6</p>"
      "<span aria-hidden=true>secret7</span><!-- secret8 --><select><option>secret9</select><p>Also shown.");
  CHECK(all_text(html) == "Shown.\nAlso shown.\n");
}

TEST_CASE("Panels that a button opens are content though they are hidden at first") {
  const Extraction html = read(
      "<h2><button aria-controls=a1>Who can apply?</button></h2><div id=a1 hidden>Any survivor can.</div>"
      "<div id=a2 hidden>secret</div>");
  CHECK(all_text(html) == "Who can apply?\nAny survivor can.\n");
}

TEST_CASE("Text that is repeated word for word is kept once") {
  const std::string caption =
      "A caption long enough to be a paragraph of its own, told once in short and once in full.";
  const std::string text = all_text(read("<main><p>" + caption + "<p>Between.<p>" + caption + "</main>"));
  CHECK(text == caption + "\nBetween.\n");
}

TEST_CASE("Navigation, banners, cookie notices and footers are left out") {
  const Extraction html = read(
      "<header><a href=/>Logo words</a></header><nav><a href=/a>Menu one</a><a href=/b>Menu two</a></nav>"
      "<div class='cookie-banner'>We use biscuits.</div><div id=content><h1>Title</h1>" +
      kParagraph + kParagraph + kParagraph +
      "</div><aside>Related things</aside><footer>Imprint words</footer>");
  const std::string text = all_text(html);
  CHECK(text.find("Survivors of trafficking") != std::string::npos);
  CHECK(text.find("Title") != std::string::npos);
  for (const char* furniture : {"Logo words", "Menu one", "biscuits", "Related things", "Imprint words"}) {
    INFO(furniture);
    CHECK(text.find(furniture) == std::string::npos);
  }
}

TEST_CASE("A page with text is never empty, whatever its elements are called") {
  for (const char* html :
       {"<nav>All there is</nav>", "<footer><p>All there is</footer>", "<div class=menu>All there is</div>",
        "<div hidden>All there is</div>", "All there is", "<body style='display:none'>All there is",
        "<a href=x>All there is</a>", "<ul><li><a href=a>All</a><li><a href=b>there is</a></ul>"}) {
    INFO(html);
    CHECK(all_text(read(html)).find("there is") != std::string::npos);
  }
}

TEST_CASE("A list of links that is the page's content stays") {
  std::string html = "<body><nav><a href=/>Home</a></nav><h1>Publications</h1><ul>";
  for (int i = 0; i < 30; ++i)
    html += "<li><a href=/d>A report on topic number " + std::to_string(i) + "</a></li>";
  const std::string text = all_text(read(html + "</ul></body>"));
  CHECK(text.find("topic number 0") != std::string::npos);
  CHECK(text.find("topic number 29") != std::string::npos);
}

TEST_CASE("Fields are found in order of precedence") {
  const Extraction html = read(
      R"(<html lang="en-us"><head><title>Title element</title><link rel="canonical" href="https://example.org/a">
<meta property="og:title" content="OG title"><meta name="DC.title" content="DC title"><meta name="description" content="About &amp; more">
<meta name="keywords" content="housing, legal services"><meta property="article:published_time" content="2020-04-28T10:00:00Z">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"No"},
{"@type":["Report"],"headline":"JSON title","datePublished":"2020-04","author":[{"@type":"Person","name":"Ana"},"Ben"],
"publisher":{"name":"The Body"},"inLanguage":"en","keywords":["k1","k2"]}]}</script></head>
<body><h1>Heading</h1><p>Text</body></html>)");
  CHECK(value(html, FieldId::url) == "https://example.org/a");
  CHECK(values(html, FieldId::title) ==
        std::vector<std::string>{"JSON title", "DC title", "OG title", "Heading", "Title element"});
  CHECK(value(html, FieldId::type) == "report");
  CHECK(value(html, FieldId::description) == "About & more");
  CHECK(values(html, FieldId::date) == std::vector<std::string>{"2020-04", "2020-04-28"});
  CHECK(values(html, FieldId::author) == std::vector<std::string>{"Ana", "Ben"});
  CHECK(value(html, FieldId::publisher) == "The Body");
  CHECK(values(html, FieldId::topic) == std::vector<std::string>{"k1", "k2", "housing", "legal services"});
  CHECK(values(html, FieldId::language) == std::vector<std::string>{"en", "en-US"});
}

TEST_CASE("Only web addresses are taken as canonical") {
  for (const char* href :
       {"javascript:alert(1)", "/relative", "data:text/html,x", "ftp://x/y", "https://a b"}) {
    INFO(href);
    CHECK(values(read(std::string("<link rel=canonical href='") + href + "'><p>x"), FieldId::url).empty());
  }
}

TEST_CASE("A section is in the language that its markup says, where most of it is") {
  const Extraction html = read(
      "<html lang=en><h1>Rights</h1><p>Call us.<section lang=es><h2>Derechos</h2><p>Llame.</section>"
      "<h2>More</h2><p>Say <i lang=es>ayuda</i> when you call, and somebody will know what it means.");
  REQUIRE(html.pages.size() == 3);
  CHECK(html.pages[0].language == "en");
  CHECK(html.pages[1].language == "es");
  CHECK(html.pages[2].language == "en");
}

TEST_CASE("Links are told once each, without fragments, mail addresses and scripts") {
  const Extraction html = read(
      "<nav><a href='../guide.pdf#page=2'>G</a></nav><p><a href=' ../guide.pdf '>again</a> <a "
      "href=#top>up</a>"
      "<a href='mailto:a@b.example'>mail</a><a href='JavaScript:void(0)'>x</a><a href='my file.html'>f</a>"
      "<a href='HTTPS://lantern.example/a?b=c'>w</a><a name=here>no</a><map><area href=map.html></map>");
  CHECK(html.links == std::vector<std::string>{"../guide.pdf", "my file.html",
                                               "HTTPS://lantern.example/a?b=c", "map.html"});
}

TEST_CASE("A page's base is what its links start from") {
  CHECK(read("<base href='https://lantern.example/a/b.html'><a href='../my file.pdf'>x</a><a href='/y'>y</a>")
            .links ==
        std::vector<std::string>{"https://lantern.example/my%20file.pdf", "https://lantern.example/y"});
  CHECK(read("<base href=forms/><a href='one.pdf'>x</a><a href='https://z.example/'>y</a>").links ==
        std::vector<std::string>{"forms/one.pdf", "https://z.example/"});
}

TEST_CASE("No more links are told than anybody can look at") {
  std::string html;
  for (int i = 0; i < 5000; ++i) html += "<a href=" + std::to_string(i) + ".html>x</a>";
  CHECK(read(html).links.size() == kMostLinks);
}

TEST_CASE("Robots may ask not to be indexed") {
  CHECK(read("<meta name=ROBOTS content='NoIndex, follow'><p>x").noindex);
  CHECK(read("<meta name=robots content='none'><p>x").noindex);
  CHECK_FALSE(read("<meta name=robots content='index,follow'><p>x").noindex);
  CHECK_FALSE(read("<p>x").noindex);
}

TEST_CASE("JSON-LD that is broken or nested too deep does no harm") {
  CHECK(read("<script type='application/ld+json'>{\"@type\": \"Report\", </script><title>T here</title><p>x")
            .found.size() == 1);
  const std::string deep(100'000, '[');
  CHECK(all_text(read("<script type='application/ld+json'>" + deep + "</script><p>x")) == "x\n");
}

TEST_CASE("Depth costs nothing and loses nothing") {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div>";
  html += "<p>At the bottom of it all";
  CHECK(all_text(read(html)) == "At the bottom of it all\n");
}

TEST_CASE("A text of 12 MB is kept to its last word") {
  std::string html = "<p>";
  while (html.size() < 12'000'000) html += "words and more words ";
  html += "lastword</p><p>behind";
  const std::string text = all_text(read(html));
  CHECK(text.size() > 12'000'000);
  CHECK(text.find("lastword\nbehind") != std::string::npos);
}

TEST_CASE("Bytes that no charset knows, NULs and broken markup end in text") {
  CHECK(all_text(read(std::string("<p>a\0b", 6) + "</p><p>c")) == "a b\nc\n");
  CHECK(all_text(read("<p>one<p><p <b>two")).find("one") != std::string::npos);
  CHECK(all_text(read("<meta charset=shift_jis><p>\x90\x6c\xff rest")).find("rest") != std::string::npos);
}

TEST_CASE("A page of nothing is one empty Page") {
  const Extraction html = read("<html><body><script>x</script></body></html>");
  REQUIRE(html.pages.size() == 1);
  CHECK(html.pages[0].text.empty());
  CHECK(warns(html, "no-text"));
}

TEST_CASE("A page in an old charset is read with all its letters") {
  const Extraction html = read(
      "<html lang=zh><meta charset=gb2312><h1>\xc8\xcb\xbf\xda</h1><p>\xc4\xe3\xba\xc3 "
      "\xa1\xb0x\xa1\xb1</p>");
  CHECK(all_text(html) == "\u4eba\u53e3\n\u4f60\u597d \u201cx\u201d\n");
  CHECK(value(html, FieldId::title) == "\u4eba\u53e3");
}
