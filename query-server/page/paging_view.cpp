#include "query-server/page/paging_view.h"

#include <algorithm>
#include <cstdint>

#include "query-server/parameters.h"

namespace carrel::query_server::page {

std::string address_of(search::Request request, std::size_t offset) {
  request.offset = offset;
  return "/search?" + to_form(request);
}

View paging_view(const PageRequest& page, const search::Answer& answer, const Messages& messages) {
  constexpr std::uint64_t kAround = 2;  // pages shown on each side of this one
  const auto limit = std::max<std::uint64_t>(1, answer.limit);
  if (answer.total <= limit && answer.offset == 0) return View(false);
  const auto step = [&](std::uint64_t offset) {
    return View({{"offset", View(std::to_string(offset))},
                 {"link", View(page.by_address ? address_of(page.request, offset) : std::string())}});
  };
  const std::uint64_t here = answer.offset / limit;
  const std::uint64_t all = (answer.total + limit - 1) / limit;
  const std::uint64_t reachable = std::min(all, kDeepestOffset / limit + 1);

  View::List pages;
  std::uint64_t listed = 0;
  for (std::uint64_t number = 0; number < reachable; ++number) {
    const bool near = number + kAround >= here && number <= here + kAround;
    if (!near && number != 0 && number + 1 != reachable) continue;
    View view = step(number * limit);
    view["number"] = View(messages.number(number + 1));
    view["label"] = View(messages.text("page_number", {{"number", messages.number(number + 1)}}));
    view["current"] = View(number == here);
    view["gap"] = View(number > listed);
    listed = number + 1;
    pages.push_back(std::move(view));
  }
  const bool deeper = answer.next_offset && *answer.next_offset <= kDeepestOffset;
  return {
      {"previous", answer.offset > 0 ? step(answer.offset - std::min(answer.offset, limit)) : View(false)},
      {"next", deeper ? step(*answer.next_offset) : View(false)},
      {"pages", View(std::move(pages))},
      {"text", View(messages.text("page_of", {{"page", messages.number(here + 1)},
                                              {"pages", messages.number(all)}}))},
      {"narrow", View(answer.next_offset && !deeper)}};
}

View::List sorts_view(const search::Request& request, const Messages& messages) {
  View::List sorts;
  for (const std::string_view name : {"relevance", "-date", "date", "title", "-added"}) {
    sorts.push_back({{"value", View(name)},
                     {"label", View(messages.text("sort." + std::string(name)))},
                     {"selected", View(sort_name(request.sort) == name)}});
  }
  return sorts;
}

}  // namespace carrel::query_server::page
