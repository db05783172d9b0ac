#include "query-server/documents.h"

#include <chrono>
#include <filesystem>

#include <sys/stat.h>

#include "query-server/http_date.h"
#include "tests/catch.h"
#include "tests/query-server/running_server.h"
#include "tests/query-server/test_client.h"
#include "tests/temporary_folder.h"

using namespace carrel::query_server;
using testing::get;
namespace fs = std::filesystem;

namespace {

/// A folder of documents beside a secret file, gone at the end.
class Folder {
 public:
  Folder() {
    fs::create_directories(root() / "reports");
    folder_.write("secret.txt", "secret");
    folder_.write("root/reports/a b.pdf", "0123456789");
    folder_.write("root/page.html", "<p>page");
    folder_.write("root/noname", "x");
    folder_.write("root/.hidden", "hidden");
    folder_.write("root/.git/config", "hidden");
    folder_.write("root/empty.txt", "");
    folder_.write("root/big.pdf", std::string(3'000'000, 'b'));
    fs::create_symlink("../secret.txt", root() / "out.txt");
    fs::create_symlink(folder_.path(), root() / "outdir");
    fs::create_symlink("/etc/passwd", root() / "absolute.txt");
    fs::create_symlink("reports", root() / "inside");
    ::mkfifo((root() / "pipe.pdf").c_str(), 0600);
  }
  fs::path root() const { return folder_ / "root"; }

 private:
  carrel::tests::TemporaryFolder folder_;
};

SiteOptions serving(const Folder& folder) {
  SiteOptions options;
  options.documents = Documents::open(folder.root().string()).value();
  return options;
}

}  // namespace

TEST_CASE("a document is sent whole, with its type and without a trace") {
  const Folder folder;
  testing::RunningServer server(serving(folder));
  const auto answer = get(server.port(), "/documents/reports/a%20b.pdf");
  CHECK(answer.status == 200);
  CHECK(answer.body == "0123456789");
  CHECK(answer.field("Content-Type") == "application/pdf");
  CHECK(answer.field("Content-Disposition") == "inline");
  CHECK(answer.field("Accept-Ranges") == "bytes");
  CHECK(answer.field("Cache-Control") == "no-store");
  CHECK(answer.field("X-Content-Type-Options") == "nosniff");
  CHECK(get(server.port(), "/documents/page.html").field("Content-Security-Policy").find("script") ==
        std::string::npos);
  CHECK(get(server.port(), "/documents/noname").field("Content-Type") == "application/octet-stream");
  CHECK(get(server.port(), "/documents/empty.txt").status == 200);
  CHECK(get(server.port(), "/documents/big.pdf").body == std::string(3'000'000, 'b'));
}

TEST_CASE("single ranges are answered with 206 or 416") {
  const Folder folder;
  testing::RunningServer server(serving(folder));
  const auto part = get(server.port(), "/documents/reports/a%20b.pdf", "Range: bytes=2-5\r\n");
  CHECK(part.status == 206);
  CHECK(part.body == "2345");
  CHECK(part.field("Content-Range") == "bytes 2-5/10");
  const auto beyond = get(server.port(), "/documents/reports/a%20b.pdf", "Range: bytes=10-\r\n");
  CHECK(beyond.status == 416);
  CHECK(beyond.field("Content-Range") == "bytes */10");
  CHECK(get(server.port(), "/documents/reports/a%20b.pdf", "Range: bytes=0-1,3-4\r\n").status == 200);
  const auto tag = part.field("ETag");
  CHECK(get(server.port(), "/documents/reports/a%20b.pdf", "Range: bytes=2-5\r\nIf-Range: " + tag + "\r\n")
            .status == 206);
  CHECK(get(server.port(), "/documents/reports/a%20b.pdf", "Range: bytes=2-5\r\nIf-Range: \"old\"\r\n")
            .status == 200);
  CHECK(get(server.port(), "/documents/reports/a%20b.pdf", "If-None-Match: " + tag + "\r\n").status == 304);
  const auto head = testing::ask(server.port(), "HEAD /documents/big.pdf HTTP/1.1\r\nHost: a\r\n\r\n", true);
  CHECK(head.field("Content-Length") == "3000000");
}

