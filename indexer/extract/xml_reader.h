// XML as a stream of elements and text, for the large parts of office files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

struct XmlAttribute {
  std::string_view name;   ///< local name, without prefix
  std::string_view space;  ///< namespace URI; empty: none
  std::string_view value;
};

/// An element as it opens; everything in it is valid only until the visitor returns.
class XmlElement {
 public:
  XmlElement(std::string_view name, const std::vector<XmlAttribute>& attributes)
      : name_(name), attributes_(attributes) {}

  std::string_view name() const { return name_; }  ///< local name, without prefix

  /// The value of the first attribute of this local name, whatever its namespace.
  std::optional<std::string_view> attribute(std::string_view name) const;

  /// The same, empty when it is absent.
  std::string_view value(std::string_view name) const { return attribute(name).value_or(""); }

  /// The id of a relationship, "r:id" in office files: an attribute "id" of a namespace that ends in
  /// "/relationships". Empty when it is absent.
  std::string_view relationship_id() const;

 private:
  std::string_view name_;
  const std::vector<XmlAttribute>& attributes_;
};

/// What sees a document pass.
class XmlVisitor {
 public:
  virtual ~XmlVisitor() = default;

  /// False: leave this element out with all below it; close() is not called for it then.
  virtual bool open(const XmlElement& element) = 0;
  virtual void close(std::string_view /*name*/) {}
  virtual void text(std::string_view /*text*/) {}
};

/// Appends text as XML means it where layout does not count: line ends and tabs are blanks.
void append_as_blanks(std::string& out, std::string_view text);

/// Reads XML in any encoding that it declares. A document type that declares anything of its own ends the
/// reading before the first element, so entities beyond XML's own five do not exist; nothing is ever loaded;
/// elements deeper than 1,000 end the reading. Goes on behind an error where that is possible. False when the
/// document is not well-formed to its end.
bool read_xml(std::string_view bytes, XmlVisitor& visitor);

}  // namespace carrel::indexer
