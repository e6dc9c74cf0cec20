"""Figures of the loop over examples: the listing with its line, and what it fills."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import figure, scatter
from charts.colours import FAINT, FUNCTION, GRADIENT, PARAMETER, TEXT
from core.loop import (
    LineStep,
    gradients_by_loop,
    gradients_by_matrix,
    listing,
    loop_steps,
    loss,
    same_digits,
)
from core.rounding import readable
from core.sweep import Sweep
from core.tables import as_numbers, cell_problem
from core.types import Array

Numbers = tuple[float, ...]
Rows = tuple[tuple[str, ...], ...]

COLUMNS = ("example", "x1", "x2", "y")
DEFAULT: Rows = (
    ("1", "1", "2", "1"),
    ("2", "-2", "1", "0"),
    ("3", "0.5", "-1", "0"),
    ("4", "3", "0", "1"),
)
MOST = 8
DIGITS = 10
LINE_PIXELS, ROW_PIXELS = 24, 29
HEADS = ("i", "x₁", "x₂", "y", "z", "a", "dz")
# Across the figure: its columns are 1 apart, and sums grow from the middle of it.
ZERO, REACH, VALUE_AT = 3.0, 1.9, 6.3

PHOTOS, PIXELS = 1_000, 12_288
QUESTION = (
    f"Take {PHOTOS:,} photos of {PIXELS:,} features each. In one step of gradient "
    "descent, how often does the line `dw[k] += …` run?",
    float(PHOTOS * PIXELS),
    f"Once for each feature of each example: {PHOTOS:,} · {PIXELS:,}. And as often "
    "again for z. That is why the next chapter gets rid of the loops.",
)
NOTICE = (
    "**What to notice.** `z`, `a` and `dz` are forgotten with each example; `J`, `dw` "
    "and `db` are kept and only ever added to. Nothing is divided by m before the last "
    "example is done, and `w` and `b` do not change during the loop: all examples see "
    "the same neuron. Python counts from 0, so the notes' example 1 is `i = 0`, and "
    "x₁ meets `w[0]`."
)
USUAL_ROWS = (
    "**This table cannot be used yet.** Until it can, the loop runs over the usual "
    "four examples, not over these."
)
MATRICES = (
    r"\begin{aligned} A &= \sigma(w^T X + b) \\"
    r"dw &= \tfrac{1}{m} \, X (A - Y)^T \\"
    r"db &= \tfrac{1}{m} \textstyle\sum_i (A - Y)^{(i)} \end{aligned}"
)


@dataclass(frozen=True)
class Examples:
    """Features and labels, one number for each example; why not, if they are not."""

    x1: Numbers
    x2: Numbers
    y: Numbers
    problem: str = ""


def read_examples(rows: Rows, w: Numbers, b: float) -> Examples:
    """The learner's examples, or the first four with the reason in one sentence."""
    try:
        if not rows:
            raise ValueError("The table is empty: the loop needs an example.")
        for number, row in enumerate(rows, start=1):
            for column, cell in zip(COLUMNS[1:], row[1:], strict=True):
                if why := cell_problem(cell) or label_problem(column, cell):
                    raise ValueError(f"Row {number}, {column}: {why}")
        x1, x2, y = (tuple(c) for c in as_numbers([r[1:] for r in rows]).T.tolist())
        found = Examples(x1, x2, y)
        loop_steps(*arrays(found, w), b)
    except ValueError as reason:
        x1, x2, y = (tuple(c) for c in as_numbers([r[1:] for r in DEFAULT]).T.tolist())
        return Examples(x1, x2, y, str(reason))
    return found


def label_problem(column: str, cell: str) -> str:
    """Why a number is no label, if it should be one; '' if nothing is wrong."""
    if column != "y" or float(cell) in (0, 1):
        return ""
    return f"{cell} is no label. A label is 0 or 1."


def arrays(examples: Examples, w: Numbers) -> tuple[Array, Array, Array]:
    """X (2, m), Y (1, m), w (2, 1)."""
    X = np.array([examples.x1, examples.x2])
    return X, np.array([examples.y]), np.array(w)[:, None]


# ---- the listing ---------------------------------------------------------------


