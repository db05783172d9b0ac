#include "search/schema/record.h"

#include <utility>

#include "search/schema/values.h"

namespace carrel::schema {

void Record::add(FieldId id, std::string value) {
  auto& values = values_[static_cast<std::size_t>(id)];
  if (value.empty() || (!values.empty() && !field(id).is(kMany))) return;
  values.push_back(std::move(value));
}

void Record::set(FieldId id, std::string value) {
  values_[static_cast<std::size_t>(id)].clear();
  add(id, std::move(value));
}

const std::string& Record::get(FieldId id) const {
  static const std::string none;
  const auto& values = all(id);
  return values.empty() ? none : values.front();
}

const std::vector<std::string>& Record::all(FieldId id) const {
  return values_[static_cast<std::size_t>(id)];
}

std::string Record::encode() const {
  std::string out;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    for (const std::string& value : values_[i]) {
      append_varint(out, i);
      append_bytes(out, value);
    }
  }
  return out;
}

Record Record::decode(std::string_view bytes) {
  Record record;
  std::uint64_t number = 0;
  std::string_view value;
  while (!bytes.empty() && take_varint(bytes, number) && take_bytes(bytes, value)) {
    if (number < kFieldCount) record.values_[number].emplace_back(value);
  }
  return record;
}

}  // namespace carrel::schema
