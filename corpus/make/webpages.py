"""Makes a web page of a source, as the site of the library would serve it: banner, navigation, text, footer."""

import html
import json
import posixpath
import re
from zlib import crc32

import body
from sources import LANGUAGES, SITE
from words import NAMES, date_in_words

_CHROME = {
    "en": {"banner": "A demonstration site. The Lantern Program is not a real office.",
           "skip": "Skip to the main text", "menu": "Main menu", "crumbs": "You are here", "home": "Home",
           "library": "Resource library", "related": "Related resources", "on_page": "On this page",
           "also": "This page in other languages", "updated": "Last reviewed", "search": "Search the library",
           "exit": "Leave this site", "earlier": "Before this", "later": "Next in the series",
           "cookie": "This site sets one cookie, to remember the text size you choose. It is gone when you close "
                     "the browser.", "cookie_ok": "Understood",
           "footer": "Lantern Program, Washington. In danger now? Call 911.", "contact": "Write to us",
           "privacy": "Privacy", "nav": ("Get help", "Training", "Grants", "About")},
    "es": {"banner": "Sitio de demostración. El Programa Lantern no es una oficina real.",
           "skip": "Ir al texto principal", "menu": "Menú principal", "crumbs": "Usted está aquí", "home": "Inicio",
           "library": "Biblioteca de recursos", "related": "Recursos relacionados", "on_page": "En esta página",
           "also": "Esta página en otros idiomas", "updated": "Última revisión", "search": "Buscar en la biblioteca",
           "exit": "Salir rápido de este sitio", "earlier": "Anterior", "later": "Siguiente de la serie",
           "cookie": "Este sitio guarda una sola cookie para recordar el tamaño de letra que usted elija. "
                     "Desaparece al cerrar el navegador.", "cookie_ok": "De acuerdo",
           "footer": "Programa Lantern, Washington. ¿Corre peligro? Llame al 911.", "contact": "Escríbanos",
           "privacy": "Privacidad", "nav": ("Obtener ayuda", "Capacitación", "Subvenciones", "Quiénes somos")}}
_NAV = ("getting-help", "module-1", "grants-faq", "about-the-library")
_SCHEMA = {"training": "LearningResource", "web page": "WebPage", "guide": "Article", "fact sheet": "Article",
           "report": "Report", "toolkit": "Article", "form": "WebPage"}
_HEADS = ((), ("dc",), ("og",), ("jsonld",), ("dc", "og"), (), ("og", "jsonld"))


def _attribute(text):
    return html.escape(text, quote=True)


def _set(text):
    return html.escape(body.typographic(text), quote=False)


def _head_kinds(source):
    """Which descriptions stand in the head: some pages have one kind, some two, many none, as on real sites."""
    return source.head if source.head is not None else _HEADS[crc32(source.id.encode()) % len(_HEADS)]


def _dublin_core(source):
    pairs = [("DC.title", source.title), ("DC.description", source.description), ("DC.publisher", source.publisher),
             ("DC.date", source.date), ("DC.language", source.lang), ("DC.type", source.type),
             *[("DC.subject", topic) for topic in source.topic],
             *[("DC.identifier", item) for item in source.identifier]]
    if source.author:
        pairs.insert(1, ("DC.creator", source.author))
    return ['<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">',
            *[f'<meta name="{name}" content="{_attribute(value)}">' for name, value in pairs]]


def _open_graph(source):
    pairs = [("og:title", source.title), ("og:description", source.description), ("og:type", "article"),
             ("og:url", source.url), ("og:site_name", source.publisher),
             ("og:locale", {"en": "en_US", "es": "es_US"}.get(source.lang, source.lang)),
             ("article:published_time", source.date)]
    return [f'<meta property="{name}" content="{_attribute(value)}">' for name, value in pairs]


def _json_ld(source):
    data = {"@context": "https://schema.org", "@type": _SCHEMA.get(source.type, "WebPage"), "name": source.title,
            "description": source.description, "url": source.url, "inLanguage": source.lang,
            "datePublished": source.date, "publisher": {"@type": "Organization", "name": source.publisher},
            "keywords": source.topic,
            "audience": [{"@type": "Audience", "audienceType": audience} for audience in source.audience]}
    if source.author:
        data["author"] = {"@type": "Person", "name": source.author}
    if source.series:
        data["isPartOf"] = {"@type": "CreativeWorkSeries", "name": source.series}
    text = json.dumps(data, ensure_ascii=False, indent=2).replace("</", "<\\/")
    return ['<script type="application/ld+json">', text, "</script>"]


def _link(source, here):
    return _attribute(posixpath.relpath(source.path, posixpath.dirname(here.path)))


def translations(source, sources):
    """All language versions of a source, itself among them, by language: [] when it is the only one."""
    original = source.translation_of or source.id
    found = [other for other in sources if original in (other.id, other.translation_of)]
    return sorted(found, key=lambda other: LANGUAGES.index(other.lang)) if len(found) > 1 else []


def _related(source, sources):
    """Up to four resources of the same language that share most topics."""
    def nearness(other):
        shared = len(set(source.topic) & set(other.topic))
        return (-(shared * 2 + len(set(source.audience) & set(other.audience))), other.format == source.format,
                crc32((source.id + other.id).encode()))
    others = [other for other in sources if other.id != source.id and other.lang == source.lang and not other.make
              and set(source.topic) & set(other.topic) and other.series != (source.series or None)]
    return sorted(others, key=nearness)[:3 + crc32(source.id.encode()) % 2]


