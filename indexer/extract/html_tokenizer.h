// Cutting HTML into tags and texts, as the HTML Standard says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

struct HtmlToken {
  enum class Kind { text, start_tag, end_tag, end_of_file };

  struct Attribute {
    std::string name;  ///< lower case
    std::string value;
  };

  Kind kind = Kind::end_of_file;
  std::string name;       ///< of a tag, lower case
  std::string_view text;  ///< of a text, references decoded; valid until the next token
  bool self_closing = false;

  std::size_t attributes = 0;        ///< how many of `attribute` are this tag's
  std::vector<Attribute> attribute;  ///< kept from tag to tag so that their strings need no new memory
};

/// Reads tokens one by one; comments, doctypes and processing instructions are passed over. One pass, time
/// linear in the bytes.
class HtmlTokenizer {
 public:
  /// `utf8` must outlive the tokenizer.
  explicit HtmlTokenizer(std::string_view utf8) : rest_(utf8) {}

  void next(HtmlToken& token);

  /// After the start tag `name` whose content is no markup: all up to its end tag, as it stands. The end tag
  /// is the next token.
  std::string_view raw_text(std::string_view name);

  /// As raw_text for a script, in which "<!-- <script> </script> -->" is no end.
  std::string_view script_text();

  /// Everything that is left.
  std::string_view plain_text();

  /// In SVG and MathML `<![CDATA[…]]>` is text.
  void set_foreign(bool foreign) { foreign_ = foreign; }

 private:
  bool read_markup(HtmlToken& token);
  void read_tag(HtmlToken& token);
  void read_attribute(HtmlToken& token);
  void skip_comment();
  void skip_past(std::string_view end);
  void skip_blanks();

  std::string_view rest_;
  std::string decoded_;
  bool foreign_ = false;
};

}  // namespace carrel::indexer
