"""W X beside Wᵀ X while n_h is dragged: an error, and once a silent wrong answer."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.base import figure, scatter
from charts.colours import CLASS_0, CLASS_1, GRID, TEXT
from charts.grids import EDGE, number_text, places
from charts.network_shapes import even_rows, shape_text, strokes
from core.network_shapes import BothWays, both_ways, product_error, small_numbers
from core.rounding import readable
from core.sweep import Readout, Sweep
from core.types import Array

N_X, M, MOST_UNITS, SEED = 3, 2, 6, 3
INTRODUCTION = (
    "W keeps the weights of each unit as a **row**, so the product is W X. Written "
    "with a transpose, Wᵀ X, it is an error. Almost always: drag n_h to 3."
)
# Sizes worth seeing: a square W, and 64 × 64 colour pictures as in §3.2.
CASES: Mapping[str, Mapping[str, object]] = {
    "Make n_h = n_x": {"n_x": 4, "n_h": 4},
    "Pictures": {"n_x": 12_288, "n_h": 20, "n_y": 1, "m": 209, "hidden": "1"},
}
UNIT = 24  # pixels of a cell's height
# Where the five arrays stand: left, top.
W_AT, X_AT, RIGHT_AT = (0.0, -1.1), (4.2, -1.1), (7.0, -1.1)
WT_AT, X_AGAIN_AT, WRONG_AT = (0.0, -8.4), (6.7, -8.4), (9.4, -8.4)
WIDTH, HEIGHT = 12.4, 11.6

# An array in one frame: its corner and its numbers.
Placed = tuple[tuple[float, float], Array]


def transposed_chart() -> tuple[go.Figure, Sweep]:
    """Both products for a hidden layer of 1 to 6 units on 3 inputs."""
    W, X = small_numbers(MOST_UNITS, N_X, M, SEED)
    counts = range(1, MOST_UNITS + 1)
    results = [both_ways(W[:n], X) for n in counts]
    inputs = [
        [(W_AT, W[:n]), (X_AT, X), (WT_AT, W[:n].T), (X_AGAIN_AT, X)] for n in counts
    ]
    right = [[(RIGHT_AT, r.right)] for r in results]
    wrong = [
        [] if r.transposed is None else [(WRONG_AT, r.transposed)] for r in results
    ]
    everything = [a + b + c for a, b, c in zip(inputs, right, wrong, strict=True)]
    parts = [
        (_fill(GRID, 0.7), _bars(inputs)),
        (_fill(CLASS_1, 0.25), _bars(right)),
        (_fill(CLASS_0, 0.3), _bars(wrong)),
        (_text(14, "middle center"), _numbers(everything)),
        (_text(14, "middle right"), _titles(list(counts), results)),
    ]
    quiet = {"fixedrange": True, "visible": False}
    fig = figure(
        [trace for trace, _ in parts],
        height=round(HEIGHT * UNIT),
        margin={"l": 4, "r": 4, "t": 0, "b": 0},
        xaxis={"range": (-0.1, WIDTH), **quiet},
        yaxis={"range": (-HEIGHT, 0), **quiet},
    )
    sweep = Sweep(
        label="n_h",
        values=np.arange(1.0, MOST_UNITS + 1),
        shown=tuple(str(n) for n in counts),
        moving={k: rows for k, (_, rows) in enumerate(parts)},
        readout=(
            Readout("W X", tuple(shape_text(r.right.shape) for r in results), "class1"),
            Readout("Wᵀ X", tuple(_outcome(r) for r in results), "class0"),
        ),
        says=tuple(_sentence(n, r) for n, r in zip(counts, results, strict=True)),
    )
    return fig, sweep


def _fill(colour: str, opacity: float) -> Any:
    line = {"color": colour, "width": UNIT - 2}
    return scatter(mode="lines", line=line, opacity=opacity)


def _text(size: int, where: str) -> Any:
    font = {"size": size, "color": TEXT}
    return scatter(mode="text", textposition=where, textfont=font, cliponaxis=False)


def _cells(placed: Sequence[Placed]) -> tuple[Array, Array, Array]:
    """The middles of all cells, and their numbers."""
    found = [(*places(np.shape(v)), v.ravel(), at) for at, v in placed]
    if not found:
        return np.empty(0), np.empty(0), np.empty(0)
    x = [at[0] + across for across, _, _, at in found]
    y = [at[1] - down for _, down, _, at in found]
    return (
        np.concatenate(x),
        np.concatenate(y),
        np.concatenate([v for *_, v, _ in found]),
    )


def _bars(frames: Sequence[Sequence[Placed]]) -> dict[str, Any]:
    """Each cell as a thick stroke from its left edge to its right one."""
    half = 0.5 - EDGE
    cells = [_cells(placed) for placed in frames]
    return even_rows(
        strokes(np.stack([x - half, y, x + half, y], axis=1)) for x, y, _ in cells
    )


def _numbers(frames: Sequence[Sequence[Placed]]) -> dict[str, Any]:
    cells = [_cells(placed) for placed in frames]
    most = max(len(x) for x, _, _ in cells)
    words = [[number_text(v) for v in values] for *_, values in cells]
    return even_rows((x, y) for x, y, _ in cells) | {
        "text": [[*row, *[""] * (most - len(row))] for row in words]
    }


def _titles(counts: Sequence[int], results: Sequence[BothWays]) -> dict[str, Any]:
    """What stands over each array; an error instead of the product there is not."""
    heads = [W_AT, X_AT, RIGHT_AT, WT_AT, X_AGAIN_AT, WRONG_AT]
    spots = [(x - 0.2, y + 0.5) for x, y in heads] + [
        (WRONG_AT[0] - 0.2, WRONG_AT[1] - 1)
    ]
    words = []
    for n, result in zip(counts, results, strict=True):
        shape = "" if result.error else f" {shape_text((N_X, M))}"
        X = f"· X {shape_text((N_X, M))}"
        words.append(
            [
                f"W {shape_text((n, N_X))}",
                X,
                f"= W X {shape_text((n, M))}",
                f"Wᵀ {shape_text((N_X, n))}",
                X,
                f"= Wᵀ X{shape}",
                "error" if result.error else "",
            ]
        )
    x, y = (np.tile([s[k] for s in spots], (len(words), 1)) for k in (0, 1))
    return {"x": x, "y": y, "text": words}


def _outcome(result: BothWays) -> str:
    if result.transposed is None:
        return "error"
    return shape_text(result.transposed.shape)


def _sentence(n: int, result: BothWays) -> str:
    if result.transposed is None:
        return f"n_h = {n}. NumPy on Wᵀ X: {result.error}."
    wrong, right = float(result.transposed[0, 0]), float(result.right[0, 0])
    return (
        f"n_h = {n} = n_x. No error, and the right shape. But its first number is "
        f"{readable(wrong)} instead of {readable(right)}."
    )


def on_your_sizes(n_x: int, n_h: int, m: int) -> str:
    """What the figure shows, and what Wᵀ X does in the learner's own network."""
    error = product_error((n_x, n_h), (n_x, m))
    if error:
        own = (
            f"In your network Wᵀ is {shape_text((n_x, n_h))} and X is "
            f"{shape_text((n_x, m))}. The inner numbers differ, and NumPy says so:\n\n"
            f"`ValueError: {error}`"
        )
    else:
        own = (
            f"In your network n_h = n_x = {n_x:,}. Wᵀ X runs without a word and has "
            "the shape of W X. Nothing tells you that each unit now uses a **column** "
            "of W, one weight from every unit. A test with n_h ≠ n_x would tell."
        )
    return f"{INTRODUCTION}\n\n{own}\n\n{NOTICE}"


NOTICE = (
    "**What to notice.** An error is the good case. With as many units as inputs W is "
    "square, both products exist, and only the numbers tell them apart. The notes "
    "stack the rows wⱼᵀ into W and then, in §5.3, write Wᵀ X. With these rows that "
    "is one transpose too many."
)
