// What a document is, by the ending of its name, and what it may do in a browser.
#pragma once

#include <string_view>

namespace carrel::query_server {

struct MediaType {
  std::string_view ending;  ///< with the dot, lower case
  std::string_view name;    ///< as Content-Type has it
  bool shown = true;        ///< shown in the browser; else saved as a file
  std::string_view policy;  ///< Content-Security-Policy: no document runs a script here
};

/// The type of the file of this name; application/octet-stream when nothing else fits.
const MediaType& media_type_of(std::string_view file_name);

}  // namespace carrel::query_server
