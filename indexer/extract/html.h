// Reading web pages.
#pragma once

#include <optional>
#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// The main content of a page, one Page per section (a heading up to the next), with its anchor; what the
/// page says of itself; whether robots may index it. Never fails for want of markup: text is a page of one
/// section. `charset` is what is known from outside the page.
Answer read_html(std::string_view bytes, std::optional<std::string_view> charset = std::nullopt);

}  // namespace carrel::indexer
