"""The race of loops against NumPy: times over n, and the sums that come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, scatter
from charts.colours import FAINT, FUNCTION, GRADIENT
from charts.timings import (
    Heat,
    Look,
    at_one_size,
    line,
    names,
    not_yet,
    seconds_axis,
    spread_bars,
)
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
    return range_of(found.ratio), (
        f"When this server first ran it, the loop took {duration(found.loop)} and "
        f"`np.dot` {duration(found.dot)}: {times(found.ratio)} times faster. The loop "
        "makes a Python object of each number, asks for its type, and looks up how to "
        "multiply; `np.dot` does that once for all."
    )


def range_of(ratio: float) -> str:
    """In which of the ranges that are offered a ratio lies."""
    return str(10 ** int(np.clip(np.floor(np.log10(ratio)), 0, 3)))


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
    looks = {way: LOOKS[way] for way in ways}
    traces = [spread_bars(timings, ways)]
    traces += [line(timings, way, look) for way, look in looks.items()]
    traces += names(timings, looks)
    if median_of(timings, "np.dot", MOST_LOOPED) is None:
        traces.append(not_yet(10.0**5.4, 10.0**-3.6))
    first = len(traces)
    number, gap, ways_there = at_one_size(list(looks.values()))
    font = {"size": 15, "color": GRADIENT}
    ratio = scatter(mode="text", textposition="middle right", textfont=font)
    traces += [number, gap, ratio, ways_there]
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
        yaxis=seconds_axis(SPAN_Y),
    )
    moving: dict[int, dict[str, object]] = {
        first: {"x": np.hstack([n, n]), "y": ends},
        first + 1: {"x": np.hstack([n, n]), "y": both},
        first + 2: {
            "x": n,
            "y": middle,
            # Between six lines and their names there is no room for it.
            "text": [
                (f"{times(r)} ×" if r and len(ways) == 2 else "",) for r in ratios
            ],
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
    "half a microsecond or more by itself. The gap is widest where both vectors still "
    "fit the processor's cache; beyond that `np.dot` waits for memory, which the loop "
    "is too slow to notice. **NumPy called for each number** is the slowest of all: it "
    "pays for the call n times. A loop over an array is slower than one over a list, "
    "because each `a[i]` makes a new Python object. `sum` with a generator or a list "
    "is a loop, too."
)
PRINTS = (
    ("by the loop", "sums(kind, n).loop"),
    ("by np.dot", "sums(kind, n).dot"),
    ("exact", "sums(kind, n).exact"),
    ("timed", "duel_words(n)"),
)
