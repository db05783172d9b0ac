"""Timings of answers as the programs of ours print them."""


def summary(milliseconds: list[float]) -> dict:
    """count, mean, p50, p95, p99 of a list that is not empty."""
    ordered = sorted(milliseconds)

    def at(share: float) -> float:
        return ordered[max(-(-int(share * 1000) * len(ordered) // 1000) - 1, 0)]

    return {"count": len(ordered), "mean": sum(ordered) / len(ordered), "p50": at(0.5), "p95": at(0.95), "p99": at(0.99)}
