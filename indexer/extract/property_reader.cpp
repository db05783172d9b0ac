#include "indexer/extract/property_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

// Enough for any abstract; nobody reads longer metadata.
constexpr std::size_t kLongestValue = 16 * 1024;
constexpr std::size_t kMostValues = 1000;

/// The text of every element without children, by local name.
class Values : public XmlVisitor {
 public:
  bool open(const XmlElement& /*element*/) override {
    text_.clear();
    return true;
  }
  void close(std::string_view name) override {
    if (!text_.empty() && values.size() < kMostValues) values.emplace_back(name, std::exchange(text_, {}));
  }
  void text(std::string_view text) override {
    text_ += text.substr(0, kLongestValue - std::min(text_.size(), kLongestValue));
  }

  std::vector<std::pair<std::string, std::string>> values;

 private:
  std::string text_;
};

void add(const PropertyRule& rule, const std::string& value, FoundFields& found) {
  switch (rule.field) {
    case FieldId::title:
      found.add_title(value, rule.source);
      break;
    case FieldId::date:
      found.add_date(value, rule.source);
      break;
    case FieldId::language:
      found.add_language(value, rule.source);
      break;
    case FieldId::author:
      found.add_list(rule.field, value, rule.source, false);
      break;
    case FieldId::topic:
      found.add_list(rule.field, value, rule.source, true);
      break;
    default:
      found.add(rule.field, value, rule.source);
  }
}

}  // namespace

void read_properties(std::string_view xml, std::span<const PropertyRule> rules, FoundFields& found) {
  Values reader;
  read_xml(xml, reader);
  for (const PropertyRule& rule : rules) {
    for (const auto& [name, value] : reader.values) {
      if (name == rule.element) add(rule, value, found);
    }
  }
}

}  // namespace carrel::indexer
