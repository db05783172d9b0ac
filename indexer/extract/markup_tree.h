// A parsed HTML or XML document as a compact tree: elements, attributes, text. No parser's types outside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/markup_name.h"

namespace carrel::indexer {

/// Nodes in document order: the descendants of node i are the nodes i+1 up to node(i).end, so most walks are
/// loops over an index and depth costs no stack.
class MarkupTree {
 public:
  using Index = std::uint32_t;
  static constexpr Index kNone = std::numeric_limits<Index>::max();

  struct Node {
    MarkupName name;  ///< lower case in HTML, as written in XML; empty: a text
    Index parent = kNone;
    Index end = 0;  ///< one past the last descendant
    std::uint32_t first_attribute = 0;
    std::uint32_t attributes = 0;
    std::size_t text_begin = 0;  ///< of a text, in the arena
    std::size_t text_bytes = 0;
    bool is_text() const { return name.empty(); }
  };

  /// HTML, as clean UTF-8, see html_parser.h. Never fails: what is not markup is text. `<script>`, `<style>`,
  /// `<template>` and `<noscript>` are kept as elements: look at their names.
  static MarkupTree from_html(std::string_view utf8);

  /// XML with names as written ("dc:title"); external entities are never loaded. Reads as far as it is
  /// well-formed.
  static MarkupTree from_xml(std::string_view bytes);

  Index size() const { return static_cast<Index>(nodes_.size()); }
  const Node& node(Index index) const { return nodes_[index]; }
  const MarkupName& name(Index index) const { return nodes_[index].name; }
  std::string_view text(Index index) const;

  /// The value of an attribute, trimmed of blanks; nothing when it is absent.
  std::optional<std::string_view> attribute(Index index, const MarkupName& name) const;
  bool has_attribute(Index index, const MarkupName& name) const { return attribute(index, name).has_value(); }

  /// All text below a node, joined as it stands.
  std::string text_below(Index index) const;

  // For the parser's callbacks.
  /// Returns the name as the tree keeps it.
  MarkupName open(const MarkupName& name);
  void add_attribute(const MarkupName& name, std::string_view value);
  void close(const MarkupName& name);
  void add_text(std::string_view text);
  void finish();

 private:
  struct Attribute {
    MarkupName name;
    std::size_t begin = 0;  // of the trimmed value, in the arena
    std::size_t bytes = 0;
  };

  MarkupName intern(const MarkupName& name);
  void make_room_for_names();

  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::string arena_;
  std::deque<std::string> names_;   // stay where they are
  std::vector<MarkupName> places_;  // the same by their keys, at most half of the places taken
  unsigned shift_ = 64;
  std::vector<Index> open_;
  bool last_was_text_ = false;
};

/// `reference` resolved against `base` as RFC 3986 says; both may be relative. Empty when one is no address.
std::string resolve_reference(std::string_view base, std::string_view reference);

}  // namespace carrel::indexer
