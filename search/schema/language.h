// Language tags (BCP 47) as fields hold them.
#pragma once

#include <string>
#include <string_view>

namespace carrel::schema {

/// The canonical form of a tag: "EN_us" → "en-US", "zh-hans" → "zh-Hans"; empty when it is no language tag.
std::string canonical_language(std::string_view tag);

/// The language alone: "es-MX" → "es".
std::string base_language(std::string_view tag);

/// The name of a language for people who read `ui` ("en" or any BCP 47 tag): "es" → "Spanish" / "español".
/// The tag itself when nobody knows it.
std::string language_name(std::string_view tag, std::string_view ui);

}  // namespace carrel::schema
