#include "indexer/extract/xmp.h"

#include <array>
#include <string>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

/// The values of a property: those of its rdf:li items, or its own text. Of alternatives in several languages
/// the first is the default one.
template <typename Use>
void for_each_value(const MarkupTree& tree, MarkupTree::Index property, Use use) {
  bool listed = false;
  bool alternatives = false;
  for (MarkupTree::Index i = property + 1; i < tree.node(property).end; ++i) {
    if (tree.name(i) == "rdf:Alt") alternatives = true;
    if (tree.name(i) != "rdf:li") continue;
    if (!listed || !alternatives) use(tree.text_below(i));
    listed = true;
  }
  if (!listed) use(tree.text_below(property));
}

void add(FoundFields& found, FieldId field, const std::string& value, std::string_view source) {
  switch (field) {
    case FieldId::title:
      found.add_title(value, source);
      break;
    case FieldId::date:
      found.add_date(value, source);
      break;
    case FieldId::language:
      found.add_language(value, source);
      break;
    case FieldId::author:
      found.add_list(field, value, source, false);
      break;
    case FieldId::topic:
      found.add_list(field, value, source, true);
      break;
    default:
      found.add(field, value, source);
  }
}

}  // namespace

void read_xmp(std::string_view packet, FoundFields& found) {
  struct Property {
    std::string_view name;
    FieldId field;
    std::string_view source;
  };
  constexpr std::array kProperties{Property{"dc:title", FieldId::title, "XMP dc:title"},
                                   Property{"dc:creator", FieldId::author, "XMP dc:creator"},
                                   Property{"dc:description", FieldId::description, "XMP dc:description"},
                                   Property{"dc:subject", FieldId::topic, "XMP dc:subject"},
                                   Property{"dc:publisher", FieldId::publisher, "XMP dc:publisher"},
                                   Property{"dc:language", FieldId::language, "XMP dc:language"},
                                   Property{"dc:date", FieldId::date, "XMP dc:date"}};
  const MarkupTree tree = MarkupTree::from_xml(packet);
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    for (const Property& property : kProperties) {
      if (tree.name(i) == property.name) {
        for_each_value(tree, i,
                       [&](const std::string& value) { add(found, property.field, value, property.source); });
      }
      // A simple property may also stand as an attribute of rdf:Description.
      if (tree.name(i) == "rdf:Description") {
        if (const auto value = tree.attribute(i, property.name)) {
          add(found, property.field, std::string(*value), property.source);
        }
      }
    }
  }
}

}  // namespace carrel::indexer
