// The health report for programs and spreadsheets.
#pragma once

#include <string>

#include "indexer/health_report/health_page.h"

namespace carrel::indexer {

/// A row for each document behind each figure: figure ("problem", "lacks" or a field), value (code of the
/// finding, name of the field, or value), path, id, title, url, remark. RFC 4180.
std::string health_csv(const Collection& collection, const HealthFigures& figures);

/// {"index", "revision", "files", "documents", "pages", "problems": [{"code", "title", "gravity", "count",
/// "documents": [{"path", "id", "remark"}]}], "figures": [{"field", "values": [{"value", "count",
/// "paths"}]}], "coverage": [{"field", "filled", "lacking": [paths]}]}
std::string health_json(const Collection& collection, const HealthFigures& figures);

}  // namespace carrel::indexer
