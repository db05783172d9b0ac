// A web server of a test: answers what it is told to, byte by byte, and counts who asked for what.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace carrel::tests {

/// What was asked.
struct WebRequest {
  std::string target;
  std::map<std::string, std::string> fields;  ///< names in lower case
};

/// What is answered; `whole` not empty: exactly these bytes.
struct WebAnswer {
  int status = 200;
  std::string body;
  std::string type = "text/html";
  std::vector<std::string> fields;  ///< "Name: value"
  std::string whole;
  bool never = false;  ///< says nothing until the server ends
};

/// Listens on 127.0.0.1 and a free port until destruction. Unknown targets are 404.
class WebOfATest {
 public:
  WebOfATest();
  WebOfATest(const WebOfATest&) = delete;
  WebOfATest& operator=(const WebOfATest&) = delete;
  ~WebOfATest();

  void answer(const std::string& target, WebAnswer answer);
  void answer(const std::string& target, std::function<WebAnswer(const WebRequest&)> answer);
  void forget(const std::string& target);

  /// "http://127.0.0.1:PORT" and the target.
  std::string url(std::string_view target) const;
  int port() const { return port_; }

  /// How often a target was asked for; all, in their order.
  std::size_t count(const std::string& target) const;
  std::vector<WebRequest> requests() const;

 private:
  void serve();
  void serve_one(int connection);

  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ended_{false};
  mutable std::mutex mutex_;
  std::map<std::string, std::function<WebAnswer(const WebRequest&)>> answers_;
  std::vector<WebRequest> requests_;
  std::thread thread_;
};

}  // namespace carrel::tests
