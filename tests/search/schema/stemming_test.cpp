#include "search/schema/stemming.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/tokenizer.h"
#include "tests/catch.h"

namespace carrel::schema {
namespace {

using Family = std::vector<std::string_view>;

TEST_CASE("English words of one family share a stem") {
  const std::vector<Family> families = {
      {"trafficking", "trafficked", "trafficker", "traffickers", "trafficker's"},
      {"victim", "victims", "victim's", "victimize", "victimise", "victimisation", "victimization"},
      {"survive", "survived", "surviving", "survivor", "survivors", "survivor's", "survival"},
      {"labor", "labour", "labors", "labours", "labored", "laboured", "laboring", "labouring", "laborer",
       "labourers"},
      {"organization", "organisation", "organizations", "organize", "organizes", "organizing", "organising",
       "organised", "organizer", "organisers", "organizational", "organisational"},
      {"organ", "organs"},
      {"organism", "organisms"},
      {"intern", "interns", "internship", "internships"},
      {"international", "internationally", "internationals"},
      {"internal", "internally"},
      {"counsel", "counseling", "counselling", "counselor", "counsellors", "counseled"},
      {"emergency", "emergencies"},
      {"emerge", "emerges", "emerging", "emergence"},
      {"university", "universities"},
      {"exploit", "exploits", "exploited", "exploitation", "exploitative"},
      {"service", "services"},
      {"serve", "served", "serving"},
      {"traffic"},
      {"laboratory", "laboratories"},
      {"universe"},
      {"police", "policing"},
      {"policy", "policies"},
      {"minor", "minors"},
      {"minority", "minorities"},
      {"court", "courts"},
      {"courtesy"},
      {"general", "generally"},
      {"generation", "generations"},
      {"custody"},
      {"author", "authors"},
      {"authority", "authorities"},
      {"authorize", "authorise", "authorization", "authorised"},
      {"several"},
      {"severe", "severity", "severely"},
      {"office", "offices"},
      {"officer", "officers"},
      {"department", "departments"},
      {"depart", "departed", "departure"},
      {"apartment", "apartments"},
      {"refugee", "refugees"},
      {"refuge"},
      {"response", "responses", "respond", "responder"},
      {"responsible", "responsibility"},
      {"willful", "wilful", "wilfully"},
      {"willing", "willingness"},
      {"nation", "nations"},
      {"national", "nationals"},
      {"nationality"},
      {"business", "businesses"},
      {"evening", "evenings"},
      {"vacation"},
      {"vacate", "vacatur", "vacated"},
      {"coerce", "coercion", "coerced", "coercive"},
      {"prosecute", "prosecution", "prosecutor", "prosecutors"},
      {"tribe", "tribes", "tribal"},
      {"child", "children", "child's", "children's"},
      {"woman", "women"},
      {"sell", "sold", "seller"},
      {"smuggle", "smuggling", "smuggler"},
      {"slave", "slavery", "enslaved"},
      {"identify", "identification", "identified"},
      {"certify", "certification", "certified", "certificate"},
      {"center", "centre", "centers", "centred"},
      {"color", "colour", "colours"},
      {"program", "programme", "programs", "programmes"},
      {"defense", "defence"},
      {"behavior", "behaviour", "behavioral", "behavioural"},
      {"recognize", "recognise", "recognised", "recognizing"},
      {"travel", "travelling", "traveling", "traveller"},
      {"pediatric", "paediatric"},
      {"license", "licence", "licensing"},
      {"advise", "advisor", "adviser", "advised"},
      {"exercise", "exercises", "exercised"},
      {"promise", "promised"},
      {"will"},
      {"law", "laws"},
      {"lawful", "lawfully"},
      {"public"},
      {"publication", "publish", "publisher"},
      {"import", "imported"},
      {"important", "importance"},
      {"relative", "relatives"},
      {"related", "relation"},
  };
  Stemmer stemmer("en");
  std::map<std::string, std::string_view> seen;  // stem → first word of the family that owns it
  for (const Family& family : families) {
    const std::string key = stemmer.key(family.front());
    CHECK(key.starts_with("en:"));
    for (const std::string_view word : family) {
      CAPTURE(word);
      CHECK(stemmer.key(word) == key);
    }
    CAPTURE(family.front(), key);
    CHECK(seen.emplace(key, family.front()).second);  // and no two families are joined
  }
}

TEST_CASE("English words that only look alike do not share a stem") {
  const std::vector<std::pair<std::string_view, std::string_view>> strangers = {
      {"organ", "organization"},   {"organ", "organic"},       {"organ", "organism"},
      {"intern", "international"}, {"intern", "internal"},     {"intern", "internment"},
      {"emergency", "emerge"},     {"university", "universe"}, {"traffic", "trafficking"},
      {"labor", "laboratory"},     {"policy", "police"},
  };
  Stemmer stemmer("en");
  for (const auto& [one, other] : strangers) {
    CAPTURE(one, other);
    const std::string key = stemmer.key(one);
    CHECK(key != stemmer.key(other));
  }
}

TEST_CASE("Other languages have their own stems, folded") {
  Stemmer spanish("es-MX");
  CHECK(spanish.active());
  const std::string children = spanish.key("niños");
  CHECK(children == spanish.key("niño"));
  CHECK(children == "es:nin");
  Stemmer french("fr");
  const std::string key = french.key("victimes");
  CHECK(key == french.key("victime"));
  CHECK(key.starts_with("fr:"));
}

TEST_CASE("A language without a stemmer has no stems") {
  for (const std::string_view language : {"vi", "zh-Hans", "xx", "", "none", "english"}) {
    CAPTURE(language);
    Stemmer stemmer(language);
    CHECK_FALSE(stemmer.active());
    CHECK(stemmer.key("words").empty());
  }
}

TEST_CASE("Numbers and single letters have no stem") {
  Stemmer stemmer("en");
  for (const std::string_view word : {"", "7102", "2.5", "2nd", "t", "é", "人"}) {
    CAPTURE(word);
    CHECK(stemmer.key(word).empty());
  }
}

TEST_CASE("A stem stays the same when it is asked for again and after a move") {
  Stemmer stemmer("en");
  const std::string first = stemmer.key("shelters");
  CHECK(stemmer.key("shelters") == first);
  Stemmer moved = std::move(stemmer);
  CHECK(moved.key("shelters") == first);
  for (int i = 0; i < 250'000; ++i) moved.key("word" + std::to_string(i));  // more than it remembers
  CHECK(moved.key("shelter") == first);
}

TEST_CASE("The words of a text lead to their stems") {
  Stemmer stemmer("en");
  std::string keys;
  for_each_token("The SURVIVOR’s counsellors, 1591", [&](const Token& token) {
    keys += stemmer.key(token.exact);
    keys += ' ';
  });
  CHECK(keys == "en:the en:survive en:counsel  ");
}

}  // namespace
}  // namespace carrel::schema
