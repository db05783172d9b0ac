// Running the real programs, as a person would from a shell.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::tests {

/// What a finished program left behind.
struct Finished {
  int exit_code = -1;  ///< 128 + signal when it was killed
  std::string out;
  std::string err;
};

/// Runs one of the project's programs ("carrel-index"…) to its end. `environment` is added to ours.
Finished run(std::string_view program, const std::vector<std::string>& arguments,
             const std::map<std::string, std::string>& environment = {});

/// Runs a program as somebody whose files may not be larger than so many bytes.
Finished run_with_file_limit(std::string_view program, const std::vector<std::string>& arguments,
                             std::uint64_t bytes);

/// A program that runs beside the test and says nothing; killed when it still runs at destruction.
class Background {
 public:
  Background(std::string_view program, const std::vector<std::string>& arguments);
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();

  void signal(int number) const;

  /// Waits for its end; the exit code, 128 + signal when it was killed.
  int wait();

 private:
  int process_ = -1;
};

/// A carrel-server that runs on a free port until destruction.
class RunningServer {
 public:
  /// Starts it with these arguments (and --listen 127.0.0.1:0) and waits until it says where it listens. Its
  /// standard error goes into the file `log`, or where ours goes when that is empty.
  explicit RunningServer(std::vector<std::string> arguments, const std::filesystem::path& log = {});
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  ~RunningServer();

  int port() const { return port_; }
  int process() const { return process_; }

  /// Asks it to stop in good order and waits; the exit code.
  int stop();

 private:
  int process_ = -1;
  int output_ = -1;
  int port_ = 0;
};

struct HttpAnswer {
  int status = 0;
  std::string head;
  std::string body;
};

/// One request over a connection of its own. `body` not empty: a POST of a form.
HttpAnswer http(int port, std::string_view target, std::string_view form = {});

/// Percent-encoding for a query string.
std::string url_encoded(std::string_view text);

/// The demonstration library of the project, indexed once for all tests by a fixture of ctest, with its
/// report.
struct Library {
  std::filesystem::path index;
  std::filesystem::path report;
  Finished first_run;
};
const Library& demonstration_library();

/// Folder with the documents of the demonstration library, and its catalogue and judgements.
std::filesystem::path corpus();

}  // namespace carrel::tests
