"""W X beside Wᵀ X while n_h is dragged: an error, and once a silent wrong answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

# Sizes up to MOST are the learner's own; for larger ones these stand in.
N_X, M, UNITS, MOST, SEED = 3, 2, 4, 6, 3
INTRODUCTION = (
    "W keeps the weights of each unit as a **row**, so the product is W X. Each entry "
    "is a row of what stands at its left times the column of X above it. Written with "
    "a transpose, Wᵀ X, it is an error"
)
# Sizes worth seeing: a square W, and 64 × 64 colour pictures as in §3.2.
CASES: Mapping[str, Mapping[str, object]] = {
    "Set n_x to n_h": {"n_x": 4, "n_h": 4},
    "Pictures": {"n_x": 12_288, "n_h": 20, "n_y": 1, "m": 209, "hidden": "1"},
}
UNIT = 24  # pixels of a cell's height
ROOM, BETWEEN = 1.3, 0.7  # over an array for its title, and beside it
# The titles of X and the products begin over their left edge, those of W and Wᵀ end
# over their right one.
TITLES_STAND = (*["middle right"] * 3, *["middle left"] * 2, "middle right")

# An array in one frame: its corner and its numbers.
Placed = tuple[tuple[float, float], Array]


def shown_sizes(n_x: int, m: int) -> tuple[int, int]:
    """The inputs and examples of the figure: the learner's, where they can be read."""
    return n_x if n_x <= MOST else N_X, m if m <= MOST else M


def shown_units(n_h: int) -> float:
    """Where the figure's n_h starts: at the learner's own, if that is among them."""
    return float(n_h if n_h <= MOST else UNITS)


@dataclass(frozen=True)
class Places:
    """The corners of the arrays: X, with each product under it, what is left of them.

    A factor ends where its product begins, so how wide it is says where it starts.
    """

    n_x: int
    m: int

    @property
    def X(self) -> tuple[float, float]:
        return MOST + BETWEEN, -ROOM

    @property
    def right(self) -> tuple[float, float]:
        """W X."""
        return self.X[0], self.X[1] - self.n_x - ROOM

    @property
    def wrong(self) -> tuple[float, float]:
        """Wᵀ X."""
        return self.X[0], self.right[1] - MOST - ROOM

    @property
    def size(self) -> tuple[float, float]:
        """How wide and how high the figure is, in cells."""
        return MOST + BETWEEN + max(self.m, 3) + 0.1, self.n_x + 0.1 - self.wrong[1]


