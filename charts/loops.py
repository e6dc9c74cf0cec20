"""The race of loops against NumPy: times over n, and the sums that come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo
from charts.colours import FAINT, FUNCTION, GRADIENT, PARAMETER
from core.race import (
    MOST_LOOPED,
    SIZES,
    Duel,
    Sums,
    faster_by,
    sums_at_every_size,
)
from core.rounding import readable
from core.stopwatch import Timing, duration, median_of, times
from core.sweep import Readout, Sweep

DIGITS = 12
HEIGHT = 400
# Powers of ten: ten terms to ten million, so that the slider stands under the point.
SPAN_X, SPAN_Y = (1.0, 7.0), (-6.6, 1.0)


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


LOOKS: Mapping[str, Look] = {
    "np.dot": Look("np.dot", "`np.dot(a, b)`", FUNCTION, "solid", "circle"),
    "loop": Look("loop", "loop over arrays", FUNCTION, "dash", "square"),
    "lists": Look("loop, lists", "loop over lists", FAINT, "dot", "diamond"),
    "generator": Look("generator", "`sum(generator)`", FAINT, "dashdot", "triangle-up"),
    "comprehension": Look(
        "list", "`sum([a list])`", FAINT, "longdash", "triangle-down"
    ),
    "one by one": Look("one by one", "NumPy for each number", FAINT, "solid", "x"),
}
SHOWN: Mapping[str, tuple[str, ...]] = {
    "two": ("np.dot", "loop"),
    "all": tuple(LOOKS),
}
SHOW: Mapping[str, str] = {"two": "Loop and np.dot", "all": "All six ways"}
DATA: Mapping[str, str] = {
    "random": "Random",
    "signed": "With signs",
    "tenths": "All 0.1 · 1",
}

ANSWERS: Mapping[str, str] = {
    "1": "less than 10",
    "10": "10 to 100",
    "100": "100 to 1,000",
    "1000": "more than 1,000",
}
QUESTION = (
    "Two vectors of n = 1,000,000 numbers. How many times faster than a Python loop is "
    "`np.dot(a, b)`, on this server?"
)
WHERE_THE_SUMS_DIFFER: Mapping[str, str] = {
    "random": "Each addition rounds in the 16th digit. The loop adds from left to "
    "right; `np.dot` keeps several sums at once and joins them at the end. Other "
    "order, other rounding: neither is wrong.",
    "signed": "Here the terms nearly cancel: the sum is small beside its terms, so "
    "the same rounding is a larger part of it.",
    "tenths": "0.1 has no exact binary form, and the loop rounds n times in the same "
    "direction once its sum is large: its error piles up. `np.dot` adds many small "
    "sums, whose errors stay small.",
}


def verdict(found: Duel) -> tuple[str, str]:
    """The right answer to the question, and why, with what was measured."""
    truth = str(10 ** int(np.clip(np.floor(np.log10(found.ratio)), 0, 3)))
    return truth, (
        f"When this server first ran it, the loop took {duration(found.loop)} and "
        f"`np.dot` {duration(found.dot)}: {times(found.ratio)} times faster. The loop "
        "makes a Python object of each number, asks for its type, and looks up how to "
        "multiply; `np.dot` does that once for all."
    )


# ---- the figure -------------------------------------------------------------------


@dataclass(frozen=True)
class Raced:
    """What the figure is drawn from: the times, and the sums."""

    heat: Heat
    results: Mapping[int, Sums]


def race_chart(
    _count: int, show: str, _data: str, raced: Raced
) -> tuple[go.Figure, Sweep]:
    """Seconds over n for each way, log-log; the gap at the n that is dragged.

    The count of the race and the kind of numbers say what is in `raced`.
    """
    return race_figure(show, raced.heat.timings, raced.results)


def race_figure(
    show: str, timings: Sequence[Timing], results: Mapping[int, Sums]
) -> tuple[go.Figure, Sweep]:
    """The same, from its parts."""
    ways = SHOWN[show]
    traces = [spread_bars(timings, ways), *(line(timings, way) for way in ways)]
    traces += names(timings, ways)
    first = len(traces)
    looks = [LOOKS[way] for way in ways]
    traces += [
        go.Scatter(
            mode="lines", line={"color": PARAMETER, "width": 1.5, "dash": "dot"}
        ),
        go.Scatter(mode="lines", line={"color": GRADIENT, "width": 3}),
        go.Scatter(
            mode="text",
            textposition="middle right",
            textfont={"size": 15, "color": GRADIENT},
        ),
        go.Scatter(
            mode="markers",
            marker={
                "size": 11,
                "color": PARAMETER,
                "symbol": [look.symbol for look in looks],
                "line": halo(),
            },
        ),
    ]
    n = np.array(SIZES, dtype=float)[:, None]
    count = len(SIZES)
    medians = np.array(
        [[median_of(timings, way, size) or np.nan for way in ways] for size in SIZES]
    )
    both = medians[:, :2]
    middle = np.sqrt(both[:, :1] * both[:, 1:])
    ratios = [faster_by(timings, "loop", size) for size in SIZES]
    ends = np.tile([10.0 ** SPAN_Y[0], 10.0 ** SPAN_Y[1]], (count, 1))
    fig = figure(
        traces,
        height=HEIGHT,
        margin={"l": 58, "r": 66, "t": 10, "b": 46},
        xaxis=axis(
            "n, terms of the sum",
            SPAN_X,
            type="log",
            tickvals=[10, 1000, 100_000, 10_000_000],
            ticktext=["10", "1,000", "100,000", "10 million"],
        ),
        yaxis=axis(
            "",
            SPAN_Y,
            type="log",
            tickvals=[1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1],
            ticktext=["1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "0.1 s", "1 s"],
        ),
    )
    moving: dict[int, dict[str, object]] = {
        first: {"x": np.hstack([n, n]), "y": ends},
        first + 1: {"x": np.hstack([n, n]), "y": both},
        first + 2: {
            "x": n,
            "y": middle,
            "text": [(f"{times(r)} ×" if r else "",) for r in ratios],
        },
        first + 3: {"x": np.repeat(n, len(ways), axis=1), "y": medians},
    }
    return fig, Sweep(
        label="n",
        values=np.array(SIZES, dtype=float),
        shown=tuple(f"{size:,}" for size in SIZES),
        moving=moving,
        readout=(
            Readout("np.dot", _times(timings, "np.dot")),
            Readout("loop", _times(timings, "loop")),
            Readout(
                "loop / np.dot",
                tuple(times(r) if r else "–" for r in ratios),
                "gradient",
            ),
        ),
        says=tuple(_sentence(size, timings, results.get(size)) for size in SIZES),
        along_x=True,
    )


def line(timings: Sequence[Timing], way: str) -> go.Scatter:
    """The medians of one way."""
    mine = [t for t in timings if t.way == way]
    look = LOOKS[way]
    return go.Scatter(
        x=[t.size for t in mine],
        y=[t.median for t in mine],
        mode="lines+markers",
        line={"color": look.colour, "dash": look.dash, "width": 2.5},
        marker={"symbol": look.symbol, "size": 7, "color": look.colour},
    )


def spread_bars(timings: Sequence[Timing], ways: Sequence[str]) -> go.Scatter:
    """The middle half of the samples, as upright strokes behind the points."""
    mine = [t for t in timings if t.way in ways]
    return go.Scatter(
        x=[x for t in mine for x in (t.size, t.size, None)],
        y=[y for t in mine for y in (t.low, t.high, None)],
        mode="lines",
        line={"color": FAINT, "width": 7},
        opacity=0.45,
    )


def names(timings: Sequence[Timing], ways: Sequence[str]) -> list[go.Scatter]:
    """The name of each line at its right end, none over another."""
    last = [
        max((t for t in timings if t.way == way), key=lambda t: t.size, default=None)
        for way in ways
    ]
    ends = sorted(
        ((t.median, t.size, t.way) for t in last if t is not None), reverse=True
    )
    labels, free = [], np.inf
    for median, size, way in ends:
        # 0.42 powers of ten are the height of a line of text.
        height = min(np.log10(median), free - 0.42)
        free = height
        look = LOOKS[way]
        labels.append(
            go.Scatter(
                x=[size * 1.25],
                y=[10.0**height],
                mode="text",
                text=[look.short],
                textposition="middle right",
                textfont={"size": 13, "color": look.colour},
                cliponaxis=False,
            )
        )
    reached = max((size for _, size, _ in ends), default=1)
    if reached < MOST_LOOPED:
        labels.append(
            go.Scatter(
                x=[10.0**5.4],
                y=[10.0**-3.6],
                mode="text",
                text=["not raced yet"],
                textfont={"size": 14, "color": FAINT},
            )
        )
    return labels


def _times(timings: Sequence[Timing], way: str) -> tuple[str, ...]:
    found = [median_of(timings, way, size) for size in SIZES]
    return tuple("–" if t is None else duration(t) for t in found)


def _sentence(n: int, timings: Sequence[Timing], result: Sums | None) -> str:
    """What the race and the sums say for n terms."""
    if median_of(timings, "np.dot", n) is None:
        return f"{n:,} terms have not been raced here yet: press Race."
    if result is None:
        return f"{n:,} terms for np.dot alone: the loop would take ten times a million."
    ratio = faster_by(timings, "loop", n)
    if ratio is None:
        return f"{n:,} terms: there was no time left for the loop."
    said = f"{n:,} terms: np.dot is {times(ratio)} times faster"
    if ratio < 1:
        said = f"{n:,} terms: the loop is {times(1 / ratio)} times faster"
    apart = abs(result.loop - result.dot)
    if not apart:
        return f"{said}, and the two sums are the same to the last bit."
    return f"{said}; the two sums differ by {readable(apart, 2)}."


# ---- tables and words -------------------------------------------------------------


def results_of(data: str) -> Mapping[int, Sums]:
    """The sums at every n, by n."""
    return {found.n: found for found in sums_at_every_size(data)}


def terms_summed(n: float) -> int:
    """How many terms are added up for the table: at most what the loop is given."""
    return min(int(n), MOST_LOOPED)


def time_table(n: float, heat: Heat) -> pd.DataFrame:
    """Every way at this n: median, middle half, and how many times np.dot's."""
    size = int(n)
    timings = {t.way: t for t in heat.timings if t.size == size}
    rows = []
    for way, look in LOOKS.items():
        timed = timings.get(way)
        ratio = faster_by(heat.timings, way, size)
        rows.append(
            (
                look.long,
                duration(timed.median) if timed else "not timed",
                f"{duration(timed.low)} to {duration(timed.high)}" if timed else "–",
                f"{times(ratio)} ×" if ratio else "–",
            )
        )
    columns = [f"{size:,} terms", "median", "middle half", "np.dot = 1"]
    return pd.DataFrame(rows, columns=columns)


