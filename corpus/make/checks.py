"""What must hold of the sources as a whole. Every finding is a sentence that names the file."""

import datetime
import re
from collections import Counter

import body
import transcripts
from sources import AUDIENCES, CATALOGUE_COLUMNS, JURISDICTIONS, LANGUAGES, PUBLISHERS, TOPICS, TYPES


def _date_is_valid(date):
    parts = date.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        return False
    try:
        datetime.date(*[int(part) for part in parts + ["1"] * (3 - len(parts))])
    except ValueError:
        return False
    return 1995 <= int(parts[0]) <= 2026


def check_fields(sources):
    """Ids, paths, vocabularies, dates and relations."""
    findings = []
    ids = {source.id for source in sources}
    for what in ("id", "path", "title"):
        for value, count in Counter(getattr(source, what) for source in sources).items():
            if count > 1:
                files = ", ".join(source.where() for source in sources if getattr(source, what) == value)
                findings.append(f"{files}: the {what} '{value}' is used {count} times.")
    numbers = Counter(number for source in sources for number in source.identifier
                      if number.startswith(("LP ", "NCJ ")))
    for number, count in numbers.items():
        if count > 1:
            files = ", ".join(source.where() for source in sources if number in source.identifier)
            findings.append(f"{files}: the identifier '{number}' is used {count} times.")
    for source in sources:
        def say(sentence):
            findings.append(f"{source.where()}: {sentence}")

        for what, values, allowed in (
                ("type", [source.type], TYPES), ("topic", source.topic, TOPICS),
                ("audience", source.audience, AUDIENCES), ("publisher", [source.publisher], PUBLISHERS),
                ("lang", [source.lang], LANGUAGES),
                ("jurisdiction", [source.jurisdiction] if source.jurisdiction else [], JURISDICTIONS),
                ("format", [source.format], ("pdf", "html", "vtt")),
                ("make", [source.make], ("", "scan", "locked", "damaged"))):
            for value in values:
                if value not in allowed:
                    say(f"'{value}' is not a {what} of this library.")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source.id):
            say(f"the id '{source.id}' is not of lower-case letters, digits and hyphens.")
        if not re.fullmatch(r"[a-z0-9/.-]+", source.path) or source.path.startswith("/") or ".." in source.path:
            say(f"the path '{source.path}' is not plain.")
        if not _date_is_valid(source.date):
            say(f"'{source.date}' is not a date.")
        if source.translation_of and source.translation_of not in ids:
            say(f"it translates '{source.translation_of}', which does not exist.")
        if source.supersedes and source.supersedes not in ids:
            say(f"it replaces '{source.supersedes}', which does not exist.")
        if source.id in (source.translation_of, source.supersedes):
            say("it cannot translate or replace itself.")
        if isinstance(source.catalogue, list):
            for column in source.catalogue:
                if column not in CATALOGUE_COLUMNS:
                    say(f"catalogue names '{column}', which is not a column.")
        elif source.catalogue not in ("full", "none"):
            say(f"catalogue is '{source.catalogue}': full, none or a list of columns.")
        if source.pdf_title and (source.catalogue == "none" or "title" not in source.row()):
            say("only a resource whose row holds the title may have another title in its PDF.")
        if any(";" in value for value in [*source.topic, *source.audience, *source.identifier]):
            say("a value with a semicolon cannot stand in the catalogue.")
    return findings


def _texts(source):
    if source.format == "vtt":
        return transcripts.words(source)
    return list(body.blocks(body.to_html(source)))


def _counts(key, lang):
    """Whether a text is long enough to be called repeated: names and numbers of laws do not count."""
    if lang.startswith("zh"):
        return len(key) > 25
    return sum(len(word) > 1 and word.isalpha() for word in key.split()) >= 9


def check_repeats(sources):
    """No paragraph and no sentence of nine words or more stands twice in the library; telephone lines may."""
    findings, seen = [], {}
    for source in sources:
        for block in _texts(source):
            pieces = {block} | set(re.split(r"(?<=[.?!])[”\"’)]*\s+", block))
            for piece in pieces:
                key = re.sub(r"[^\w]+", " ", piece.casefold()).strip()
                if re.search(r"\d-\d{3}-\d{4}", piece) or not _counts(key, source.lang):
                    continue
                if seen.setdefault(key, source) is not source:
                    findings.append(f"{source.where()}: also in {seen[key].where()}: '{piece[:90]}'.")
                elif (key, "own") in seen and piece == block:
                    findings.append(f"{source.where()}: twice in the same text: '{piece[:90]}'.")
                if piece == block:
                    seen[(key, "own")] = source
    return findings


def count_words(source):
    """Words, or for Chinese characters, of the body."""
    text = " ".join(_texts(source))
    if source.lang.startswith("zh"):
        return len(re.findall(r"[\u4e00-\u9fff]", text))
    return len(text.split())
