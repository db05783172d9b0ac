"""An update with nothing changed, against a look at the same tree."""

import os
import re
import subprocess

from ..measuring import Failed
from ..result import Result, Table
from ..workplace import PROJECT

ROUNDS = "5"


def run(place) -> Result:
    command = [PROJECT / "benchmarks" / "update-library", str(place.sizes.files), place.program("carrel-index")]
    with open(place.log, "ab") as log:
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=log, text=True, check=False,
                              env={**os.environ, "ROUNDS": ROUNDS, "TMPDIR": str(place.inputs)})  # fmt: skip
    if done.returncode != 0:
        raise Failed(f"update-library failed; what it said is in {place.log}")
    result = Result("update", "Updates")
    table = Table("Seconds of whole processes", ["", "best", "median"])
    for line in done.stdout.splitlines():
        measured = re.fullmatch(r"(\S.*\S)\s+(\d+\.\d+)\s+(\d+\.\d+)", line)
        if measured:
            table.rows.append(list(measured.groups()))
        elif line.startswith("nothing changed / find"):
            result.ratios["update-find"] = float(line.split()[-1])
        elif line.strip() and "best" not in line:
            result.notes.append(line.strip() + ".")
    result.tables.append(table)
    return result
