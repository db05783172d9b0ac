#include "indexer/extract/rtf_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/rtf_tables.h"
#include "indexer/extract/text_charset.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kDeepest = 5000;
constexpr std::size_t kLongestProperty = 16 * 1024;
constexpr int kOutlineOfText = 9;

bool is_property(std::string_view word) {
  constexpr std::array<std::string_view, 7> kProperties{"title",   "author",  "subject", "keywords",
                                                        "doccomm", "creatim", "revtim"};
  return std::ranges::find(kProperties, word) != kProperties.end();
}

}  // namespace

RtfReader::RtfReader() {
  groups_.emplace_back();
  table_.begin_table();
  table_.begin_row();
}

bool RtfReader::read(std::string_view rtf) {
  RtfTokens tokens(rtf);
  for (RtfToken token = tokens.next(); token.kind != RtfToken::Kind::end && whole_; token = tokens.next()) {
    switch (token.kind) {
      case RtfToken::Kind::open:
        open();
        break;
      case RtfToken::Kind::close:
        close();
        if (groups_.size() == 1) {  // the document's own group: what follows is none of it
          end_paragraph();
          return whole_;
        }
        break;
      case RtfToken::Kind::word:
        word(token);
        break;
      case RtfToken::Kind::symbol:
        if (token.text == "*") {
          groups_.back().starred = true;
        } else if (token.text == "~") {
          put("\u00a0");
        } else if (token.text == "_") {
          put("-");
        } else if (token.text == "\\" || token.text == "{" || token.text == "}") {
          raw(token.text);
        } else if (token.text == "\r" || token.text == "\n") {
          end_paragraph();
        }
        break;
      case RtfToken::Kind::byte: {
        const char byte = static_cast<char>(token.number);
        raw({&byte, 1});
        break;
      }
      case RtfToken::Kind::text:
        raw(token.text);
        break;
      case RtfToken::Kind::end:
        break;
    }
  }
  end_paragraph();
  return false;
}

void RtfReader::open() {
  flush_bytes();
  skip_ = 0;
  if (groups_.size() >= kDeepest) {
    whole_ = false;
    return;
  }
  Group inner = groups_.back();
  inner.starred = false;
  inner.skips_first = false;
  if (std::exchange(groups_.back().skips_first, false)) inner.place = Place::nowhere;
  groups_.push_back(std::move(inner));
}

void RtfReader::close() {
  flush_bytes();
  skip_ = 0;
  if (groups_.size() == 1) return;
  const Place place = groups_.back().place;
  groups_.pop_back();
  if (place == Place::note && groups_.back().place != Place::note) {
    notes_.push_back(std::exchange(note_, {}));
  }
}

void RtfReader::word(const RtfToken& token) {
  if (token.text == "u" && token.has_number) {
    unicode(token.number);
    return;
  }
  if (skip_ > 0) {  // a word counts as one character of the fallback
    --skip_;
    return;
  }
  flush_bytes();
  if (groups_.back().place == Place::nowhere) return;
  if (groups_.back().starred) {
    groups_.back().starred = false;
    if (!is_rtf_text_group(token.text)) {
      groups_.back().place = Place::nowhere;
      return;
    }
  }
  if (destination(token.text) || character_property(token) || paragraph_property(token)) return;
  if (token.text == "par" || token.text == "sect") {
    end_paragraph();
  } else if (token.text == "cell") {
    end_cell();
  } else if (token.text == "row") {
    end_row();
  } else if (token.text == "nestrow") {
    put("\n");
  } else if (const auto character = rtf_character(token.text)) {
    put(*character);
  }
}

/// Words that say what their group is for.
bool RtfReader::destination(std::string_view name) {
  Group& group = groups_.back();
  if (is_rtf_furniture(name)) {
    group.place = Place::nowhere;
  } else if (name == "fonttbl") {
    group.place = Place::fonts;
  } else if (name == "stylesheet") {
    group.place = Place::styles;
  } else if (name == "info") {
    group.place = Place::properties;
  } else if (name == "footnote") {
    group.place = Place::note;
  } else if (name == "upr") {
    group.skips_first = true;
  } else if (group.place == Place::properties && is_property(name)) {
    group.property = name;
  } else {
    return false;
  }
  return true;
}

bool RtfReader::character_property(const RtfToken& token) {
  Group& group = groups_.back();
  const std::string_view name = token.text;
  const bool on = !token.has_number || token.number != 0;
  if (name == "ansicpg") {
    document_code_page_ = token.number;
    group.code_page = token.number;
  } else if (name == "mac") {
    document_code_page_ = 10000;
    group.code_page = 10000;
  } else if (name == "uc") {
    group.fallback = std::clamp(token.number, 0, 16);
  } else if (name == "f") {
    font_ = token.number;
    const auto font = fonts_.find(token.number);
    if (group.place != Place::fonts)
      group.code_page = font == fonts_.end() ? document_code_page_ : font->second;
  } else if (name == "fcharset" && group.place == Place::fonts) {
    // 0 is ANSI, which is the document's own code page.
    const auto page = token.number == 0 ? std::nullopt : rtf_code_page(token.number);
    fonts_[font_] = page.value_or(document_code_page_);
  } else if (name == "cpg" && group.place == Place::fonts) {
    fonts_[font_] = token.number;
  } else if (name == "v") {
    group.hidden = on;
  } else if (name == "deleted") {
    group.deleted = on;
  } else if (name == "plain") {
    group.hidden = false;
    group.deleted = false;
    group.language.clear();
  } else if (name == "deflang") {
    default_language_ = rtf_language(token.number);
  } else if (name == "lang") {
    group.language = rtf_language(token.number);
    if (group.language == default_language_) group.language.clear();
  } else {
    return false;
  }
  return true;
}

