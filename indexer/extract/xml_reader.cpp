#include "indexer/extract/xml_reader.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <new>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

namespace carrel::indexer {
namespace {

constexpr std::size_t kDeepest = 1000;
// libxml2 takes lengths as int.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// A parse on its way. libxml2 is C: what a visitor throws is kept until its frames are gone.
struct Parse {
  xmlParserCtxtPtr context;
  XmlVisitor& visitor;
  std::size_t depth = 0;
  std::size_t skipped_from = 0;  ///< depth of the element that is left out; 0: none
  bool refused = false;          ///< too deep, or with declarations of its own
  std::exception_ptr thrown;
  std::vector<XmlAttribute> attributes;
  std::deque<std::string> decoded;  ///< values that had to be changed

  template <typename Step>
  void guarded(Step&& step) {
    try {
      step();
    } catch (...) {
      thrown = std::current_exception();
      xmlStopParser(context);
    }
  }
};

Parse& parse_of(void* context) {
  return *static_cast<Parse*>(static_cast<xmlParserCtxtPtr>(context)->_private);
}

/// An internal subset declares entities, which office files never need and attackers do.
void on_doctype(void* context, const xmlChar* /*name*/, const xmlChar* /*external*/,
                const xmlChar* /*system*/) {
  Parse& parse = parse_of(context);
  const xmlParserInputPtr input = parse.context->input;
  if (input == nullptr || input->cur == nullptr || *input->cur != '[') return;
  parse.refused = true;
  xmlStopParser(parse.context);
}

/// libxml2 leaves "&" in attributes as a reference, to be resolved when a tree is built.
std::string_view decode(Parse& parse, std::string_view value) {
  constexpr std::string_view kAmpersand = "&#38;";
  if (value.find(kAmpersand) == std::string_view::npos) return value;
  std::string& out = parse.decoded.emplace_back(value);
  for (std::size_t at = 0; (at = out.find(kAmpersand, at)) != std::string::npos; ++at)
    out.replace(at, kAmpersand.size(), "&");
  return out;
}

void on_start(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* /*uri*/,
              int /*namespaces*/, const xmlChar** /*declared*/, int count, int /*defaulted*/,
              const xmlChar** attributes) {
  Parse& parse = parse_of(context);
  if (parse.thrown) return;
  if (++parse.depth > kDeepest) {
    parse.refused = true;
    xmlStopParser(parse.context);
    return;
  }
  if (parse.skipped_from != 0) return;
  parse.guarded([&] {
    parse.attributes.clear();
    parse.decoded.clear();
    for (int i = 0; i < count; ++i) {
      const xmlChar** one = attributes + static_cast<std::ptrdiff_t>(i) * 5;
      const std::string_view value(reinterpret_cast<const char*>(one[3]),
                                   static_cast<std::size_t>(one[4] - one[3]));
      parse.attributes.push_back(
          {.name = view(one[0]), .space = view(one[2]), .value = decode(parse, value)});
    }
    if (!parse.visitor.open(XmlElement(view(name), parse.attributes))) parse.skipped_from = parse.depth;
  });
}

void on_end(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* /*uri*/) {
  Parse& parse = parse_of(context);
  if (parse.thrown || parse.depth == 0) return;
  const std::size_t depth = parse.depth--;
  if (parse.skipped_from == depth) {
    parse.skipped_from = 0;
  } else if (parse.skipped_from == 0) {
    parse.guarded([&] { parse.visitor.close(view(name)); });
  }
}

void on_text(void* context, const xmlChar* text, int length) {
  Parse& parse = parse_of(context);
  if (parse.thrown || parse.skipped_from != 0) return;
  parse.guarded([&] {
    parse.visitor.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
  });
}

}  // namespace

std::optional<std::string_view> XmlElement::attribute(std::string_view name) const {
  const auto found = std::ranges::find(attributes_, name, &XmlAttribute::name);
  return found == attributes_.end() ? std::nullopt : std::optional(found->value);
}

std::string_view XmlElement::relationship_id() const {
  const auto found = std::ranges::find_if(attributes_, [](const XmlAttribute& one) {
    return one.name == "id" && one.space.ends_with("/relationships");
  });
  return found == attributes_.end() ? std::string_view() : found->value;
}

void append_as_blanks(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  out += text;
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
      [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
}

bool read_xml(std::string_view bytes, XmlVisitor& visitor) {
  bytes = bytes.substr(0, kMostBytes);
  if (bytes.empty()) return false;
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> context(
      xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), &xmlFreeParserCtxt);
  if (!context) throw std::bad_alloc();
  // Never NOENT: with it libxml2 loads external entities even where no callback declares them. HUGE because a
  // paragraph may hold more than 10 MB: limits are elsewhere.
  xmlCtxtUseOptions(context.get(), XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                       XML_PARSE_NONET | XML_PARSE_HUGE);
  *context->sax = xmlSAXHandler{};
  context->sax->initialized = XML_SAX2_MAGIC;
  context->sax->internalSubset = &on_doctype;
  context->sax->startElementNs = &on_start;
  context->sax->endElementNs = &on_end;
  context->sax->characters = &on_text;
  context->sax->ignorableWhitespace = &on_text;
  context->sax->cdataBlock = &on_text;
  Parse parse{.context = context.get(), .visitor = visitor};
  context->_private = &parse;
  xmlParseDocument(context.get());
  if (parse.thrown) std::rethrow_exception(parse.thrown);
  if (context->errNo == XML_ERR_NO_MEMORY) throw std::bad_alloc();
  return context->wellFormed != 0 && !parse.refused;
}

}  // namespace carrel::indexer
