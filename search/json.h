// Answers as JSON, exactly as INTERFACES of `/v1/…` promise: one object, plain text only.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "search/answer.h"
#include "search/occurrence.h"

namespace carrel::search {

std::string to_json(const Answer& answer);
std::string to_json(const Hit& hit);      ///< one resource, for /v1/resources/{id}
std::string hit_to_json(const Hit& hit);  ///< one hit as in `hits` of an answer, for JSON Lines
std::string similar_to_json(std::string_view id, std::span<const Hit> hits);  ///< {"id", "hits": […]}
std::string to_json(const PageText& page);
std::string to_json(const ConcordanceAnswer& concordance);
/// One line of a concordance, with the resource that it is of.
std::string occurrence_to_json(std::string_view id, std::string_view title, std::string_view date,
                               const Occurrence& one);
std::string to_json(const Facet& facet);
std::string help_to_json(std::span<const HelpCard> cards);  ///< `help` of an answer alone: […]
std::string to_json(std::string_view typed,
                    std::span<const Suggestion> suggestions);  ///< {"q", "suggestions": […]}

}  // namespace carrel::search
