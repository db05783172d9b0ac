"""Turns the Markdown of a source into HTML, and into plain blocks of text for the checks."""

import html
import posixpath
import re
import unicodedata
from urllib.parse import urlsplit

import markdown
from markdown.extensions.toc import TocExtension

_EXTENSIONS = ("tables", "footnotes", "attr_list", "def_list", "admonition", "md_in_html", "sane_lists", "smarty")
_QUOTES = {  # typographic marks by language; the others write their own
    "en": {}, "es": {"left-double-quote": "«", "right-double-quote": "»"},
    "fr": {"left-double-quote": "«\u00a0", "right-double-quote": "\u00a0»"}}


def slug(text, separator="-"):
    """A readable anchor: 'What is a T visa?' -> 'what-is-a-t-visa'. Letters of any script stay."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[^\w]+", separator, text.lower()).strip(separator) or "section"


def to_html(source):
    """The body of a source as HTML, with ids on its headings and checklists marked."""
    extensions = [name for name in _EXTENSIONS if name != "smarty"]
    config = {}
    if source.lang.split("-")[0] in _QUOTES:
        extensions.append("smarty")
        config["smarty"] = {"substitutions": _QUOTES[source.lang.split("-")[0]], "smart_ellipses": True}
    text = _mend_lists(source.body)
    if source.format == "pdf":
        text = re.sub(r"_{4,}", '<span class="field"></span>', text)
    result = markdown.markdown(text, extensions=[*extensions, TocExtension(slugify=slug)], extension_configs=config,
                               output_format="xhtml")
    result = re.sub(r"<li>(\s*<p>)?\s*\[[ xX]?\]\s+", r'<li class="check">\1', result)
    result = re.sub(r"<li>(\s*<p>)?\s*[☐□]\s*", r'<li class="check">\1', result)
    result = result.replace("[  ]", '<span class="box"></span>')
    result = re.sub(r"<ul>(?=\s*<li class=\"check\">)", '<ul class="checklist">', result)
    return re.sub(r"<p>(<img [^>]*?/>)\s*(?:<em>(.*?)</em>)?</p>", _figure, result, flags=re.S)


def _mend_lists(text):
    """Puts the blank line before a list that Markdown asks for and people forget."""
    lines, previous, fenced = [], "", False
    for line in text.split("\n"):
        fenced ^= line.startswith("```")
        item = re.match(r"(?:[-*+]|1\.) +\S", line)
        if item and not fenced and previous.strip() and not re.match(r"\s*(?:[-*+]|\d+\.) |\s|#|\||>|!!!|:", previous):
            lines.append("")
        lines.append(line)
        previous = line
    return "\n".join(lines)


def _figure(match):
    caption = f"<figcaption>{match[2]}</figcaption>" if match[2] else ""
    return f"<figure>{match[1]}{caption}</figure>"


def resolve_links(text, source, by_path, by_id, absolute, findings):
    """Links to other resources, written as an id or as a path, made to work from where this resource lies.

    `absolute`: with the address of the site (PDFs), else relative (web pages)."""
    def replace(match):
        target = html.unescape(match[1])
        parts = urlsplit(target)
        if parts.scheme in ("mailto", "tel", "sms") or target.startswith("#"):
            return match[0]
        path, fragment = parts.path, f"#{parts.fragment}" if parts.fragment else ""
        if parts.scheme:
            if parts.netloc != "lantern.example" or not path.startswith("/resources/"):
                return match[0]
            path = path[len("/resources/"):]
        path = path.removeprefix("/resources/").lstrip("/")
        here = posixpath.dirname(source.path)
        other = (by_path.get(posixpath.normpath(posixpath.join(here, path))) or by_path.get(posixpath.normpath(path))
                 or by_id.get(path) or by_id.get(posixpath.splitext(posixpath.basename(path))[0]))
        if not other:
            findings.append(f"{source.where()}: the link to '{target}' leads nowhere in the library.")
            return match[0]
        address = other.url if absolute else posixpath.relpath(other.path, here)
        return f'href="{html.escape(address + fragment)}"'
    return re.sub(r'href="([^"]*)"', replace, text)


def headings(text):
    """All h2 of an HTML body: (id, text without marks)."""
    return [(match[1], plain(match[2])) for match in re.finditer(r'<h2[^>]*?id="([^"]*)"[^>]*>(.*?)</h2>', text, re.S)]


def typographic(text):
    """A title or a description with the quotes and apostrophes that a printer sets."""
    text = re.sub(r"(^|[\s(\[—–])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—–])'", r"\1‘", text).replace("'", "’")


def plain(fragment):
    """The text of a piece of HTML, spaces normalised."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", fragment)).split())


def blocks(text):
    """The paragraphs, list items and cells of an HTML body as plain text."""
    for match in re.finditer(r"<(p|li|td|th|dd|h[2-6]|figcaption)\b[^>]*>(.*?)(?=</?(?:p|li|td|th|dd|dt|ul|ol|h[2-6]|"
                             r"figcaption|table|blockquote|div)\b)", text, re.S):
        words = plain(match[2])
        if words:
            yield words


