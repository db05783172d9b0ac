"""Lucene 8 with a small harness of ours (lucene/*.java)."""

import json
import os
import pathlib

from ..measuring import Cost, measure, output_of

SOURCES = pathlib.Path(__file__).resolve().parents[1] / "lucene"
JARS = ["lucene-core", "lucene-analyzers-common", "lucene-queryparser", "lucene-queries", "lucene-facet",
        "lucene-highlighter", "lucene-memory", "jackson-core"]  # fmt: skip


def _class_path(classes: pathlib.Path) -> str:
    found = [str(classes)]
    for jar in JARS:
        found += [str(path) for path in sorted(pathlib.Path("/usr/share/java").glob(f"{jar}*.jar"))[:1]]
    return ":".join(found)


def make(classes: pathlib.Path, log: pathlib.Path) -> None:
    classes.mkdir(parents=True, exist_ok=True)
    output_of(["javac", "-d", classes, "-cp", _class_path(classes), *sorted(SOURCES.glob("*.java"))], log)


def index(lines: pathlib.Path, directory: pathlib.Path, classes: pathlib.Path, log: pathlib.Path) -> Cost:
    command = ["java", "-cp", _class_path(classes), "LuceneIndex", lines, directory, os.cpu_count()]
    return measure(command, log)


def search(directory, queries, rounds: int, classes: pathlib.Path, log: pathlib.Path) -> dict:
    command = ["java", "-cp", _class_path(classes), "LuceneSearch", directory, queries, rounds]
    return json.loads(output_of(command, log))
