"""PDFs: extraction alone, indexing, and a rebuild that remembers what they yielded."""

from ..measuring import Failed, bytes_of, measure, output_of, read_once
from ..peers import omega, recoll
from ..result import Chart, Result, Table
from .costs import cost_row, COST_COLUMNS


def pages_of(folder, log) -> int:
    """Pages of all PDFs, as pdfinfo counts them; those it cannot read have none."""
    total = 0
    for file in sorted(folder.rglob("*.pdf")):
        for line in output_of(["pdfinfo", file], log, accept=(0, 1, 3, 99)).splitlines():
            if line.startswith("Pages:"):
                total += int(line.split()[1])
    return total


def each_file(folder, command: str) -> list[str]:
    """A shell that runs `command` with "$1" being each PDF in turn."""
    return ["sh", "-c", f'find "$1" -name "*.pdf" -exec sh -c \'for file; do {command}; done\' sh {{}} +', "sh", str(folder)]


def run(place) -> Result:
    folder, log = place.pdfs(), place.log
    read_once(folder)
    pages = pages_of(folder, log)
    files = sum(1 for _ in folder.rglob("*.pdf"))
    result = Result("pdf", "PDF documents")
    result.notes.append(f"{files} PDFs, {bytes_of(folder) / 1e6:.0f} MB, {pages} pages.")

    pdftotext = measure(each_file(folder, 'pdftotext "$file" /dev/null'), log, accept=(0, 1))
    mutool = measure(each_file(folder, 'mutool draw -q -F text -o /dev/null "$file"'), log, accept=(0, 1))

    index = place.new_index("carrel-pdf")
    update = [place.program("carrel-index"), "update", "--progress", "none", "--index", index, folder]
    first = measure(update, log, accept=(0, 1))
    carrel_bytes = bytes_of((index / "current").resolve())
    rebuild = measure([update[0], "rebuild", *update[2:]], log, accept=(0, 1))
    again = measure(update, log, accept=(0, 1))

    omega_index = place.new_index("omega-pdf")
    by_omega = omega.index(folder, omega_index, log)
    recoll_index = place.new_index("recoll-pdf")
    by_recoll = recoll.index(folder, recoll_index, log)
    counts = {"omindex": omega.count(omega_index, log), "recollindex": recoll.count(recoll_index, log)}
    if min(counts.values()) < files * 0.8:
        raise Failed(f"a program beside Carrel has left out too many of {files} PDFs: {counts}")

    table = Table("What it costs", COST_COLUMNS)
    for name, cost, size in [
        ("`pdftotext`, a process a file", pdftotext, None),
        ("`mutool draw -F text`, a process a file", mutool, None),
        ("Carrel, first index", first, carrel_bytes),
        ("Carrel, rebuild with the memory warm", rebuild, None),
        ("Carrel, `update` with nothing changed", again, None),
        ("`omindex`", by_omega, bytes_of(omega_index)),
        ("`recollindex`", by_recoll, bytes_of(recoll.database(recoll_index))),
    ]:
        table.rows.append(cost_row(name, cost, size))
    result.tables.append(table)
    result.notes.append(
        f"CPU a page: pdftotext {1000 * pdftotext.cpu / pages:.2f} ms, mutool {1000 * mutool.cpu / pages:.2f} ms, "
        f"Carrel to the finished index {1000 * first.cpu / pages:.2f} ms."
    )
    result.notes.append(f"Documents in the indexes beside Carrel's: omindex {counts['omindex']}, recollindex {counts['recollindex']}.")
    result.charts.append(
        Chart("bars", "Indexing the PDFs, wall time", "s",
              {"Carrel": first.wall, "Carrel, memory warm": rebuild.wall, "recollindex": by_recoll.wall, "omindex": by_omega.wall})
    )  # fmt: skip
    result.ratios = {
        "pdf-cpu": first.cpu / pdftotext.cpu,
        "pdf-omindex": first.wall / by_omega.wall,
        "pdf-recoll": first.wall / by_recoll.wall,
        "rebuild": rebuild.wall / first.wall,
    }
    return result
