// From lists and sitemaps to the addresses that a run fetches.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "indexer/fetch/site_access.h"
#include "indexer/fetch/web_address.h"

namespace carrel::indexer {

struct ListOptions {
  std::vector<std::string> sitemaps;             ///< each an address or a file
  std::vector<std::filesystem::path> url_lists;  ///< files with an address a line; "-" for standard input
  std::size_t most_documents = 50'000;
};

/// Something in the lists that cannot be used.
struct ListProblem {
  std::string where;  ///< the list or the address
  std::string code;   ///< bad-address, other-host, or of an HttpFailure, http-404…, damaged, unreadable
  std::string text;
  bool of_a_list = false;  ///< a whole list could not be read
};

struct WantedAddresses {
  std::vector<WebAddress> addresses;                          ///< each once, in the order of the lists
  std::map<std::string, std::vector<std::string>> listed_by;  ///< names of lists by url
  std::vector<std::string> complete;  ///< names of the lists that were read to their end
  std::vector<ListProblem> problems;
  std::size_t left_over = 0;  ///< addresses beyond most_documents
};

/// Reads all lists. A sitemap of the web speaks for its own host alone ("www." aside); one in a file for any.
/// Sitemaps that name others are followed, at most 1000 in all.
WantedAddresses read_lists(const ListOptions& options, SiteAccess& sites);

}  // namespace carrel::indexer
