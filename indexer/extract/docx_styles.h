// The paragraph styles of a Word document: which of them are headings.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// What a paragraph is for, by its style.
enum class ParagraphRole {
  text,
  heading,
  title,     ///< the title of the document
  contents,  ///< a line of the table of contents, which repeats a heading
};

/// The styles of word/styles.xml. Names of built-in styles are English in every language of Word; ids are
/// not.
class DocxStyles {
 public:
  /// Reads the part as far as it is well-formed; false when it is not whole.
  bool read(std::string_view xml);

  /// Follows the styles that a style is based on. Unknown styles are text.
  ParagraphRole role(std::string_view style_id) const;

  /// Language of the document's defaults; may be empty.
  const std::string& default_language() const { return default_language_; }

 private:
  friend class DocxStyleReader;

  struct Style {
    std::string name;  ///< lower case
    std::string based_on;
    int outline = -1;  ///< 0 to 8: a heading
  };

  std::map<std::string, Style, std::less<>> styles_;
  std::string default_language_;
};

}  // namespace carrel::indexer
