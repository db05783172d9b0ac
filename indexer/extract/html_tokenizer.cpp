#include "indexer/extract/html_tokenizer.h"

#include <algorithm>
#include <utility>

#include "indexer/extract/character_references.h"

namespace carrel::indexer {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void assign_lower(std::string& out, std::string_view text) {
  out.assign(text);
  for (char& c : out) c = lower(c);
}

/// Whether `text` begins with a tag's `opening` ("</script"), whatever its case, and the name ends there.
bool begins_tag(std::string_view text, std::string_view opening) {
  if (text.size() <= opening.size()) return false;
  for (std::size_t i = 0; i < opening.size(); ++i) {
    if (lower(text[i]) != opening[i]) return false;
  }
  const char after = text[opening.size()];
  return is_blank(after) || after == '/' || after == '>';
}

}  // namespace

void HtmlTokenizer::next(HtmlToken& token) {
  token.attributes = 0;
  token.self_closing = false;
  while (!rest_.empty()) {
    if (rest_.front() == '<' && read_markup(token)) {
      if (token.kind != HtmlToken::Kind::end_of_file) return;
      continue;
    }
    // A text: up to the next '<' that may begin markup, itself included when it does not.
    std::size_t end = rest_.find('<', 1);
    while (end != std::string_view::npos && end + 1 < rest_.size()) {
      const char after = rest_[end + 1];
      if (is_letter(after) || after == '/' || after == '!' || after == '?') break;
      end = rest_.find('<', end + 1);
    }
    token.kind = HtmlToken::Kind::text;
    token.text = rest_.substr(0, end);
    rest_.remove_prefix(token.text.size());
    if (token.text.find('&') != std::string_view::npos) {
      decoded_.clear();
      append_decoded(decoded_, token.text, false);
      token.text = decoded_;
    }
    return;
  }
  token.kind = HtmlToken::Kind::end_of_file;
}

/// At '<'. False when it is text; else the markup is read, and the token is a tag or, for what is passed
/// over, end_of_file. CDATA in foreign content is a text.
bool HtmlTokenizer::read_markup(HtmlToken& token) {
  token.kind = HtmlToken::Kind::end_of_file;
  const char after = rest_.size() > 1 ? rest_[1] : '\0';
  if (is_letter(after)) {
    token.kind = HtmlToken::Kind::start_tag;
    rest_.remove_prefix(1);
    read_tag(token);
    return true;
  }
  if (after == '/') {
    if (rest_.size() > 2 && is_letter(rest_[2])) {
      token.kind = HtmlToken::Kind::end_tag;
      rest_.remove_prefix(2);
      read_tag(token);
      return true;
    }
    if (rest_.size() == 2) return false;
    skip_past(">");
    return true;
  }
  if (after == '!') {
    if (rest_.starts_with("<!--")) {
      skip_comment();
    } else if (foreign_ && rest_.starts_with("<![CDATA[")) {
      rest_.remove_prefix(9);
      token.kind = HtmlToken::Kind::text;
      token.text = rest_.substr(0, rest_.find("]]>"));
      rest_.remove_prefix(std::min(token.text.size() + 3, rest_.size()));
    } else {
      skip_past(">");
    }
    return true;
  }
  if (after == '?') {
    skip_past(">");
    return true;
  }
  return false;
}

void HtmlTokenizer::read_tag(HtmlToken& token) {
  std::size_t end = 0;
  while (end < rest_.size() && !is_blank(rest_[end]) && rest_[end] != '/' && rest_[end] != '>') ++end;
  assign_lower(token.name, rest_.substr(0, end));
  rest_.remove_prefix(end);
  for (;;) {
    skip_blanks();
    if (rest_.empty()) {
      // A tag that the end of the page cuts short is none.
      token.kind = HtmlToken::Kind::end_of_file;
      return;
    }
    if (rest_.front() == '>') {
      rest_.remove_prefix(1);
      return;
    }
    if (rest_.front() == '/') {
      rest_.remove_prefix(1);
      token.self_closing = rest_.starts_with('>');
    } else {
      read_attribute(token);
    }
  }
}

