"""What figures of timings share: lines with their spread, their names, a time axis."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, halo, scatter
from charts.colours import FAINT, GRADIENT, PARAMETER
from core.stopwatch import Timing

# In powers of ten, the height of a line of text in a figure over seven of them.
LINE_HEIGHT = 0.42
SECONDS: Mapping[float, str] = {
    1e-6: "1 µs",
    1e-5: "10 µs",
    1e-4: "100 µs",
    1e-3: "1 ms",
    1e-2: "10 ms",
    0.1: "0.1 s",
    1.0: "1 s",
}


class Heat(Protocol):
    """What a race has measured."""

    @property
    def timings(self) -> tuple[Timing, ...]:
        """One for each way and size."""


@dataclass(frozen=True)
class Look:
    """How a way is drawn and called."""

    short: str
    long: str
    colour: str
    dash: str
    symbol: str


def line(timings: Sequence[Timing], way: str, look: Look) -> go.Scatter:
    """The medians of one way."""
    mine = [t for t in timings if t.way == way]
    return scatter(
        x=[t.size for t in mine],
        y=[t.median for t in mine],
        mode="lines+markers",
        line={"color": look.colour, "dash": look.dash, "width": 2.5},
        marker={"symbol": look.symbol, "size": 7, "color": look.colour},
        cliponaxis=False,
    )


def spread_bars(timings: Sequence[Timing], ways: Collection[str]) -> go.Scatter:
    """The middle half of the samples, as upright strokes behind the points."""
    mine = [t for t in timings if t.way in ways]
    return scatter(
        x=[x for t in mine for x in (t.size, t.size, None)],
        y=[y for t in mine for y in (t.low, t.high, None)],
        mode="lines",
        line={"color": FAINT, "width": 7},
        opacity=0.45,
    )


def names(timings: Sequence[Timing], looks: Mapping[str, Look]) -> list[go.Scatter]:
    """The name of each line at its right end, none over another.

    Above it where other lines go on: beside it the name would stand on them.
    """
    last = [
        max((t for t in timings if t.way == way), key=lambda t: t.size, default=None)
        for way in looks
    ]
    ends = [(t.median, t.size, t.way) for t in last if t is not None]
    labels, free = [], dict.fromkeys((size for _, size, _ in ends), np.inf)
    for median, size, way in sorted(ends, reverse=True):
        go_on = sum(other > size for _, other, _ in ends)
        free[size] = min(np.log10(median), free[size] - LINE_HEIGHT)
        labels.append(
            scatter(
                x=[size],
                y=[10.0 ** free[size]],
                mode="text",
                # Two spaces keep the name off the marker.
                text=[f"\u2002{looks[way].short}"],
                textposition="top center" if go_on > 2 else "middle right",
                textfont={"size": 13, "color": looks[way].colour},
                cliponaxis=False,
            )
        )
    return labels


def not_yet(x: float, y: float) -> go.Scatter:
    """Words where nothing has been timed."""
    return scatter(
        x=[x],
        y=[y],
        mode="text",
        text=["not raced yet"],
        textfont={"size": 14, "color": FAINT},
        showlegend=False,
    )


def seconds_axis(span: tuple[float, float]) -> dict[str, Any]:
    """A logarithmic axis of seconds; `span` in powers of ten."""
    return axis(
        "",
        span,
        type="log",
        tickvals=list(SECONDS),
        ticktext=list(SECONDS.values()),
    )


def at_one_size(looks: Sequence[Look]) -> tuple[Any, Any, Any]:
    """What moves with the size: a line to it, the gap there, and each way's time."""
    marker = {
        "size": 11,
        "color": PARAMETER,
        "symbol": [look.symbol for look in looks],
        "line": halo(),
    }
    return (
        scatter(mode="lines", line={"color": PARAMETER, "width": 1.5, "dash": "dot"}),
        scatter(mode="lines", line={"color": GRADIENT, "width": 3}),
        scatter(mode="markers", marker=marker, cliponaxis=False),
    )
