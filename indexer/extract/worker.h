// The child's side: one document after the other, each read behind the sandbox.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// Reads a document from its bytes; `name` is its file name, a hint. Must not keep anything of a document.
using ReadDocument = std::function<Answer(std::string_view bytes, std::string_view name)>;

/// Serves kWorkerSocket with `read` until the parent closes it. `warm_up` loads what must be loaded before
/// the sandbox closes; files below `folders` can be read later too. Returns the exit code of the child.
int serve_documents(const ReadDocument& read, const std::function<void()>& warm_up,
                    const std::vector<std::string>& folders = {});

}  // namespace carrel::indexer
