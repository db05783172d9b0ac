"""SQLite's FTS5. As a program: `sqlite_fts.py index LINES DATABASE`, `sqlite_fts.py search DATABASE QUERIES ROUNDS`."""

import json
import pathlib
import sqlite3
import sys
import time

FACETS = ["type", "topic", "audience", "jurisdiction", "publisher"]
SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'porter unicode61');
CREATE TABLE facets (document INTEGER, field TEXT, value TEXT, PRIMARY KEY (field, document, value)) WITHOUT ROWID;
"""
PASSAGES = """SELECT rowid, title, snippet(words, 1, '<b>', '</b>', '…', 40) FROM words WHERE words MATCH ?
ORDER BY rank LIMIT 10"""
COUNTS = """SELECT value, count(*) AS hits FROM facets WHERE field = ? AND document IN
(SELECT rowid FROM words WHERE words MATCH ?) GROUP BY value ORDER BY hits DESC, value LIMIT 20"""


def index(lines: pathlib.Path, file: pathlib.Path) -> None:
    database = sqlite3.connect(file)
    database.executescript("PRAGMA journal_mode = off; PRAGMA synchronous = off;" + SCHEMA)
    with open(lines, encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            one = json.loads(line)
            database.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, one["title"], one["text"]))
            for field in FACETS:
                values = one[field] if isinstance(one[field], list) else [one[field]]
                database.executemany("INSERT INTO facets VALUES (?, ?, ?)", [(number, field, value) for value in set(values)])
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.commit()


def search(file: pathlib.Path, queries: list[str], rounds: int) -> dict:
    """Milliseconds of whole answers: the total, ten hits with one passage each, five facets."""
    database = sqlite3.connect(file)
    times, total = [], 0
    for round_number in range(rounds + 1):
        for query in queries:
            words = " ".join(f'"{word}"' for word in query.split())
            start = time.perf_counter()
            (count,) = database.execute("SELECT count(*) FROM words WHERE words MATCH ?", (words,)).fetchone()
            database.execute(PASSAGES, (words,)).fetchall()
            for field in FACETS:
                database.execute(COUNTS, (field, words)).fetchall()
            if round_number > 0:
                times.append((time.perf_counter() - start) * 1000)
            else:
                total += count
    return {"total": total, "times": times}


if __name__ == "__main__":
    if sys.argv[1] == "index":
        index(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        asked = pathlib.Path(sys.argv[3]).read_text().split("\n")
        print(json.dumps(search(pathlib.Path(sys.argv[2]), [one for one in asked if one], int(sys.argv[4]))))
