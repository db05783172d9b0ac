// A library of a few files of a test's own, and what the programs say of it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

namespace carrel::tests {

inline boost::json::object read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return boost::json::parse(std::string{std::istreambuf_iterator<char>(in), {}}).as_object();
}

inline const boost::json::object& document(const boost::json::object& report, std::string_view ending) {
  for (const boost::json::value& one : report.at("documents").as_array()) {
    if (std::string_view(one.at("path").as_string()).ends_with(ending)) return one.as_object();
  }
  throw std::runtime_error("not in the report: " + std::string(ending));
}

inline std::string page(std::string_view title, std::string_view text) {
  return "<!doctype html><html lang=en><head><meta charset=utf-8><title>" + std::string(title) +
         "</title></head><body><main><h1>" + std::string(title) + "</h1><p>" + std::string(text) +
         "</p></main></body></html>";
}

inline std::size_t found(const std::filesystem::path& index, const std::string& query) {
  const Finished searched = run("carrel-search", {"--index", index.string(), "--json", query});
  return boost::json::parse(searched.out).at("total").to_number<std::size_t>();
}

/// A small library with its index.
struct SmallLibrary {
  TemporaryFolder folder;
  std::filesystem::path index = folder / "index";
  std::filesystem::path source = folder / "documents";

  Finished update(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"update", "--index", index.string(), source.string()};
    words.insert(words.end(), more.begin(), more.end());
    return run("carrel-index", words);
  }
};

}  // namespace carrel::tests
