// Every word of the page that is not the library's, one file a language: messages.<language>.txt.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query-server/page/view.h"

namespace carrel::query_server::page {

/// The messages of one language. A line of the file is `key = text`; `{name}` in a text is a gap; `key.one`,
/// `key.few`, `key.other`… are the forms for numbers, by the language's plural rules (CLDR, through ICU); `#`
/// begins a comment line. Immutable: any thread.
class Messages {
 public:
  using Gap = std::pair<std::string_view, std::string_view>;

  /// `language`: a tag of which ICU takes the rules for plurals, numbers and dates. What the file does not
  /// have is taken of `fallback`. Throws std::logic_error for a line that is not of this form.
  explicit Messages(std::string_view file, std::string_view language = "en", const Messages* fallback = nullptr);
  ~Messages();

  /// The messages of a language ("es-MX" is "es"); English when there is no file for it.
  static const Messages& of(std::string_view language);

  /// The languages that have a file, English first, then by tag.
  static const std::vector<std::string>& languages();

  const std::string& language() const { return language_; }

  /// True for scripts that are written from right to left.
  bool right_to_left() const;

  /// The text of a key with its gaps filled. Throws std::logic_error for a key that is in no file.
  std::string text(std::string_view key, std::initializer_list<Gap> gaps = {}) const;

  /// The text of a key of this very language, which may be missing: `fallback` then.
  std::string text_or(std::string_view key, std::string_view fallback) const;

  /// The form of `key` for `number`, which also fills the gap {number}.
  std::string count(std::string_view key, std::uint64_t number, std::initializer_list<Gap> gaps = {}) const;

  /// 12345 as people of this language write it: 12,345.
  std::string number(std::uint64_t value) const;

  /// 2.14 with one digit after the point: 2.1, or 2,1.
  std::string decimal(double value) const;

  /// "2020-04-28" → "April 28, 2020", "2020-04" → "April 2020"; anything else as it is.
  std::string date(std::string_view date) const;

  /// The keys of the file itself, sorted.
  std::vector<std::string_view> keys() const;

  /// All texts without gaps, for templates.
  const View& view() const { return view_; }

 private:
  struct Locale;
  const std::string* find(std::string_view key) const;

  std::string language_;
  std::map<std::string, std::string, std::less<>> texts_;
  const Messages* fallback_;
  std::unique_ptr<Locale> locale_;
  View view_;
};

}  // namespace carrel::query_server::page
