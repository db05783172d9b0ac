// The health of a collection as one page of HTML that stands alone: no script, nothing loaded from anywhere.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/health_report/breakdowns.h"
#include "indexer/health_report/collection.h"
#include "indexer/health_report/findings.h"

namespace carrel::indexer {

/// All figures of a report, made from one collection.
struct HealthFigures {
  std::vector<Finding> findings;
  std::vector<Condition> conditions;
  std::vector<Breakdown> breakdowns;
  std::vector<Coverage> coverage;
};
HealthFigures health_figures(const Collection& collection, const Expectations& expectations);

struct PageOptions {
  std::size_t most_listed = 1000;  ///< documents in one list; 0: all
  std::string made_on;             ///< day of the report
};

std::string health_page(const Collection& collection, const HealthFigures& figures,
                        const PageOptions& options);

}  // namespace carrel::indexer
