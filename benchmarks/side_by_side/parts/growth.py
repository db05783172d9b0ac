"""How costs grow with the number of resources."""

import json
import math
import shutil

from .. import daemon
from ..measuring import bytes_of, measure, output_of
from ..result import Chart, Result, Table
from . import answers, http

SMALLEST = 1_000
FROM = 10_000  # the bar is about growth from here on
MEMORY_BASE, MEMORY_A_RESOURCE = 64_000_000, 40
COLUMNS = ["resources", "build s", "CPU s", "peak MB", "index MB", "ten changed s", "p50 ms", "p95 ms", "p99 ms",
           "growing matches, p95 ms", "completions, p95 ms", "opening ms"]  # fmt: skip


def sizes_up_to(largest: int) -> list[int]:
    sizes = []
    while largest >= SMALLEST:
        sizes.insert(0, largest)
        largest //= 10
    return sizes


def exponent(points: list[list[float]]) -> float:
    """The slope of the line of least squares through the logarithms: y grows as x to this power."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def measure_size(place, size: int) -> dict:
    made, index = place.made_library(size), place.new_index(f"growth-{size}")
    built = measure([place.program("index-lines"), made / "lines.jsonl", index], place.log)
    index_bytes = bytes_of((index / "current").resolve())
    changed = json.loads(output_of([place.program("index-lines"), "--in-place", made / "changes.jsonl", index], place.log))
    same = answers.ask(place, index, made / "queries-same.txt", place.sizes.rounds)
    growing = answers.ask(place, index, made / "queries-growing.txt", 1)
    return {"size": size, "built": built, "bytes": index_bytes, "changed": changed["seconds"], "same": same, "growing": growing}


def memory_of_daemon(place, size: int) -> tuple[int, int]:
    """Bytes of its own after all queries, and after completions too."""
    made, index = place.made_library(size), place.indexes / f"growth-{size}"
    with daemon.serving(place, index, cache_mib=16) as server:
        http.ask(place, server.port, daemon.TARGET, made / "queries-same.txt", 4, 1)
        http.ask(place, server.port, daemon.TARGET, made / "queries-growing.txt", 4, 1)
        searched = server.own_memory()
        http.ask(place, server.port, "/v1/suggest?q={}", made / "queries-same.txt", 4, 1)
        return searched, server.own_memory()


def run(place) -> Result:
    measured = [measure_size(place, size) for size in sizes_up_to(place.sizes.growth)]
    result = Result("growth", "Growth")
    table = Table("Made libraries", COLUMNS)
    curves = {}
    for one in measured:
        same, built = one["same"]["whole"], one["built"]
        figures = [built.wall, built.cpu, built.peak / 1e6, one["bytes"] / 1e6, one["changed"], same["p50"], same["p95"],
                   same["p99"], one["growing"]["whole"]["p95"], one["same"]["completions"]["p95"], one["same"]["open_ms"]]  # fmt: skip
        table.rows.append([one["size"], *(f"{figure:.3g}" if figure < 100 else f"{figure:.0f}" for figure in figures)])
        for name, figure in zip(COLUMNS[1:], figures, strict=True):
            curves.setdefault(name, []).append([one["size"], figure])
    if len(measured) > 1:
        table.rows.append(["exponent", *(f"{exponent(points):.2f}" for points in curves.values())])
    result.tables.append(table)
    result.charts = [
        Chart("lines", "Building and changing", "s", {name: curves[name] for name in ("build s", "ten changed s")}),
        Chart("lines", "Answers", "ms", {name: curves[name] for name in ("p50 ms", "p95 ms", "p99 ms", "growing matches, p95 ms", "completions, p95 ms")}),
        Chart("lines", "Size", "MB", {name: curves[name] for name in ("index MB", "peak MB")}),
    ]
    p95 = dict(curves["p95 ms"])
    largest = measured[-1]["size"]
    if largest > FROM:
        result.ratios["growth"] = p95[largest] / p95[FROM]
    searched, completed = memory_of_daemon(place, largest)
    allowed = MEMORY_BASE + MEMORY_A_RESOURCE * largest
    result.ratios["memory"] = completed / allowed
    result.notes += [
        "p50, p95, p99 are of queries that match 100 resources whatever the size; those of growing matches are of frequent "
        "words. Texts of 60 to 180 made words; the same seed makes the same library.",
        f"Memory of the daemon's own at {largest} resources: {searched / 1e6:.0f} MB after all queries on four connections, "
        f"{completed / 1e6:.0f} MB when completions have been asked for too; {allowed / 1e6:.0f} MB are allowed.",
    ]
    for one in measured:
        shutil.rmtree(place.indexes / f"growth-{one['size']}", ignore_errors=True)
    return result