TEST_CASE("what a client holds of a document is not sent again, and what it does not hold is") {
  const Folder folder;
  const fs::path file = folder.root() / "reports" / "a b.pdf";
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24));
  testing::RunningServer server(serving(folder));
  const auto whole = get(server.port(), "/documents/reports/a%20b.pdf");
  const std::string tag = whole.field("ETag");
  const std::string modified = whole.field("Last-Modified");
  REQUIRE(parse_http_date(modified));
  const std::string before = http_date(*parse_http_date(modified) - 1);
  struct {
    std::string fields;
    int status;
  } const rows[] = {
      {"If-None-Match: \"x\", " + tag + "\r\n", 304},
      {"If-None-Match: W/" + tag + "\r\n", 304},
      {"If-None-Match: *\r\n", 304},
      {"If-None-Match: \"x\"\r\n", 200},
      {"If-None-Match: " + tag.substr(1, 16) + "\r\n", 200},
      {"If-Modified-Since: " + modified + "\r\n", 304},
      {"If-Modified-Since: " + before + "\r\n", 200},
      {"If-Modified-Since: yesterday\r\n", 200},
      {"If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT\r\n", 200},  // a time to come says nothing
      {"If-None-Match: \"x\"\r\nIf-Modified-Since: " + modified + "\r\n", 200},
      {"If-None-Match: " + tag + "\r\nIf-Modified-Since: " + before + "\r\n", 304},
      {"If-Match: " + tag + "\r\n", 200},
      {"If-Match: *\r\n", 200},
      {"If-Match: \"x\"\r\n", 412},
      {"If-Match: W/" + tag + "\r\n", 412},
      {"If-Unmodified-Since: " + modified + "\r\n", 200},
      {"If-Unmodified-Since: " + before + "\r\n", 412},
      {"If-Match: " + tag + "\r\nIf-Unmodified-Since: " + before + "\r\n", 200},
      {"If-Match: " + tag + "\r\nIf-None-Match: " + tag + "\r\n", 304},
      {"Range: bytes=2-5\r\nIf-None-Match: " + tag + "\r\n", 304},
      {"Range: bytes=2-5\r\nIf-Match: \"x\"\r\n", 412},
      {"Range: bytes=2-5\r\nIf-Range: " + modified + "\r\n", 206},
      {"Range: bytes=2-5\r\nIf-Range: " + before + "\r\n", 200},
      {"Range: bytes=2-5\r\nIf-Range: W/" + tag + "\r\n", 200},
      {"Range: Bytes=-3\r\n", 206},
      {"Range: bytes=-0\r\n", 416},
      {"Range: bytes=5-2\r\n", 200},
      {"Range: lines=1-2\r\n", 200},
  };
  for (const auto& row : rows) {
    INFO(row.fields);
    const auto answer = get(server.port(), "/documents/reports/a%20b.pdf", row.fields);
    CHECK(answer.status == row.status);
    if (row.status == 304) {
      CHECK(answer.body.empty());
      CHECK(answer.field("ETag") == tag);
      CHECK(answer.field("Last-Modified") == modified);
    }
  }
  const auto head = testing::ask(
      server.port(), "HEAD /documents/reports/a%20b.pdf HTTP/1.1\r\nHost: a\r\nRange: bytes=2-5\r\n\r\n", true);
  CHECK(head.status == 200);
  CHECK(head.field("Content-Length") == "10");
  fs::last_write_time(file, fs::file_time_type::clock::now() + std::chrono::hours(24));
  const auto later = get(server.port(), "/documents/reports/a%20b.pdf");
  CHECK(*parse_http_date(later.field("Last-Modified")) <= std::time(nullptr));
  CHECK(get(server.port(), "/documents/reports/a%20b.pdf",
            "Range: bytes=2-5\r\nIf-Range: " + later.field("Last-Modified") + "\r\n")
            .status == 200);  // changed too lately for a time to name a version
}

TEST_CASE("nothing outside of the folder and nothing hidden can be reached") {
  const Folder folder;
  testing::RunningServer server(serving(folder));
  for (const char* path : {"../secret.txt",
                           "%2e%2e/secret.txt",
                           "..%2fsecret.txt",
                           "reports/../../secret.txt",
                           "reports/..%2f..%2fsecret.txt",
                           "/etc/passwd",
                           "%2fetc%2fpasswd",
                           "out.txt",
                           "outdir/secret.txt",
                           "absolute.txt",
                           ".hidden",
                           ".git/config",
                           "reports/./a%20b.pdf",
                           "reports//a%20b.pdf",
                           "reports",
                           "reports/",
                           "pipe.pdf",
                           "nothing.pdf",
                           "page.html%00.pdf",
                           "page.html/",
                           "..",
                           "."}) {
    INFO(path);
    const auto answer = get(server.port(), "/documents/" + std::string(path));
    CHECK(answer.status == 404);
    CHECK(answer.body.find("secret.txt") == std::string::npos);
  }
  CHECK(get(server.port(), "/documents/%zz").status == 400);
  CHECK(get(server.port(), "/documents/inside/a%20b.pdf").status == 200);  // a link that stays inside
}

TEST_CASE("without a folder there are no documents, and a folder must exist") {
  testing::RunningServer server;
  CHECK(get(server.port(), "/documents/reports/a%20b.pdf").status == 404);
  const auto missing = Documents::open("/nowhere/at/all");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == carrel::ErrorKind::not_found);
  CHECK(missing.error().hint.find("--documents") != std::string::npos);
}
