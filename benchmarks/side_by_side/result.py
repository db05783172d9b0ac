"""What a part of a run has found: kept as JSON, so that a report can be made of parts measured one by one."""

import json
import pathlib
from dataclasses import asdict, dataclass, field


@dataclass
class Table:
    title: str
    columns: list[str]
    rows: list[list] = field(default_factory=list)


@dataclass
class Chart:
    """`bars`: values by name. `lines`: name → [[x, y], …], both axes logarithmic."""

    kind: str
    title: str
    unit: str
    values: dict


@dataclass
class Result:
    part: str
    title: str
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    ratios: dict[str, float] = field(default_factory=dict)  # by the key of their bar
    notes: list[str] = field(default_factory=list)

    def save(self, folder: pathlib.Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.part}.json").write_text(json.dumps(asdict(self), indent=1) + "\n")


def load_results(folder: pathlib.Path, order: list[str]) -> list[Result]:
    """The results that are there, in the order of the parts."""
    results = []
    for part in order:
        file = folder / f"{part}.json"
        if not file.exists():
            continue
        kept = json.loads(file.read_text())
        kept["tables"] = [Table(**table) for table in kept["tables"]]
        kept["charts"] = [Chart(**chart) for chart in kept["charts"]]
        results.append(Result(**kept))
    return results