void HtmlTokenizer::read_attribute(HtmlToken& token) {
  if (token.attributes == token.attribute.size()) token.attribute.emplace_back();
  HtmlToken::Attribute& attribute = token.attribute[token.attributes++];
  // A '=' in front belongs to the name.
  std::size_t end = 1;
  while (end < rest_.size() && !is_blank(rest_[end]) && rest_[end] != '/' && rest_[end] != '>' &&
         rest_[end] != '=') {
    ++end;
  }
  assign_lower(attribute.name, rest_.substr(0, end));
  attribute.value.clear();
  rest_.remove_prefix(end);
  skip_blanks();
  if (!rest_.starts_with('=')) return;
  rest_.remove_prefix(1);
  skip_blanks();
  if (rest_.empty() || rest_.front() == '>') return;
  std::string_view value;
  if (rest_.front() == '"' || rest_.front() == '\'') {
    const std::size_t close = rest_.find(rest_.front(), 1);
    value = close == std::string_view::npos ? rest_.substr(1) : rest_.substr(1, close - 1);
    rest_.remove_prefix(std::min(value.size() + 2, rest_.size()));
  } else {
    end = 0;
    while (end < rest_.size() && !is_blank(rest_[end]) && rest_[end] != '>') ++end;
    value = rest_.substr(0, end);
    rest_.remove_prefix(end);
  }
  if (value.find('&') == std::string_view::npos) {
    attribute.value.assign(value);
  } else {
    append_decoded(attribute.value, value, true);
  }
}

std::string_view HtmlTokenizer::raw_text(std::string_view name) {
  const std::string opening = "</" + std::string(name);
  std::size_t end = rest_.find("</");
  while (end != std::string_view::npos && !begins_tag(rest_.substr(end), opening))
    end = rest_.find("</", end + 2);
  const std::string_view text = rest_.substr(0, end);
  rest_.remove_prefix(text.size());
  return text;
}

std::string_view HtmlTokenizer::script_text() {
  // The script data states: behind "<!--" a "<script" hides the next "</script" until "-->".
  bool escaped = false;
  bool twice = false;
  std::size_t at = 0;
  for (; at < rest_.size(); ++at) {
    const std::string_view here = rest_.substr(at);
    if (here.front() == '-' && escaped) {
      if (here.starts_with("-->")) escaped = twice = false;
    } else if (here.front() == '<') {
      if (!escaped && here.starts_with("<!--")) {
        escaped = true;
        at += 1;  // "<!-->" ends at once
      } else if (begins_tag(here, "</script")) {
        if (!twice) break;
        twice = false;
      } else if (escaped && begins_tag(here, "<script")) {
        twice = true;
      }
    }
  }
  const std::string_view text = rest_.substr(0, at);
  rest_.remove_prefix(text.size());
  return text;
}

std::string_view HtmlTokenizer::plain_text() {
  return std::exchange(rest_, {});
}

void HtmlTokenizer::skip_comment() {
  rest_.remove_prefix(4);
  if (rest_.starts_with('>')) {
    rest_.remove_prefix(1);
  } else if (rest_.starts_with("->")) {
    rest_.remove_prefix(2);
  } else {
    std::size_t end = rest_.find("--");
    while (end != std::string_view::npos) {
      if (rest_.substr(end).starts_with("-->")) {
        rest_.remove_prefix(end + 3);
        return;
      }
      if (rest_.substr(end).starts_with("--!>")) {
        rest_.remove_prefix(end + 4);
        return;
      }
      end = rest_.find("--", end + 1);
    }
    rest_ = {};
  }
}

void HtmlTokenizer::skip_past(std::string_view end) {
  const std::size_t at = rest_.find(end);
  rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
}

void HtmlTokenizer::skip_blanks() {
  std::size_t at = 0;
  while (at < rest_.size() && is_blank(rest_[at])) ++at;
  rest_.remove_prefix(at);
}

}  // namespace carrel::indexer
