"""Rows against columns: nanoseconds for each number, over the size of a matrix."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, FUNCTION, GRADIENT, PARAMETER
from charts.timings import Heat, not_yet
from core.memory_order import PASSES, SIDES, in_order, jump
from core.stopwatch import Timing, median_of, times
from core.sweep import Readout, Sweep

ORDERS: Mapping[str, str] = {"C": "Row by row (C)", "F": "Column by column (F)"}
NAMES: Mapping[str, str] = {
    "rows": "row after row",
    "columns": "column after column",
    "axis=1": "A.sum(axis=1)",
    "axis=0": "A.sum(axis=0)",
}
LINES: Mapping[str, tuple[str, str, str, float]] = {
    "rows": (FUNCTION, "solid", "circle", 2.5),
    "columns": (GRADIENT, "dash", "square", 2.5),
    "axis=1": (FAINT, "solid", "triangle-up", 1.5),
    "axis=0": (FAINT, "dash", "triangle-down", 1.5),
}
OPTIONS: Mapping[str, str] = {
    "rows": "Row after row",
    "columns": "Column after column",
    "same": "Equal",
}
LOW, HIGH = 0.1, 40.0


def question(order: str) -> tuple[str, Mapping[str, str], str, str]:
    """Which way through a big matrix is faster, and why."""
    stored = "row by row, as NumPy does by itself" if order == "C" else "by columns"
    slow = "columns" if in_order(order) == "rows" else "rows"
    far = jump(SIDES[-1], order, slow)
    side = SIDES[-1]
    return (
        f"A matrix of {side:,} × {side:,} numbers is stored {stored} (order {order}). "
        "You add up one line of it after the other. Which way is faster?",
        OPTIONS,
        in_order(order),
        f"Along {in_order(order)} the next number is 8 bytes further. Along {slow} it "
        f"is {far:,} bytes further: the processor fetches 64 bytes at a time, and "
        "throws 56 of them away.",
    )


def memory_chart(
    _count: int, order: str, answered: bool, heat: Heat
) -> tuple[go.Figure, Sweep]:
    """Nanoseconds for each number, over the side of the matrix."""
    return memory_figure(order, heat.timings if answered else ())


def memory_figure(order: str, timings: Sequence[Timing]) -> tuple[go.Figure, Sweep]:
    """The same, from its parts."""
    table = np.array(
        [[_each(timings, f"{order} {name}", s) for name in PASSES] for s in SIDES]
    )
    traces = [
        scatter(
            x=SIDES,
            y=table[:, at],
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": width},
            marker={"color": colour, "symbol": symbol, "size": 7},
            name=NAMES[name],
            showlegend=True,
        )
        for at, (name, (colour, dash, symbol, width)) in enumerate(LINES.items())
    ]
    missing = bool(np.isnan(table[-1]).all())
    traces += [
        not_yet(700, 3 if missing else float("nan")),
        scatter(
            mode="lines",
            line={"color": PARAMETER, "width": 1.5, "dash": "dot"},
            showlegend=False,
        ),
        scatter(
            mode="markers",
            marker={
                "color": PARAMETER,
                "size": 11,
                "symbol": [symbol for _, _, symbol, _ in LINES.values()],
                "line": halo(),
            },
            showlegend=False,
        ),
    ]
    fig = figure(
        traces,
        height=330,
        showlegend=True,
        margin={"l": 58, "r": 12, "t": 58, "b": 46},
        xaxis=axis(
            "side of the matrix",
            (float(np.log10(42)), float(np.log10(1900))),
            type="log",
            tickvals=SIDES,
            ticktext=[f"{side:,}" for side in SIDES],
        ),
        yaxis=axis(
            "ns for each number",
            (float(np.log10(LOW)), float(np.log10(HIGH))),
            type="log",
            tickvals=[0.1, 0.3, 1, 3, 10, 30],
        ),
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    )
    x = np.array(SIDES, dtype=float)[:, None]
    near, far = in_order(order), "columns" if in_order(order) == "rows" else "rows"
    return fig, Sweep(
        label="side",
        values=x[:, 0],
        shown=tuple(f"{side:,} × {side:,}" for side in SIDES),
        moving={
            5: {"x": np.hstack([x, x]), "y": np.tile([LOW, HIGH], (len(SIDES), 1))},
            6: {"x": np.repeat(x, len(LINES), axis=1), "y": table},
        },
        readout=(
            Readout("memory", tuple(_bytes(8 * side * side) for side in SIDES)),
            Readout(
                f"jump along {far}", tuple(f"{8 * side:,} bytes" for side in SIDES)
            ),
        ),
        says=tuple(_sentence(side, order, near, far, timings) for side in SIDES),
        along_x=True,
    )


def _each(timings: Sequence[Timing], way: str, side: int) -> float:
    found = median_of(timings, way, side)
    return float("nan") if found is None else 1e9 * found / side**2


def _bytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _sentence(
    side: int, order: str, near: str, far: str, timings: Sequence[Timing]
) -> str:
    quick = median_of(timings, f"{order} {near}", side)
    slow = median_of(timings, f"{order} {far}", side)
    if quick is None or slow is None:
        return "Predict, then press Race above: this size has not been timed yet."
    ratio = slow / quick
    if ratio < 1.15:
        return f"Along {far} is as fast as along {near}: all of it fits the cache."
    return f"Along {far} takes {times(ratio)} times as long as along {near}."


NOTICE = (
    "**What to notice.** The same numbers, the same sums, another order in memory. "
    "Small matrices stay in the processor's cache, and each call of NumPy costs more "
    "than its numbers; large ones do not fit, and jumping through memory shows. "
    "**One call for all lines**, `A.sum(axis=…)`, hardly minds: NumPy knows the order "
    "and walks along it in both cases. That is one more reason to leave the loop to it."
)
