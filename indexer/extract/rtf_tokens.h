// RTF as a stream of tokens.
#pragma once

#include <cstdint>
#include <string_view>

namespace carrel::indexer {

struct RtfToken {
  enum class Kind {
    end,
    open,    ///< '{'
    close,   ///< '}'
    word,    ///< "\par", "\u8217"; `text` is the word without backslash
    symbol,  ///< "\~", "\*"; `text` is the one character
    byte,    ///< "\'e9"; `number` is the byte
    text,    ///< plain bytes
  };
  Kind kind = Kind::end;
  std::string_view text;
  bool has_number = false;
  std::int32_t number = 0;
};

/// Cuts RTF into tokens. Bytes of pictures behind "\bin" are passed over, line ends too. Reads whatever
/// comes.
class RtfTokens {
 public:
  explicit RtfTokens(std::string_view rtf) : rest_(rtf) {}
  RtfToken next();

 private:
  RtfToken control();

  std::string_view rest_;
};

}  // namespace carrel::indexer
