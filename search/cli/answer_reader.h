// Reads what a carrel-server answered: json.h the other way round.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/occurrence.h"
#include "search/schema/result.h"

namespace carrel::search::cli {

/// What is missing keeps its default. Error failed: no JSON, or of another shape.
Result<Answer> read_answer(std::string_view json);
Result<Hit> read_hit(std::string_view json);  ///< of /v1/resources/{id} too
Result<PageText> read_page(std::string_view json);
Result<Facet> read_facet(std::string_view json);
Result<std::vector<Hit>> read_similar(std::string_view json);
Result<ConcordanceAnswer> read_concordance(std::string_view json);

}  // namespace carrel::search::cli
