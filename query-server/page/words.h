// Values of fields in words: sizes, times, languages, labels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "query-server/page/messages.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// Bytes as "240 kB" or "2.1 MB" (decimal units); empty for 0.
std::string size_in_words(const Messages& messages, std::uint64_t bytes);

/// 754.2 → "12:34", 3754 → "1:02:34".
std::string time_in_words(double seconds);

/// The name of a language in the language `in`: ("es", "en") → "Spanish". The tag itself when nobody knows
/// it.
std::string language_name(std::string_view tag, std::string_view in);

/// `text` with its first letter large when that is an ASCII letter: catalogues write "fact sheet".
std::string capitalised(std::string_view text);

/// `text` or its first words with "…", at most `bytes` long, never cut inside a character.
std::string shortened(std::string_view text, std::size_t bytes);

/// How a value of a field is shown: the label that the answer's facets give it, else a name made here.
std::string value_label(const search::Answer& answer, schema::FieldId field, std::string_view value,
                        std::string_view ui);

}  // namespace carrel::query_server::page