def listing_chart(examples: Examples, w: Numbers, b: float) -> tuple[go.Figure, Sweep]:
    """The loop's own lines; the one that has just run is marked."""
    X, Y, weights = arrays(examples, w)
    steps = loop_steps(X, Y, weights, b)
    lines = listing()[:-1]
    at = np.array([-float(step.line) for step in steps])[:, None]
    count = len(steps)
    code = scatter(
        x=[0] * len(lines),
        y=[-i for i in range(len(lines))],
        # A space at the start of a line would be swallowed.
        text=[line.replace(" ", "\u00a0") for line in lines],
        mode="text",
        textposition="middle right",
        textfont={
            "family": "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
            "size": 12,
            "color": TEXT,
        },
        cliponaxis=False,
    )
    marked = scatter(mode="lines", line={"color": PARAMETER, "width": 21}, opacity=0.22)
    arrow = scatter(mode="text", text=["→"], textfont={"color": PARAMETER, "size": 16})
    fig = figure(
        [code, marked, arrow],
        height=LINE_PIXELS * len(lines) + 8,
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        xaxis=_hidden(-2.2, 33),
        yaxis=_hidden(0.5 - len(lines), 0.5),
    )
    return fig, Sweep(
        label="line run",
        values=np.arange(1, count + 1),
        shown=tuple(f"{i} of {count}" for i in range(1, count + 1)),
        moving={
            1: {"x": np.tile([-0.4, 33.0], (count, 1)), "y": np.hstack([at, at])},
            2: {"x": np.full((count, 1), -1.2), "y": at},
        },
        says=tuple(
            _sentence(step, before, X, Y, weights, b)
            for step, before in zip(steps, (steps[0], *steps[:-1]), strict=True)
        ),
        run=True,
    )


def _sentence(
    step: LineStep, before: LineStep, X: Array, Y: Array, w: Array, b: float
) -> str:
    """What the line did, with its numbers."""
    m, i, k = X.shape[1], step.i or 0, step.k or 0
    # Only what a line has computed may be written: the rest is not there yet.
    z, a, dz = (0.0 if v is None else v for v in (step.z, step.a, step.dz))
    x = readable(float(X[k, i]))
    y = float(Y[0, i])
    said = {
        1: lambda: "All sums start at 0.",
        2: lambda: f"Example {i + 1} of {m} begins.",
        3: lambda: f"z starts at b = {readable(b)}.",
        4: lambda: f"Next feature of this example: k = {k}.",
        5: lambda: (
            f"w[{k}] · X[{k}, {i}] = {readable(float(w[k, 0]))} · {x} is added: "
            f"z = {readable(z)}."
        ),
        6: lambda: f"The neuron's answer for this example: a = {readable(a)}.",
        7: lambda: (
            f"Its loss, {readable(loss(a, y))}, is added: J = {readable(step.J)}."
        ),
        8: lambda: f"How far off: dz = {readable(a)} − {readable(y)} = {readable(dz)}.",
        9: lambda: f"Next feature again: k = {k}.",
        10: lambda: (
            f"x · dz = {x} · {readable(dz)} is added: dw[{k}] = {readable(step.dw[k])}."
        ),
        11: lambda: f"dz itself is added: db = {readable(step.db)}.",
        12: lambda: (
            f"After all {m} examples: {readable(before.J)} / {m} = {readable(step.J)}."
        ),
        13: lambda: f"Next slope: k = {k}.",
        14: lambda: (
            f"dw[{k}] = {readable(before.dw[k])} / {m} = {readable(step.dw[k])}."
        ),
        15: lambda: f"db = {readable(before.db)} / {m} = {readable(step.db)}. Done.",
    }
    return said[step.line]()


# ---- what it fills ---------------------------------------------------------------


def sums_chart(examples: Examples, w: Numbers, b: float) -> tuple[go.Figure, Sweep]:
    """The table of examples as it is worked through, and the four sums."""
    X, Y, weights = arrays(examples, w)
    steps = loop_steps(X, Y, weights, b)
    m, count = X.shape[1], len(steps)
    cells = _cells_in_time(steps, m)
    sums = np.array([[step.J, *step.dw, step.db] for step in steps])
    scale = REACH / max(float(np.abs(sums).max()), 1e-9)
    tops = -(m + 1.6) - np.arange(4)
    names = ("J", "dw[0]", "dw[1]", "db")
    given = [
        (str(i), *(readable(float(v), 3) for v in (*X[:, i], Y[0, i])))
        for i in range(m)
    ]
    spots = [(c, -(i + 1.0)) for i in range(m) for c in (4, 5, 6)]
    highest, lowest = 0.5, float(tops[-1]) - 0.6
    # No example is at work before the loop begins and once it is over.
    rows = [np.nan if s.line > 11 or s.i is None else -(s.i + 1.0) for s in steps]
    active = np.array(rows)
    traces = [
        _words(
            [(c, 0) for c in range(7)] + [(0.0, float(y)) for y in tops],
            [*HEADS, *names],
            FAINT,
        ),
        _words(
            [(c, -(i + 1.0)) for i in range(m) for c in range(4)],
            [cell for row in given for cell in row],
            TEXT,
        ),
        _stroke([(-0.5, -0.5), (6.5, -0.5)], FAINT, 1),
        _stroke([(ZERO, highest - m - 1.6), (ZERO, lowest + 0.1)], FAINT, 1),
        scatter(mode="lines", line={"color": PARAMETER, "width": 25}, opacity=0.18),
        _words(spots, None, PARAMETER),
        scatter(mode="lines", line={"color": FUNCTION, "width": 13}),
        scatter(mode="lines", line={"color": GRADIENT, "width": 13}),
        _words([(VALUE_AT, float(y)) for y in tops], None, TEXT),
    ]
    ends = ZERO + scale * sums
    gap = np.full((count, 1), np.nan)
    zero = np.full((count, 1), ZERO)
    slopes_x = np.hstack(
        [part for j in (1, 2, 3) for part in (zero, ends[:, [j]], gap)]
    )
    slopes_y = np.hstack([part for y in tops[1:] for part in _level(y, count)])
    fig = figure(
        traces,
        height=round(ROW_PIXELS * (highest - lowest)) + 8,
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        xaxis=_hidden(-0.6, 6.8),
        yaxis=_hidden(lowest, highest),
    )
    return fig, Sweep(
        label="line run",
        values=np.arange(1, count + 1),
        shown=tuple(f"{i} of {count}" for i in range(1, count + 1)),
        moving={
            4: {
                "x": np.tile([-0.5, 6.6], (count, 1)),
                "y": np.stack([active, active], axis=1),
            },
            5: {"text": cells},
            6: {
                "x": np.hstack([zero, ends[:, [0]]]),
                "y": np.full((count, 2), tops[0]),
            },
            7: {"x": slopes_x, "y": slopes_y},
            8: {"text": [[readable(float(v)) for v in row] for row in sums]},
        },
    )


