"""Plots as SVG: bars, and curves on logarithmic axes. Readable on light and dark pages."""

import math
from xml.sax.saxutils import escape

from .result import Chart

WIDTH = 720
COLOURS = ["#1f6f8b", "#c0562f", "#4f7a28", "#7b4fa0", "#a5790f", "#707070"]
STYLE = (
    "<style>text{font:13px sans-serif;fill:#333}.title{font-weight:bold;font-size:15px}.line{stroke:#bbb;fill:none}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.line{stroke:#555}}</style>"
)


def draw(chart: Chart) -> str:
    return _bars(chart) if chart.kind == "bars" else _curves(chart)


def _svg(height: int, parts: list[str], title: str) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">{STYLE}<text class="title" x="8" y="22">{escape(title)}</text>'
    )
    return head + "".join(parts) + "</svg>\n"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _bars(chart: Chart) -> str:
    left, most, parts = 200, max(chart.values.values()), []
    for number, (name, value) in enumerate(chart.values.items()):
        y = 40 + 30 * number
        width = max((WIDTH - left - 110) * value / most, 1)
        colour = COLOURS[0] if name.startswith("Carrel") else COLOURS[5]
        parts.append(
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{left}" y="{y}" width="{width:.1f}" height="20" fill="{colour}"/>'
            f'<text x="{left + width + 6:.1f}" y="{y + 15}">{_figure(value)} {escape(chart.unit)}</text>'
        )
    return _svg(50 + 30 * len(chart.values), parts, chart.title)


class _Axis:
    """A logarithmic axis of whole powers of ten."""

    def __init__(self, values: list[float], begin: float, end: float):
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self.begin, self.end = begin, end

    def at(self, value: float) -> float:
        return self.begin + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    def powers(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _curves(chart: Chart) -> str:
    bottom, top, left, right = 300, 45, 70, WIDTH - 230
    points = [point for series in chart.values.values() for point in series if point[1] > 0]
    across = _Axis([x for x, _ in points], left, right)
    up = _Axis([y for _, y in points], bottom, top)
    parts = []
    for x in across.powers():
        parts.append(f'<path class="line" d="M{across.at(x):.1f} {top}V{bottom}"/>'
                     f'<text x="{across.at(x):.1f}" y="{bottom + 18}" text-anchor="middle">{x:,.0f}</text>')  # fmt: skip
    for y in up.powers():
        parts.append(f'<path class="line" d="M{left} {up.at(y):.1f}H{right}"/>'
                     f'<text x="{left - 6}" y="{up.at(y) + 4:.1f}" text-anchor="end">{y:g} {escape(chart.unit)}</text>')  # fmt: skip
    for number, (name, series) in enumerate(chart.values.items()):
        colour = COLOURS[number % len(COLOURS)]
        drawn = [(across.at(x), up.at(y)) for x, y in series if y > 0]
        parts.append(f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in drawn)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in drawn]
        parts.append(f'<rect x="{right + 16}" y="{top + 22 * number}" width="12" height="12" fill="{colour}"/>'
                     f'<text x="{right + 34}" y="{top + 11 + 22 * number}">{escape(name)}</text>')  # fmt: skip
    return _svg(bottom + 40, parts, f"{chart.title}, by number of resources")
