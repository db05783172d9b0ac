#include "search/cli/seen.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>

#include "search/cli/http_client.h"
#include "search/cli/search_record.h"
#include "search/schema/terms.h"

namespace carrel::search::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "carrel-seen 1";

}  // namespace

bool Seen::is_new(const Resource& resource) const {
  if (revision.empty() || resource.added > day) return true;
  return resource.added == day && std::ranges::find(ids, resource.id) == ids.end();
}

void SeenNext::take(const Resource& resource) {
  if (day_.empty()) day_ = resource.added;
  if (resource.added == day_) ids_.push_back(resource.id);
}

Seen SeenNext::finish(const std::string& revision) const {
  Seen next{.revision = revision, .day = day_, .ids = ids_};
  if (next.day < before_.day) next = {.revision = revision, .day = before_.day, .ids = before_.ids};
  return next;
}

std::string seen_file(const std::string& folder, const std::string& name, const Place& place) {
  std::error_code error;
  const std::string where =
      place.server.empty() ? fs::weakly_canonical(place.index, error).string() : place.server;
  constexpr std::size_t kDigits = 12;
  return (fs::path(folder) / "seen" /
          (HttpClient::percent_encoded(name) + "-" + schema::content_hash(where).substr(0, kDigits)))
      .string();
}

Result<Seen> read_seen(const std::string& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return Seen{};
  std::ifstream stream(file, std::ios::binary);
  std::string head;
  Seen seen;
  if (!std::getline(stream, head) || head != kHead || !std::getline(stream, seen.revision) ||
      !std::getline(stream, seen.day)) {
    return fail(ErrorKind::damaged, "cannot read what was seen before in " + file,
                "delete the file to begin anew, with everything as new");
  }
  for (std::string id; std::getline(stream, id);) seen.ids.push_back(id);
  return seen;
}

Result<void> write_seen(const std::string& file, const Seen& seen) {
  std::error_code error;
  fs::create_directories(fs::path(file).parent_path(), error);
  std::string content = fmt::format("{}\n{}\n{}\n", kHead, seen.revision, seen.day);
  for (const std::string& id : seen.ids) {
    if (id.find('\n') == std::string::npos) content += id + "\n";
  }
  return write_file(file, content, true);
}

}  // namespace carrel::search::cli
