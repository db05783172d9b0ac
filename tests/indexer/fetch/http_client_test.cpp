#include "indexer/fetch/http_client.h"

#include <thread>

#include "tests/catch.h"
#include "tests/indexer/fetch/gzip.h"
#include "tests/indexer/fetch/web_of_a_test.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using namespace std::chrono_literals;

namespace {

const std::atomic<bool> kGoOn{false};

HttpOptions options() {
  return {.user_agent = "Carrel/test", .most_bytes = 10'000, .timeout = 5s, .allow_private = true};
}

std::string code(const std::expected<HttpAnswer, HttpFailure>& answer) {
  return answer ? "answered" : answer.error().code;
}

}  // namespace

TEST_CASE("An answer comes with what is needed of its head") {
  WebOfATest web;
  web.answer("/a", {.body = "body",
                    .type = "text/html; charset=utf-8",
                    .fields = {"ETag: \"e1\"", "Last-Modified: Tue, 15 Nov 1994 12:45:26 GMT",
                               "X-Robots-Tag: noindex", "x-robots-tag: nofollow", "Retry-After: 7"}});
  HttpClient client(options(), kGoOn);
  const auto answer = client.get(web.url("/a"));
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "body");
  CHECK(answer->etag == "\"e1\"");
  CHECK(answer->last_modified == "Tue, 15 Nov 1994 12:45:26 GMT");
  CHECK(answer->content_type == "text/html; charset=utf-8");
  CHECK(answer->robots == "noindex, nofollow");
  CHECK(answer->retry_after == 7);
  CHECK(web.requests()[0].fields["user-agent"] == "Carrel/test");
  CHECK(web.requests()[0].fields.count("if-none-match") == 0);
}

TEST_CASE("Conditions are sent, but never more than one field each") {
  WebOfATest web;
  web.answer("/a", {.status = 304, .body = {}, .type = {}});
  HttpClient client(options(), kGoOn);
  CHECK(client.get(web.url("/a"), {.etag = "\"e1\"", .last_modified = "Tue, 15 Nov 1994 12:45:26 GMT"})
            ->status == 304);
  CHECK(web.requests()[0].fields["if-none-match"] == "\"e1\"");
  CHECK(web.requests()[0].fields["if-modified-since"] == "Tue, 15 Nov 1994 12:45:26 GMT");
  CHECK(client.get(web.url("/a"), {.etag = "x\r\nEvil: 1", .last_modified = {}}));
  CHECK(web.requests()[1].fields.count("evil") == 0);
}

TEST_CASE("No redirect is followed by itself") {
  WebOfATest web;
  web.answer("/a", {.status = 302, .fields = {"Location: /b"}});
  HttpClient client(options(), kGoOn);
  const auto answer = client.get(web.url("/a"));
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(answer->location == "/b");
  CHECK(web.count("/b") == 0);
}

TEST_CASE("Private addresses are refused before a byte is sent, by number and by name") {
  WebOfATest web;
  web.answer("/a", {.body = "secret"});
  HttpOptions strict = options();
  strict.allow_private = false;
  HttpClient client(strict, kGoOn);
  CHECK(code(client.get(web.url("/a"))) == "private-address");
  CHECK(code(client.get("http://localhost:" + std::to_string(web.port()) + "/a")) == "private-address");
  CHECK(code(client.get("http://2130706433:" + std::to_string(web.port()) + "/a")) == "private-address");
  CHECK(code(client.get("http://[::ffff:127.0.0.1]:" + std::to_string(web.port()) + "/a")) ==
        "private-address");
  CHECK(web.requests().empty());
}

TEST_CASE("An answer that is too large ends, also when it is packed") {
  WebOfATest web;
  web.answer("/large", {.body = std::string(10'001, 'x')});
  web.answer("/fits", {.body = std::string(10'000, 'x')});
  web.answer("/bomb", {.body = gzip(std::string(1'000'000, 'x')), .fields = {"Content-Encoding: gzip"}});
  web.answer("/packed", {.body = gzip("packed words"), .fields = {"Content-Encoding: gzip"}});
  web.answer("/head", {.fields = {"X: " + std::string(70'000, 'x')}});
  HttpClient client(options(), kGoOn);
  CHECK(code(client.get(web.url("/large"))) == "too-large");
  CHECK(client.get(web.url("/fits"))->body.size() == 10'000);
  CHECK(code(client.get(web.url("/bomb"))) == "too-large");
  CHECK(client.get(web.url("/packed"))->body == "packed words");
  CHECK_FALSE(client.get(web.url("/head")));
}

TEST_CASE("A server that never answers, is not there or breaks off is a failure of its kind") {
  WebOfATest web;
  web.answer("/never", {.never = true});
  web.answer("/cut", {.whole = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"});
  web.answer("/odd", {.whole = "SSH-2.0-OpenSSH\r\n"});
  HttpOptions hurried = options();
  hurried.timeout = 300ms;
  HttpClient client(hurried, kGoOn);
  CHECK(code(client.get(web.url("/never"))) == "timeout");
  WebOfATest other;
  other.answer("/cut", {.whole = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"});
  other.answer("/odd", {.whole = "SSH-2.0-OpenSSH\r\n"});
  CHECK(code(client.get(other.url("/cut"))) == "bad-answer");
  CHECK(code(client.get(other.url("/odd"))) == "bad-answer");
  CHECK(code(client.get("http://127.0.0.1:1/")) == "unreachable");
  CHECK(code(client.get("file:///etc/passwd")) == "bad-answer");
}

TEST_CASE("Somebody who asks to stop does not wait for a server") {
  WebOfATest web;
  web.answer("/never", {.never = true});
  std::atomic<bool> stop{false};
  HttpOptions patient = options();
  patient.timeout = 60s;
  HttpClient client(patient, stop);
  std::thread later([&] {
    std::this_thread::sleep_for(100ms);
    stop = true;
  });
  const auto begun = std::chrono::steady_clock::now();
  CHECK(code(client.get(web.url("/never"))) == "interrupted");
  CHECK(std::chrono::steady_clock::now() - begun < 10s);
  later.join();
}
