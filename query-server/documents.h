// The files of the library themselves, under /documents/.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "query-server/http_message.h"
#include "query-server/request_handler.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// A folder whose files are served. Nothing outside of it can be reached: the kernel resolves each path
/// beneath the open folder. Files and folders whose names begin with a dot are not there. Any thread.
class Documents {
 public:
  /// Errors: not_found, unreadable.
  static Result<Documents> open(const std::string& root);

  /// True when there is a file at this path, not percent-encoded, that would be served.
  bool has(std::string_view path) const;

  /// Answers GET and HEAD for `path`, still percent-encoded and without "/documents/": the file or a range of
  /// it; problems 400, 404, 412 and 416.
  std::expected<HttpResponse, Problem> serve(const HttpRequest& request, std::string_view path) const;

 private:
  explicit Documents(std::shared_ptr<const OpenFile> root) : root_(std::move(root)) {}
  std::shared_ptr<const OpenFile> root_;
};

}  // namespace carrel::query_server
