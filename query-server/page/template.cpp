#include "query-server/page/template.h"

#include <stdexcept>

namespace carrel::query_server::page {

struct Template::Node {
  enum class Kind { text, value, section, inverted };
  Kind kind = Kind::text;
  std::string text;  ///< the text itself, or the name of the value
  std::vector<Node> children;
};

namespace {

using Node = Template::Node;

struct Tag {
  char sigil = ' ';  ///< one of # ^ / > ! or a space for a value
  std::string_view name;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

[[noreturn]] void broken(const std::string& what, std::string_view name) {
  throw std::logic_error("template: " + what + " “" + std::string(name) + "”");
}

class Parser {
 public:
  Parser(std::string_view source, const Template::Sources& sources, int depth)
      : source_(source), sources_(sources), depth_(depth) {}

  std::vector<Node> parse() {
    if (depth_ > 8) broken("partials too deep at", source_.substr(0, 30));
    auto nodes = parse_until({});
    if (at_ < source_.size()) broken("closes what is not open:", source_.substr(at_, 30));
    return nodes;
  }

 private:
  /// The next tag, widened to its whole line when it stands alone on it.
  bool next_tag(Tag& tag) const {
    const auto open = source_.find("{{", at_);
    if (open == std::string_view::npos) return false;
    const auto close = source_.find("}}", open);
    if (close == std::string_view::npos) broken("tag does not end:", source_.substr(open, 30));
    std::string_view inside = source_.substr(open + 2, close - open - 2);
    tag.begin = open;
    tag.end = close + 2;
    tag.sigil = ' ';
    if (!inside.empty() && std::string_view("#^/>!").find(inside.front()) != std::string_view::npos) {
      tag.sigil = inside.front();
      inside.remove_prefix(1);
    }
    tag.name = trimmed(inside);
    if (tag.sigil == ' ') return true;
    const auto line = source_.find_last_not_of(' ', open == 0 ? 0 : open - 1);
    const bool begins = open == 0 || line == std::string_view::npos || source_[line] == '\n';
    const auto rest = source_.find_first_not_of(' ', tag.end);
    const bool ends = rest == std::string_view::npos || source_[rest] == '\n';
    if (begins && ends) {
      tag.begin = open == 0 || line == std::string_view::npos ? 0 : line + 1;
      tag.end = rest == std::string_view::npos ? source_.size() : rest + 1;
    }
    return true;
  }

  std::vector<Node> parse_until(std::string_view closing) {
    std::vector<Node> nodes;
    Tag tag;
    while (next_tag(tag)) {
      if (tag.begin > at_)
        nodes.push_back({Node::Kind::text, std::string(source_.substr(at_, tag.begin - at_)), {}});
      at_ = tag.end;
      switch (tag.sigil) {
        case '!':
          break;
        case '/':
          if (tag.name != closing || closing.empty()) broken("closes what is not open:", tag.name);
          return nodes;
        case '>':
          for (Node& node : Parser(sources_(tag.name), sources_, depth_ + 1).parse())
            nodes.push_back(std::move(node));
          break;
        case '#':
        case '^': {
          const auto kind = tag.sigil == '#' ? Node::Kind::section : Node::Kind::inverted;
          const std::string_view name = tag.name;
          nodes.push_back({kind, std::string(name), parse_until(name)});
          break;
        }
        default:
          nodes.push_back({Node::Kind::value, std::string(tag.name), {}});
      }
    }
    if (!closing.empty()) broken("section does not end:", closing);
    if (at_ < source_.size()) nodes.push_back({Node::Kind::text, std::string(source_.substr(at_)), {}});
    at_ = source_.size();
    return nodes;
  }

  std::string_view source_;
  const Template::Sources& sources_;
  int depth_;
  std::size_t at_ = 0;
};

class Renderer {
 public:
  explicit Renderer(const View& view) { scopes_.push_back(&view); }

  void render(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) {
      switch (node.kind) {
        case Node::Kind::text:
          out_ += node.text;
          break;
        case Node::Kind::value:
          put(node.text);
          break;
        case Node::Kind::inverted:
          if (!find(node.text).shows()) render(node.children);
          break;
        case Node::Kind::section:
          section(node);
          break;
      }
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view name) {
    const auto* text = find(name).text();
    if (!text) broken("is no text:", name);
    out_ += escape_html(*text);
  }

  void section(const Node& node) {
    const View& value = find(node.text);
    if (!value.shows()) return;
    const auto inside = [&](const View& scope) {
      scopes_.push_back(&scope);
      render(node.children);
      scopes_.pop_back();
    };
    if (const auto* list = value.list()) {
      for (const View& element : *list) inside(element);
    } else {
      inside(value);
    }
  }

  /// The innermost scope that has the first part of the name decides.
  const View& find(std::string_view name) const {
    if (name == ".") return *scopes_.back();
    const std::string_view first = name.substr(0, name.find('.'));
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto* members = (*scope)->map();
      if (!members) continue;
      const auto found = members->find(first);
      if (found == members->end()) continue;
      const View* value = &found->second;
      for (std::string_view rest = name; rest.find('.') != std::string_view::npos;) {
        rest.remove_prefix(rest.find('.') + 1);
        const auto* inner = value->map();
        const auto member = inner ? inner->find(rest.substr(0, rest.find('.'))) : View::Map::const_iterator();
        if (!inner || member == inner->end()) broken("the view does not have", name);
        value = &member->second;
      }
      return *value;
    }
    broken("the view does not have", name);
  }

  std::vector<const View*> scopes_;
  std::string out_;
};

}  // namespace

Template::Template(std::vector<Node> nodes) : nodes_(std::move(nodes)) {}
Template::Template(Template&&) noexcept = default;
Template::~Template() = default;

Template Template::parse(std::string_view source, const Sources& sources) {
  return Template(Parser(source, sources, 0).parse());
}

std::string Template::render(const View& view) const {
  Renderer renderer(view);
  renderer.render(nodes_);
  return renderer.take();
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace carrel::query_server::page
