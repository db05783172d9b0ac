#include "search/schema/record.h"

#include <random>
#include <string>
#include <vector>

#include "search/schema/values.h"
#include "tests/catch.h"

namespace carrel::schema {
namespace {

TEST_CASE("Every field of the table survives the round trip of a record") {
  using namespace std::string_literals;
  for (const Field& row : kFields) {
    CAPTURE(row.name);
    Record record;
    const std::vector<std::string> given = {"first "s + std::string(row.name), "zweite; ñ 人", "with\0zero"s};
    for (const std::string& value : given) record.add(row.id, value);
    record.add(row.id, "");
    const Record read = Record::decode(record.encode());
    CHECK(read == record);
    CHECK(read.has(row.id));
    CHECK(read.get(row.id) == given.front());
    CHECK(read.all(row.id) == (row.is(kMany) ? given : std::vector<std::string>{given.front()}));
    for (const Field& other : kFields) {
      if (other.id != row.id) CHECK_FALSE(read.has(other.id));
    }
  }
}

TEST_CASE("All fields together come back in one record") {
  Record record;
  for (const Field& row : kFields) record.add(row.id, "value of " + std::string(row.name));
  record.add(FieldId::topic, "housing");
  CHECK(Record::decode(record.encode()) == record);
}

TEST_CASE("A field that is not there is empty") {
  const Record record;
  CHECK(record.get(FieldId::title).empty());
  CHECK(record.all(FieldId::topic).empty());
  CHECK_FALSE(record.has(FieldId::url));
  CHECK(record.encode().empty());
  CHECK(Record::decode("") == record);
}

TEST_CASE("Setting a field replaces all its values, setting nothing removes them") {
  Record record;
  record.add(FieldId::topic, "housing");
  record.add(FieldId::topic, "legal services");
  record.set(FieldId::topic, "labor");
  CHECK(record.all(FieldId::topic) == std::vector<std::string>{"labor"});
  record.set(FieldId::topic, "");
  CHECK_FALSE(record.has(FieldId::topic));
}

TEST_CASE("A reader passes over fields of a later version") {
  std::string bytes;
  append_varint(bytes, kFieldCount + 3);
  append_bytes(bytes, "what nobody knows yet");
  Record known;
  known.add(FieldId::title, "Title");
  bytes += known.encode();
  CHECK(Record::decode(bytes) == known);
}

TEST_CASE("The bytes of a record do not change from version to version") {
  Record record;
  record.add(FieldId::id, "a");
  record.add(FieldId::topic, "b");
  record.add(FieldId::topic, "cd");
  record.add(FieldId::supersedes, "e");
  CHECK(record.encode() == std::string("\x00\x01"
                                       "a\x07\x01"
                                       "b\x07\x02"
                                       "cd\x16\x01"
                                       "e",
                                       13));
}

TEST_CASE("Damaged bytes give what can be read and nothing else happens") {
  Record record;
  for (const Field& row : kFields) record.add(row.id, "value of " + std::string(row.name));
  const std::string bytes = record.encode();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Record read = Record::decode(std::string_view(bytes).substr(0, size));
    CHECK_FALSE(read == record);
    for (const Field& row : kFields) {
      if (read.has(row.id)) CHECK(read.get(row.id) == record.get(row.id));
    }
  }
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string noise(random() % 60, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    const Record read = Record::decode(noise);
    CHECK(Record::decode(read.encode()) == read);
  }
}

}  // namespace
}  // namespace carrel::schema
