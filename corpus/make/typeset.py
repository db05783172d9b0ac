"""Typesets one source as a PDF: cover, contents, page labels, outline, tags, document properties."""

import html
import logging
import re
import subprocess
import tempfile
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape
from zlib import crc32

import pydyf
from weasyprint import HTML

import body
from words import date_in_words, word

HERE = Path(__file__).resolve().parent
FIGURES = HERE.parent / "sources" / "figures"
COVERED = ("report", "toolkit", "guide")

_ACCENTS = {  # type: (accent, tint, rule)
    "report": ("#1d4370", "#eef3f9", "#c9d6e6"),
    "toolkit": ("#0f5d5a", "#ebf5f4", "#bfdcd9"),
    "guide": ("#5a2d63", "#f6f0f7", "#dfcbe3"),
    "fact sheet": ("#8a3b1c", "#fbf2ed", "#ecd0c2"),
    "form": ("#37454f", "#f1f4f6", "#ccd5db"),
    "training": ("#27592c", "#eff6ef", "#c9dfca")}
_SANS = {"zh": '"Noto Sans CJK SC"', "vi": '"Inter"'}
_SERIF = {"zh": '"Noto Serif CJK SC"', "vi": '"Noto Serif"'}

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def _set(text):
    return html.escape(body.typographic(text))


def _running(title):
    """The title for the head of the page: without what follows its colon when it would need two lines."""
    return _set(title if len(title) <= 78 else title.split(": ")[0].split("：")[0])


def is_old(source):
    """Publications of before 2019 have the plainer look of their day."""
    return source.date < "2019"


def _style(source, size, front):
    accent, tint, rule = _ACCENTS.get(source.type, _ACCENTS["report"])
    lang = source.lang.split("-")[0]
    sans = _SANS.get(lang, '"Inter"')
    serif = _SERIF.get(lang, '"Gentium Basic"' if is_old(source) else '"Gentium Book Basic"')
    style = (HERE / "print.css").read_text(encoding="utf-8")
    if is_old(source):
        style += "\n@page cover { background: #fff }\n@page sheet:first { margin-top: 0.12in }\n"
    return Template(style).safe_substitute(
        accent=accent, tint=tint, rule=rule, sans=sans, serif=serif, size=f"{size}pt", first_body=front + 1,
        display=sans if lang == "zh" else '"Inter Display", "Inter"',
        kind=word(source.lang, source.type), publisher=source.publisher,
        tracking="0" if lang == "zh" else ".12em",
        page_word=word(source.lang, "page"), page_after=" 页" if lang == "zh" else "",
        first="0" if source.type in COVERED else ".6em",
        justify="text-align: justify; hyphens: auto;" if is_old(source) and lang == "en" else "text-align: left;")


def _footnotes(text):
    """Endnotes, as Markdown makes them, become notes at the foot of the page that calls them."""
    block = re.search(r'<div class="footnote">.*?</div>', text, re.S)
    if not block:
        return text
    notes = {match[1]: re.sub(r"(?:&#160;)?<a class=\"footnote-backref\".*?</a>", "", match[2], flags=re.S)
             for match in re.finditer(r'<li id="fn:([^"]+)">(.*?)</li>', block[0], re.S)}
    notes = {key: re.sub(r"\s*</?p>\s*", " ", value).strip() for key, value in notes.items()}
    text = text.replace(block[0], "")
    return re.sub(r'<sup id="fnref\d*:([^"]+)">.*?</sup>',
                  lambda match: f'<span class="footnote">{notes[match[1]]}</span>', text, flags=re.S)


def _cover(source):
    seed = crc32(source.id.encode())
    glows = "".join(
        f'<div class="glow" style="width:{size}in;height:{size}in;left:{left}in;top:{top}in"></div>'
        for size, left, top in ((7.5, 3.2 + seed % 7 / 5, 5.0 + seed % 5 / 4), (4.4, 5.1 - seed % 3 / 2, 6.7),
                                (2.1, 1.1 + seed % 11 / 4, 8.3)))
    facts = [date_in_words(source.date, source.lang), *source.identifier]
    imprint = "".join(f"<span>{html.escape(fact)}</span>" for fact in facts)
    return (f'<section class="cover" data-title="{_running(source.title)}">{glows}<div class="mark"></div>'
            f'<div class="house">{html.escape(source.publisher)}</div>'
            f'<div class="words"><p class="kind">{word(source.lang, source.type)}</p>'
            f'<h1 class="title">{_set(source.title)}</h1><p class="abstract">{_set(source.description)}</p></div>'
            f'<div class="imprint">{imprint}</div></section>')


