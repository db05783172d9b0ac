"""One report of all parts, as Markdown with plots beside it."""

import datetime
import pathlib

from .bars import BARS, BY_KEY
from .plots import draw
from .result import Result, Table


def _table(table: Table) -> list[str]:
    lines = [f"**{table.title}**", ""] if table.title else []
    lines += ["| " + " | ".join(table.columns) + " |", "|" + "---|" * len(table.columns)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in table.rows]
    return [*lines, ""]


def _bars(results: list[Result]) -> list[str]:
    ratios = {key: ratio for result in results for key, ratio in result.ratios.items()}
    table = Table("", ["work", "bar", "ratio", ""])
    for bar in BARS:
        if bar.key in ratios:
            table.rows.append([bar.work, bar.text(), f"{ratios[bar.key]:.2f}", bar.verdict(ratios[bar.key])])
        else:
            table.rows.append([bar.work, bar.text(), "", "not measured"])
    unknown = sorted(set(ratios) - set(BY_KEY))
    assert not unknown, f"ratios without a bar: {unknown}"
    return _table(table)


def write_report(folder: pathlib.Path, results: list[Result], surroundings: dict[str, dict], notes: list[str]) -> pathlib.Path:
    """Writes report.md and its plots into `folder`; returns the path of the report."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    lines = ["# Carrel measured beside other programs", "",
             f"{datetime.date.today().isoformat()}. Ratios are of one run on one machine; all programs read the same files.", ""]  # fmt: skip
    lines += _bars(results)
    for result in results:
        lines += [f"## {result.title}", ""]
        for table in result.tables:
            lines += _table(table)
        for number, chart in enumerate(result.charts, 1):
            name = f"{result.part}-{number}.svg"
            (folder / name).write_text(draw(chart))
            lines += [f"![{chart.title}]({name})", ""]
        lines += [f"- {note}" for note in result.notes] + ([""] if result.notes else [])
    lines += ["## Where and with what", ""]
    for title, values in surroundings.items():
        lines += _table(Table("", [title, ""], [[key, value] for key, value in values.items()]))
    lines += [f"- {note}" for note in notes]
    report = folder / "report.md"
    report.write_text("\n".join(lines).rstrip() + "\n")
    return report
