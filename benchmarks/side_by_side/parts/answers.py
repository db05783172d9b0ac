"""Whole answers inside the library, against other engines on the same text and queries."""

import json
import pathlib
import sys

from ..measuring import output_of
from ..peers import groonga, lucene, sqlite_fts
from ..result import Chart, Result, Table
from ..timing import summary
from . import text
from .costs import TIME_COLUMNS, time_row


def index(place, name: str):
    _, build = text.BUILDERS[name]
    return place.index(name, lambda path: build(place, path))


def ask(place, carrel_index, queries, rounds: int) -> dict:
    """What Carrel's answers cost in the library."""
    return json.loads(output_of([place.program("ask"), "--rounds", rounds, carrel_index, queries], place.log))


def run(place) -> Result:
    queries, log, rounds = place.queries(), place.log, place.sizes.rounds
    carrel = ask(place, index(place, "carrel-text"), queries, rounds)
    by_lucene = lucene.search(index(place, "lucene-text"), queries, rounds, text.lucene_classes(place), log)
    script = pathlib.Path(sqlite_fts.__file__)
    by_sqlite = json.loads(output_of([sys.executable, script, "search", index(place, "sqlite-text"), queries, 1], log))
    words = queries.read_text().splitlines()
    by_groonga = groonga.search(index(place, "groonga-text"), words, 1, log)

    result = Result("answers", "Answers in the library")
    table = Table("A whole answer: 10 hits, passages, five facets, the exact total", TIME_COLUMNS)
    table.rows = [
        time_row("Carrel, 3 passages a hit", carrel["whole"]),
        time_row("Carrel, the same written as JSON", carrel["json"]),
        time_row("Carrel, without facets", carrel["no-facets"]),
        time_row("Carrel, without passages", carrel["no-passages"]),
        time_row("Carrel, completions of what is typed", carrel["completions"]),
        time_row("Lucene 8, 3 passages of the first 10,000 characters", by_lucene["whole"]),
        time_row("Lucene 8, 3 passages of the whole text", by_lucene["whole-text"]),
        time_row("Lucene 8, without facets", by_lucene["no-facets"]),
        time_row("Lucene 8, without passages", by_lucene["no-passages"]),
        time_row("SQLite FTS5, 1 passage a hit", summary(by_sqlite["times"])),
        time_row("Groonga, passages", summary(by_groonga["times"])),
    ]
    result.tables.append(table)
    result.notes.append(
        f"{len(words)} queries of one to three words, {rounds} rounds, one thread, everything in memory. Resources found "
        f"by all queries together: Carrel {carrel['total']}, Lucene {by_lucene['total']}, SQLite {by_sqlite['total']}, "
        f"Groonga {by_groonga['total']} (they stem differently, and Carrel adds resources with most words when few have all)."
    )
    result.charts.append(
        Chart("bars", "A whole answer, mean", "ms",
              {"Carrel": carrel["whole"]["mean"], "Lucene 8": by_lucene["whole"]["mean"],
               "SQLite FTS5": summary(by_sqlite["times"])["mean"], "Groonga": summary(by_groonga["times"])["mean"]})
    )  # fmt: skip
    result.ratios = {
        "answer-lucene": carrel["whole"]["mean"] / by_lucene["whole"]["mean"],
        "facets": carrel["whole"]["mean"] / carrel["no-facets"]["mean"],
    }
    return result
