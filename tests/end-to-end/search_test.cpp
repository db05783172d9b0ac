// carrel-search and carrel-server on the demonstration library: the right page of the right document.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

Finished search(std::vector<std::string> words) {
  words.insert(words.begin(), {"--index", demonstration_library().index.string()});
  return run("carrel-search", words);
}

json::object search_json(const std::string& query, int limit = 20) {
  return json::parse(search({"--json", "-n", std::to_string(limit), "--query", query}).out).as_object();
}

const json::object* hit_of(const json::object& answer, std::string_view id) {
  for (const json::value& hit : answer.at("hits").as_array()) {
    if (hit.at("id").as_string() == id) return &hit.as_object();
  }
  return nullptr;
}

/// The text of one page by poppler-utils: a reader that is not ours.
std::string pdftotext(const fs::path& file, int page) {
  const std::string command = "pdftotext -enc UTF-8 -f " + std::to_string(page) + " -l " +
                              std::to_string(page) + " '" + file.string() + "' - 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), got);
  ::pclose(pipe);
  return text;
}

/// Runs of five plain words inside one line, without hyphens at the ends of lines: they read the same
/// everywhere.
std::vector<std::string> plain_phrases(const std::string& text) {
  std::vector<std::string> phrases;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<std::string> run_of_words;
    for (std::string word; words >> word;) {
      const bool plain = word.size() > 1 && std::ranges::all_of(word, [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                         });
      if (!plain) {
        run_of_words.clear();
        continue;
      }
      run_of_words.push_back(word);
      if (run_of_words.size() == 5) {
        std::string phrase;
        for (const std::string& one : run_of_words) phrase += (phrase.empty() ? "" : " ") + one;
        phrases.push_back(phrase);
        run_of_words.clear();
      }
    }
  }
  return phrases;
}

/// Readable PDFs of the library with the number of their pages.
std::map<std::string, std::pair<fs::path, int>> readable_pdfs() {
  std::map<std::string, std::pair<fs::path, int>> pdfs;
  const json::object all = search_json("filetype:pdf", 1000);
  for (const json::value& hit : all.at("hits").as_array()) {
    const std::string url(hit.at("url").as_string());
    const std::size_t at = url.find("/resources/");
    if (at == std::string::npos) continue;
    pdfs[std::string(hit.at("id").as_string())] = {corpus() / "library" / url.substr(at + 11),
                                                   hit.at("pages").to_number<int>()};
  }
  return pdfs;
}

struct Judgement {
  std::string query, id;
  int grade = 0;
  std::set<int> pages;
};

std::vector<Judgement> judgements() {
  std::ifstream in(corpus() / "judgements.tsv");
  std::vector<Judgement> out;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    Judgement one;
    std::string grade, pages;
    std::getline(cells, one.query, '\t');
    std::getline(cells, one.id, '\t');
    std::getline(cells, grade, '\t');
    std::getline(cells, pages, '\t');
    one.grade = std::stoi(grade);
    std::istringstream numbers(pages);
    for (std::string number; std::getline(numbers, number, ',');) one.pages.insert(std::stoi(number));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

TEST_CASE("Every resource is found by its title, as the first hit or behind its translations and editions") {
  const json::object all = search_json("*", 1000);
  REQUIRE(all.at("hits").as_array().size() >= 45);
  for (const json::value& hit : all.at("hits").as_array()) {
    const std::string title(hit.at("title").as_string());
    const json::object answer = search_json(title, 5);
    INFO(title);
    CHECK(hit_of(answer, std::string(hit.at("id").as_string())) != nullptr);
  }
}

TEST_CASE("A phrase in the middle of a page leads to that page") {
  std::size_t tried = 0;
  for (const auto& [id, where] : readable_pdfs()) {
    const auto& [file, pages] = where;
    for (int page = 1; page <= pages; page += std::max(1, pages / 3)) {
      const auto phrases = plain_phrases(pdftotext(file, page));
      if (phrases.size() < 3) continue;
      const std::string phrase = phrases[phrases.size() / 2];
      const json::object answer = search_json("\"" + phrase + "\"");
      const json::object* hit = hit_of(answer, id);
      INFO(id << " page " << page << ": " << phrase);
      REQUIRE(hit != nullptr);
      const auto& passages = hit->at("passages").as_array();
      REQUIRE_FALSE(passages.empty());
      CHECK(std::ranges::any_of(passages, [&](const json::value& passage) {
        return passage.at("page").to_number<int>() == page &&
               std::string_view(passage.at("url").as_string()).ends_with("#page=" + std::to_string(page));
      }));
      ++tried;
    }
  }
  CHECK(tried >= 40);
}

TEST_CASE("A rare word of the last page is found there") {
  std::size_t tried = 0;
  for (const auto& [id, where] : readable_pdfs()) {
    const auto& [file, pages] = where;
    if (pages < 2) continue;
    std::map<std::string, int> before;
    std::string earlier;
    for (int page = 1; page < pages; ++page) earlier += pdftotext(file, page);
    std::ranges::transform(earlier, earlier.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::istringstream words(pdftotext(file, pages));
    for (std::string word; words >> word;) {
      const bool plain =
          word.size() > 7 && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
      if (!plain || earlier.find(word.substr(0, word.size() - 3)) != std::string::npos) continue;
      const json::object answer = search_json("=" + word, 50);
      const json::object* hit = hit_of(answer, id);
      INFO(id << ": " << word);
      REQUIRE(hit != nullptr);
      CHECK(hit->at("passages").as_array().at(0).at("page").to_number<int>() == pages);
      ++tried;
      break;
    }
  }
  CHECK(tried >= 15);
}

TEST_CASE("Passages hold what is marked, marks lie inside the text and are sorted") {
  for (const char* query : {"trafficking", "víctimas de trata", "人口贩运", "debt bondage", "nạn nhân"}) {
    const json::object answer = search_json(query);
    INFO(query);
    CHECK(answer.at("total").to_number<int>() > 0);
    for (const json::value& hit : answer.at("hits").as_array()) {
      for (const json::value& passage : hit.at("passages").as_array()) {
        const std::string_view text = passage.at("text").as_string();
        const auto length = std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; });
        std::int64_t last = 0;
        for (const json::value& mark : passage.at("marks").as_array()) {
          const auto begin = mark.at(0).to_number<std::int64_t>();
          const auto end = mark.at(1).to_number<std::int64_t>();
          CHECK(begin >= last);
          CHECK(end > begin);
          CHECK(end <= length);
          last = end;
        }
        CHECK(text.find('<') == std::string_view::npos);
      }
    }
  }
}

