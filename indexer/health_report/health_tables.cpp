#include "indexer/health_report/health_tables.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "indexer/csv.h"

namespace carrel::indexer {

namespace json = boost::json;
using schema::FieldId;

namespace {

const char* word_of(Gravity gravity) {
  switch (gravity) {
    case Gravity::lost:
      return "lost";
    case Gravity::hard:
      return "hard";
    case Gravity::untidy:
      return "untidy";
    case Gravity::left_out:
      break;
  }
  return "left-out";
}

json::array paths_of(const Collection& collection, const std::vector<std::size_t>& documents) {
  json::array paths;
  for (const std::size_t at : documents) paths.push_back(json::string(collection.documents[at].path));
  return paths;
}

}  // namespace

std::string health_csv(const Collection& collection, const HealthFigures& figures) {
  std::string out = "figure,value,path,id,title,url,remark\r\n";
  const auto row = [&](std::string_view figure, std::string_view value, std::size_t at,
                       std::string_view remark) {
    const HeldDocument& document = collection.documents[at];
    out += fmt::format("{},{},{},{},{},{},{}\r\n", figure, csv_field(value), csv_field(document.path),
                       csv_field(document.record.get(FieldId::id)),
                       csv_field(document.record.get(FieldId::title)),
                       csv_field(document.record.get(FieldId::url)), csv_field(remark));
  };
  for (const Finding& finding : figures.findings) {
    for (const ListedDocument& listed : finding.documents)
      row("problem", finding.code, listed.document, listed.remark);
  }
  for (const Breakdown& breakdown : figures.breakdowns) {
    for (const Share& share : breakdown.shares) {
      for (const std::size_t at : share.documents)
        row(schema::field(breakdown.field).name, share.value, at, {});
    }
  }
  for (const Coverage& one : figures.coverage) {
    for (const std::size_t at : one.lacking) row("lacks", schema::field(one.field).name, at, {});
  }
  return out;
}

std::string health_json(const Collection& collection, const HealthFigures& figures) {
  json::array problems;
  for (const Finding& finding : figures.findings) {
    json::array documents;
    for (const ListedDocument& listed : finding.documents) {
      const HeldDocument& document = collection.documents[listed.document];
      documents.push_back(json::object{
          {"path", document.path}, {"id", document.record.get(FieldId::id)}, {"remark", listed.remark}});
    }
    problems.push_back(json::object{{"code", finding.code},
                                    {"title", finding.title},
                                    {"gravity", word_of(finding.gravity)},
                                    {"count", finding.documents.size()},
                                    {"documents", std::move(documents)}});
  }
  json::array by_field;
  for (const Breakdown& breakdown : figures.breakdowns) {
    json::array values;
    for (const Share& share : breakdown.shares) {
      values.push_back(
          json::object{{"value", share.value.empty() ? json::value(nullptr) : json::value(share.value)},
                       {"count", share.documents.size()},
                       {"paths", paths_of(collection, share.documents)}});
    }
    by_field.push_back(
        json::object{{"field", schema::field(breakdown.field).name}, {"values", std::move(values)}});
  }
  json::array filled;
  for (const Coverage& one : figures.coverage) {
    filled.push_back(json::object{{"field", schema::field(one.field).name},
                                  {"filled", one.filled},
                                  {"lacking", paths_of(collection, one.lacking)}});
  }
  const auto indexed = std::ranges::count_if(collection.documents, &HeldDocument::in_index);
  return json::serialize(json::object{{"index", collection.index},
                                      {"revision", collection.revision},
                                      {"files", collection.documents.size()},
                                      {"documents", indexed},
                                      {"pages", collection.pages},
                                      {"problems", std::move(problems)},
                                      {"figures", std::move(by_field)},
                                      {"coverage", std::move(filled)}}) +
         "\n";
}

}  // namespace carrel::indexer
