"""Ready text: what indexing costs when nothing has to be read out of documents."""

import pathlib
import sys

from ..measuring import bytes_of, measure, read_once
from ..peers import groonga, lucene, sqlite_fts
from ..result import Chart, Result, Table
from .costs import COST_COLUMNS, cost_row


def build_carrel(place, path):
    return measure([place.program("index-lines"), place.ready_text(), path], place.log)


def lucene_classes(place):
    classes = place.folder / "lucene-classes"
    lucene.make(classes, place.log)
    return classes


def build_lucene(place, path):
    return lucene.index(place.ready_text(), path, lucene_classes(place), place.log)


def build_sqlite(place, path):
    script = pathlib.Path(sqlite_fts.__file__)
    return measure([sys.executable, script, "index", place.ready_text(), path], place.log)


def build_groonga(place, path):
    load = place.ready_text().with_name("load.grn")
    if not load.exists():
        groonga.write_load(place.ready_text(), load)
    return groonga.index(load, path, place.log)


BUILDERS = {
    "carrel-text": ("Carrel", build_carrel),
    "lucene-text": ("Lucene 8", build_lucene),
    "sqlite-text": ("SQLite FTS5", build_sqlite),
    "groonga-text": ("Groonga", build_groonga),
}


def run(place) -> Result:
    lines = place.ready_text()
    read_once(lines.parent)
    lucene_classes(place)
    result = Result("text", "Ready text")
    table = Table("What it costs", COST_COLUMNS)
    walls = {}
    for name, (label, build) in BUILDERS.items():
        path = place.new_index(name)
        cost = build(place, path)
        place.stamp(name)
        size = bytes_of((path / "current").resolve() if name == "carrel-text" else path)
        table.rows.append(cost_row(label, cost, size))
        walls[label] = cost.wall
    result.tables.append(table)
    result.charts.append(Chart("bars", "Indexing ready text, wall time", "s", walls))
    with open(lines, encoding="utf-8") as stream:
        count = sum(1 for _ in stream)
    result.notes.append(
        f"{count} pages as JSON Lines, {bytes_of(lines) / 1e6:.0f} MB: all text stored, positions, five facets. "
        "Carrel and Lucene use all cores; SQLite and Groonga write in one thread. Carrel also keeps every page's text "
        "apart, the stems of each language, laws, forms and numbers. SQLite and Groonga do not stem alike: Porter, none."
    )
    result.ratios = {"text-lucene": walls["Carrel"] / walls["Lucene 8"]}
    return result
