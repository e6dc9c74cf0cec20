"""Figures of the four-inputs view: a network that learns beside a human story."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import (
    CLASS_0,
    CLASS_1,
    FAINT,
    FUNCTION,
    GRID,
    PAPER,
    PARAMETER,
    TEXT,
)
from core.rounding import readable
from core.shallow import Parameters
from core.story import (
    CLOSE,
    FACTORS,
    INPUTS,
    STORY_W,
    Lesson,
    Market,
    guess,
    market,
    told,
)
from core.sweep import Readout, Sweep
from core.types import Array

# How far from the middle of a circle its edges end, of the way to the next layer.
RIM = 0.08
ASIDE = 0.06  # how far from the middle of its circle a name begins
MOST_NAMED = 4  # with more units than this, a mixture is not named
FOUND: Mapping[str, str] = {
    "0": "none of the ten",
    "some": "one to five",
    "most": "six to nine",
    "all": "all ten",
}
QUESTION = (
    "Ten networks with 3 hidden units learn the demand from the four inputs, each from "
    "another start. In how many does every factor of the story get a unit of its own "
    f"(a correlation of at least {CLOSE})?"
)
SCRIPT_PRINTS = (
    ("share explained", "study(n_h, seed).explained[-1]"),
    ("correlations", "told(study(n_h, seed).parameters[-1], market(seed=1)).round(2)"
     ".tolist()"),
)  # fmt: skip


def answer(counts: Sequence[int]) -> tuple[str, str]:
    """In how many networks each factor has its unit, and why; `counts` says it of each.

    counts: how many of the factors have one, start by start, as `factors_found` tells.
    """
    starts = len(counts)
    whole = counts.count(len(FACTORS))
    truth = (
        "0" if whole == 0 else "all" if whole == starts
        else "some" if whole <= starts // 2 else "most"
    )  # fmt: skip
    return truth, (
        f"The ten find {', '.join(map(str, counts))} of the three factors, and still "
        "each follows over 90 % of the ups and downs of demand. Many mixtures of the "
        "factors predict just as well; training only asks for a good prediction."
    )


def heights(count: int) -> Array:
    """Where the nodes of a layer stand, from the top."""
    return (np.arange(count)[::-1] - (count - 1) / 2) / max(count - 1, 3) * 3


def side_of(n_h: int) -> Array:
    """1 for the units whose meaning stands above them, −1 for the lower ones."""
    return np.where(heights(n_h) < -1e-9, -1.0, 1.0)


def places(n_h: int) -> list[str]:
    """The same as Plotly says it."""
    return ["top center" if up > 0 else "bottom center" for up in side_of(n_h)]


def edges(n_h: int) -> tuple[Array, Array]:
    """Where each edge starts and ends: (edges, 2) twice, input by input, then out."""
    left, middle = heights(len(INPUTS)), heights(n_h)
    first = [((0.0, left[i]), (1.0, middle[j])) for j in range(n_h) for i in range(4)]
    last = [((1.0, middle[j]), (2.0, 0.0)) for j in range(n_h)]
    ends = np.array(first + last)
    return ends[:, 0], ends[:, 1]


def weights_of(parameters: Parameters) -> Array:
    """All weights in the order of the edges."""
    return np.concatenate([parameters.W1.ravel(), parameters.W2.ravel()])


def network_chart(n_h: int, seed: int, lesson: Lesson) -> tuple[go.Figure, Sweep]:
    """The network while it learns: each edge is coloured as far as its weight is large.

    Blue for a positive weight, orange and dashed for a negative one; under each unit,
    the factor that it goes along with, if there is one.
    """
    del seed  # the lesson is its doing
    start, end = edges(n_h)
    weights = np.array([weights_of(each) for each in lesson.parameters])
    layers = np.repeat([0, 1], [4 * n_h, n_h])
    largest = np.array([np.abs(weights[:, layers == k]).max() for k in (0, 1)])
    share = (1 - 2 * RIM) * np.abs(weights) / largest[layers]
    # From the receiving end back: what is thick at a unit is what it listens to.
    rim = end - RIM * (end - start)
    reach = rim - share[:, :, None] * (end - start)
    gap = np.full(reach.shape[:2], np.nan)
    x = np.stack([np.broadcast_to(rim[:, 0], gap.shape), reach[:, :, 0], gap], axis=2)
    y = np.stack([np.broadcast_to(rim[:, 1], gap.shape), reach[:, :, 1], gap], axis=2)
    positive = (weights >= 0)[:, :, None]
    n = len(weights)
    names = [meanings(each) for each in lesson.parameters]
    fig = network_figure(n_h, start, end)
    sweep = Sweep(
        label="step",
        values=lesson.steps.astype(float),
        shown=tuple(f"{step:,}" for step in lesson.steps),
        moving={
            1: {
                "x": np.where(positive, x, np.nan).reshape(n, -1),
                "y": np.where(positive, y, np.nan).reshape(n, -1),
            },
            2: {
                "x": np.where(positive, np.nan, x).reshape(n, -1),
                "y": np.where(positive, np.nan, y).reshape(n, -1),
            },
            3: {
                "x": np.tile([*np.ones(n_h), 2.0], (n, 1)),
                "y": np.tile([*(heights(n_h) + ASIDE * side_of(n_h)), ASIDE], (n, 1)),
                "text": [[*labels(each), "demand"] for each in names],
            },
        },
        readout=(
            Readout("J", tuple(readable(float(J), 3) for J in lesson.J)),
            Readout("explained", tuple(percent(r) for r in lesson.explained)),
        ),
        says=tuple(
            sentence(step, r, each)
            for step, r, each in zip(
                lesson.steps, lesson.explained, names, strict=True
            )
        ),
        run=True,
    )  # fmt: skip
    return fig, sweep


def network_figure(n_h: int, start: Array, end: Array) -> go.Figure:
    """Nodes with their names, faint edges, and places for what moves."""
    gap = np.full(len(start), np.nan)
    still_x = np.stack([start[:, 0], end[:, 0], gap], axis=1).ravel()
    still_y = np.stack([start[:, 1], end[:, 1], gap], axis=1).ravel()
    left, middle = heights(len(INPUTS)), heights(n_h)
    node_x = [0.0] * 4 + [1.0] * n_h + [2.0]
    node_y = [*left, *middle, 0.0]
    nowhere = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "showline": False,
    }
    return figure(
        [
            scatter(x=still_x, y=still_y, mode="lines",
                       line={"color": GRID, "width": 1.5}),
            scatter(mode="lines", line={"color": CLASS_1, "width": 5}),
            scatter(mode="lines",
                       line={"color": CLASS_0, "width": 4, "dash": "dot"}),
            # They stand on edges: a rim of paper keeps them apart.
            scatter(mode="text", textposition=[*places(n_h), "top center"],
                       cliponaxis=False,
                       textfont={"color": [*[PARAMETER] * n_h, TEXT],
                                 "size": [*[13] * n_h, 14], "shadow": PAPER}),
            scatter(
                x=node_x, y=node_y, mode="markers",
                marker={"size": 17, "color": PAPER,
                        "line": {"color": FUNCTION, "width": 2}},
            ),
            scatter(
                x=[-0.12] * 4,
                y=left,
                mode="text",
                cliponaxis=False,
                text=INPUTS,
                textposition="middle left",
                textfont={"size": 14},
            ),
        ],
        height=390,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axis(span=(-0.72, 2.3), fixedrange=True, **nowhere),
        yaxis=axis(span=(-1.9, 1.9), fixedrange=True, **nowhere),
    )  # fmt: skip


def meanings(parameters: Parameters) -> list[str]:
    """For each unit the factor that it tells, "mixture", or "silent"."""
    r = told(parameters, unseen())
    best = np.abs(r).argmax(axis=1)
    return [
        "silent" if not row.any() else FACTORS[k] if abs(row[k]) >= CLOSE else "mixture"
        for row, k in zip(r, best, strict=True)
    ]


def labels(names: Sequence[str]) -> list[str]:
    """The meanings that are written; of many units only those that tell something."""
    few = len(names) <= MOST_NAMED
    return [name if few or name != "mixture" else "" for name in names]


@cache
def unseen() -> Market:
    """The market that the network never sees."""
    return market(seed=1)


def percent(share: float) -> str:
    """0.936 as 93.6 %; below 0 it is worse than always saying the mean."""
    return f"{100 * share:.1f} %" if share >= 0 else "below 0"


def sentence(step: int, explained: float, names: list[str]) -> str:
    """What the network can do at a step, and what its units tell."""
    found = sorted(set(names) & set(FACTORS), key=FACTORS.index)
    own = "have units of their own" if len(found) > 1 else "has a unit of its own"
    return (
        f"After {step:,} steps it follows {percent(explained)} of the demand's ups and "
        f"downs on new data: {' and '.join(found) or 'no factor'} {own}."
    )


def scatter_chart(n_h: int, seed: int, lesson: Lesson) -> tuple[go.Figure, Sweep]:
    """What the network predicts against what was sold, on data it never saw."""
    del n_h, seed
    shop = unseen()
    Y = shop.Y[0, :80]
    guesses = np.array([guess(each, shop.X[:, :80])[0] for each in lesson.parameters])
    high = float(np.ceil(Y.max()))
    fig = figure(
        [
            scatter(x=[-0.5, high], y=[-0.5, high], mode="lines",
                       line={"color": FAINT, "width": 1.5, "dash": "dash"}),
            scatter(mode="markers",
                       marker={"color": CLASS_1, "symbol": "diamond", "size": 6,
                               "line": halo(1)}),
        ],
        x="sold",
        y="predicted ŷ",
        x_range=(-0.5, high),
        y_range=(-0.5, high),
        height=230,
        margin={"l": 44, "r": 6, "t": 8, "b": 44},
    )  # fmt: skip
    n = len(guesses)
    sweep = Sweep(
        label="step",
        values=lesson.steps.astype(float),
        shown=tuple(f"{step:,}" for step in lesson.steps),
        moving={1: {"x": np.tile(Y, (n, 1)), "y": guesses}},
    )
    return fig, sweep


def weights_table(lesson: Lesson, step: float) -> pd.DataFrame:
    """The weights that made the data, and under them those of the trained units."""
    W1 = parameters_at(lesson, step).W1
    story = [(name, row) for name, row in zip(FACTORS, STORY_W, strict=True)]
    units = [(f"unit {j + 1}", row) for j, row in enumerate(W1)]
    rows = [
        [name, *("0" if v == 0 else readable(float(v), 2) for v in row)]
        for name, row in (*story, *units)
    ]
    return pd.DataFrame(rows, columns=["into", *INPUTS])


def correlations_table(lesson: Lesson, step: float) -> pd.DataFrame:
    """How each unit goes along with each factor, at one step."""
    r = told(parameters_at(lesson, step), unseen())
    rows = [
        [f"unit {j + 1}", *(f"{v:.2f}".replace("-", "−") for v in row)]
        for j, row in enumerate(r + 0.0)
    ]
    return pd.DataFrame(rows, columns=["", *FACTORS])


def parameters_at(lesson: Lesson, step: float) -> Parameters:
    """The network at the kept step that is nearest."""
    return lesson.parameters[int(np.abs(lesson.steps - step).argmin())]


def notice(lesson: Lesson) -> str:
    """The honest finding of this run, with its numbers."""
    r = np.abs(told(lesson.parameters[-1], unseen())).max(axis=0)
    found = [name for name, best in zip(FACTORS, r, strict=True) if best >= CLOSE]
    each = ", ".join(
        f"{name} {best:.2f}" for name, best in zip(FACTORS, r, strict=True)
    )
    if len(found) == len(FACTORS):
        verdict = "Here each factor got a unit of its own: it can happen."
    elif found:
        verdict = f"Only {' and '.join(found)} got a unit of its own."
    else:
        verdict = "None of the factors got a unit of its own."
    return (
        f"**What to notice.** On new data the network follows "
        f"{percent(lesson.explained[-1])} of demand's ups and downs (R²). The best "
        f"correlation of any unit with each factor: {each}. {verdict} Nobody asked for "
        "the factors: the network was only told inputs and demand, and any middle that "
        "predicts well will do."
    )
