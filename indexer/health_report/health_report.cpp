#include "indexer/health_report/health_report.h"

#include "indexer/health_report/health_page.h"
#include "indexer/health_report/health_tables.h"
#include "indexer/whole_file.h"
#include "search/schema/date.h"

namespace carrel::indexer {

Result<HealthSummary> write_health_report(const std::filesystem::path& index,
                                          const HealthReportOptions& options) {
  const auto collection = read_collection(index);
  if (!collection) return std::unexpected(collection.error());
  const HealthFigures figures = health_figures(*collection, options.expectations);
  if (options.html) {
    const std::string page = health_page(
        *collection, figures, {.most_listed = options.most_listed, .made_on = schema::today().to_string()});
    if (auto written = write_whole_file(*options.html, page); !written)
      return std::unexpected(written.error());
  }
  if (options.csv) {
    if (auto written = write_whole_file(*options.csv, health_csv(*collection, figures)); !written)
      return std::unexpected(written.error());
  }
  if (options.json) {
    if (auto written = write_whole_file(*options.json, health_json(*collection, figures)); !written)
      return std::unexpected(written.error());
  }
  HealthSummary summary{.files = collection->documents.size()};
  for (const Condition condition : figures.conditions) {
    switch (condition) {
      case Condition::good:
        ++summary.in_good_order;
        break;
      case Condition::untidy:
      case Condition::hard:
        ++summary.to_mend;
        break;
      case Condition::lost:
        ++summary.unreadable;
        break;
      case Condition::left_out:
        break;
    }
  }
  return summary;
}

}  // namespace carrel::indexer