def sum_table(n: float, results: Mapping[int, Sums]) -> pd.DataFrame:
    """The sum of the first n products, three ways, and how far apart they are."""
    found = results[terms_summed(n)]
    apart = readable(abs(found.loop - found.dot), 2)
    rows = [
        ("by the loop", readable(found.loop, DIGITS)),
        ("by np.dot", readable(found.dot, DIGITS)),
        ("exact", readable(found.exact, DIGITS)),
        ("loop and np.dot apart", apart),
    ]
    return pd.DataFrame(rows, columns=[f"sum of {found.n:,} products", "value"])


def notice(n: float, data: str, results: Mapping[int, Sums]) -> str:
    """What to notice, with the sums at this n."""
    found = results[terms_summed(n)]
    loop, dot = abs(found.loop - found.exact), abs(found.dot - found.exact)
    return (
        f"**The sums.** {WHERE_THE_SUMS_DIFFER[data]} With {found.n:,} terms the "
        f"loop is off by {_error(loop)}, `np.dot` by {_error(dot)}."
    )


def _error(apart: float) -> str:
    return readable(apart, 2) if apart else "nothing"


WHY = (
    "**What to notice.** For ten terms there is little to gain: calling NumPy costs "
    "about a microsecond by itself. The gap is widest where "
    "both vectors still fit the processor's cache; beyond that `np.dot` waits for "
    "memory, which the loop is too slow to notice. **NumPy called "
    "for each number** is the slowest of all: it pays that microsecond n times. A loop "
    "over an array is slower than one over a list, because each `a[i]` makes a new "
    "Python object. `sum` with a generator or a list is a loop, too."
)
PRINTS = (
    ("by the loop", "sums(kind, n).loop"),
    ("by np.dot", "sums(kind, n).dot"),
    ("exact", "sums(kind, n).exact"),
    ("timed", "duel_words(n)"),
)
