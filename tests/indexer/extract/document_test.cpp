#include "indexer/extract/document.h"

#include "tests/catch.h"
#include "tests/indexer/extract/pdf_writer.h"

using namespace carrel::indexer;

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
      {"plain words", "x.txt", DocumentFormat::unknown},
      {std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", 20), "x.html", DocumentFormat::unknown},
      {"PK\x03\x04", "x.docx", DocumentFormat::unknown}};
  for (const Case& c : cases) {
    INFO(c.bytes);
    CHECK(recognise_format(c.bytes, c.name) == c.format);
  }
}

TEST_CASE("Documents that cannot be read say why") {
  CHECK(read_document(" \n\t", "x.html").error().code == "empty-file");
  CHECK(read_document("plain words", "x.txt").error().code == "unsupported-format");
  CHECK(read_document("not a pdf", "x.pdf").error().code == "damaged");
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
