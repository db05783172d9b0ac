"""How much a run measures."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Sizes:
    """Numbers of inputs; the same files for every program."""

    pdfs: int = 160  # PDF documents
    pages: int = 6_000  # HTML pages, and their ready text
    files: int = 50_000  # files of the library that is updated with nothing changed
    growth: int = 100_000  # resources of the largest made library; a tenth, a hundredth … go before it
    queries: int = 441
    rounds: int = 3  # times that each query is asked, after one that is not counted


NAMED = {
    "small": Sizes(pdfs=8, pages=200, files=1_000, growth=1_000, queries=60, rounds=1),
    "default": Sizes(),
    "large": Sizes(pdfs=800, pages=20_000, growth=1_000_000),
}


def parse_sizes(text: str) -> Sizes:
    """`small`, `default`, `large`, or changes of the default: `pdfs=100,pages=2000`; also `small,pdfs=20`.

    Raises ValueError with a sentence."""
    sizes = Sizes()
    known = {field.name for field in fields(Sizes)}
    for part in text.split(","):
        name, equals, number = part.partition("=")
        if not equals and name in NAMED:
            sizes = NAMED[name]
        elif name in known and number.isdigit() and int(number) > 0:
            sizes = replace(sizes, **{name: int(number)})
        else:
            raise ValueError(
                f"{part!r} is no size: use {', '.join(NAMED)}, or NAME=NUMBER with {', '.join(sorted(known))}"
            )
    return sizes