TEST_CASE("The judged queries find what answers them") {
  std::map<std::string, std::vector<Judgement>> by_query;
  for (Judgement& one : judgements()) by_query[one.query].push_back(std::move(one));
  REQUIRE(by_query.size() >= 60);
  std::size_t in_first_ten = 0;
  std::size_t page_answers = 0;
  std::size_t right_page = 0;
  for (const auto& [query, wanted] : by_query) {
    const json::object answer = search_json(query, 10);
    const bool found = std::ranges::any_of(
        wanted, [&](const Judgement& one) { return one.grade >= 2 && hit_of(answer, one.id) != nullptr; });
    in_first_ten += found;
    if (!found) WARN("nothing good in the first ten for: " << query);
    for (const Judgement& one : wanted) {
      const json::object* hit = hit_of(answer, one.id);
      if (hit == nullptr || one.pages.empty() || hit->at("passages").as_array().empty()) continue;
      ++page_answers;
      right_page += one.pages.contains(hit->at("passages").as_array()[0].at("page").to_number<int>());
    }
  }
  WARN(in_first_ten << " of " << by_query.size() << " judged queries have a good answer in the first ten; "
                    << right_page << " of " << page_answers << " first passages are on a judged page");
  // Floors below what was measured (97 and 73 of a hundred): falling under them is a step back.
  CHECK(in_first_ten * 100 >= by_query.size() * 95);
  CHECK(right_page * 100 >= page_answers * 70);
}

TEST_CASE("carrel-search ends with 0 when it found something, 1 when not, 2 on a mistake") {
  CHECK(search({"trafficking"}).exit_code == 0);
  const Finished nothing = search({"xqzzyqqx"});
  CHECK(nothing.exit_code == 1);
  CHECK(search({"--no-such-option", "x"}).exit_code == 2);
  CHECK(run("carrel-search", {"--index", "/no/such/index", "x"}).exit_code == 2);
  CHECK(run("carrel-search", {"trafficking"}, {{"CARREL_INDEX", demonstration_library().index.string()}})
            .exit_code == 0);
}

TEST_CASE("Nothing that a person types is an error") {
  for (const char* query : {"AND OR",
                            "NOT labor",
                            "a AND (b OR",
                            "(unbalanced",
                            "\"open quote",
                            "2015..2020",
                            "date:2020-13-45..",
                            "year:..",
                            "abc 人口贩卖 def",
                            "*",
                            "NEAR",
                            "title:",
                            "foo:bar",
                            "-",
                            "+",
                            "18 U.S.C. § 1591",
                            "<script>alert(1)</script>",
                            "%00",
                            "'; DROP TABLE x; --",
                            "((((((((((",
                            "\xc3\x28 bad bytes"}) {
    const Finished finished = search({"--json", "--query", query});
    INFO(query << " → " << finished.err);
    CHECK((finished.exit_code == 0 || finished.exit_code == 1));
    CHECK(json::parse(finished.out).is_object());
  }
}

