#include "indexer/companions.h"

#include <algorithm>
#include <map>

#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;

namespace {

/// The companions of files of these names.
std::map<std::string, ListedFile> related(const std::vector<std::string>& names) {
  SourceListing listing{.root = "/s"};
  for (const std::string& name : names)
    listing.files.push_back({.path = "/s/" + name, .relative = name, .size = name.size()});
  find_companions(listing);
  std::map<std::string, ListedFile> files;
  for (const ListedFile& file : listing.files) files[file.relative] = file;
  return files;
}

}  // namespace

TEST_CASE("Names of captions tell their language and kind") {
  struct Case {
    std::string name;
    std::string stem;
    std::string language;
  };
  const Case cases[] = {{"v/talk.vtt", "v/talk", ""},
                        {"v/talk.es.vtt", "v/talk", "es"},
                        {"talk.pt-BR.SRT", "talk", "pt-BR"},
                        {"talk.en.cc.vtt", "talk", "en"},
                        {"talk.captions.en_US.vtt", "talk", "en-US"},
                        {"talk.v2.vtt", "talk.v2", ""},
                        {"a.talk on housing.vtt", "a.talk on housing", ""},
                        {"es/talk.txt", "", ""},
                        {"folder.es/talk.vtt", "folder.es/talk", ""}};
  for (const Case& c : cases) {
    INFO(c.name);
    const CaptionName name = split_caption_name(c.name);
    CHECK(name.stem == c.stem);
    CHECK(name.language == c.language);
  }
}

TEST_CASE("Captions beside a web page are read behind it, those in other languages are translations") {
  auto files = related({"talk.en.vtt", "talk.es.vtt", "talk.html", "talk.mp4", "other.html", "x/talk.html"});
  REQUIRE(files["talk.html"].companions);
  CHECK(files["talk.html"].companions->captions == std::vector<std::string>{"/s/talk.en.vtt"});
  CHECK(files["talk.en.vtt"].companions->left_out_code == "part-of");
  CHECK(files["talk.en.vtt"].companions->left_out_text == "its text is part of talk.html");
  CHECK(files["talk.mp4"].companions->left_out_code == "part-of");
  CHECK(files["talk.es.vtt"].companions->translates == "talk.html");
  CHECK(files["talk.es.vtt"].companions->language == "es");
  CHECK(files["talk.es.vtt"].companions->address_of == "talk.html");
  CHECK_FALSE(files["other.html"].companions);
  CHECK_FALSE(files["x/talk.html"].companions);
}

TEST_CASE("Captions beside a film are the resource, with the address of the film") {
  auto files = related({"talk.es.srt", "talk.srt", "talk.webm", "alone.vtt", "silent.mov"});
  CHECK(files["talk.srt"].companions->address_of == "talk.webm");
  CHECK(files["talk.srt"].companions->left_out_code.empty());
  CHECK(files["talk.webm"].companions->left_out_code == "part-of");
  CHECK(files["talk.es.srt"].companions->translates == "talk.srt");
  CHECK(files["talk.es.srt"].companions->address_of == "talk.webm");
  CHECK_FALSE(files["alone.vtt"].companions);
  CHECK(files["silent.mov"].companions->left_out_code == "no-captions");
}

TEST_CASE("Of two files of captions in one language the first is read") {
  auto files = related({"talk.mp4", "talk.srt", "talk.vtt"});
  CHECK(files["talk.srt"].companions->left_out_code.empty());
  CHECK(files["talk.vtt"].companions->left_out_code == "part-of");
}

TEST_CASE("Changed, added and removed captions change the fingerprint of their page") {
  const auto print = [](std::uint64_t size, const std::vector<std::string>& names) {
    SourceListing listing{.root = "/s"};
    for (const std::string& name : names)
      listing.files.push_back({.path = "/s/" + name, .relative = name, .size = name == "a.vtt" ? size : 1});
    find_companions(listing);
    return listing.files.back().companions ? listing.files.back().companions->fingerprint : std::string();
  };
  CHECK(print(1, {"a.vtt", "a.html"}) == print(1, {"a.vtt", "a.html"}));
  CHECK(print(1, {"a.vtt", "a.html"}) != print(2, {"a.vtt", "a.html"}));
  CHECK(print(1, {"a.html"}).empty());
}

TEST_CASE("Files that are named alone bring their companions along") {
  const carrel::tests::TemporaryFolder folder;
  for (const char* name : {"talk.html", "talk.vtt", "talk.es.vtt", "talk.mp4", "other.vtt", "report.pdf"})
    folder.write(name, "x");
  std::vector<std::string> names{"talk.vtt", "report.pdf"};
  add_companion_names(names, folder.path());
  CHECK(names.size() == 5);
  for (const char* name : {"talk.html", "talk.es.vtt", "talk.mp4"})
    CHECK(std::ranges::find(names, (folder / name).string()) != names.end());
}