bool RtfReader::paragraph_property(const RtfToken& token) {
  const Group& group = groups_.back();
  const std::string_view name = token.text;
  if (group.place == Place::properties) {
    std::string& date = properties_[group.property];
    if (name == "yr") date = fmt::format("{:04}", token.number);
    if (name == "mo" || name == "dy") date += fmt::format("-{:02}", token.number);
    return true;
  }
  if (name == "s") {
    if (group.place == Place::styles) {
      style_ = token.number;
    } else if (group.place == Place::text) {
      const auto style = styles_.find(token.number);
      role_ = style == styles_.end() ? Role::text : style->second;
    }
  } else if (name == "outlinelevel") {
    const bool heading = token.number >= 0 && token.number < kOutlineOfText;
    if (group.place == Place::styles && heading) styles_[style_] = Role::heading;
    if (group.place == Place::text && heading && role_ == Role::text) role_ = Role::heading;
  } else if (name == "pard") {
    if (group.place == Place::text) {
      in_table_ = false;
      role_ = Role::text;
    }
  } else if (name == "intbl") {
    in_table_ = true;
  } else {
    return false;
  }
  return true;
}

void RtfReader::unicode(std::int32_t number) {
  flush_bytes();
  skip_ = groups_.back().fallback;
  const auto unit = static_cast<char32_t>(number < 0 ? number + 0x10000 : number);
  if (unit >= 0xd800 && unit < 0xdc00) {
    high_surrogate_ = unit;
    return;
  }
  char32_t code = unit;
  const char32_t high = std::exchange(high_surrogate_, 0);
  if (unit >= 0xdc00 && unit < 0xe000)
    code = high != 0 ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : schema::kReplacement;
  std::string character;
  schema::append_utf8(character, code);
  put(character);
}

void RtfReader::raw(std::string_view bytes) {
  const std::size_t skipped = std::min(bytes.size(), static_cast<std::size_t>(std::max(skip_, 0)));
  bytes.remove_prefix(skipped);
  skip_ -= static_cast<int>(skipped);
  bytes_ += bytes;
}

void RtfReader::flush_bytes() {
  if (bytes_.empty()) return;
  const std::string bytes = std::exchange(bytes_, {});
  const bool ascii = std::ranges::all_of(bytes, [](char c) { return static_cast<signed char>(c) >= 0; });
  put(ascii ? bytes : decode_code_page(bytes, groups_.back().code_page));
}

void RtfReader::put(std::string_view utf8) {
  if (!bytes_.empty()) flush_bytes();
  const Group& group = groups_.back();
  switch (group.place) {
    case Place::text:
    case Place::note:
      if (group.hidden || group.deleted) return;
      (group.place == Place::note ? note_ : paragraph_) += utf8;
      languages_.add(group.language, utf8.size());
      break;
    case Place::styles:
      name_style(utf8);
      break;
    case Place::properties: {
      std::string& value = properties_[group.property];
      if (!group.property.empty() && value.size() < kLongestProperty) value += utf8;
      break;
    }
    case Place::fonts:
    case Place::nowhere:
      break;
  }
}

/// A style's name ends with a semicolon. Built-in names are English in all languages.
void RtfReader::name_style(std::string_view text) {
  style_name_ += text;
  if (!style_name_.ends_with(';')) return;
  std::string name = std::exchange(style_name_, {});
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (name.starts_with("heading ")) styles_[style_] = Role::heading;
  if (name == "title;") styles_[style_] = Role::title;
  style_ = 0;
}

void RtfReader::end_paragraph() {
  flush_bytes();
  if (groups_.back().place == Place::note) {
    note_ += '\n';
    return;
  }
  if (groups_.back().place != Place::text) return;
  const std::string text = std::exchange(paragraph_, {});
  if (in_table_) {
    table_.paragraph(text);
  } else if (role_ == Role::text) {
    sections_.paragraph(text);
  } else {
    std::string& first = role_ == Role::title ? title_ : first_heading_;
    if (first.empty()) first = text;
    sections_.heading(text);
  }
  for (const std::string& note : std::exchange(notes_, {})) sections_.note(note);
}

void RtfReader::end_cell() {
  flush_bytes();
  if (groups_.back().place != Place::text) return;
  table_.paragraph(std::exchange(paragraph_, {}));
  table_.end_cell();
}

void RtfReader::end_row() {
  flush_bytes();
  if (groups_.back().place != Place::text) return;
  if (const std::string row = table_.end_row(); !row.empty()) sections_.paragraph(row);
  for (const std::string& note : std::exchange(notes_, {})) sections_.note(note);
}

}  // namespace carrel::indexer