def _level(y: float, count: int) -> tuple[Array, Array, Array]:
    level = np.full((count, 1), y)
    return level, level, np.full((count, 1), np.nan)


def _cells_in_time(steps: Sequence[LineStep], m: int) -> list[list[str]]:
    """z, a and dz of every example in every frame: empty until they are computed."""
    seen = [["", "", ""] for _ in range(m)]
    frames = []
    for step in steps:
        # What an example leaves behind still stands when the next one begins.
        computed = {3: 1, 4: 1, 5: 1, 6: 2, 7: 2, 8: 3, 9: 3, 10: 3, 11: 3}
        known = computed.get(step.line, 0)
        numbers = (step.z, step.a, step.dz)[:known]
        if step.i is not None:
            for j, number in enumerate(numbers):
                if number is not None:
                    seen[step.i][j] = readable(number, 3)
        frames.append([cell for row in seen for cell in row])
    return frames


def _words(
    spots: Sequence[tuple[float, float]], words: Sequence[str] | None, colour: str
) -> go.Scatter:
    return scatter(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        text=words,
        mode="text",
        textfont={"size": 13, "color": colour},
    )


def _stroke(
    points: Sequence[tuple[float, float]], colour: str, width: float
) -> go.Scatter:
    return scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        line={"color": colour, "width": width},
    )


def _hidden(low: float, high: float) -> dict[str, object]:
    return {"visible": False, "fixedrange": True, "range": (low, high)}


# ---- loop against matrices -------------------------------------------------------


def compare_table(examples: Examples, w: Numbers, b: float) -> pd.DataFrame:
    """J, dw and db, by the loop and by the matrices."""
    X, Y, weights = arrays(examples, w)
    by_loop = gradients_by_loop(X, Y, weights, b)
    by_matrix = gradients_by_matrix(X, Y, weights, b)
    names = ("J", "dw[0]", "dw[1]", "db")
    pairs = zip(
        names,
        (by_loop.J, *by_loop.dw, by_loop.db),
        (by_matrix.J, *by_matrix.dw, by_matrix.db),
        strict=True,
    )
    return pd.DataFrame(
        [
            (name, readable(one, DIGITS), readable(two, DIGITS))
            for name, one, two in pairs
        ],
        columns=["", "by the loop", "by matrices"],
    )


def compare_sentence(examples: Examples, w: Numbers, b: float) -> str:
    """Whether both agree."""
    X, Y, weights = arrays(examples, w)
    results = (f(X, Y, weights, b) for f in (gradients_by_loop, gradients_by_matrix))
    if same_digits(*results, DIGITS):
        return "The loop and the matrices agree to the last digit shown."
    return "They differ in the last digits only, because they add in another order."


SCRIPT_PRINTS = (
    ("J", "gradients_by_loop(X, Y, w, b).J"),
    ("dw[0]", "gradients_by_loop(X, Y, w, b).dw[0]"),
    ("dw[1]", "gradients_by_loop(X, Y, w, b).dw[1]"),
    ("db", "gradients_by_loop(X, Y, w, b).db"),
    ("J by matrices", "gradients_by_matrix(X, Y, w, b).J"),
)