def transposed_chart(n_x: int, m: int) -> tuple[go.Figure, Sweep]:
    """Both products for a hidden layer of 1 to 6 units on n_x inputs, m examples."""
    W, X = small_numbers(MOST, n_x, m, SEED)
    counts = range(1, MOST + 1)
    results = [both_ways(W[:n], X) for n in counts]
    at = Places(n_x, m)
    inputs = [
        [
            (at.X, X),
            ((MOST - n_x, at.right[1]), W[:n]),
            ((MOST - n, at.wrong[1]), W[:n].T),
        ]
        for n in counts
    ]
    right = [[(at.right, r.right)] for r in results]
    wrong = [
        [] if r.transposed is None else [(at.wrong, r.transposed)] for r in results
    ]
    everything = [a + b + c for a, b, c in zip(inputs, right, wrong, strict=True)]
    parts = [
        (_fill(GRID, 0.7), _bars(inputs)),
        (_fill(CLASS_1, 0.25), _bars(right)),
        (_fill(CLASS_0, 0.3), _bars(wrong)),
        (_text("middle center"), _numbers(everything)),
        (_text(TITLES_STAND), _titles(at, results)),
    ]
    quiet = {"fixedrange": True, "visible": False}
    width, height = at.size
    fig = figure(
        [trace for trace, _ in parts],
        height=round(height * UNIT),
        margin={"l": 4, "r": 4, "t": 0, "b": 0},
        xaxis={"range": [-0.1, width], **quiet},
        yaxis={"range": [-height, 0], **quiet},
    )
    sweep = Sweep(
        label="n_h",
        values=np.arange(1.0, MOST + 1),
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


def _text(where: str | tuple[str, ...]) -> Any:
    font = {"size": 14, "color": TEXT}
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


def _titles(at: Places, results: Sequence[BothWays]) -> dict[str, Any]:
    """What stands over each array; an error instead of the product there is not."""
    up = 0.55
    spots = [(x, top + up) for x, top in (at.X, at.right, at.wrong)]
    spots += [(MOST, at.right[1] + up), (MOST, at.wrong[1] + up)]
    spots += [(at.wrong[0], at.wrong[1] - 0.5)]
    words = [
        [
            f"X {shape_text((at.n_x, at.m))}",
            f"W X {shape_text(r.right.shape)}",
            f"Wᵀ X {_outcome(r) if r.error is None else ''}",
            f"W {shape_text((n, at.n_x))}",
            f"Wᵀ {shape_text((at.n_x, n))}",
            "error" if r.error else "",
        ]
        for n, r in enumerate(results, start=1)
    ]
    x, y = (np.tile([s[k] for s in spots], (len(words), 1)) for k in (0, 1))
    return {"x": x, "y": y, "text": words}


def _outcome(result: BothWays) -> str:
    if result.transposed is None:
        return "error"
    return shape_text(result.transposed.shape)


def _sentence(n: int, result: BothWays) -> str:
    wrong, right = result.transposed, result.right
    if wrong is None:
        return f"n_h = {n}. NumPy on Wᵀ X: {result.error}."
    if np.array_equal(wrong, right):
        return f"n_h = {n} = n_x. W is one number, and so its own transpose."
    row, column = np.argwhere(wrong != right)[0]
    return (
        f"n_h = {n} = n_x. No error, and the right shape. But in row {row + 1}, column "
        f"{column + 1} stands {readable(float(wrong[row, column]))} instead of "
        f"{readable(float(right[row, column]))}."
    )


def on_your_sizes(n_x: int, n_h: int, m: int) -> str:
    """What the figure shows, and what Wᵀ X does in the learner's own network."""
    shown_n_x, shown_m = shown_sizes(n_x, m)
    if n_x == n_h > 1:
        introduction = f"{INTRODUCTION} for almost any sizes. Not for these."
    elif shown_n_x > 1:
        introduction = f"{INTRODUCTION}. Almost always: drag n_h to {shown_n_x}."
    else:
        introduction = f"{INTRODUCTION}, unless W is a single number."
    if (shown_n_x, shown_m) != (n_x, m) or n_h > MOST:
        introduction += (
            f" The figure is a small example with n_x = {shown_n_x} and m = {shown_m}: "
            "your own sizes have too many numbers to print."
        )
    error = product_error((n_x, n_h), (n_x, m))
    if error:
        own = (
            f"In your network Wᵀ is {shape_text((n_x, n_h))} and X is "
            f"{shape_text((n_x, m))}. The inner numbers differ, and NumPy says so:\n\n"
            f"`ValueError: {error}`"
        )
    elif n_x == 1:
        own = (
            "In your network n_h = n_x = 1. W is one number, its own transpose: the "
            "one case in which Wᵀ X is right as well."
        )
    else:
        own = (
            f"In your network n_h = n_x = {n_x:,}. Wᵀ X runs without a word and has "
            "the shape of W X. Nothing tells you that each unit now uses a **column** "
            "of W, one weight from every unit. A test with n_h ≠ n_x would tell."
        )
    return f"{introduction}\n\n{own}\n\n{NOTICE}"


NOTICE = (
    "**What to notice.** An error is the good case. With as many units as inputs W is "
    "square, both products exist, and only the numbers tell them apart. The notes "
    "stack the rows wⱼᵀ into W and then, in §5.3, write Wᵀ X. With these rows that "
    "is one transpose too many."
)
