// Office files, films and captions as a librarian puts them into the folder.
#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/indexer/extract/zip_writer.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// Documents and their index.
struct MixedLibrary {
  TemporaryFolder folder;
  fs::path index = folder / "index";

  void write(const std::string& name, std::string_view content) const {
    folder.write("documents/" + name, content);
  }

  Finished update(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"update",       "--index",
                                   index.string(), (folder / "documents").string(),
                                   "--url-prefix", "https://x.example/files"};
    words.insert(words.end(), more.begin(), more.end());
    return run("carrel-index", words);
  }

  json::array hits(const std::string& query) const {
    const Finished searched = run("carrel-search", {"--index", index.string(), "--json", query});
    return json::parse(searched.out).at("hits").as_array();
  }
};

std::string_view text(const json::value& value) {
  return value.as_string();
}

std::string vtt(std::string_view words) {
  return "WEBVTT\n\n00:01:05.000 --> 00:01:09.000\n" + std::string(words) + "\n";
}

}  // namespace

TEST_CASE("Captions beside a web page belong to it, with their times, and follow it when they change") {
  const MixedLibrary library;
  library.write("talk.html",
                "<!doctype html><html lang=en><title>A talk on housing</title><main><h1>A talk on housing"
                "</h1><p>Watch the recording of our webinar about shelters.</p></main></html>");
  library.write("talk.vtt", vtt("The speaker mentions a quokka while she talks about the shelters."));
  library.write("talk.es.vtt", vtt("La ponente menciona un ornitorrinco cuando habla de los refugios."));
  library.write("talk.mp4", "not really a film");
  CHECK(library.update().exit_code == 0);

  json::array hits = library.hits("quokka");
  REQUIRE(hits.size() == 1);
  CHECK(text(hits[0].at("title")) == "A talk on housing");
  CHECK(text(hits[0].at("format")) == "html");
  const json::value& passage = hits[0].at("passages").at(0);
  CHECK(passage.at("seconds").to_number<double>() == 65);
  CHECK(text(passage.at("url")) == "https://x.example/files/talk.html#t=65");
  CHECK(text(passage.at("kind")) == "time");
  REQUIRE(hits[0].at("translations").as_array().size() == 1);
  CHECK(text(hits[0].at("translations").at(0).at("language")) == "es");

  hits = library.hits("ornitorrinco");
  REQUIRE(hits.size() == 1);
  CHECK(text(hits[0].at("language")) == "es");
  CHECK(text(hits[0].at("url")) == "https://x.example/files/talk.html");

  CHECK(library.update().out.find("0 added, 0 changed") != std::string::npos);
  library.write("talk.vtt", vtt("The speaker mentions a wombat and other animals of her country."));
  CHECK(library.update().exit_code == 0);
  CHECK(library.hits("quokka").empty());
  CHECK(library.hits("wombat").size() == 1);
  fs::remove(library.folder / "documents/talk.vtt");
  fs::remove(library.folder / "documents/talk.es.vtt");
  CHECK(library.update().exit_code == 0);
  CHECK(library.hits("wombat").empty());
  CHECK(library.hits("housing").size() == 1);
}

TEST_CASE("A film is never read: its captions are the resource, and without any it is left out with advice") {
  const MixedLibrary library;
  library.write("training.mp4", "film");
  library.write("training.srt",
                "1\n00:12:34,000 --> 00:12:36,000\nNever ask a child in front of the trafficker.\n");
  library.write("silent.mov", "film");
  library.folder.write("catalog.csv", "path,title,topic\ntraining.mp4,Interviewing children,interviews\n");
  const Finished updated = library.update({"-v", "--catalog", (library.folder / "catalog.csv").string()});
  CHECK(updated.exit_code == 0);
  CHECK(updated.out.find("1 added") != std::string::npos);
  CHECK(updated.out.find("put captions of the same name beside it") != std::string::npos);
  CHECK(updated.out.find("its text is in training.srt") != std::string::npos);
  const json::array hits = library.hits("trafficker");
  REQUIRE(hits.size() == 1);
  CHECK(text(hits[0].at("title")) == "Interviewing children");
  CHECK(text(hits[0].at("url")) == "https://x.example/files/training.mp4");
  CHECK(text(hits[0].at("passages").at(0).at("url")) == "https://x.example/files/training.mp4#t=754");
}

TEST_CASE("Office files are found by what they say, with slide and sheet") {
  const MixedLibrary library;
  library.write(
      "toolkit.docx",
      docx("<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Safe shelter</w:t></w:r></w:p>"
           "<w:p><w:r><w:t>Bring a flamingo to the shelter.</w:t></w:r></w:p>"));
  library.write(
      "slides.odp",
      odf("presentation",
          "<draw:page/><draw:page><draw:frame presentation:class='title'><text:p>Red flags</text:p>"
          "</draw:frame><draw:frame><text:p>A pelican at the door.</text:p></draw:frame></draw:page>"));
  library.write("budget.ods",
                odf("spreadsheet",
                    "<table:table table:name='Costs'><table:table-row><table:table-cell>"
                    "<text:p>Heron food</text:p></table:table-cell></table:table-row></table:table>"));
  std::string old = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
  for (const char c : std::string_view("WordDocument")) old += std::string{c, '\0'};
  library.write("old.doc", old);
  library.write("notes.txt", "Field notes\n\nAn egret was seen.\f");
  const Finished updated = library.update({"-v"});
  CHECK(updated.exit_code == 0);
  CHECK(updated.out.find("save it as .docx or PDF") != std::string::npos);
  const auto place = [&](const std::string& query) {
    return run("carrel-search", {"--index", library.index.string(), query}).out;
  };
  CHECK(place("flamingo").find("Safe shelter") != std::string::npos);
  CHECK(place("pelican").find("slide 2 · Red flags") != std::string::npos);
  CHECK(place("heron").find("sheet Costs") != std::string::npos);
  CHECK(place("egret").find("Field notes") != std::string::npos);
  CHECK(text(library.hits("pelican")[0].at("passages").at(0).at("url")) ==
        "https://x.example/files/slides.odp");
}
