#include "indexer/extract/markup_tree.h"

#include <algorithm>
#include <memory>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>
#include <libxml/xmlerror.h>

#include "indexer/extract/html_parser.h"
#include "indexer/extract/name_set.h"

namespace carrel::indexer {
namespace {

// libxml2 takes lengths as int.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

MarkupTree& tree_of(void* context) {
  return *static_cast<MarkupTree*>(static_cast<xmlParserCtxtPtr>(context)->_private);
}

void on_start(void* context, const xmlChar* name, const xmlChar** attributes) {
  MarkupTree& tree = tree_of(context);
  tree.open(view(name));
  if (attributes == nullptr) return;
  for (; attributes[0] != nullptr; attributes += 2)
    tree.add_attribute(view(attributes[0]), view(attributes[1]));
}

void on_end(void* context, const xmlChar* name) {
  tree_of(context).close(view(name));
}

void on_text(void* context, const xmlChar* text, int length) {
  tree_of(context).add_text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}

extern "C" void ignore_message(void* /*context*/, const char* /*message*/, ...) {}

/// libxml2 reports some errors past the options of a parser, to standard error.
void silence() {
  static const bool done = [] {
    xmlSetGenericErrorFunc(nullptr, &ignore_message);
    return true;
  }();
  static_cast<void>(done);
}

/// The callbacks of libxml2's first SAX interface: no document is built beside ours.
void install_callbacks(xmlParserCtxtPtr context, MarkupTree& tree) {
  *context->sax = xmlSAXHandler{};
  context->sax->startElement = &on_start;
  context->sax->endElement = &on_end;
  context->sax->characters = &on_text;
  context->sax->ignorableWhitespace = &on_text;
  context->sax->cdataBlock = &on_text;
  context->_private = &tree;
}

}  // namespace

MarkupTree MarkupTree::from_html(std::string_view utf8) {
  MarkupTree tree;
  parse_html(utf8, tree);
  tree.finish();
  return tree;
}

MarkupTree MarkupTree::from_xml(std::string_view bytes) {
  silence();
  MarkupTree tree;
  bytes = bytes.substr(0, kMostBytes);
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> context(
      xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), &xmlFreeParserCtxt);
  if (context) {
    xmlCtxtUseOptions(context.get(),
                      XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
    install_callbacks(context.get(), tree);
    xmlParseDocument(context.get());
  }
  tree.finish();
  return tree;
}

std::string_view MarkupTree::text(Index index) const {
  return std::string_view(arena_).substr(nodes_[index].text_begin, nodes_[index].text_bytes);
}

std::optional<std::string_view> MarkupTree::attribute(Index index, const MarkupName& name) const {
  const Node& node = nodes_[index];
  for (std::uint32_t i = 0; i < node.attributes; ++i) {
    const Attribute& attribute = attributes_[node.first_attribute + i];
    if (!(attribute.name == name)) continue;
    return std::string_view(arena_).substr(attribute.begin, attribute.bytes);
  }
  return std::nullopt;
}

std::string MarkupTree::text_below(Index index) const {
  std::string out;
  for (Index i = index; i < nodes_[index].end; ++i) {
    if (nodes_[i].is_text()) out.append(text(i));
  }
  return out;
}

void MarkupTree::make_room_for_names() {
  shift_ = shift_ == 64 ? 57 : shift_ - 1;
  std::vector<MarkupName> wider(std::size_t{1} << (64 - shift_));
  for (const MarkupName& name : places_) {
    if (name.empty()) continue;
    std::size_t at = place_of(name, shift_);
    while (!wider[at].empty()) at = (at + 1) % wider.size();
    wider[at] = name;
  }
  places_ = std::move(wider);
}

MarkupName MarkupTree::intern(const MarkupName& name) {
  if (name.empty()) return name;
  if (names_.size() * 2 >= places_.size()) make_room_for_names();
  std::size_t at = place_of(name, shift_);
  for (; !places_[at].empty(); at = (at + 1) % places_.size()) {
    if (places_[at] == name) return places_[at];
  }
  return places_[at] = std::string_view(names_.emplace_back(name.text()));
}

MarkupName MarkupTree::open(const MarkupName& name) {
  Node node;
  node.name = intern(name.empty() ? MarkupName("_") : name);
  node.parent = open_.empty() ? kNone : open_.back();
  node.first_attribute = static_cast<std::uint32_t>(attributes_.size());
  open_.push_back(size());
  nodes_.push_back(node);
  last_was_text_ = false;
  return node.name;
}

void MarkupTree::add_attribute(const MarkupName& name, std::string_view value) {
  constexpr std::string_view kBlanks = " \t\n\r\f";
  value.remove_prefix(std::min(value.find_first_not_of(kBlanks), value.size()));
  value.remove_suffix(value.size() - (value.find_last_not_of(kBlanks) + 1));
  attributes_.push_back({intern(name), arena_.size(), value.size()});
  arena_.append(value);
  ++nodes_[open_.back()].attributes;
}

void MarkupTree::close(const MarkupName& name) {
  last_was_text_ = false;
  if (open_.empty() || !(nodes_[open_.back()].name == name)) return;
  nodes_[open_.back()].end = size();
  open_.pop_back();
}

void MarkupTree::add_text(std::string_view text) {
  if (text.empty()) return;
  if (!last_was_text_) {
    Node node;
    node.parent = open_.empty() ? kNone : open_.back();
    node.end = size() + 1;
    node.text_begin = arena_.size();
    nodes_.push_back(node);
    last_was_text_ = true;
  }
  arena_.append(text);
  nodes_.back().text_bytes += text.size();
}

void MarkupTree::finish() {
  while (!open_.empty()) {
    nodes_[open_.back()].end = size();
    open_.pop_back();
  }
}

std::string resolve_reference(std::string_view base, std::string_view reference) {
  const std::unique_ptr<xmlChar, void (*)(void*)> resolved(
      xmlBuildURI(reinterpret_cast<const xmlChar*>(std::string(reference).c_str()),
                  reinterpret_cast<const xmlChar*>(std::string(base).c_str())),
      xmlFree);
  return std::string(view(resolved.get()));
}

}  // namespace carrel::indexer
