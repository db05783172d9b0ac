#include "indexer/topic_space.h"

#include <map>

#include <xapian.h>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

namespace carrel::indexer {
namespace {

namespace fs = std::filesystem;
using schema::TopicVector;
using tests::TemporaryFolder;

/// Texts by id.
using Texts = std::map<std::string, std::string>;

void write(const fs::path& path, const Texts& texts) {
  Xapian::WritableDatabase database(path.string(), Xapian::DB_CREATE);
  for (const auto& [id, text] : texts) {
    Xapian::Document document;
    document.add_boolean_term("Q" + id);
    Xapian::termpos position = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      document.add_posting(text.substr(begin, end - begin), ++position);
      begin = end + 1;
    }
    document.add_value(2, "kept");
    database.add_document(document);
  }
  database.commit();
}

std::map<std::string, std::string> values(const std::vector<fs::path>& paths, Xapian::valueno slot) {
  std::map<std::string, std::string> out;
  for (const fs::path& path : paths) {
    const Xapian::Database database(path.string());
    for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
      out[*database.termlist_begin(*it)] = database.get_document(*it).get_value(slot);
    }
  }
  return out;
}

std::map<std::string, TopicVector> topics(const fs::path& path) {
  std::map<std::string, TopicVector> out;
  for (const auto& [id, value] : values({path}, schema::kTopicSlot)) out[id] = schema::decode_topics(value);
  return out;
}

/// A word of its own for each number.
std::string word(std::string_view beginning, int number) {
  return std::string(beginning) + static_cast<char>('a' + number % 26) +
         static_cast<char>('a' + number / 26) + 'q';
}

/// About cars under two names, about gardens, and about more subjects than a space has dimensions, each in
/// three resources: what is common to fewer has no dimension of its own.
Texts cars_gardens_and_others() {
  Texts texts;
  for (int i = 0; i < 3; ++i) {
    const std::string id = std::to_string(i);
    texts["car" + id] = "car engine wheel road";
    texts["automobile" + id] = "automobile engine wheel road";
    for (int subject = 0; subject < 150; ++subject) {
      texts[word("other", subject) + id] = word("first", subject) + " " + word("second", subject);
    }
  }
  for (int i = 0; i < 4; ++i) texts["garden" + std::to_string(i)] = "garden flower rose spade";
  return texts;
}

TEST_CASE("Stems that no resource has together are near when they occur with the same others") {
  const TemporaryFolder folder;
  write(folder / "all", cars_gardens_and_others());
  std::map<std::string, schema::TopicPlace> places;
  for (const auto& [key, value] : add_topics({folder / "all"}, 2)) {
    places[key] = schema::decode_topic_stem(value).place;
    schema::normalise(places[key]);
  }
  const auto place = [&](std::string_view stem) { return places.at(schema::topic_stem_key(stem)); };
  CHECK(place("en:car").size() == schema::kTopicDimensions);
  CHECK(schema::dot(place("en:car"), place("en:automobil")) > 0.9F);
  CHECK(std::abs(schema::dot(place("en:car"), place("en:garden"))) < 0.1F);
}

TEST_CASE("Resources are placed where their stems lie") {
  const TemporaryFolder folder;
  write(folder / "all", cars_gardens_and_others());
  add_topics({folder / "all"}, 2);
  const auto of = topics(folder / "all");
  CHECK(schema::dot(of.at("Qcar0").place, of.at("Qautomobile0").place) > 0.9F);
  CHECK(std::abs(schema::dot(of.at("Qcar0").place, of.at("Qgarden0").place)) < 0.1F);
  CHECK(of.at("Qcar0").words.size() == 4);
}

TEST_CASE("The same resources have the same topics however they are divided, and keep what else they have") {
  const TemporaryFolder folder;
  const Texts texts = cars_gardens_and_others();
  write(folder / "all", texts);
  write(folder / "a", Texts(texts.begin(), std::next(texts.begin(), 50)));
  write(folder / "b", Texts(std::next(texts.begin(), 50), texts.end()));
  const auto stems = add_topics({folder / "all"}, 1);
  CHECK(add_topics({folder / "b", folder / "a"}, 2) == stems);
  CHECK(values({folder / "a", folder / "b"}, schema::kTopicSlot) ==
        values({folder / "all"}, schema::kTopicSlot));
  for (const auto& [id, value] : values({folder / "all"}, 2)) CHECK(value == "kept");
}

TEST_CASE("Stems are given by key, those that a query of the index can be placed by") {
  const TemporaryFolder folder;
  write(folder / "all", cars_gardens_and_others());
  const auto stems = add_topics({folder / "all"}, 1);
  CHECK(std::ranges::is_sorted(stems));
  const auto engine = std::ranges::find(stems, schema::topic_stem_key("en:engin"),
                                        &std::pair<std::string, std::string>::first);
  REQUIRE(engine != stems.end());
  CHECK(schema::decode_topic_stem(engine->second).rarity == Approx(std::log(460.0 / 6)));
  CHECK(schema::decode_topic_stem(engine->second).place.size() <= schema::kTopicDimensions);
}

TEST_CASE("A library of nothing, of one resource and of resources without words has no topics") {
  const TemporaryFolder folder;
  CHECK(add_topics({}, 1).empty());
  write(folder / "one", {{"a", "apple pear"}});
  CHECK(add_topics({folder / "one"}, 1).empty());
  write(folder / "none", {{"a", "the"}, {"b", "the"}});
  CHECK(add_topics({folder / "none"}, 1).empty());
  CHECK(topics(folder / "none").at("Qa").place.empty());
}

}  // namespace
}  // namespace carrel::indexer
