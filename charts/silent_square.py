"""Y of shape (m,) meets A of shape (m, 1): the silent (m, m), its cost, its memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.arrays import Block, still
from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1, TEXT
from core.rank_one import (
    Costs,
    Silent,
    costs_of_first,
    dZ_with,
    examples,
    in_three_shapes,
    meeting,
)
from core.rounding import readable
from core.sweep import Sweep
from core.types import Array

# The three shapes of m numbers, by their name in the address.
KINDS: Mapping[str, str] = {"rank_one": "(m,)", "row": "(1, m)", "column": "(m, 1)"}
EXAMPLES = 10_000
FEW = 5
COUNTS = np.round(np.geomspace(10, EXAMPLES, 91))
INTRODUCTION = (
    "Labels read from a file often have shape `(m,)`. Subtract them from predictions "
    "of shape `(m, 1)`, and NumPy stretches both without a word."
)
# For predict.number: question, truth, explanation.
QUESTION = (
    "Y `(m,)` meets A `(m, 1)` with m = 50,000 examples. How many GB does A − Y take? "
    "A number takes 8 bytes, 1 GB is 10⁹ of them.",
    meeting((50_000,), (50_000, 1)).bytes / 1e9,
    "50,000 × 50,000 numbers of 8 bytes each. Meant were 50,000 of them, 0.4 MB.",
)


@dataclass(frozen=True)
class Line:
    """One curve over m: its name, its values and what it looks like."""

    name: str
    y: Array
    colour: str
    dash: str
    symbol: str


def shapes_of(kind_Y: str, kind_A: str, m: int) -> tuple[tuple[int, ...], ...]:
    """The shapes of Y, of A, and of what comes out where they meet."""
    sizes = {"rank_one": (m,), "row": (1, m), "column": (m, 1)}
    return sizes[kind_Y], sizes[kind_A], meeting(sizes[kind_Y], sizes[kind_A]).shape


def is_square(kind_Y: str, kind_A: str) -> bool:
    """Whether these two shapes silently make an (m, m)."""
    return shapes_of(kind_Y, kind_A, 2)[2] == (2, 2)


def memory_chart(kind_Y: str, kind_A: str) -> tuple[go.Figure, Sweep]:
    """The bytes of A − Y against m, beside those that were meant."""
    square = is_square(kind_Y, kind_A)
    counts = [int(m) for m in COUNTS]
    met = [meeting(*shapes_of(kind_Y, kind_A, m)[:2]) for m in counts]
    lines = [Line("meant", 8.0 * COUNTS, CLASS_1, "solid", "diamond")]
    if square:
        got = np.array([one.bytes for one in met], dtype=np.float64)
        lines.append(Line("you get", got, CLASS_0, "dash", "circle"))
    traces, moving = _followed(lines, (2e9, 2.5e8), memory)
    fig = figure(
        traces,
        height=300,
        margin={"l": 58, "r": 28, "t": 8, "b": 44},
        xaxis=_log("m, examples", (0.95, 4.12), (10, 100, 1000, 10_000)),
        yaxis=_log("", (1.5, 9.8), (1e3, 1e6, 1e9), memory),
    )
    costs = costs_of_first(examples(EXAMPLES), COUNTS)
    sweep = Sweep(
        label="m",
        values=COUNTS,
        shown=tuple(f"{m:,}" for m in counts),
        moving=moving,
        says=tuple(
            _bite(m, one, costs, i, square)
            for i, (m, one) in enumerate(zip(counts, met, strict=True))
        ),
        along_x=True,
    )
    return fig, sweep


def cost_chart(kind_Y: str, kind_A: str) -> tuple[go.Figure, Sweep]:
    """The cost of the first m examples: as meant, from the square, and its mean."""
    costs = costs_of_first(examples(EXAMPLES), COUNTS)
    lines = [Line("meant", costs.right, CLASS_1, "solid", "diamond")]
    if is_square(kind_Y, kind_A):
        lines += [
            Line("you get", costs.J, CLASS_0, "dash", "circle"),
            Line("with mean()", costs.J_mean, CLASS_0, "dot", "square"),
        ]
    traces, moving = _followed(lines, (2e5, 4e4, 8e3), lambda v: readable(v, 3))
    fig = figure(
        traces,
        height=300,
        margin={"l": 58, "r": 28, "t": 8, "b": 44},
        xaxis=_log("m, examples", (0.95, 4.12), (10, 100, 1000, 10_000)),
        yaxis=_log("", (-1.2, 5.8), (0.1, 1, 10, 100, 1000, 10_000)),
    )
    shown = tuple(f"{int(m):,}" for m in COUNTS)
    return fig, Sweep(label="m", values=COUNTS, shown=shown, moving=moving)


def _followed(
    lines: Sequence[Line], heights: Sequence[float], write: Callable[[float], str]
) -> tuple[list[Any], dict[int, dict[str, Any]]]:
    """Curves over m, each with a point that follows m and a line of a moving legend.

    heights: where the lines of the legend stand, in the corner that stays empty.
    """
    traces: list[Any] = []
    moving: dict[int, dict[str, Any]] = {}
    for line, height in zip(lines, heights, strict=False):
        marker = {"color": line.colour, "symbol": line.symbol, "size": 12}
        stroke = {"color": line.colour, "width": 2.5, "dash": line.dash}
        legend = [(f" {line.name} {write(float(v))}",) for v in line.y]
        moving[len(traces) + 1] = {"x": COUNTS[:, None], "y": line.y[:, None]}
        moving[len(traces) + 2] = {"text": legend}
        traces += [
            scatter(x=COUNTS, y=line.y, mode="lines", line=stroke),
            scatter(mode="markers", marker={**marker, "line": halo()}),
            scatter(
                x=[11.5],
                y=[height],
                mode="markers+text",
                marker=marker,
                textposition="middle right",
                textfont={"size": 14, "color": TEXT},
            ),
        ]
    return traces, moving


def _bite(m: int, met: Silent, costs: Costs, i: int, square: bool) -> str:
    shape, right = _shape(met.shape), readable(float(costs.right[i]), 3)
    if not square:
        return f"{shape} takes {memory(met.bytes)}, and J = {right}: as meant."
    return (
        f"{shape} takes {memory(met.bytes)}, not {memory(8.0 * m)}. "
        f"J = {readable(float(costs.J[i]), 3)}, not {right}."
    )


def difference_chart(kind_Y: str, kind_A: str) -> go.Figure:
    """dZ = A − Y for five examples, as it comes out and as it was meant."""
    batch = examples(FEW)
    Y, A = (
        getattr(in_three_shapes(batch.Y), kind_Y),
        getattr(in_three_shapes(batch.A), kind_A),
    )
    made = dZ_with(Y, A)
    dZ = made.dZ
    diagonal = np.eye(FEW, dtype=bool) if dZ.shape == (FEW, FEW) else None
    drawn = [
        Block(made.right[None], 0, -0.9, "meant: <b>(1, 5)</b>", usual=0.5),
        Block(
            dZ[None],
            0,
            -3.0,
            f"you get: <b>{dZ.shape}</b>",
            marked=diagonal,
            usual=0.5,
        ),
    ]
    return still(drawn, FEW, -8.6)


def bite_table(kind_Y: str, kind_A: str, m: int) -> pd.DataFrame:
    """The numbers of the two figures at one m: as meant, and as they come out."""
    costs = costs_of_first(examples(EXAMPLES), np.array([m]))
    *_, shape = shapes_of(kind_Y, kind_A, m)
    square = is_square(kind_Y, kind_A)
    right = readable(float(costs.right[0]))
    got, mean = (
        (readable(float(costs.J[0])), readable(float(costs.J_mean[0])))
        if square
        else (right, right)
    )
    bytes_ = meeting(*shapes_of(kind_Y, kind_A, m)[:2]).bytes
    rows = (
        ("shape of dZ = A − Y", f"(1, {m:,})", _shape(shape)),
        ("its bytes", f"{8 * m:,}", f"{bytes_:,}"),
        ("J = losses.sum() / m", right, got),
        ("J = losses.mean()", right, mean),
    )
    return pd.DataFrame(rows, columns=[f"m = {m:,}", "meant", "you get"])


def notice(kind_Y: str, kind_A: str) -> str:
    """What to notice about this pair of shapes."""
    Y, A = KINDS[kind_Y], KINDS[kind_A]
    if is_square(kind_Y, kind_A):
        return (
            f"Y `{Y}` and A `{A}` are stretched over each other: every prediction "
            "meets every label. Only the framed diagonal was meant. NumPy does not "
            "complain, and `losses.mean()` hides it: its J looks like any cost. Only a "
            "second look is surprised, for every prediction here is on the right side "
            "of one half, and yet J is worse than guessing (0.69)."
        )
    if kind_Y == kind_A == "rank_one":
        return (
            "Both have one axis, so each prediction meets its own label. It works "
            "until the first of the two becomes a column."
        )
    shape = shapes_of(kind_Y, kind_A, FEW)[2]
    same = "the same shape" if kind_Y == kind_A else "shapes that line up"
    return (
        f"Y `{Y}` and A `{A}` have {same}, so each prediction meets its own label, "
        f"and dZ has shape `{_shape(shape).replace('5', 'm')}`."
    )


def meeting_formula(kind_Y: str, kind_A: str) -> str:
    """A − Y with the shape of each part under it."""
    shape = str(shapes_of(kind_Y, kind_A, FEW)[2]).replace("5", "m")
    parts = (("A", KINDS[kind_A]), ("Y", KINDS[kind_Y]))
    A, Y = (rf"\underbrace{{{name}}}_{{{shape}}}" for name, shape in parts)
    return rf"\underbrace{{dZ}}_{{{shape}}} = {A} - {Y}"


def memory(size: float) -> str:
    """A number of bytes for reading: 80 kB, 800 MB."""
    for unit, one in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= one:
            return f"{readable(size / one, 3)} {unit}"
    return f"{readable(size, 3)} B"


def _shape(shape: tuple[int, ...]) -> str:
    """(10,000, 10,000), with the commas that make it readable."""
    inside = ", ".join(f"{n:,}" for n in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def _log(
    title: str,
    decades: tuple[float, float],
    ticks: Sequence[float],
    write: Callable[[float], str] = lambda v: f"{v:,g}",
) -> dict[str, Any]:
    """A log axis with its ticks written out."""
    return axis(
        title,
        decades,
        type="log",
        fixedrange=True,
        tickvals=list(ticks),
        ticktext=[write(v) for v in ticks],
    )


def script_values(kind_Y: str, kind_A: str, m: int) -> dict[str, object]:
    """What the take-home script holds of them."""
    shape_Y, shape_A, _ = shapes_of(kind_Y, kind_A, m)
    return {"m": m, "shape_Y": shape_Y, "shape_A": shape_A}


def script_prints(kind_Y: str, kind_A: str) -> tuple[tuple[str, str], ...]:
    """What the take-home script prints of the figures about Y and A."""
    costs = "costs_of_first(examples(10_000), np.array([m]))"
    J, J_mean = ("J", "J_mean") if is_square(kind_Y, kind_A) else ("right", "right")
    return (
        ("shape of A - Y", "meeting(shape_Y, shape_A).shape"),
        ("its bytes", "meeting(shape_Y, shape_A).bytes"),
        ("J as meant", f"{costs}.right[0]"),
        ("J = losses.sum() / m", f"{costs}.{J}[0]"),
        ("J = losses.mean()", f"{costs}.{J_mean}[0]"),
    )
