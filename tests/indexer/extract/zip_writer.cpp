#include "tests/indexer/extract/zip_writer.h"

#include <memory>
#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>

namespace carrel::tests {
namespace {

constexpr std::string_view kDocumentType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

la_ssize_t append(archive* /*writer*/, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

}  // namespace

std::string zip(const std::vector<std::pair<std::string, std::string>>& parts, const char* password) {
  std::string out;
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), &archive_write_free);
  archive_write_set_format_zip(writer.get());
  if (password != nullptr) {
    archive_write_set_options(writer.get(), "zip:encryption=traditional");
    archive_write_set_passphrase(writer.get(), password);
  }
  archive_write_set_bytes_in_last_block(writer.get(), 1);
  if (archive_write_open(writer.get(), &out, nullptr, &append, nullptr) != ARCHIVE_OK)
    throw std::runtime_error("cannot write an archive");
  for (const auto& [name, bytes] : parts) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK)
      throw std::runtime_error(archive_error_string(writer.get()));
    archive_write_data(writer.get(), bytes.data(), bytes.size());
  }
  archive_write_close(writer.get());
  return out;
}

std::string docx(std::string_view body, std::vector<std::pair<std::string, std::string>> more) {
  more.emplace_back("[Content_Types].xml", "<Types><Override PartName='/word/document.xml' ContentType='" +
                                               std::string(kDocumentType) + "'/></Types>");
  more.emplace_back("word/document.xml", "<w:document xmlns:w='w' xmlns:wp='wp' xmlns:mc='mc'><w:body>" +
                                             std::string(body) + "</w:body></w:document>");
  return zip(more);
}

std::string odf(std::string_view kind, std::string_view body, std::string_view styles,
                std::vector<std::pair<std::string, std::string>> more) {
  more.insert(more.begin(), {"mimetype", "application/vnd.oasis.opendocument." + std::string(kind)});
  more.emplace_back(
      "content.xml",
      "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='tb' xmlns:draw='d' "
      "xmlns:style='s' xmlns:presentation='p' xmlns:svg='svg'><office:automatic-styles>" +
          std::string(styles) + "</office:automatic-styles><office:body>" + std::string(body) +
          "</office:body></office:document-content>");
  return zip(more);
}

}  // namespace carrel::tests
