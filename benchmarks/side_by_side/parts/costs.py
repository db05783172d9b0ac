"""Rows of tables of costs."""

from ..measuring import Cost

COST_COLUMNS = ["program", "wall s", "CPU s", "peak MB", "index MB"]
TIME_COLUMNS = ["program", "mean ms", "p50 ms", "p95 ms", "p99 ms"]


def cost_row(name: str, cost: Cost, index_bytes: int | None) -> list:
    size = f"{index_bytes / 1e6:.1f}" if index_bytes is not None else ""
    return [name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak / 1e6:.0f}", size]


def time_row(name: str, times: dict) -> list:
    return [name, *(f"{times[key]:.3f}" for key in ("mean", "p50", "p95", "p99"))]