TEST_CASE("Text output names title, page and marked words and has no colour when piped") {
  const Finished finished = search({"--passages", "2", "\"debt bondage\""});
  CHECK(finished.exit_code == 0);
  CHECK(finished.out.find("p. ") != std::string::npos);
  CHECK(finished.out.find('\033') == std::string::npos);
  const Finished coloured = search({"--color", "always", "debt"});
  CHECK(coloured.out.find("\033[") != std::string::npos);
}

TEST_CASE("The daemon gives the same answer as the command line") {
  RunningServer server({"--index", demonstration_library().index.string()});
  for (const char* query : {"housing", "víctimas", "\"debt bondage\"", "t visa"}) {
    const HttpAnswer answer = http(server.port(), "/v1/search?q=" + url_encoded(query));
    REQUIRE(answer.status == 200);
    json::object over_http = json::parse(answer.body).as_object();
    json::object local = search_json(query);
    over_http.erase("took_ms");
    local.erase("took_ms");
    CHECK(json::serialize(over_http) == json::serialize(local));
  }
  CHECK(server.stop() == 0);
}

TEST_CASE("The search page works by form and by link, without JavaScript, and marks the words") {
  RunningServer server({"--index", demonstration_library().index.string()});
  CHECK(http(server.port(), "/").body.find("<form") != std::string::npos);
  for (const HttpAnswer& answer :
       {http(server.port(), "/search?q=housing"), http(server.port(), "/search", "q=housing")}) {
    CHECK(answer.status == 200);
    CHECK(answer.body.find("<mark>") != std::string::npos);
    CHECK(answer.body.find("#page=") != std::string::npos);
    // Scripts are files of the page, never inline, and everything above is there without them.
    CHECK(answer.body.find("<script") == answer.body.find("<script src="));
    CHECK(answer.body.find("<script>") == std::string::npos);
    CHECK(answer.body.find(" onclick=") == std::string::npos);
    CHECK(answer.head.find("no-store") != std::string::npos);
  }
}

TEST_CASE("The daemon answers resources, pages, suggestions and health") {
  RunningServer server(
      {"--index", demonstration_library().index.string(), "--documents", (corpus() / "library").string()});
  const HttpAnswer resource = http(server.port(), "/v1/resources/housing-toolkit");
  REQUIRE(resource.status == 200);
  CHECK(json::parse(resource.body).at("id").as_string() == "housing-toolkit");
  CHECK(http(server.port(), "/v1/resources/housing-toolkit/pages/2").status == 200);
  CHECK(http(server.port(), "/v1/resources/no-such").status == 404);
  const HttpAnswer suggested = http(server.port(), "/v1/suggest?q=hous");
  CHECK(suggested.status == 200);
  CHECK_FALSE(json::parse(suggested.body).at("suggestions").as_array().empty());
  CHECK(http(server.port(), "/healthz").status == 200);
  CHECK(http(server.port(), "/documents/toolkits/housing-toolkit.pdf").body.starts_with("%PDF"));
  const HttpAnswer unknown = http(server.port(), "/v1/search?q=x&colour=red");
  CHECK(unknown.status == 400);
  CHECK(json::parse(unknown.body).as_object().contains("hint"));
}

TEST_CASE("The daemon answers from a new revision as soon as it has landed") {
  const TemporaryFolder folder;
  const auto page = [](const std::string& words) {
    return "<!doctype html><html lang=en><title>T</title><body><p>" + words + "</p></body></html>";
  };
  const auto update = [&] {
    return run("carrel-index", {"update", "--index", (folder / "i").string(), (folder / "d").string()})
        .exit_code;
  };
  folder.write("d/a.html", page("apricot"));
  REQUIRE(update() == 0);
  RunningServer server({"--index", (folder / "i").string()});
  const auto total = [&](const std::string& word) {
    return json::parse(http(server.port(), "/v1/search?q=" + word).body).at("total").to_number<int>();
  };
  CHECK(total("apricot") == 1);
  CHECK(total("blueberry") == 0);
  for (int i = 0; i < 5; ++i) {
    folder.write("d/b" + std::to_string(i) + ".html", page("blueberry " + std::to_string(i)));
    REQUIRE(update() == 0);
    CHECK(total("blueberry") == i + 1);
    CHECK(total("apricot") == 1);
  }
}

TEST_CASE("A port in use is one clear sentence and exit code 2") {
  RunningServer server({"--index", demonstration_library().index.string()});
  const std::string address = "127.0.0.1:" + std::to_string(server.port());
  const Finished second =
      run("carrel-server", {"--index", demonstration_library().index.string(), "--listen", address});
  CHECK(second.exit_code == 2);
  CHECK(second.err.find(address) != std::string::npos);
  CHECK(std::ranges::count(second.err, '\n') == 1);
}
