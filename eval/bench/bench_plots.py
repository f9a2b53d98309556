"""Line plots with ranges, as SVG files that read well on light and dark pages."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

_LEFT, _TOP, _WIDTH, _HEIGHT = 64.0, 40.0, 440.0, 260.0
#: As wide as a letter of the names beside the plot is at most, on average.
_LETTER: Final = 7.0
_COLOURS: Final = ("#2364aa", "#d1495b", "#2e8b57", "#b8860b", "#7a5195")
_STYLE: Final = (
    "text{font:12px system-ui,sans-serif;fill:#555}.title{font-size:14px;fill:#222}"
    ".axis{stroke:#ddd}"
    "@media(prefers-color-scheme:dark){text{fill:#aaa}.title{fill:#eee}.axis{stroke:#444}}"
)


class Point(NamedTuple):
    """A measured figure: where, the median, the least and the most."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines by name. The upright axis begins at 0, so that lengths are true."""

    title: str
    across: str
    up: str
    lines: Mapping[str, Sequence[Point]]
    #: Steps of the same factor are equally far apart on the level axis.
    log: bool = False


def svg(plot: Plot) -> str:
    """The file."""
    points = [point for line in plot.lines.values() for point in line]
    frame = _Frame(
        min(p.x for p in points),
        max(p.x for p in points),
        _nice(max(p.high for p in points)),
        plot.log,
    )
    ticks = sorted({point.x for point in points})
    parts = [*_grid(frame, ticks), *_names(plot)]
    for place, (name, line) in enumerate(plot.lines.items()):
        parts += _line(frame, name, line, place)
    width = _LEFT + _WIDTH + 36 + _LETTER * max(map(len, plot.lines))
    height = _TOP + _HEIGHT + 50
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'role="img" aria-label="{escape(plot.title, quote=True)}">'
        f"<style>{_STYLE}</style>{''.join(parts)}</svg>\n"
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """From figures to places."""

    least: float
    most: float
    top: float
    log: bool

    def x(self, value: float) -> float:
        scale = math.log if self.log else float
        low, high = scale(self.least), scale(self.most)
        share = (scale(value) - low) / (high - low) if high > low else 0.5
        return _LEFT + 16 + share * (_WIDTH - 32)

    def y(self, value: float) -> float:
        return _TOP + _HEIGHT * (1 - value / self.top)


def _nice(most: float) -> float:
    """The next of 1, 2, 3, 5, 8, 10, 20 … above."""
    unit = 10.0 ** math.floor(math.log10(most or 1))
    return next(unit * step for step in (1, 2, 3, 5, 8, 10, 20) if unit * step >= most)


def _grid(frame: _Frame, ticks: Sequence[float]) -> Iterator[str]:
    for part in (0, 0.25, 0.5, 0.75, 1):
        y = frame.y(part * frame.top)
        yield f'<path class="axis" d="M{_LEFT:.1f} {y:.1f}h{_WIDTH:.1f}"/>'
        yield _text(_LEFT - 6, y + 4, f"{part * frame.top:,g}", "end")
    for tick in ticks:
        yield _text(frame.x(tick), _TOP + _HEIGHT + 18, f"{tick:,g}", "middle")


def _names(plot: Plot) -> Iterator[str]:
    yield f'<text class="title" x="{_LEFT:.0f}" y="18">{escape(plot.title)}</text>'
    yield _text(_LEFT, 34, plot.up, "start")
    below = _TOP + _HEIGHT + 40
    yield _text(_LEFT + _WIDTH / 2, below, plot.across, "middle")


def _line(frame: _Frame, name: str, line: Sequence[Point], place: int) -> Iterator[str]:
    colour = _COLOURS[place % len(_COLOURS)]
    path = "L".join(f"{frame.x(p.x):.1f} {frame.y(p.y):.1f}" for p in line)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for point in line:
        x, low, high = frame.x(point.x), frame.y(point.low), frame.y(point.high)
        yield f'<path d="M{x:.1f} {low:.1f}V{high:.1f}" stroke="{colour}" opacity=".5"/>'
        title = f"<title>{escape(name)}, {point.x:,g}: {point.y:,.1f}</title>"
        at = f'cx="{x:.1f}" cy="{frame.y(point.y):.1f}" r="4"'
        yield f'<circle {at} fill="{colour}">{title}</circle>'
    y = _TOP + 12 + 20 * place
    mark = f'<circle cx="{_LEFT + _WIDTH + 14:.0f}" cy="{y - 4:.0f}" r="5" fill="{colour}"/>'
    yield mark + _text(_LEFT + _WIDTH + 24, y, name, "start")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {at}>{escape(words)}</text>"
