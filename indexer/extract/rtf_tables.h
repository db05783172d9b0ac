// The names that RTF gives to code pages, characters and destinations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// Windows code page of a font's character set (\fcharset); nothing for those that name none.
std::optional<int> rtf_code_page(std::int32_t character_set);

/// What a control word stands for in text: dashes, quotes, blanks; nothing for others.
std::optional<std::string_view> rtf_character(std::string_view word);

/// True for groups whose content is no text of the document, whether they say "\*" or not.
bool is_rtf_furniture(std::string_view word);

/// True for groups that say "\*" and hold text nevertheless: text boxes, footnotes of some writers.
bool is_rtf_text_group(std::string_view word);

/// The language of a Windows language number as a BCP 47 tag; empty for numbers that name none.
std::string rtf_language(std::int32_t number);

}  // namespace carrel::indexer
