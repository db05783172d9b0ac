"""Reads corpus/sources: front matter, Markdown body, and the vocabularies that the library uses."""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

CORPUS = Path(__file__).resolve().parent.parent
SOURCES = CORPUS / "sources"
LIBRARY = CORPUS / "library"
SITE = "https://lantern.example"

TYPES = ("report", "toolkit", "fact sheet", "guide", "training", "video", "webinar", "form", "web page")
TOPICS = (
    "labor trafficking", "sex trafficking", "child trafficking", "housing", "legal services", "immigration relief",
    "health care", "mental health", "trauma-informed care", "case management", "outreach and identification",
    "law enforcement response", "tribal communities", "data and research", "program management",
    "economic empowerment", "safety planning", "prevention and awareness", "language access", "technology")
AUDIENCES = (
    "survivors", "service providers", "law enforcement", "attorneys", "health professionals", "educators", "tribes",
    "researchers", "employers", "general public", "families")
PUBLISHERS = ("Lantern Program", "Lantern Training Center", "Lantern Research Desk")
LANGUAGES = ("en", "es", "vi", "zh-Hans", "fr", "pt")
JURISDICTIONS = ("federal", "tribal") + tuple(name.replace("_", " ") for name in (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois "
    "Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri "
    "Montana Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma "
    "Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas Utah Vermont Virginia Washington "
    "West_Virginia Wisconsin Wyoming").split())

CATALOGUE_COLUMNS = (
    "path", "id", "url", "title", "description", "author", "publisher", "type", "topic", "audience", "series",
    "jurisdiction", "language", "date", "identifier", "translation_of", "supersedes")

KNOWN_KEYS = {
    "id", "path", "title", "description", "type", "topic", "audience", "series", "jurisdiction", "lang", "date",
    "author", "publisher", "identifier", "translation_of", "supersedes", "tagged", "catalogue", "pdf_title", "head",
    "make", "password"}


@dataclass
class Source:
    """One resource as its author wrote it. Lists are never None; a missing string is ''."""
    file: Path
    id: str
    path: str
    title: str
    description: str
    type: str
    topic: list
    audience: list
    lang: str
    date: str
    publisher: str
    body: str
    series: str = ""
    jurisdiction: str = ""
    author: str = ""
    identifier: list = field(default_factory=list)
    translation_of: str = ""
    supersedes: str = ""
    tagged: bool = True
    catalogue: object = "full"   # "full", "none" or the list of fields in the row
    pdf_title: str = ""          # the title in the PDF's properties when it is not the real one
    head: object = None          # web pages: which of dc, og, jsonld stand in <head>
    make: str = ""               # scan, locked or damaged: a file that cannot be read as usual
    password: str = ""

    @property
    def format(self):
        """'pdf', 'html' or 'vtt', by the name of the file that is made."""
        return self.path.rsplit(".", 1)[-1]

    @property
    def url(self):
        return f"{SITE}/resources/{self.path}"

    @property
    def output(self):
        return LIBRARY / self.path

    def row(self):
        """The fields that the catalogue holds of this resource: None when it has no row."""
        if self.catalogue == "none":
            return None
        return CATALOGUE_COLUMNS if self.catalogue == "full" else ("path", *self.catalogue)

    @property
    def public_id(self):
        """The id by which the library is searched: the catalogue's, else the path."""
        row = self.row()
        return self.id if row and "id" in row else self.path

    def where(self):
        return str(self.file.relative_to(CORPUS))


def _text(value):
    """A front matter scalar as text: YAML turns 2021-09-14 into a date and 2021 into a number."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip()


def _list(value):
    if value is None:
        return []
    return [_text(item) for item in value] if isinstance(value, list) else [_text(value)]


def read_source(file):
    """Reads one file; returns (Source or None, findings)."""
    where = str(file.relative_to(CORPUS))
    text = file.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---[ \t]*(?:\n|$)(.*)", text, re.S)
    if not match:
        return None, [f"{where}: no front matter between two lines of ---."]
    try:
        head = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        return None, [f"{where}: the front matter is not YAML: {' '.join(str(error).split())}."]
    if not isinstance(head, dict):
        return None, [f"{where}: the front matter is not a list of fields."]
    findings = [f"{where}: unknown field '{key}'." for key in head if key not in KNOWN_KEYS]
    for key in ("id", "path", "title", "description", "type", "topic", "audience", "lang", "date", "publisher"):
        if not head.get(key):
            findings.append(f"{where}: the field '{key}' is missing.")
    lists = {"topic", "audience", "identifier"}
    values = {key: _list(head.get(key)) if key in lists else _text(head.get(key))
              for key in KNOWN_KEYS - {"tagged", "catalogue", "head"}}
    catalogue = head.get("catalogue", "full")
    return Source(file=file, body=match[2], tagged=head.get("tagged", True), head=head.get("head"),
                  catalogue=_list(catalogue) if isinstance(catalogue, list) else _text(catalogue),
                  **values), findings


def read_all():
    """All sources in order of their paths; returns (sources, findings)."""
    sources, findings = [], []
    for file in sorted(SOURCES.rglob("*.md")):
        source, found = read_source(file)
        findings += found
        if source:
            sources.append(source)
    return sorted(sources, key=lambda source: source.path), findings
