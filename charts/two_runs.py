"""Two trained models side by side: their surfaces, and J of both, step by step."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1, FAINT, FUNCTION, PAPER, PARAMETER
from core.activations import sigmoid
from core.datasets import Dataset, Split
from core.edges import cuts
from core.rounding import readable
from core.shallow import answers, predictions
from core.sweep import Map, Sweep
from core.training import (
    Choices,
    Run,
    Score,
    Steps,
    confusion,
    kept_steps,
    logistic_predictions,
    plane,
    thinned,
)
from core.types import Array

CELLS = 48  # a map is CELLS × CELLS
# The middles of a map's outer cells lie on the edges of the figure, so that the
# decision line reaches them.
BEYOND = CELLS / (CELLS - 1)
FRAMES = 48
ZERO = 0.5  # where step 0 stands on a log axis
HEIGHT, RATIO = 560, 0.8  # as high as it is wide, on a narrow screen
LOWER = 0.21  # the share of the figure that the cost takes


@dataclass(frozen=True)
class Model:
    """One of the two: what it is called, its points, and how to ask it."""

    name: str
    split: Split
    score: Score
    run: Run
    activation: str  # empty for logistic regression
    l2: float = 0.0  # λ of the penalty, which no J here holds

    def at(self, steps: Steps) -> Steps:
        """The index of its last kept step up to each of these."""
        return np.searchsorted(self.run.steps, steps, side="right") - 1

    def answers(self, X: Array, i: Steps) -> Array:
        """ŷ on X (2, m) at the kept steps i (k,). → (k, m)"""
        if not self.activation:
            return logistic_predictions(self.run.logistic[i], X)
        history = thinned(self.run.history, self.run.steps[i])
        return predictions(history, X, self.activation)

    def answers_each(self, X: Array, i: Steps) -> Array:
        """ŷ on X (2, m), each point at its own kept step i (m,). → (m,)"""
        if not self.activation:
            w1, w2, b = self.run.logistic[i].T
            return sigmoid(w1 * X[0] + w2 * X[1] + b)
        return answers(self.run.history, i, X, self.activation)


def network(name: str, choices: Choices, run: Run) -> Model:
    """The network of a run."""
    return Model(
        name, run.split, run.network_score, run, choices.activation, choices.l2
    )


def line(run: Run) -> Model:
    """Logistic regression on the same points."""
    return Model("logistic regression", run.split, run.logistic_score, run, "")


def frames(models: Sequence[Model]) -> Steps:
    """Some of the steps that the models kept, first and last among them."""
    kept = np.unique(np.concatenate([model.run.steps for model in models]))
    wanted = kept_steps(int(kept[-1]))
    every = max(1, math.ceil(len(wanted) / FRAMES))
    return np.unique([*wanted[::every], kept[-1]])


def beside_chart(
    key: str,  # noqa: ARG001 - stands for both models
    models: tuple[Model, Model],
) -> tuple[go.Figure, Sweep]:
    """Both surfaces with their points at each step, and J of both under them."""
    steps = frames(models)
    reach = max(reach_of(model.split) for model in models)
    maps = tuple(
        surface(model, model.at(steps), BEYOND * reach, side)
        for side, model in enumerate(models, start=1)
    )
    dots = [
        points(part, y, hollow, side)
        for side, model in enumerate(models, start=1)
        for part, hollow in ((model.split.train, False), (model.split.held_out, True))
        for y in (0, 1)
    ]
    curves, cursor, top = costs(models, steps)
    count = len(dots) + len(curves)
    fig = figure(
        [*dots, *curves, *pointers()],
        height=HEIGHT,
        margin={"l": 40, "r": 8, "t": 26, "b": 46},
        showlegend=True,
        legend={"orientation": "h", "x": 0.5, "xanchor": "center", "y": LOWER + 0.01},
        annotations=[title(model, side) for side, model in enumerate(models)],
        **plane_axes(reach),
        **cost_axes(steps, top),
    )
    fig.layout.legend.yanchor = "bottom"
    fig.layout.meta = {**fig.layout.meta, "square": RATIO}
    sweep = Sweep(
        label="step",
        values=steps.astype(float),
        shown=tuple(f"{step:,}" for step in steps),
        moving={
            count: {"x": cursor[0], "y": cursor[1]},
            count + 1: {"x": cursor[2], "y": cursor[3]},
        },
        says=tuple(sentence(models, int(step)) for step in steps),
        maps=maps,
        run=True,
    )
    return fig, sweep


def surface(model: Model, kept: Steps, edge: float, side: int) -> Map:
    """What the model answers over the plane at these kept steps, and where it cuts."""
    z = model.answers(plane(edge, CELLS), kept).reshape(-1, CELLS, CELLS)
    span = (-edge, edge)
    found = cuts(z, span, span, lambda i, X: model.answers_each(X, kept[i]))
    return Map(z, span, span, side, edge=0.5, cuts=found)


def cost_name(models: Sequence[Model]) -> str:
    """What J is called: with a penalty there would be two of them."""
    return "J without the penalty" if any(model.l2 for model in models) else "J"


def reach_of(parts: Split) -> float:
    """Half the side of the square that holds every point, with some room."""
    both = (parts.train.X, parts.held_out.X)
    farthest = max(float(np.max(np.abs(X), initial=0.0)) for X in both)
    return math.ceil(2 * farthest + 0.6) / 2


def points(data: Dataset, y: int, hollow: bool, side: int) -> go.Scatter:
    """The points of one class; circles are class 0, diamonds class 1."""
    X = data.X[:, data.Y[0] == y].astype(np.float32)
    crowd = data.Y.size
    colour = CLASS_1 if y else CLASS_0
    marker = {
        "symbol": "diamond" if y else "circle",
        "size": 5.5 if crowd <= 500 else 4.5 if crowd <= 1000 else 3,
        "color": PAPER if hollow else colour,
        "line": {"color": colour, "width": 1.2} if hollow else halo(0.7),
    }
    number = "" if side == 1 else "2"
    return scatter(
        x=X[0],
        y=X[1],
        mode="markers",
        marker=marker,
        showlegend=False,
        xaxis=f"x{number}",
        yaxis=f"y{number}",
    )


def costs(
    models: Sequence[Model], steps: Steps
) -> tuple[list[go.Scatter], tuple[Array, Array, Array, Array], float]:
    """The cost curves, where the cursor and its dots stand, and the highest J."""
    curves, heights = [], []
    for model, colour in zip(models, (FAINT, FUNCTION), strict=True):
        parts = ((model.score.train, "solid"), (model.score.held_out, "dash"))
        for part, dash in parts:
            if part is None:
                continue
            look = {"color": colour, "width": 2.2, "dash": dash}
            named = {"name": model.name, "showlegend": dash == "solid"}
            x = np.maximum(model.run.steps, ZERO)
            axes = {"xaxis": "x3", "yaxis": "y3"}
            curves.append(
                scatter(x=x, y=part.J, mode="lines", line=look, **named, **axes)
            )
            heights.append(part.J[model.at(steps)])
    highest = max(float(curve.y.max()) for curve in curves)
    x = np.maximum(steps, ZERO).astype(float)
    ends = np.tile([0.0, 1.06 * highest], (len(x), 1))
    rows = np.stack(heights, axis=1)
    cursor = (np.stack([x, x], 1), ends, np.repeat(x[:, None], rows.shape[1], 1), rows)
    return curves, cursor, 1.06 * highest


def pointers() -> list[go.Scatter]:
    """The line at the present step, and a dot on each cost curve."""
    place = {"xaxis": "x3", "yaxis": "y3", "showlegend": False}
    dot = {"color": PARAMETER, "size": 8, "line": halo()}
    return [
        scatter(mode="lines", line={"color": PARAMETER, "width": 1.5}, **place),
        scatter(mode="markers", marker=dot, **place),
    ]


def plane_axes(reach: float) -> dict[str, object]:
    """Two squares beside each other over the cost."""
    span = (-reach, reach)
    quiet = {"showgrid": False, "zeroline": False, "nticks": 5, "constrain": "domain"}
    upper = [LOWER + 0.18, 1]
    return {
        "xaxis": axis("", span, domain=[0, 0.48], **quiet),
        "yaxis": axis("", span, domain=upper, scaleanchor="x", **quiet),
        "xaxis2": axis("", span, domain=[0.52, 1], anchor="y2", **quiet),
        "yaxis2": axis(
            "",
            span,
            domain=upper,
            anchor="x2",
            scaleanchor="x2",
            **{**quiet, "showticklabels": False},
        ),
    }


def cost_axes(steps: Steps, top: float) -> dict[str, object]:
    """J against the step, early steps wide apart."""
    tens = [10**k for k in range(1, 5) if 10**k <= steps[-1]]
    return {
        "xaxis3": axis(
            "step",
            (math.log10(ZERO), math.log10(1.15 * max(int(steps[-1]), 1))),
            type="log",
            tickangle=0,
            tickvals=[ZERO, *tens],
            ticktext=["0", *(f"{t:,}".replace(",000", "k") for t in tens)],
            anchor="y3",
        ),
        "yaxis3": axis("J", (0, top), domain=[0, LOWER], anchor="x3", nticks=4),
    }


def title(model: Model, side: int) -> dict[str, object]:
    """What a surface shows, over it."""
    return {
        "text": f"<b>{model.name}</b>",
        "x": 0.24 + 0.52 * side,
        "y": 1.0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
    }


def sentence(models: Sequence[Model], step: int) -> str:
    """What both get right after a step, in words."""
    after = "Before the first step" if step == 0 else f"After step {step:,}"
    parts = []
    for model in models:
        i = int(model.at(np.array([step]))[0])
        parts.append(f"{model.name} {percent(model.score.train.accuracy[i])}")
    return f"{after}, right on the training points: {', '.join(parts)}."


def percent(share: float) -> str:
    """0.925 as 92.5 %."""
    return f"{readable(100 * float(share), 3)} %"


def scores_table(
    key: str,  # noqa: ARG001 - stands for the models
    step: float,
    models: tuple[Model, ...],
) -> pd.DataFrame:
    """Cost, accuracy and the confusion table of each model after a step."""
    columns: dict[str, list[str]] = {
        f"after step {int(step):,}": [
            cost_name(models),
            "right",
            "class 0 taken for 0",
            "class 0 taken for 1",
            "class 1 taken for 0",
            "class 1 taken for 1",
        ]
    }
    for model in models:
        i = model.at(np.array([int(step)]))
        for part, score, name in (
            (model.split.train, model.score.train, "training"),
            (model.split.held_out, model.score.held_out, "held out"),
        ):
            if score is None:
                continue
            counts = confusion(model.answers(part.X, i), part.Y)
            columns[f"{model.name}, {name}"] = [
                readable(float(score.J[i[0]])),
                percent(score.accuracy[i[0]]),
                *(str(count) for count in counts.ravel()),
            ]
    return pd.DataFrame(columns)


def beside_alt(models: Sequence[Model]) -> str:
    """The takeaway of both surfaces."""
    last = max(int(model.run.steps[-1]) for model in models)
    return f"Two models side by side. {sentence(models, last)}"
