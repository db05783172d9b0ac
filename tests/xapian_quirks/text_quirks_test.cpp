// How Xapian cuts and stems text.
#include <string>

#include "tests/catch.h"
#include "tests/temporary_folder.h"
#include "tests/xapian_quirks/quirks.h"

using carrel::tests::has_term;
using carrel::tests::in_memory;
using carrel::tests::with_text;

TEST_CASE("The English stemmer joins strangers of this subject") {
  const Xapian::Stem stem("en");
#if !XAPIAN_AT_LEAST(2, 0, 0)
  for (const char* word : {"organs", "organic", "organize", "organization", "organizations"}) {
    CAPTURE(word);
    CHECK(stem(word) == "organ");
  }
  for (const char* word : {"internal", "international", "internment"}) {
    CAPTURE(word);
    CHECK(stem(word) == "intern");
  }
#endif
  CHECK(stem("emergency") == stem("emerge"));
  CHECK(stem("university") == stem("universe"));
}

TEST_CASE("The English stemmer parts families of this subject") {
  const Xapian::Stem stem("en");
  CHECK(stem("traffic") != stem("trafficking"));
  CHECK(stem("survive") != stem("survivor"));
  CHECK(stem("labor") != stem("labour"));
  CHECK(stem("organization") != stem("organisation"));
  CHECK(stem("counselor") != stem("counseling"));
  CHECK(stem("coerce") != stem("coercion"));
  CHECK(stem("child") != stem("children"));
}

#if !XAPIAN_AT_LEAST(2, 0, 0)
TEST_CASE("A search for organ trafficking ranks trafficking organizations as high") {
  auto database = in_memory();
  database.add_document(with_text("organ trafficking and transplants"));
  database.add_document(with_text("organized trafficking and transplants"));
  Xapian::QueryParser parser;
  parser.set_stemmer(Xapian::Stem("en"));
  parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
  Xapian::Enquire enquire(database);
  enquire.set_query(parser.parse_query("organ trafficking"));
  const auto found = enquire.get_mset(0, 10);
  REQUIRE(found.size() == 2);
  CHECK(found[0].get_weight() == found[1].get_weight());
}
#endif

TEST_CASE("A soft hyphen parts a word") {
#if !XAPIAN_AT_LEAST(2, 0, 0)
  const auto document = with_text("traf\u00adficking");
  CHECK(has_term(document, "traf"));
  CHECK(has_term(document, "ficking"));
  CHECK_FALSE(has_term(document, "trafficking"));
#endif
}

TEST_CASE("A zero-width space does not part words") {
#if !XAPIAN_AT_LEAST(2, 0, 0)
  CHECK_FALSE(has_term(with_text("traf\u200bficking"), "traf"));
#endif
}

TEST_CASE("A word divided at the end of a line stays two") {
  const auto document = with_text("exam-\nple");
  CHECK(has_term(document, "exam"));
  CHECK(has_term(document, "ple"));
  CHECK_FALSE(has_term(document, "example"));
}

TEST_CASE("Ligatures stay, so that the word as people type it is not found") {
  CHECK_FALSE(has_term(with_text("\ufb01nancial"), "financial"));
}

TEST_CASE("Accents are not folded") {
  CHECK_FALSE(has_term(with_text("niños"), "ninos"));
  CHECK_FALSE(has_term(with_text("café"), "cafe"));
}

TEST_CASE("Stems carry no positions") {
  const auto document = with_text("trafficking");
  auto term = document.termlist_begin();
  term.skip_to("Ztraffick");
  REQUIRE(*term == "Ztraffick");
  CHECK(term.positionlist_count() == 0);
}

TEST_CASE("A page break posted at the current position lands on the last word of the page before") {
  Xapian::Document document;
  Xapian::TermGenerator generator;
  generator.set_document(document);
  generator.index_text("last");
  document.add_posting("BREAK", generator.get_termpos());
  auto word = document.termlist_begin();
  word.skip_to("last");
  auto page = document.termlist_begin();
  page.skip_to("BREAK");
  CHECK(*word.positionlist_begin() == *page.positionlist_begin());
}

TEST_CASE("A snippet without markers is not escaped") {
  auto database = in_memory();
  database.add_document(with_text("<i>labor</i> & x"));
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query("labor"));
  const auto found = enquire.get_mset(0, 1);
#if !XAPIAN_AT_LEAST(1, 4, 32)
  CHECK(found.snippet("<i>labor</i> & x", 100, Xapian::Stem("en"), 0, "", "") == "<i>labor</i> & x");
#else
  CHECK(found.snippet("<i>labor</i> & x", 100, Xapian::Stem("en"), 0, "", "") != "<i>labor</i> & x");
#endif
}

TEST_CASE("A snippet of a text without the words is its beginning unless asked otherwise") {
  auto database = in_memory();
  database.add_document(with_text("labor"));
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query("labor"));
  const auto found = enquire.get_mset(0, 1);
  CHECK(found.snippet("no such word here", 100).starts_with("no such"));
  CHECK(found.snippet("no such word here", 100, Xapian::Stem(), Xapian::MSet::SNIPPET_EMPTY_WITHOUT_MATCH)
            .empty());
}

TEST_CASE("A synonym of several words becomes one term with blanks, which matches nothing") {
  const carrel::tests::TemporaryFolder folder;
  Xapian::WritableDatabase database((folder.path() / "db").string());
  database.add_document(with_text("the trafficking victims protection act"));
  database.add_synonym("tvpa", "trafficking victims protection act");
  Xapian::QueryParser parser;
  parser.set_database(database);
  const auto query = parser.parse_query("tvpa", Xapian::QueryParser::FLAG_AUTO_SYNONYMS);
  CHECK(query.get_description().find("trafficking victims protection act") != std::string::npos);
  database.commit();
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  CHECK(enquire.get_mset(0, 1).empty());
}

TEST_CASE("The spelling dictionary knows the slips of this subject, one answer each") {
  const carrel::tests::TemporaryFolder folder;
  Xapian::WritableDatabase database((folder.path() / "db").string());
  for (const char* word : {"trafficking", "survivor", "exploitation", "servitude", "housing", "coercion"}) {
    database.add_spelling(word);
  }
  database.commit();
  CHECK(database.get_spelling_suggestion("traficking") == "trafficking");
  CHECK(database.get_spelling_suggestion("surviver") == "survivor");
  CHECK(database.get_spelling_suggestion("explotation") == "exploitation");
  CHECK(database.get_spelling_suggestion("servitued") == "servitude");
}
