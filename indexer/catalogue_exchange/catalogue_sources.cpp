#include "indexer/catalogue_exchange/catalogue_sources.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "indexer/fetch/web_address.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

Result<std::string> text_of(const std::string& source, SiteAccess& sites) {
  if (const auto address = parse_address(source)) {
    auto answer = sites.get(*address);
    if (!answer)
      return fail(ErrorKind::unreadable, fmt::format("{}: {}", source, answer.error().text),
                  "nothing was written");
    if (answer->http.status != 200) {
      return fail(ErrorKind::unreadable,
                  fmt::format("{}: the server answers {}", source, answer->http.status),
                  "nothing was written");
    }
    return std::move(answer->http.body);
  }
  std::error_code error;
  if (!fs::is_regular_file(source, error)) {
    return fail(ErrorKind::not_found, fmt::format("there is no file {}", source),
                "name a file or an http or https address");
  }
  std::ifstream in(source, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in)
    return fail(ErrorKind::unreadable, fmt::format("cannot read {}", source), "check the rights on it");
  return text;
}

bool looks_like(std::string_view text, char first) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && text[begin] == first;
}

class ImportReader {
 public:
  explicit ImportReader(SiteAccess& sites) : sites_(sites) {}

  Result<void> read(const std::string& source) {
    auto text = text_of(source, sites_);
    if (!text) return std::unexpected(text.error());
    // UTF-16 begins with one of these bytes; CSV and JSON Lines are UTF-8.
    const bool wide = text->starts_with("\xff\xfe") || text->starts_with("\xfe\xff");
    if (wide || looks_like(*text, '<')) return read_records(*text, source);
    auto catalogue = Catalogue::parse(*text, source, looks_like(*text, '{'));
    if (!catalogue) return std::unexpected(catalogue.error());
    made_.rows.insert(made_.rows.end(), catalogue->rows().begin(), catalogue->rows().end());
    return {};
  }

  Result<void> read(const HarvestOptions& repository) {
    const auto records = harvest(repository, sites_);
    if (!records) return std::unexpected(records.error());
    take(*records);
    return {};
  }

  ImportedRows take_rows() { return std::move(made_); }

 private:
  Result<void> read_records(const std::string& text, const std::string& source) {
    const auto document = read_dublin_core(text, source);
    if (!document) return std::unexpected(document.error());
    if (!document->error_code.empty() && document->error_code != "noRecordsMatch") {
      return fail(ErrorKind::refused,
                  fmt::format("{} says {}: {}", source, document->error_code, document->error_text),
                  "for a repository give its base address with --oai");
    }
    if (document->records.empty() && !document->is_oai) {
      return fail(ErrorKind::damaged, fmt::format("{} holds no Dublin Core", source),
                  "its records need elements as dc:title and dc:identifier");
    }
    if (!document->resumption_token.empty()) {
      made_.notes.push_back(fmt::format(
          "{} is one page of a longer list: give all its pages, or the address of the repository with --oai",
          source));
    }
    take(document->records);
    return {};
  }

  void take(const std::vector<DublinCoreRecord>& records) {
    for (const DublinCoreRecord& record : records) {
      ++number_;
      if (record.deleted) {
        made_.deleted.push_back(record.identifier);
        continue;
      }
      std::vector<RecordRemark> said;
      auto row = row_of_record(record, number_, said);
      auto& where = row ? made_.remarks : made_.mistakes;
      where.insert(where.end(), said.begin(), said.end());
      if (row) made_.rows.push_back(std::move(*row));
    }
  }

  SiteAccess& sites_;
  ImportedRows made_;
  std::size_t number_ = 0;
};

}  // namespace

Result<ImportedRows> read_import(const ImportSources& sources, SiteAccess& sites) {
  ImportReader reader(sites);
  for (const std::string& source : sources.sources) {
    if (auto read = reader.read(source); !read) return std::unexpected(read.error());
  }
  if (sources.harvest) {
    if (auto read = reader.read(*sources.harvest); !read) return std::unexpected(read.error());
  }
  return reader.take_rows();
}

}  // namespace carrel::indexer
