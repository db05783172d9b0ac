"""HTML pages: reading and indexing."""

from ..measuring import Failed, bytes_of, measure, read_once
from ..peers import omega, recoll
from ..result import Chart, Result, Table
from .costs import COST_COLUMNS, cost_row


def build_omega(place, path):
    """Omega's index of the pages, which is also the one that it answers from."""
    return omega.index(place.pages(), path, place.log)


def run(place) -> Result:
    folder, log = place.pages(), place.log
    read_once(folder)
    files = sum(1 for file in folder.rglob("*") if file.is_file())
    result = Result("pages", "HTML pages")
    result.notes.append(f"{files} pages, {bytes_of(folder) / 1e6:.0f} MB.")

    index = place.new_index("carrel-pages")
    carrel = measure([place.program("carrel-index"), "update", "--progress", "none", "--index", index, folder], log, accept=(0, 1))
    omega_index = place.new_index("omega-pages")
    by_omega = build_omega(place, omega_index)
    place.stamp("omega-pages")
    recoll_index = place.new_index("recoll-pages")
    by_recoll = recoll.index(folder, recoll_index, log)
    counts = {"omindex": omega.count(omega_index, log), "recollindex": recoll.count(recoll_index, log)}
    if min(counts.values()) < files * 0.8:
        raise Failed(f"a program beside Carrel has left out too many of {files} pages: {counts}")

    table = Table("What it costs", COST_COLUMNS)
    table.rows = [
        cost_row("Carrel", carrel, bytes_of((index / "current").resolve())),
        cost_row("`omindex`", by_omega, bytes_of(omega_index)),
        cost_row("`recollindex`", by_recoll, bytes_of(recoll.database(recoll_index))),
    ]
    result.tables.append(table)
    result.notes.append(f"Documents in the indexes beside Carrel's: omindex {counts['omindex']}, recollindex {counts['recollindex']}.")
    result.charts.append(
        Chart("bars", "Indexing the HTML pages, wall time", "s",
              {"Carrel": carrel.wall, "omindex": by_omega.wall, "recollindex": by_recoll.wall})
    )  # fmt: skip
    result.ratios = {"pages-omindex": carrel.wall / by_omega.wall, "pages-recoll": carrel.wall / by_recoll.wall}
    return result
