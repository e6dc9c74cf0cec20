"""The figure of the home page: a network learning the flower, to be dragged."""

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1
from core.datasets import REACH, make
from core.rounding import readable
from core.shallow import evaluate, initialize, predictions, train
from core.sweep import Map, Sweep
from core.training import fewer
from core.types import Array

STEPS = 4000
EDGE = 1.25 * REACH


def flower_run() -> tuple[go.Figure, Sweep]:
    """A network of six units on the flower, from its first step to the 4,000th."""
    data = make("flower", m=300, noise=0.15, seed=3)
    start = initialize(2, 6, scheme="random", scale=0.5, seed=2)
    history = fewer(train(start, data.X, data.Y, "tanh", 1.0, STEPS, every=10), 72)
    side = np.linspace(-EDGE, EDGE, 44)
    grid = np.stack([g.ravel() for g in np.meshgrid(side, side)])
    surface = predictions(history, grid, "tanh").reshape(-1, side.size, side.size)
    accuracy = evaluate(history, data.X, data.Y, "tanh").accuracy
    shown = tuple(f"{step:,}" for step in history.steps)
    sweep = Sweep(
        label="step",
        values=history.steps.astype(float),
        shown=shown,
        says=tuple(
            f"After {step} steps the network gets {readable(100 * right, 3)} % of the "
            "points right."
            for step, right in zip(shown, accuracy, strict=True)
        ),
        maps=(Map(surface, (-EDGE, EDGE), (-EDGE, EDGE), edge=0.5),),
        run=True,
    )
    return picture(data.X, data.Y), sweep


def picture(X: Array, Y: Array) -> go.Figure:
    """The points of two classes in a square without numbers: it is the map that speaks.

    X (2, m), Y (1, m)
    """
    one = Y[0] == 1
    quiet = {"showgrid": False, "zeroline": False, "showticklabels": False}
    return figure(
        [
            _points(X[:, ~one], CLASS_0, "circle"),
            _points(X[:, one], CLASS_1, "diamond"),
        ],
        height=430,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=axis(span=(-EDGE, EDGE), fixedrange=True, **quiet),
        yaxis=axis(span=(-EDGE, EDGE), fixedrange=True, **quiet),
    )


def _points(X: Array, colour: str, symbol: str) -> go.Scatter:
    marker = {"color": colour, "symbol": symbol, "size": 8, "line": halo(1)}
    return scatter(x=X[0], y=X[1], mode="markers", marker=marker)