def _sections(text):
    """Each h2 and what follows it in a section; the id moves from the heading to the section."""
    pieces = re.split(r'(?=<h2[ >])', text)
    out = [pieces[0]]
    for piece in pieces[1:]:
        name = re.match(r'<h2[^>]*?\sid="([^"]*)"', piece)
        piece = re.sub(r'^<h2([^>]*?)\sid="[^"]*"', r"<h2\1", piece)
        out.append(f'<section id="{name[1]}">\n{piece.rstrip()}\n</section>\n' if name else piece)
    return "".join(out)


def _neighbours(source, sources, words):
    """Links to the pages before and after this one in its series."""
    row = [other for other in sources if other.series and other.series == source.series and other.lang == source.lang
           and other.format == "html" and other.type == source.type]
    row.sort(key=lambda other: other.path)
    if len(row) < 3:
        return ""
    at = row.index(source)
    links = [f'<a rel="{rel}" href="{_link(row[to], source)}">{words[key]}: {_set(row[to].title)}</a>'
             for rel, key, to in (("prev", "earlier", at - 1), ("next", "later", at + 1)) if 0 <= to < len(row)]
    return f'<nav class="series" aria-label="{html.escape(source.series)}">\n' + "\n".join(links) + "\n</nav>\n"


def _contents(text, words):
    found = body.headings(text)
    if len(found) < 5:
        return ""
    lines = "\n".join(f'<li><a href="#{name}">{html.escape(title)}</a></li>' for name, title in found)
    return f'<nav class="on-page" aria-label="{words["on_page"]}">\n<ul>\n{lines}\n</ul>\n</nav>\n'


def to_page(source, sources, by_path, by_id, findings):
    """The whole page as text."""
    words = _CHROME.get(source.lang, _CHROME["en"])
    text = body.resolve_links(body.to_html(source), source, by_path, by_id, False, findings)
    head = ['<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{html.escape(source.title)} | {html.escape(source.publisher)}</title>",
            f'<meta name="description" content="{_attribute(source.description)}">',
            f'<link rel="canonical" href="{_attribute(source.url)}">']
    versions = translations(source, sources)
    head += [f'<link rel="alternate" hreflang="{other.lang}" href="{_attribute(other.url)}">' for other in versions]
    for kind in _head_kinds(source):
        head += {"dc": _dublin_core, "og": _open_graph, "jsonld": _json_ld}[kind](source)
    head.append(f'<link rel="stylesheet" href="{SITE}/assets/site.css">')

    nav = "\n".join(f'<li><a href="{_link(by_id[name], source)}">{label}</a></li>'
                    for name, label in zip(_NAV, words["nav"]) if name in by_id)
    other = [version for version in versions if version.id != source.id]
    languages = ""
    if other:
        links = " ".join(f'<a hreflang="{version.lang}" lang="{version.lang}" href="{_link(version, source)}">'
                         f'{NAMES[version.lang]}</a>' for version in other)
        languages = f'<p class="languages">{words["also"]}: {links}</p>\n'
    related = "\n".join(f'<li><a href="{_link(item, source)}">{_set(item.title)}</a>'
                        f'{" (PDF)" if item.format == "pdf" else ""}</li>' for item in _related(source, sources))
    aside = (f'<aside aria-labelledby="related">\n<h2 id="related">{words["related"]}</h2>\n<ul>\n{related}\n</ul>\n'
             '</aside>\n')
    reviewed = f'{words["updated"]}: <time datetime="{source.date}">{date_in_words(source.date, source.lang)}</time>'
    cookies = f'{words["cookie"]} <button type="button">{words["cookie_ok"]}</button>'
    by = f'<p class="byline">{html.escape(source.author)}</p>\n' if source.author else ""
    lines = "\n".join(head)
    return f"""<!doctype html>
<html lang="{source.lang}">
<head>
{lines}
</head>
<body>
<a class="skip" href="#main">{words["skip"]}</a>
<div class="banner">{words["banner"]}</div>
<header>
<a class="house" href="{SITE}/">{html.escape(source.publisher)}</a>
<form role="search" action="{SITE}/search"><label>{words["search"]} <input type="search" name="q"></label></form>
<a class="exit" rel="noreferrer" href="https://www.weather.gov/">{words["exit"]}</a>
<nav aria-label="{words["menu"]}">
<ul>
{nav}
</ul>
</nav>
</header>
<nav class="breadcrumb" aria-label="{words["crumbs"]}">
<ol>
<li><a href="{SITE}/">{words["home"]}</a></li>
<li><a href="{SITE}/resources/">{words["library"]}</a></li>
<li aria-current="page">{_set(source.title)}</li>
</ol>
</nav>
<main id="main">
<h1>{_set(source.title)}</h1>
{by}<p class="lead">{_set(source.description)}</p>
{languages}{_contents(text, words)}{_sections(text)}
<p class="reviewed">{reviewed}</p>
{_neighbours(source, sources, words)}</main>
{aside if related else ""}<div class="cookies" role="region">{cookies}</div>
<footer>
<p>{words["footer"]}</p>
<ul>
<li><a href="{SITE}/contact">{words["contact"]}</a></li>
<li><a href="{SITE}/privacy">{words["privacy"]}</a></li>
</ul>
</footer>
</body>
</html>
"""
