"""The text of documents as JSON Lines, the one file that every engine is given, and queries taken from it."""

import hashlib
import json
import pathlib
import random
import re

from .measuring import output_of

FACETS = {
    "type": ["report", "toolkit", "fact sheet", "training", "video", "webinar", "guide", "form"],
    "topic": [f"topic {number}" for number in range(1, 31)],
    "audience": ["survivors", "advocates", "law enforcement", "schools", "courts", "hospitals"],
    "jurisdiction": [f"state {number}" for number in range(1, 13)],
    "publisher": [f"publisher {number}" for number in range(1, 41)],
}
COMMON = set(
    "about also and are been but can for from had has have her him his how into its may more not one only other our"
    " out she should some such than that the their them then there these they this use used using was were what when"
    " where which who will with would you your".split()
)
SEED = 9


def _facets_of(name: str) -> dict:
    digest = hashlib.sha256(name.encode()).digest()
    return {
        field: ([values[digest[i] % 15], values[15 + digest[i + 8] % 15]] if field == "topic"
                else values[digest[i] % len(values)])
        for i, (field, values) in enumerate(FACETS.items())
    }  # fmt: skip


def write_ready_text(workplace, pages: pathlib.Path, folder: pathlib.Path) -> None:
    """Reads the pages with Carrel's extractors; a line each, its sections parted by form feeds."""
    folder.mkdir(parents=True, exist_ok=True)
    listing, texts = folder / "list.txt", folder / "texts"
    output_of([workplace.program("extract-folder"), "--list", listing, "--text", texts, pages], workplace.log)
    lines = []
    for row in listing.read_text().splitlines():
        path, reason, digest, _, _, _, title, *_ = row.split("\t")
        name = str(pathlib.Path(path).relative_to(pages))
        if not reason.startswith("ok"):
            continue
        sections = (texts / f"{digest}.txt").read_text().split("\n\f")
        text = "\f".join(section for section in sections if section.strip())
        line = {"id": name, "url": f"https://library.example/{name}", "title": title, **_facets_of(name),
                "language": "en", "format": "html", "text": text}  # fmt: skip
        lines.append(json.dumps(line, ensure_ascii=False))
    (folder / "lines.jsonl").write_text("\n".join(sorted(lines)) + "\n")
    for file in texts.iterdir():
        file.unlink()
    texts.rmdir()


def write_queries(lines: pathlib.Path, count: int, file: pathlib.Path) -> None:
    """Queries of one to three words that stand near each other in some page, without the commonest words."""
    numbers = random.Random(SEED)
    texts = [json.loads(line)["text"] for line in lines.read_text().splitlines()]
    queries = []
    while len(queries) < count:
        words = re.findall(r"[a-z]{3,14}", numbers.choice(texts).lower())
        words = [word for word in words if word not in COMMON]
        length = 1 + len(queries) % 3
        if len(words) < 20:
            continue
        start = numbers.randrange(len(words) - 6)
        near = list(dict.fromkeys(words[start : start + 6]))[:length]
        if len(near) == length:
            queries.append(" ".join(near))
    file.write_text("\n".join(queries) + "\n")
