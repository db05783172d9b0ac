// The child of the pool's tests: reads documents like any other, but a file's name can ask for a misfortune,
// or for a try at something that the sandbox forbids.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "indexer/extract/document.h"
#include "indexer/extract/reading_clock.h"
#include "indexer/extract/worker.h"
#include "indexer/extract/worker_socket.h"

namespace {

using namespace carrel::indexer;

/// What the kernel says to forbidden wishes, one line each.
std::string try_everything() {
  std::string said;
  const auto tell = [&](std::string_view what, bool done) {
    said += fmt::format("{}: {}\n", what, done ? "possible" : "refused");
  };
  tell("socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
  tell("write a file", open("/tmp/carrel-sandbox-test", O_WRONLY | O_CREAT, 0600) >= 0);
  tell("read a file", open("/etc/passwd", O_RDONLY) >= 0);
  tell("fork", fork() >= 0);
  tell("run a program", execl("/bin/true", "true", nullptr) >= 0);
  tell("remove a file", unlink("/tmp/carrel-sandbox-test-none") == 0 || errno == ENOENT);
  tell("signal the parent", kill(getppid(), 0) == 0);
  return said;
}

void eat_memory() {
  std::vector<std::string> eaten;
  for (;;) eaten.emplace_back(std::size_t{64} << 20, 'x');
}

/// As C libraries do: malloc() fails, then abort().
void eat_memory_and_abort() {
  for (;;) {
    void* piece = std::malloc(std::size_t{64} << 20);
    if (piece == nullptr) std::abort();
    std::memset(piece, 1, std::size_t{64} << 20);
  }
}

/// One page of two.
Answer first_page() {
  Extraction extraction;
  extraction.format = "pdf";
  extraction.pages = {{.text = "The page before the trouble"}, {}};
  extraction.warnings.push_back({"cut-short", "1 of 2"});
  return extraction;
}

Answer read_or_suffer(std::string_view bytes, std::string_view name) {
  if (name == "hang") {
    for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  if (name == "hang on page 2") {
    const PartialReading partial(&first_page);
    for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  if (name == "spin on page 2") {
    const PartialReading partial(&first_page);
    for (volatile unsigned turns = 0;;) turns = turns + 1U;
  }
  if (name == "memory on page 2") {
    const PartialReading partial(&first_page);
    eat_memory_and_abort();
  }
  if (name == "crash on page 2") {
    const PartialReading partial(&first_page);
    std::raise(SIGSEGV);
  }
  if (name == "late") {
    while (!is_reading_late()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return first_page();
  }
  if (name == "flood") {
    const std::string junk(1 << 20, 'z');
    while (write(kWorkerSocket, junk.data(), junk.size()) > 0) {
    }
  }
  if (name == "huge frame") send_frame(kWorkerSocket, static_cast<FrameType>(3), std::string(2 << 20, 'x'));
  if (name == "unknown frame") send_frame(kWorkerSocket, static_cast<FrameType>(9), "x");
  if (name == "greeting again") send_frame(kWorkerSocket, FrameType::greeting, std::string(5, '\1'));
  if (name == "hash again") send_frame(kWorkerSocket, FrameType::hash, std::string(32, 'a'));
  if (name == "half an answer") {
    const std::string answer = encode_answer(first_page());
    send_frame(kWorkerSocket, FrameType::answer, answer.substr(0, answer.size() / 2));
  }
  if (name == "ranges outside") {
    Answer answer = first_page();
    answer->pages[0].unindexed = {{3, 1000}};
    return answer;
  }
  if (name == "crash") std::raise(SIGSEGV);
  if (name == "abort") std::abort();
  if (name == "leave") _exit(5);
  if (name == "memory") eat_memory();
  if (name == "memory-abort") eat_memory_and_abort();
  if (name == "throw") throw std::runtime_error("a library is unhappy");
  if (name == "garbage") {
    const std::string junk(100, 'z');
    static_cast<void>(write(kWorkerSocket, junk.data(), junk.size()));
  }
  if (name == "bad-answer") send_frame(kWorkerSocket, FrameType::answer, "\x01\0\0\0\x01 nonsense");
  if (name == "silent") {
    close(kWorkerSocket);
    for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  if (name == "chatty") {
    Extraction extraction;
    extraction.format = "html";
    extraction.pages.resize(1);
    extraction.pages[0].text.assign(3 << 20, 'x');
    return extraction;
  }
  if (name == "sandbox") {
    Extraction extraction;
    extraction.format = "html";
    extraction.pages.push_back({.text = try_everything()});
    return extraction;
  }
  return read_document(bytes, name);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "die-at-once") return 1;
  return serve_documents(&read_or_suffer, &warm_up_readers);
}
