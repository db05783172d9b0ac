#include "indexer/extract/document.h"

#include "tests/catch.h"
#include "tests/indexer/extract/pdf_writer.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;
using carrel::tests::zip;

TEST_CASE("The format is told by the content, then by the name") {
  struct Case {
    std::string bytes;
    std::string name;
    DocumentFormat format;
  };
  const Case cases[] = {
      {"%PDF-1.4\n", "x.html", DocumentFormat::pdf},
      {"junk before\n%PDF-1.4\n", "x", DocumentFormat::pdf},
      {"<!DOCTYPE html><p>x", "x.pdf", DocumentFormat::html},
      {"  <!-- c --> <HTML>", "x", DocumentFormat::html},
      {"<?xml version='1.0'?><!DOCTYPE html>", "x", DocumentFormat::html},
      {"WEBVTT\n\n", "x.txt", DocumentFormat::transcript},
      {"1\n00:00:01,000 --> 00:00:02,000\nx", "x", DocumentFormat::transcript},
      {"Some text {{template}} <b>x</b>", "form.html", DocumentFormat::html},
      {std::string("\xff\xfe<\0h\0t\0m\0l\0>\0", 14), "x", DocumentFormat::html},
      {"not a pdf", "x.pdf", DocumentFormat::pdf},
      {"plain words", "x.txt", DocumentFormat::txt},
      {"plain words", "README", DocumentFormat::unknown},
      {"<p>A fragment", "x.txt", DocumentFormat::html},
      {"<h1>A fragment", "x.md", DocumentFormat::markdown},
      {"{\\rtf1 x}", "x.doc", DocumentFormat::rtf},
      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "x.docx", DocumentFormat::compound},
      {zip({{"mimetype", "application/vnd.oasis.opendocument.text"}}), "x.zip", DocumentFormat::odt},
      {zip({{"ppt/presentation.xml", ""}}), "x.docx", DocumentFormat::pptx},
      {zip({{"a.txt", "x"}}), "x.zip", DocumentFormat::archive},
      {zip({{"a.txt", "x"}}), "x.docx", DocumentFormat::archive},
      {std::string("\0\0\0\x18"
                   "ftypmp42",
                   12),
       "x.MP4", DocumentFormat::media},
      {std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", 20), "x.html", DocumentFormat::unknown},
      {"PK\x03\x04", "x.docx", DocumentFormat::docx}};
  for (const Case& c : cases) {
    INFO(c.bytes);
    CHECK(recognise_format(c.bytes, c.name) == c.format);
  }
}

TEST_CASE("Documents that cannot be read say why") {
  CHECK(read_document(" \n\t", "x.html").error().code == "empty-file");
  CHECK(read_document("plain words", "x").error().code == "unsupported-format");
  CHECK(read_document("not a pdf", "x.pdf").error().code == "damaged");
}

TEST_CASE("Office files that are not read say what to do") {
  const auto compound = [](std::string_view stream) {
    std::string bytes = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 directory: ";
    for (const char c : stream) bytes += std::string{c, '\0'};
    return read_document(bytes, "x").error();
  };
  CHECK(compound("EncryptedPackage").code == "encrypted");
  CHECK(compound("WordDocument").code == "unsupported-format");
  CHECK(compound("WordDocument").text.find("save it as .docx or PDF") != std::string::npos);
  CHECK(compound("PowerPoint Document").text.find(".pptx") != std::string::npos);
  CHECK(compound("Workbook").text.find(".xlsx") != std::string::npos);
  CHECK(read_document(zip({{"a.docx", "x"}}), "x.zip").error().text.find("unpack it") != std::string::npos);
  CHECK(read_document("....", "x.mp4").error().text.find("captions") != std::string::npos);
}

TEST_CASE("A document without a declared language gets the detected one") {
  const Answer answer =
      read_document(carrel::tests::PdfWriter()
                        .text_page({"Esta gu\\355a explica los derechos de las personas que trabajan."})
                        .str(),
                    "x");
  REQUIRE(answer.has_value());
  REQUIRE_FALSE(answer->found.empty());
  CHECK(answer->found.back().value == "es");
  CHECK(answer->found.back().source == "detected");
}
