// What Xapian's QueryParser makes of what people type; the reason that Carrel has its own.
#include <csignal>
#include <string>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/catch.h"
#include "tests/xapian_quirks/quirks.h"

namespace {

using Parser = Xapian::QueryParser;

Parser parser() {
  Parser made;
  made.set_stemmer(Xapian::Stem("en"));
  made.set_stemming_strategy(Parser::STEM_SOME);
  made.set_default_op(Xapian::Query::OP_AND);
  made.add_prefix("title", "S");
  return made;
}

constexpr unsigned kFlags =
    Parser::FLAG_BOOLEAN | Parser::FLAG_PHRASE | Parser::FLAG_LOVEHATE | Parser::FLAG_WILDCARD;

std::string parsed(const std::string& query, unsigned flags = kFlags) {
  return parser().parse_query(query, flags).get_description();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A capitalised word is not stemmed") {
  const std::string query = parsed("Shelters for victims");
  CHECK(contains(query, "shelters"));
  CHECK_FALSE(contains(query, "Zshelter"));
  CHECK(contains(query, "Zvictim"));
  CHECK_FALSE(contains(parsed("Human Trafficking"), "Ztraffick"));
}

TEST_CASE("OR binds looser than the words beside it") {
  // sex OR (labor AND trafficking)
  auto database = carrel::tests::in_memory();
  database.add_document(carrel::tests::with_text("sex alone"));
  Xapian::Enquire enquire(database);
  enquire.set_query(parser().parse_query("sex OR labor trafficking", kFlags));
  CHECK(enquire.get_mset(0, 1).size() == 1);
}

TEST_CASE("A phrase is taken as written") {
  CHECK(contains(parsed("\"debt bondage\""), "PHRASE 2 bondage") !=
        contains(parsed("\"debt bondage\""), "Zbondag"));
  CHECK_FALSE(contains(parsed("\"debt bondage\""), "Zbondag"));
}

TEST_CASE("Possessives are stemmed away, with straight and curly apostrophes") {
  CHECK(contains(parsed("victim's"), "Zvictim@"));
  CHECK(contains(parsed("victims'"), "Zvictim@"));
  CHECK(contains(parsed("victim\u2019s"), "Zvictim@"));
}

TEST_CASE("Citations fall into loose words") {
  const std::string law = parsed("18 U.S.C. § 1591");
  CHECK(contains(law, "usc"));
  CHECK(contains(law, "1591"));
  CHECK(contains(parsed("T visa"), "t@"));
  CHECK(contains(parsed("T-visa"), "PHRASE"));
  CHECK(contains(parsed("H-2A"), "h@"));
}

TEST_CASE("Signs at the end of a word stay with it, so lgbtq does not find lgbtq+") {
  CHECK(contains(parsed("LGBTQ+"), "lgbtq+"));
  CHECK(contains(parsed("C++"), "c++"));
  CHECK(contains(parsed("AT&T"), "at&t"));
}

TEST_CASE("Slashes, addresses and e-mail make phrases") {
  CHECK(contains(parsed("trafficking/smuggling"), "PHRASE"));
  CHECK(contains(parsed("help@example.org"), "PHRASE"));
}

TEST_CASE("An asterisk alone finds nothing, NEAR alone is a word") {
  CHECK(parser().parse_query("*", kFlags).empty());
  CHECK(contains(parsed("NEAR"), "near"));
}

TEST_CASE("Operators without operands throw") {
  CHECK_THROWS_AS(parsed("AND OR"), Xapian::QueryParserError);
  CHECK_THROWS_AS(parsed("NOT labor"), Xapian::QueryParserError);
  CHECK_THROWS_AS(parsed("a AND (b OR"), Xapian::QueryParserError);
}

TEST_CASE("Brackets and quotation marks without a partner are borne") {
  CHECK_NOTHROW(parsed("(unbalanced"));
  CHECK_NOTHROW(parsed("\"open quote"));
}

TEST_CASE("A range of an unknown field throws as soon as one range is known") {
  Parser with_ranges = parser();
  Xapian::NumberRangeProcessor years(1, "year:");
  with_ranges.add_rangeprocessor(&years);
  CHECK_THROWS_AS(with_ranges.parse_query("2015..2020", kFlags), Xapian::QueryParserError);
  CHECK_THROWS_AS(with_ranges.parse_query("date:2019..2020", kFlags), Xapian::QueryParserError);
  CHECK_NOTHROW(parsed("2015..2020"));
  CHECK(contains(with_ranges.parse_query("year:2015..", kFlags).get_description(), "VALUE_GE"));
}

TEST_CASE("A range of dates wants whole dates and looks into no calendar") {
  Parser with_dates = parser();
  Xapian::DateRangeProcessor dates(1, "date:");
  with_dates.add_rangeprocessor(&dates);
  CHECK_THROWS_AS(with_dates.parse_query("date:2019..2020", kFlags), Xapian::QueryParserError);
  CHECK_NOTHROW(with_dates.parse_query("date:2020-13-45..", kFlags));
}

TEST_CASE("Chinese is one term unless n-grams are asked for") {
  CHECK(contains(parsed("人口贩卖"), "人口贩卖"));
  CHECK(contains(parsed("人口贩卖", kFlags | Parser::FLAG_CJK_NGRAM), "人口@"));
}

TEST_CASE("Chinese among Latin words throws with n-grams") {
  const unsigned flags = kFlags | Parser::FLAG_CJK_NGRAM;
#if !XAPIAN_AT_LEAST(1, 4, 25)
  CHECK_THROWS_AS(parsed("abc 人口贩卖 def", flags), Xapian::QueryParserError);
#else
  CHECK_NOTHROW(parsed("abc 人口贩卖 def", flags));
#endif
}

TEST_CASE("With operators of any case everyday sentences change their meaning") {
  const unsigned flags = kFlags | Parser::FLAG_BOOLEAN_ANY_CASE;
  CHECK(contains(parsed("labor or sex", flags), "OR"));
  CHECK_FALSE(contains(parsed("labor or sex", flags), "Zor"));
  CHECK(contains(parsed("labor or sex"), "Zor"));
}

TEST_CASE("A word that is still being typed becomes a wildcard") {
  auto database = carrel::tests::in_memory();
  database.add_document(carrel::tests::with_text("trafficking"));
  Parser partial = parser();
  partial.set_database(database);
  CHECK(contains(partial.parse_query("traff", kFlags | Parser::FLAG_PARTIAL).get_description(), "WILDCARD"));
}

#if !XAPIAN_AT_LEAST(2, 0, 0)
TEST_CASE("Deep nesting overflows the stack of a thread") {
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT}) std::signal(signal, SIG_DFL);
    (void)!freopen("/dev/null", "w", stderr);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 256 * 1024);
    pthread_t thread{};
    const auto run = [](void*) -> void* {
      std::string query;
      constexpr std::size_t kDeep = 40'000;
      for (std::size_t i = 0; i < kDeep; ++i) query += "a NOT (b ";
      try {
        parser().parse_query(query + std::string(kDeep, ')'), kFlags);
      } catch (const Xapian::Error&) {
      }
      return nullptr;
    };
    pthread_create(&thread, &small, run, nullptr);
    pthread_join(thread, nullptr);
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK_FALSE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
#endif
