// Templates apart from code: a part of Mustache, with no way to leave out the escaping.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "query-server/page/view.h"

namespace carrel::query_server::page {

/// `{{name}}` puts a text, escaped for HTML text and quoted attributes; `{{a.b}}` a member.
/// `{{#name}}…{{/name}}` shows its inside when the value shows, once for each element of a list, with the
/// members of the element or map in reach; `{{^name}}…{{/name}}` when it does not. `{{.}}` is the element
/// itself. `{{>name}}` puts another template here, `{{! … }}` is a comment. A line that holds nothing but one
/// of `# ^ / > !` leaves no line behind. Immutable once parsed: any thread.
class Template {
 public:
  /// Gives the source of a partial; throws for one that does not exist.
  using Sources = std::function<std::string_view(std::string_view name)>;

  /// Throws std::logic_error for a source that is no template: sources are part of the program.
  static Template parse(std::string_view source, const Sources& sources);

  /// Throws std::logic_error when the template names what the view does not have.
  std::string render(const View& view) const;

  Template(Template&&) noexcept;
  ~Template();

  struct Node;

 private:
  explicit Template(std::vector<Node> nodes);
  std::vector<Node> nodes_;
};

/// `text` with & < > " ' written as character references.
std::string escape_html(std::string_view text);

}  // namespace carrel::query_server::page
