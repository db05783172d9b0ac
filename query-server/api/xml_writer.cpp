#include "query-server/api/xml_writer.h"

namespace carrel::query_server {

void XmlWriter::text(std::string_view name, std::string_view text, const Attributes& attributes) {
  open(name, attributes);
  out_ += '>';
  escaped(text);
  close(name);
}

void XmlWriter::empty(std::string_view name, const Attributes& attributes) {
  open(name, attributes);
  out_ += "/>\n";
}

void XmlWriter::open(std::string_view name, const Attributes& attributes) {
  out_.append("<").append(name);
  for (const auto& [key, value] : attributes) {
    out_.append(" ").append(key).append("=\"");
    escaped(value);
    out_ += '"';
  }
}

void XmlWriter::escaped(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '&':
        out_ += "&amp;";
        break;
      case '"':
        out_ += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r') {
          out_ += "\xEF\xBF\xBD";
        } else if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF")) {
          out_ += "\xEF\xBF\xBD";  // U+FFFE and U+FFFF are no characters of XML
          i += 2;
        } else {
          out_ += c;
        }
    }
  }
}

}  // namespace carrel::query_server
