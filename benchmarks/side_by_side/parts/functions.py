"""The hot functions one by one, by Google Benchmark."""

import json

from ..measuring import output_of
from ..result import Result, Table


def run(place) -> Result:
    found = json.loads(output_of([place.program("hot-functions"), "--benchmark_format=json"], place.log))
    table = Table("CPU a call", ["function", "time", "MB/s", "million items/s"])
    for one in found["benchmarks"]:
        speed = one.get("bytes_per_second")
        items = one.get("items_per_second")
        table.rows.append([
            f"`{one['name']}`", f"{one['cpu_time']:.3g} {one['time_unit']}",
            f"{speed / 1e6:.0f}" if speed else "", f"{items / 1e6:.2f}" if items else "",
        ])  # fmt: skip
    return Result("functions", "Hot functions", tables=[table])
