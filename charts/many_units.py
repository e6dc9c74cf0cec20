"""The same flower with 1, 2, 3, 4, 5, 20 and 50 hidden units, as small multiples."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, scatter
from charts.colours import CLASS_0, CLASS_1, TEXT
from charts.two_runs import percent, reach_of
from core.edges import cuts
from core.shallow import History, answers, predictions
from core.studio import SIZES
from core.sweep import Map, Sweep
from core.training import Run, fewer, plane
from core.types import Array

CELLS = 40
FRAMES = 28
COLUMNS = 4
HEIGHT, WIDTH = 400, 700
Runs = Sequence[Run]


def units_chart(key: str, runs: Runs) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """One small surface for each number of units, all at the same step."""
    histories = [fewer(run.history, FRAMES) for run in runs]
    steps = histories[0].steps
    reach = reach_of(runs[0].split)
    edge = reach * CELLS / (CELLS - 1)
    shares = [
        shares_right(run, history) for run, history in zip(runs, histories, strict=True)
    ]
    maps = tuple(
        surface(history, edge, panel)
        for panel, history in enumerate(histories, start=1)
    )
    dots = [
        few_points(runs[0], y, panel)
        for panel in range(1, len(runs) + 1)
        for y in (0, 1)
    ]
    names = [caption(panel, reach) for panel in range(1, len(runs) + 1)]
    fig = figure(
        [*dots, *names],
        height=HEIGHT,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        **panels(len(runs), reach),
    )
    fig.layout.meta = {**fig.layout.meta, "square": HEIGHT / WIDTH}
    moving = {
        len(dots) + k: {
            "text": [
                [f"{n} unit{'s' if n > 1 else ''}: {percent(share)}"] for share in right
            ]
        }
        for k, (n, right) in enumerate(zip(SIZES, shares, strict=True))
    }
    sweep = Sweep(
        label="step",
        values=steps.astype(float),
        shown=tuple(f"{step:,}" for step in steps),
        moving=moving,
        says=tuple(sentence(int(step), i, shares) for i, step in enumerate(steps)),
        maps=maps,
        run=True,
    )
    return fig, sweep


def surface(history: History, edge: float, panel: int) -> Map:
    """What a network answers over the plane at each step, and where it cuts."""
    z = predictions(history, plane(edge, CELLS), "tanh").reshape(-1, CELLS, CELLS)
    span = (-edge, edge)
    found = cuts(z, span, span, lambda i, X: answers(history, i, X, "tanh"))
    return Map(z, span, span, panel, edge=0.5, cuts=found)


def shares_right(run: Run, history: History) -> Array:
    """The share of the training points that is right, at the history's steps."""
    return run.network_score.train.accuracy[np.searchsorted(run.steps, history.steps)]


def sentence(step: int, i: int, shares: Sequence[Array]) -> str:
    """What the smallest, the course's and the largest network get right."""
    after = "Before the first step" if step == 0 else f"After step {step:,}"
    some = ", ".join(
        f"{n} unit{'s' if n > 1 else ''} {percent(shares[SIZES.index(n)][i])}"
        for n in (1, 4, 50)
    )
    return f"{after}, right on the training points: {some}."


def few_points(run: Run, y: int, panel: int) -> go.Scatter:
    """Every third point of a class, to show where the petals are."""
    data = run.split.train
    X = data.X[:, data.Y[0] == y][:, ::3].astype(np.float32)
    marker = {
        "symbol": "diamond" if y else "circle",
        "size": 3.4 if y else 3,
        "color": CLASS_1 if y else CLASS_0,
    }
    number = "" if panel == 1 else str(panel)
    return scatter(
        x=X[0],
        y=X[1],
        mode="markers",
        marker=marker,
        xaxis=f"x{number}",
        yaxis=f"y{number}",
    )


def caption(panel: int, reach: float) -> go.Scatter:
    """The line over a panel; what it says moves with the step."""
    number = "" if panel == 1 else str(panel)
    return scatter(
        x=[0],
        y=[1.16 * reach],
        text=[""],
        mode="text",
        textfont={"size": 12, "color": TEXT},
        xaxis=f"x{number}",
        yaxis=f"y{number}",
    )


def panels(count: int, reach: float) -> dict[str, object]:
    """The axes: squares in rows of COLUMNS, each with a line of words over it."""
    axes: dict[str, object] = {}
    wide, gap = 1 / COLUMNS, 0.012
    for k in range(count):
        row, column = divmod(k, COLUMNS)
        number = "" if k == 0 else str(k + 1)
        bare = {"visible": False, "fixedrange": True, "constrain": "domain"}
        axes[f"xaxis{number}"] = axis(
            "",
            (-reach, reach),
            domain=[column * wide + gap, (column + 1) * wide - gap],
            anchor=f"y{number}",
            **bare,
        )
        axes[f"yaxis{number}"] = axis(
            "",
            (-reach, 1.3 * reach),
            domain=[0.51 - 0.5 * row, 1 - 0.51 * row],
            anchor=f"x{number}",
            scaleanchor=f"x{number}",
            **bare,
        )
    return axes


def units_table(key: str, runs: Runs) -> pd.DataFrame:  # noqa: ARG001
    """What each size gets right in the end, and how many numbers it has."""
    rows = []
    for n, run in zip(SIZES, runs, strict=True):
        held_out = run.network_score.held_out
        assert held_out is not None, "the usual run holds points out"
        rows.append(
            (
                str(n),
                str(4 * n + 1),
                percent(run.network_score.train.accuracy[-1]),
                percent(held_out.accuracy[-1]),
            )
        )
    columns = ["hidden units", "numbers to learn", "right, training", "right, held out"]
    return pd.DataFrame(rows, columns=columns)


def units_notice(key: str, runs: Runs) -> str:  # noqa: ARG001
    """What the small multiples teach, with their numbers."""
    train = [run.network_score.train.accuracy[-1] for run in runs]
    held = [run.network_score.held_out for run in runs]
    out = [part.accuracy[-1] for part in held if part is not None]
    jump = int(np.argmax(np.diff(train)))
    best = max(out)
    first = SIZES[int(np.argmax(np.array(out) >= best - 1e-9))]
    return (
        f"**What to notice.** The jump comes between {SIZES[jump]} and "
        f"{SIZES[jump + 1]} units: from {percent(train[jump])} to "
        f"{percent(train[jump + 1])} of the training points. After that more units "
        f"still win there ({percent(train[-1])} with {SIZES[-1]}), but hardly on the "
        f"points held out: their best, {percent(best)}, is reached with {first} "
        "already. What the large networks add are bends around single points."
    )
