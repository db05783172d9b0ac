// The state of an RTF document while it is read: groups, fonts, styles, the open paragraph.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/language_tally.h"
#include "indexer/extract/rtf_tokens.h"
#include "indexer/extract/section_writer.h"
#include "indexer/extract/table_text.h"

namespace carrel::indexer {

/// Reads the tokens of one document.
class RtfReader {
 public:
  RtfReader();

  /// Reads to the end. False when the document breaks off or nests beyond all measure.
  bool read(std::string_view rtf);

  SectionWriter& sections() { return sections_; }
  const LanguageTally& languages() const { return languages_; }
  const std::string& default_language() const { return default_language_; }
  const std::string& title() const { return title_; }
  const std::string& first_heading() const { return first_heading_; }

  /// What the group \info says, by control word: "title", "author", "creatim" (as "2020-4-28")…
  const std::map<std::string, std::string>& properties() const { return properties_; }

 private:
  enum class Place { text, nowhere, fonts, styles, properties, note };

  /// What a group inherits and gives back at its end.
  struct Group {
    Place place = Place::text;
    int code_page = 1252;
    int fallback = 1;  ///< characters that follow a \u for programs without Unicode
    bool hidden = false;
    bool deleted = false;
    bool starred = false;      ///< "\*" was met: unknown words mean unknown content
    bool skips_first = false;  ///< of \upr: the next group repeats what follows in Unicode
    std::string property;
    std::string language;
  };
  enum class Role : std::uint8_t { text, heading, title };

  void open();
  void close();
  void word(const RtfToken& token);
  bool destination(std::string_view name);
  bool character_property(const RtfToken& token);
  bool paragraph_property(const RtfToken& token);
  void unicode(std::int32_t number);
  void raw(std::string_view bytes);
  void put(std::string_view utf8);
  void flush_bytes();
  void end_paragraph();
  void end_cell();
  void end_row();
  void name_style(std::string_view text);

  SectionWriter sections_;
  LanguageTally languages_;
  std::vector<Group> groups_;
  bool whole_ = true;
  int skip_ = 0;  ///< characters left of a \u's fallback
  char32_t high_surrogate_ = 0;
  std::string bytes_;  ///< of the current code page, not decoded yet
  std::string paragraph_;
  std::string note_;
  std::vector<std::string> notes_;
  TableText table_;
  bool in_table_ = false;
  Role role_ = Role::text;
  std::map<int, int> fonts_;  ///< code pages
  int font_ = 0;              ///< that the font table speaks of
  int document_code_page_ = 1252;
  std::map<int, Role> styles_;
  int style_ = 0;  ///< that the style sheet speaks of
  std::string style_name_;
  std::map<std::string, std::string> properties_;
  std::string default_language_;
  std::string title_;
  std::string first_heading_;
};

}  // namespace carrel::indexer
