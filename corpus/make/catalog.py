"""Writes corpus/catalog.csv, the librarian's file: a row for each resource that has one."""

import csv
import io

from sources import CATALOGUE_COLUMNS


def _value(source, column, by_id):
    if column == "url":
        return source.url
    if column == "language":
        return source.lang
    if column in ("translation_of", "supersedes"):
        other = by_id.get(getattr(source, column))
        return other.public_id if other else ""
    value = getattr(source, column)
    return ";".join(value) if isinstance(value, list) else value


def to_csv(sources, by_id):
    """The whole file as text (RFC 4180), sorted by path; a field that the row does not hold is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CATALOGUE_COLUMNS)
    for source in sorted(sources, key=lambda source: source.path):
        held = source.row()
        if held is not None:
            writer.writerow([_value(source, column, by_id) if column in held else "" for column in CATALOGUE_COLUMNS])
    return out.getvalue()
