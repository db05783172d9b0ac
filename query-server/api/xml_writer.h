// Writes XML element by element.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace carrel::query_server {

/// Text and values are escaped; characters that XML 1.0 cannot hold become U+FFFD. The text given must be
/// valid UTF-8.
class XmlWriter {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

  XmlWriter() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

  std::string take() { return std::move(out_); }

  template <typename Content>
  void element(std::string_view name, const Attributes& attributes, Content&& content) {
    open(name, attributes);
    out_ += ">\n";
    content();
    close(name);
  }
  /// An element with text alone.
  void text(std::string_view name, std::string_view text, const Attributes& attributes = {});
  /// An element without content.
  void empty(std::string_view name, const Attributes& attributes);

 private:
  void open(std::string_view name, const Attributes& attributes);
  void close(std::string_view name) { out_.append("</").append(name).append(">\n"); }
  void escaped(std::string_view text);

  std::string out_;
};

}  // namespace carrel::query_server
