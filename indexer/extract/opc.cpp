#include "indexer/extract/opc.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "indexer/extract/property_reader.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

class RelationshipReader : public XmlVisitor {
 public:
  RelationshipReader(std::string_view part, std::vector<Relationship>& out) : part_(part), out_(out) {}

  bool open(const XmlElement& element) override {
    if (element.name() != "Relationship") return true;
    const std::string_view type = element.value("Type");
    const bool outside = element.value("TargetMode") == "External";
    out_.push_back({.id = std::string(element.value("Id")),
                    .type = std::string(type.substr(type.rfind('/') + 1)),
                    .target = outside ? std::string() : resolve_part(part_, element.value("Target"))});
    return true;
  }

 private:
  std::string_view part_;
  std::vector<Relationship>& out_;
};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// Created before modified: what is known of a document's age is its issue, not the last correction.
constexpr std::array kCoreProperties{PropertyRule{"title", FieldId::title, "document title"},
                                     PropertyRule{"creator", FieldId::author, "document author"},
                                     PropertyRule{"subject", FieldId::description, "document subject"},
                                     PropertyRule{"description", FieldId::description, "document comments"},
                                     PropertyRule{"keywords", FieldId::topic, "document keywords"},
                                     PropertyRule{"language", FieldId::language, "document language"},
                                     PropertyRule{"created", FieldId::date, "document created"},
                                     PropertyRule{"modified", FieldId::date, "document modified"}};

}  // namespace

std::string resolve_part(std::string_view part, std::string_view target) {
  target = target.substr(0, target.find('#'));
  std::string decoded = percent_decoded(target);
  std::ranges::replace(decoded, '\\', '/');
  std::string path;
  if (!decoded.starts_with('/')) path = std::string(part.substr(0, part.rfind('/') + 1));
  path += decoded;
  std::string out;
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      const std::size_t slash = out.rfind('/');
      out.resize(slash == std::string::npos ? 0 : slash);
      continue;
    }
    if (!out.empty()) out += '/';
    out += step;
  }
  return out;
}

std::string relationships_part(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(part.substr(0, name)) + "_rels/" + std::string(part.substr(name)) + ".rels";
}

std::vector<Relationship> parse_relationships(std::string_view xml, std::string_view part) {
  std::vector<Relationship> out;
  RelationshipReader reader(part, out);
  read_xml(xml, reader);
  return out;
}

std::vector<Relationship> relationships_of(Archive& archive, std::string_view part) {
  const std::optional<std::string> xml = archive.read(relationships_part(part));
  return xml ? parse_relationships(*xml, part) : std::vector<Relationship>();
}

std::string target_of_type(const std::vector<Relationship>& relationships, std::string_view type) {
  const auto found = std::ranges::find(relationships, type, &Relationship::type);
  return found == relationships.end() ? std::string() : found->target;
}

std::string target_of_id(const std::vector<Relationship>& relationships, std::string_view id) {
  const auto found = std::ranges::find(relationships, id, &Relationship::id);
  return found == relationships.end() ? std::string() : found->target;
}

std::string main_part(Archive& archive, std::string_view usual) {
  const std::string named = target_of_type(relationships_of(archive, ""), "officeDocument");
  return archive.find(named).value_or(std::string(usual));
}

void read_core_properties(Archive& archive, FoundFields& found) {
  const std::string named = target_of_type(relationships_of(archive, ""), "core-properties");
  const std::optional<std::string> bytes = archive.read(named.empty() ? "docProps/core.xml" : named);
  if (bytes) read_properties(*bytes, kCoreProperties, found);
}

}  // namespace carrel::indexer
