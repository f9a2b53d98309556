"""Plots of their own, as SVG: reliability, and coverage against precision."""

from collections.abc import Iterator, Sequence
from typing import Final

from tagger.reporting.html import Html, both, h, raw
from tagger.reporting.words import Text
from tagger.scoring.curves import Bin, CoveragePoint

_LEFT: Final = 44.0
_TOP: Final = 10.0
_SIZE: Final = 250.0
#: Points of a curve beyond so many look the same.
_MOST_POINTS: Final = 400


def reliability_plot(bins: Sequence[Bin]) -> Html:
    """Confidence against accuracy; on the diagonal a system means what it says."""
    shapes = [_line("diagonal", (0, 0), (1, 1))]
    most = max((b.articles for b in bins), default=1) or 1
    for one in bins:
        if one.confidence is None or one.accuracy is None:
            continue
        x, y = _place(one.confidence, one.accuracy)
        radius = 3 + 7 * (one.articles / most) ** 0.5
        title = (
            f"{one.articles:,}: {100 * one.confidence:.1f} → {100 * one.accuracy:.1f}"
        )
        at = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:.1f}", "class": "dot"}
        shapes.append(h("circle", at, h("title", None, title)))
    caption = Text(
        "Reliability: how sure against how often right; a larger dot is more articles",
        "可靠性：置信度与实际正确率，点越大篇数越多",
    )
    axes = Text("confidence, %", "置信度（%）"), Text("right, %", "正确率（%）")
    return _figure("reliability", caption, axes, shapes)


def coverage_plot(curve: Sequence[CoveragePoint]) -> Html:
    """How much is right of what is filed when only the surest is filed."""
    step = max(1, len(curve) // _MOST_POINTS)
    points = [*curve[::step], curve[-1]]
    path = " ".join(
        f"{'L' if number else 'M'}{x:.1f} {y:.1f}"
        for number, (x, y) in enumerate(_place(p.coverage, p.precision) for p in points)
    )
    shapes = [h("path", {"class": "curve", "d": path})]
    caption = Text(
        "Filing the surest first: how many are filed, how many of them right",
        "先归最有把握者：归类比例与其正确率",
    )
    axes = Text("filed, %", "已归类（%）"), Text("right, %", "正确率（%）")
    return _figure("coverage-curve", caption, axes, shapes)


def _figure(
    name: str, caption: Text, axes: tuple[Text, Text], shapes: Sequence[Html]
) -> Html:
    size = f"0 0 {_LEFT + _SIZE + 14:.0f} {_TOP + _SIZE + 44:.0f}"
    svg = h(
        "svg",
        {"viewBox": size, "role": "img", "aria-label": caption.en, "class": "square"},
        *_grid(),
        *shapes,
        *_axis_names(*axes),
    )
    return h("figure", {"id": name}, svg, h("figcaption", None, caption))


def _place(x: float, y: float) -> tuple[float, float]:
    return _LEFT + _SIZE * x, _TOP + _SIZE * (1 - y)


def _line(name: str, start: tuple[float, float], end: tuple[float, float]) -> Html:
    (x1, y1), (x2, y2) = _place(*start), _place(*end)
    ends = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
    return h("line", {"class": name, **ends})


def _grid() -> Iterator[Html]:
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield _line("axis", (part, 0), (part, 1))
        yield _line("axis", (0, part), (1, part))
        x, y = _place(part, 0)
        number = f"{100 * part:.0f}"
        below = {"x": f"{x:.1f}", "y": f"{y + 16:.1f}", "text-anchor": "middle"}
        yield h("text", below, number)
        x, y = _place(0, part)
        beside = {"x": f"{x - 6:.1f}", "y": f"{y + 4:.1f}", "text-anchor": "end"}
        yield h("text", beside, number)


def _axis_names(across: Text, up: Text) -> Iterator[Html]:
    x, y = _place(0.5, 0)
    below = {"x": f"{x:.1f}", "y": f"{y + 36:.1f}", "text-anchor": "middle"}
    yield h("text", below, raw(both(across, "tspan")))
    x, y = _place(0, 0.5)
    turned = f"translate(12 {y:.1f}) rotate(-90)"
    yield h(
        "text", {"transform": turned, "text-anchor": "middle"}, raw(both(up, "tspan"))
    )
