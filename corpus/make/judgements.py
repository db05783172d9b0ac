#!/usr/bin/python3
"""Makes corpus/judgements.tsv: which resource, and which of its pages, answers which query, and how well.

A source line names a query, the id of a resource, a grade from 1 to 3 and, for a PDF, some words (the anchor) from
the paragraph that answers. The page is where the made PDF has these words, so that it stays right when a text grows.
Run by itself it makes this file alone, from the library as it was made: nothing is typeset.

Needs python3-markdown, python3-yaml and poppler-utils."""

import re
import subprocess
import sys
import unicodedata
from collections import defaultdict

import body
import transcripts
from sources import CORPUS, SOURCES, read_all

OUTPUT = CORPUS / "judgements.tsv"
HEADER = ["query", "id", "grade", "anchor"]


def squeeze(text):
    """Only the letters and digits, case folded: line breaks, hyphenation, ligatures and quotes do not count."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in text if char.isalnum())


class Texts:
    """The text of made resources, squeezed, page by page; read once."""

    def __init__(self):
        self._pages = {}

    def pages(self, source):
        if source.id not in self._pages:
            if source.format == "pdf":
                done = subprocess.run(["pdftotext", str(source.output), "-"], capture_output=True)
                pages = done.stdout.decode("utf-8").split("\f")[:-1]
            elif source.format == "html":
                pages = [body.plain(body.to_html(source))]
            else:
                pages = [" ".join(transcripts.words(source))]
            self._pages[source.id] = [squeeze(page) for page in pages]
        return self._pages[source.id]

    def find(self, source, anchor):
        """The pages, from 1, on which the anchor stands."""
        wanted = squeeze(anchor)
        return [number for number, page in enumerate(self.pages(source), 1) if wanted in page]

    def crosses(self, source, anchor):
        """The page on which an anchor begins that runs over a page break, or 0: the longest beginning decides."""
        wanted = squeeze(anchor)
        for length in range(len(wanted) - 1, len(wanted) // 3, -1):
            for number, page in enumerate(self.pages(source)[:-1], 1):
                if wanted[:length] in page and wanted[length:] in self.pages(source)[number]:
                    return number
        return 0


def read(findings):
    """All source lines: (place, query, id, grade, anchor)."""
    lines = []
    for file in sorted((SOURCES / "judgements").glob("*.tsv")):
        seen = {}
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            place = f"{file.relative_to(CORPUS)}:{number}"
            if not line.strip() or line.startswith("#"):
                continue
            cells = [cell.strip() for cell in line.split("\t")] + [""]
            if cells[:4] == HEADER:
                continue
            if len(cells) < 4 or not cells[0] or cells[2] not in ("1", "2", "3"):
                findings.append(f"{place}: not a query, an id, a grade from 1 to 3 and an anchor.")
                continue
            key = tuple(cells[:2]) + (cells[3],)
            if key in seen:
                findings.append(f"{place}: the same as line {seen[key]}.")
                continue
            seen[key] = number
            lines.append((place, " ".join(cells[0].split()), cells[1], int(cells[2]), cells[3]))
    return lines


def to_tsv(sources, findings):
    """The whole file as text; returns (text, number of distinct queries, number of lines)."""
    by_id = {source.id: source for source in sources}
    by_id.update({source.public_id: source for source in sources})
    texts, grades, pages, order, spelled = Texts(), {}, defaultdict(set), [], {}
    for place, query, name, grade, anchor in read(findings):
        source = by_id.get(name)
        if not source:
            findings.append(f"{place}: there is no resource '{name}'.")
            continue
        query = spelled.setdefault(query.casefold(), query)
        key = (query, source.public_id)
        if key not in grades:
            order.append(key)
        grades[key] = max(grade, grades.get(key, 0))
        if not anchor:
            continue
        found = texts.find(source, anchor)
        if not found:
            crossed = texts.crosses(source, anchor)
            findings.append(f"{place}: '{anchor}' " + (f"runs over the end of page {crossed} of {name}." if crossed else
                                                       f"does not stand in {name}."))
        elif len(found) > 1 and source.format == "pdf":
            findings.append(f"{place}: '{anchor}' stands on the pages {found} of {name}; choose rarer words.")
        elif source.format == "pdf":
            pages[key].update(found)
    rows = [("query", "id", "grade", "pages")]
    for key in sorted(order, key=lambda key: (key[0].casefold(), -grades[key], key[1])):
        rows.append((*key, str(grades[key]), ",".join(map(str, sorted(pages[key])))))
    return "".join("\t".join(row) + "\n" for row in rows), len({key[0] for key in order}), len(order)


def main():
    """Makes the file; 1 when a source is wrong or an anchor is not found on one page."""
    sources, findings = read_all()
    text, queries, lines = to_tsv(sources, findings)
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{queries} queries, {lines} judgements")
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
