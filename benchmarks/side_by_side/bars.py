"""What is to be reached, as ratios of one run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    key: str
    work: str
    limit: float
    at_least: bool = False  # else at most
    aim: float | None = None

    def met(self, ratio: float) -> bool:
        return ratio >= self.limit if self.at_least else ratio <= self.limit

    def verdict(self, ratio: float) -> str:
        if self.met(ratio):
            return "met"
        if self.at_least:
            return f"missed: {ratio / self.limit:.0%} of it"
        return f"missed by {ratio / self.limit - 1:.0%}"

    def text(self) -> str:
        bound = f"at {'least' if self.at_least else 'most'} {self.limit:g}"
        return bound + (f", aim {self.aim:g}" if self.aim is not None else "")


BARS = [
    Bar("pdf-cpu", "CPU a PDF page, extraction to finished index / `pdftotext` alone", 1.3, aim=1.1),
    Bar("pdf-omindex", "wall time to index the PDFs / `omindex`", 0.45),
    Bar("pdf-recoll", "wall time to index the PDFs / `recollindex`", 0.65),
    Bar("pages-omindex", "wall time to index the HTML pages / `omindex`", 0.35),
    Bar("pages-recoll", "wall time to index the HTML pages / `recollindex`", 0.30),
    Bar("text-lucene", "wall time to index ready text / Lucene 8 on the same file", 1.5, aim=1.0),
    Bar("update-find", "`update` with nothing changed / `find -newer` over the same tree", 2),
    Bar("rebuild", "rebuild of the PDFs with the extraction memory warm / their first build", 0.25),
    Bar("answer-lucene", "a whole answer in the library, mean / Lucene 8 with facets and unified highlighter", 0.25),
    Bar("http-library", "the same over HTTP on one connection, p50 / in the library, p50", 1.15),
    Bar("http-omega", "answers a second over HTTP / Omega behind a web server", 10, at_least=True),
    Bar("facets", "the answer with 5 facets, mean / without any", 1.25),
    Bar("memory", "memory of the daemon / (64 MB + 40 bytes a resource)", 1),
    Bar("growth", "p95 of answers with the same number of matches, largest made library / 10,000 resources", 3),
]

BY_KEY = {bar.key: bar for bar in BARS}