def _facts(source, by_id):
    """Bibliographic facts in words: pairs of label and value."""
    lang = source.lang
    pairs = [("publisher", source.publisher), ("author", source.author), ("issued", date_in_words(source.date, lang)),
             ("number", ", ".join(source.identifier)), ("series", source.series)]
    for key, other in (("replaces", source.supersedes), ("translation", source.translation_of)):
        if other in by_id:
            pairs.append((key, by_id[other].title))
    pairs.append(("online", source.url.removeprefix("https://")))
    return [(word(lang, key), value) for key, value in pairs if value]


def _contents(source, text, by_id):
    """The table of contents, when there are more than six sections."""
    top = [match for match in re.finditer(r'<h([23])[^>]*?id="([^"]*)"[^>]*>(.*?)</h\1>', text, re.S)]
    if sum(match[1] == "2" for match in top) <= 6:
        return ""
    deep = len(top) <= 26
    count = len(top) if deep else sum(match[1] == "2" for match in top)
    tight = " tight tighter" if count > 23 else " tight" if count > 17 else ""
    lines = "".join(f'<li{" class=sub" if match[1] == "3" else ""}>'
                    f'<a href="#{match[2]}">{body.plain(match[3])}</a></li>'
                    for match in top if match[1] == "2" or deep)
    facts = "".join(f"<p><b>{html.escape(name)}</b>{_set(value)}</p>" for name, value in _facts(source, by_id))
    return (f'<nav class="contents{tight}"><h2>{word(source.lang, "contents")}</h2><ol>{lines}</ol>'
            f'<div class="facts">{facts}</div></nav>')


def _short(match, text, limit):
    """A table of few rows is kept on one page."""
    rows = text.count("<tr", match.start(), text.index("</table>", match.start()))
    return '<table class="short">' if rows <= limit else match[0]


def _page(source, text, by_id, size, front):
    covered = source.type in COVERED
    text = _footnotes(text)
    text = re.sub(r"<(blockquote)>(?=(?:(?!</blockquote>).){1800})", r'<\1 class="long">', text, flags=re.S)
    limit = 9 if covered else 4
    text = re.sub(r"<table>(?=(?:(?!</table>).)*</table>)", lambda match: _short(match, text, limit), text, flags=re.S)
    facts = " · ".join(f"{name}: {value}" for name, value in _facts(source, by_id))
    if covered:
        before = _cover(source) + _contents(source, text, by_id)
        after = ""
    else:
        before = ""
        text = (f'<header class="band" data-title="{_running(source.title)}"><p class="house">'
                f'<span class="kind">{word(source.lang, source.type)}</span>{html.escape(source.publisher)}</p>'
                f'<h1 class="title">{_set(source.title)}</h1>'
                f'<p class="abstract">{_set(source.description)}</p></header>{text}')
        after = f'<p class="colophon">{_set(facts)}</p>'
    date = html.escape(source.date)
    meta = "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in (
        ("author", source.author or source.publisher), ("description", source.description),
        ("keywords", ", ".join(source.topic)), ("dcterms.created", date), ("dcterms.modified", date)))
    return (f'<!doctype html><html lang="{source.lang}" class="{"old" if is_old(source) else "new"}"><head>'
            f'<meta charset="utf-8"><title>{html.escape(source.pdf_title or source.title)}</title>{meta}'
            f'<style>{_style(source, size, front)}</style></head><body>{before}'
            f'<main class="{"body" if covered else "sheet"}">{text}{after}</main></body></html>')


#: Pages that a publication of the library has at the most.
LONGEST = 25


def _sizes(source):
    """Type sizes to try, the wished one first: a fact sheet should fit its two pages."""
    if source.type == "fact sheet":
        return (10.2, 9.9, 9.6, 9.3, 9.0, 8.8)
    if source.type in COVERED:
        return (10.5, 10.4, 10.3, 10.0, 9.8, 9.6, 9.4)
    return (10.2, 9.9, 9.6, 9.3)


def _front(document):
    """How many pages stand before the body: cover and contents."""
    return sum(page._page_box.page_type.name in ("cover", "contents") for page in document.pages)


def _fill(page):
    """How far down the text of a page reaches, 0 to 1; notes at its foot do not count."""
    page = page._page_box
    bottom = 0
    for box in page.descendants():
        if type(box).__name__ == "TextBox" and box.position_y < page.content_box_y() + page.height:
            bottom = max(bottom, box.position_y + box.height)
    return (bottom - page.content_box_y()) / page.height


