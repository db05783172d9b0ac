// Every word of the page that is not the library's, one file a language: messages.<language>.txt.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "query-server/page/view.h"

namespace carrel::query_server::page {

/// The messages of one language. A line of the file is `key = text`; `{name}` in a text is a gap; `key.one`
/// and `key.other` are the forms for one and for any other number; `#` begins a comment line. Immutable: any
/// thread.
class Messages {
 public:
  using Gap = std::pair<std::string_view, std::string_view>;

  /// Throws std::logic_error for a line that is not of this form.
  explicit Messages(std::string_view file);

  /// The messages of a language; English when there is no file for it.
  static const Messages& of(std::string_view language);

  /// The text of a key with its gaps filled. Throws std::logic_error for a key that is not in the file.
  std::string text(std::string_view key, std::initializer_list<Gap> gaps = {}) const;

  /// The text of a key that may be missing: `fallback` then.
  std::string text_or(std::string_view key, std::string_view fallback) const;

  /// The form of `key` for `number`, which also fills the gap {number}.
  std::string count(std::string_view key, std::uint64_t number, std::initializer_list<Gap> gaps = {}) const;

  /// 12345 as people of this language write it: 12,345.
  std::string number(std::uint64_t value) const;

  /// All texts without gaps, for templates.
  const View& view() const { return view_; }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  View view_;
};

}  // namespace carrel::query_server::page