def _lay_out(source, text, by_id, size):
    """The pages at one size of type. A heading's wish for a new page is not granted after a page that is mostly empty."""
    front = 2 if source.type in COVERED else 0
    while True:
        document = HTML(string=_page(source, text, by_id, size, front), base_url=str(HERE) + "/").render()
        if _front(document) != front:  # the style must know how many pages stand before the body
            front = _front(document)
            continue
        for page, following in zip(document.pages[front:], document.pages[front + 1:]):
            first = next((box.element for box in following._page_box.descendants()
                          if getattr(box, "element", None) is not None and box.element.tag == "h2"
                          and "newpage" in box.element.get("class", "") and not box.is_running()), None)
            if first is not None and _fill(page) < 0.55 and _begins(following, first):
                text = text.replace(f'class="newpage" id="{first.get("id")}"', f'id="{first.get("id")}"')
                break
        else:
            return document


def _begins(page, element):
    """Whether the page begins with this heading."""
    words = [box for box in page._page_box.descendants() if type(box).__name__ == "TextBox" and box.text.strip()
             and box.position_y >= page._page_box.content_box_y()]
    return bool(words) and min(words, key=lambda box: box.position_y).element is element


def _render(source, text, by_id):
    """The pages in the first of the sizes that leaves no last page almost empty."""
    best = None
    for size in _sizes(source):
        document = _lay_out(source, text, by_id, size)
        if source.type == "fact sheet":
            fits = len(document.pages) <= 2
        else:
            fits = (len(document.pages) <= LONGEST
                    and _fill(document.pages[-1]) > (0.18 if _front(document) else 0.3))
        if fits:
            return document
        best = best if best and source.type != "fact sheet" else document
    return best


def _labels(front):
    """PDF page labels: roman numerals on the pages before the body, then arabic from 1."""
    return pydyf.Dictionary({"Nums": pydyf.Array([
        0, pydyf.Dictionary({"S": "/r"}), front, pydyf.Dictionary({"S": "/D", "St": 1})])})


def _xmp(source):
    """The metadata packet: title, creator, description, subjects, publisher, language and dates."""
    bag = "".join(f"<rdf:li>{escape(topic)}</rdf:li>" for topic in source.topic)
    ua = "<pdfuaid:part>1</pdfuaid:part>" if source.tagged else ""
    title = escape(source.pdf_title or source.title)
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{ua}<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(source.author or source.publisher)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(source.description)}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>{bag}</rdf:Bag></dc:subject>
<dc:publisher><rdf:Bag><rdf:li>{escape(source.publisher)}</rdf:li></rdf:Bag></dc:publisher>
<dc:language><rdf:Bag><rdf:li>{source.lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{source.date}</xmp:CreateDate><xmp:ModifyDate>{source.date}</xmp:ModifyDate>
<pdf:Keywords>{escape(", ".join(source.topic))}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return pydyf.Stream([packet.encode("utf-8")], extra={"Type": "/Metadata", "Subtype": "/XML"})


def qpdf(*arguments):
    """Runs qpdf; raises with its own words when it fails (its code 3 is a warning only)."""
    done = subprocess.run(["qpdf", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"qpdf: {done.stderr.strip()}")


def pack(data):
    """The same PDF, compressed, linearised, with an identifier made from its content."""
    with tempfile.TemporaryDirectory() as folder:
        raw, packed = Path(folder, "raw.pdf"), Path(folder, "packed.pdf")
        raw.write_bytes(data)
        qpdf("--deterministic-id", "--linearize", "--object-streams=generate", "--recompress-flate",
             "--compression-level=9", raw, packed)
        return packed.read_bytes()


def to_pdf(source, by_path, by_id, findings):
    """Typesets a source; returns the bytes of the PDF, packed."""
    text = body.resolve_links(body.to_html(source), source, by_path, by_id, True, findings)
    text = re.sub(r'src="(?!https?:|/)([^"]+)"', lambda match: f'src="{(FIGURES / match[1]).as_uri()}"', text)
    document = _render(source, text, by_id)
    front = _front(document)

    def finish(_, pdf):
        if front:
            pdf.catalog["PageLabels"] = _labels(front)
        if not source.tagged:
            pdf.catalog.pop("Lang", None)
        if source.tagged or not source.pdf_title:
            packet = _xmp(source)
            pdf.add_object(packet)
            pdf.catalog["Metadata"] = packet.reference

    return pack(document.write_pdf(finisher=finish, variant="pdf/ua-1" if source.tagged else None,
                                   identifier=source.id.encode()))
