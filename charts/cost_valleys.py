"""Figures of the cost page for many examples: valleys of J(w), bends of J(w, b)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, FUNCTION, GRID, PARAMETER, TEXT
from core.costs import OneFeature
from core.descent import GLOBAL, Ending
from core.literals import Source
from core.losses import (
    B_SPAN,
    EXAMPLES,
    LOSSES,
    STARTS,
    W_SPAN,
    BendMaps,
    EveryStart,
    J_of,
    cross_entropy,
    every_start,
    find_loss,
    hessian,
    squared_error,
)
from core.rounding import readable
from core.sweep import Map, Readout, Sweep
from core.types import Array

# One run from every start for each loss.
Runs = Mapping[str, EveryStart]
NAMES: Mapping[str, str] = {"four": "four examples", "twelve": "twelve examples"}
SHOWN = np.unique(np.round(np.geomspace(1, 1001, 36)).astype(int)) - 1
# What the axis of J shows, with squared error and with cross-entropy.
HEIGHTS: Mapping[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "four": ((0.09, 0.24), (-0.6, 5.9)),
    "twelve": ((0.01, 0.39), (-1.2, 9.9)),
}
ASKED = (-6.0, 2.0)
BESIDE = 1.2  # in units of b: so far apart a word and the dragged point stay
PLANE_W = np.round(np.arange(-11.9, 7.91, 0.1), 1)


def examples_of(data: str) -> tuple[Array, Array]:
    """x and y (m,) of a set of examples."""
    examples = EXAMPLES[data]
    return np.array(examples.x), np.array(examples.y, dtype=np.float64)


def valley_chart(data: str, runs: Runs) -> tuple[go.Figure, Sweep]:
    """J(w) with each loss, one above the other; the start is dragged, both run down."""
    x, y = examples_of(data)
    fine = np.linspace(-8.4, 6.4, 241)
    traces: list[go.Scatter] = []
    moving: dict[int, dict[str, object]] = {}
    high, low = HEIGHTS[data], {"squared": ("x", "y"), "cross_entropy": ("x2", "y2")}
    for (key, (xaxis, yaxis)), (bottom, top) in zip(low.items(), high, strict=True):
        on = {"xaxis": xaxis, "yaxis": yaxis}
        run = runs[key]
        path_w, path_J = run.w[SHOWN].T, run.J[SHOWN].T
        J = J_of(LOSSES[key], x, y, fine)
        traces.append(
            scatter(
                x=fine, y=J, mode="lines", line={"color": FUNCTION, "width": 3}, **on
            )
        )
        # The name stands in the corner over the lower end of the curve.
        left = J[0] < J[-1]
        traces.append(
            scatter(
                x=[-8.2 if left else 6.2],
                y=[top - 0.03 * (top - bottom)],
                mode="text",
                text=[LOSSES[key].label],
                textposition="bottom right" if left else "bottom left",
                textfont={"size": 14, "color": FUNCTION},
                **on,
            )
        )
        moving[len(traces)] = {"x": path_w, "y": path_J}
        traces.append(
            scatter(
                mode="lines+markers",
                line={"color": PARAMETER, "width": 1.5},
                marker={"color": PARAMETER, "size": 6},
                **on,
            )
        )
        moving[len(traces)] = {"x": run.w[0, :, None], "y": run.J[0, :, None]}
        traces.append(_mark("circle", 14, **on))
        moving[len(traces)] = {
            "x": run.w[-1, :, None],
            "y": run.J[-1, :, None],
            "text": [(_end_word(end),) for end in run.endings],
        }
        traces.append(
            _mark(
                "diamond",
                12,
                mode="markers+text",
                textposition="bottom center",
                textfont={"color": PARAMETER, "size": 13},
                **on,
            )
        )
    span = (-8.4, 6.4)
    fig = figure(
        traces,
        height=430,
        margin={"l": 52, "r": 14, "t": 8, "b": 44},
        xaxis=axis("", span, anchor="y", showticklabels=False),
        yaxis=axis("J", high[0], domain=[0.54, 1], nticks=5),
        xaxis2=axis("w", span, anchor="y2"),
        yaxis2=axis("J", high[1], domain=[0, 0.46], nticks=5),
    )
    sweep = Sweep(
        label="start w",
        values=np.array(STARTS),
        shown=tuple(readable(v) for v in STARTS),
        moving=moving,
        readout=tuple(
            Readout(f"{name} ends at w", _ends_at(runs[key]), "parameter")
            for key, name in (("squared", "squared"), ("cross_entropy", "entropy"))
        ),
        says=tuple(_start_sentence(runs, i) for i in range(len(STARTS))),
        along_x=True,
    )
    return fig, sweep


def _mark(symbol: str, size: int, mode: str = "markers", **more: object) -> go.Scatter:
    marker = {"color": PARAMETER, "size": size, "symbol": symbol, "line": halo()}
    return scatter(mode=mode, marker=marker, **more)


def _ends_at(run: EveryStart) -> tuple[str, ...]:
    return tuple(readable(end.w) for end in run.endings)


def _end_word(end: Ending) -> str:
    return "lowest" if end.kind == GLOBAL else "stuck"


def _start_sentence(runs: Runs, i: int) -> str:
    """Where both runs end that begin here."""
    squared, entropy = runs["squared"].endings[i], runs["cross_entropy"].endings[i]
    begins = f"From w = {readable(STARTS[i])}"
    if squared.kind == GLOBAL:
        return (
            f"{begins} both arrive: squared error at {readable(squared.w)}, "
            f"cross-entropy at {readable(entropy.w)}."
        )
    return (
        f"{begins} squared error gets stuck {readable(squared.gap)} above its best; "
        "cross-entropy arrives."
    )


def nearest_start(value: float) -> int:
    """The index of the start nearest to a value."""
    return int(np.abs(np.array(STARTS) - value).argmin())


def ends_table(runs: Runs, start: float, *, asked: bool) -> pd.DataFrame:
    """Where runs end, from this start; with `asked` from those of the question too."""
    starts = dict.fromkeys([*(ASKED if asked else ()), start])
    rows = []
    for value in starts:
        i = nearest_start(value)
        ends = [runs[key].endings[i] for key in LOSSES]
        cells = [readable(number) for end in ends for number in (end.w, end.J)]
        rows.append((readable(STARTS[i]), *cells))
    columns = ["start", "squared: end w", "J", "entropy: end w", "J "]
    return pd.DataFrame(rows, columns=columns)


def ends_question(data: str, runs: Runs) -> tuple[str, Mapping[str, str], str, str]:
    """Question, options, truth and explanation: two starts, how many ends?"""
    i, j = (nearest_start(start) for start in ASKED)
    ends = [runs["squared"].endings[k] for k in (i, j)]
    same = abs(ends[0].w - ends[1].w) < 0.01
    told = (
        f"From {readable(ASKED[0])} it ends at w = {readable(ends[0].w)} with "
        f"J = {readable(ends[0].J)}, from {readable(ASKED[1])} at "
        f"w = {readable(ends[1].w)} with J = {readable(ends[1].J)}."
    )
    why = (
        " On these examples the squared error has only one valley: not convex does "
        "not always mean stuck."
        if same
        else " A hill lies between two valleys, and going downhill never crosses one."
    )
    return (
        f"With squared error on the {NAMES[data]}, one run starts at "
        f"w = {readable(ASKED[0])}, another at {readable(ASKED[1])}. Both go downhill "
        "until they stand still. Where?",
        {"same": "at the same w", "two": "at two different w"},
        "same" if same else "two",
        told + why,
    )


def bend_chart(
    key: str, data: str, b: float, maps: BendMaps
) -> tuple[go.Figure, Sweep]:
    """How J(w, b) bends where it bends least, as a map; w is dragged along a line.

    Both losses are on one scale: the root of the strongest bend of either.
    """
    x, y = examples_of(data)
    plane = maps.bend[key]
    strongest = max(float(np.abs(each).max()) for each in maps.bend.values())
    level = 0.5 + 0.5 * np.sign(plane) * np.sqrt(np.abs(plane) / strongest)
    at = hessian(LOSSES[key], x, y, PLANE_W, np.full(PLANE_W.shape, b))
    texts = _spots(plane, maps.w, maps.b, b)
    fig = figure(
        [
            scatter(
                x=W_SPAN,
                y=[b, b],
                mode="lines",
                line={"color": FAINT, "width": 1.5, "dash": "dot"},
            ),
            scatter(
                x=[spot[0] for spot in texts],
                y=[spot[1] for spot in texts],
                text=[spot[2] for spot in texts],
                mode="text",
                textfont={"size": 14, "color": TEXT},
            ),
            _mark("circle", 14),
        ],
        x="w",
        y="b",
        height=290,
        margin={"l": 44, "r": 10, "t": 8, "b": 42},
        xaxis=axis("w", W_SPAN, gridcolor="rgba(0,0,0,0)", zerolinecolor=GRID),
        yaxis=axis("b", B_SPAN, gridcolor="rgba(0,0,0,0)", zerolinecolor=GRID),
    )
    moving = {2: {"x": PLANE_W[:, None], "y": np.full((len(PLANE_W), 1), b)}}
    sweep = Sweep(
        label="w",
        values=PLANE_W,
        shown=tuple(readable(v) for v in PLANE_W),
        moving=moving,
        readout=(Readout("smallest bend", tuple(readable(v) for v in at.smallest)),),
        says=tuple(
            _bend_sentence(LOSSES[key].label, float(w), b, float(bend))
            for w, bend in zip(PLANE_W, at.smallest, strict=True)
        ),
        maps=(Map(level[np.newaxis], W_SPAN, B_SPAN, edge=0.5),),
        along_x=True,
    )
    return fig, sweep


def _bend_sentence(name: str, w: float, b: float, bend: float) -> str:
    place = f"At w = {readable(w)}, b = {readable(b)} the {name}"
    if bend < 0:
        return f"{place} bends down in some direction: {readable(bend)} is below 0."
    return f"{place} bends up in every direction: by {readable(bend)} or more."


def _spots(
    plane: Array, w: Array, b: Array, dragged: float
) -> list[tuple[float, float, str]]:
    """Words for the map: where there is most room for them on each side of 0.

    None where the point is dragged along, which would cover them.
    """
    if plane.min() >= 0:
        high, low = float(b[-1]) - 1.2, float(b[0]) + 1.2
        place = low if abs(high - dragged) < BESIDE else high
        return [(float(w.mean()), place, "up everywhere")]
    places = np.stack(np.meshgrid(w, b), axis=-1)[2:-2:2, 6:-6:2].reshape(-1, 2)
    up = (plane >= 0)[2:-2:2, 6:-6:2].ravel()
    found = []
    for side, word in ((~up, "down"), (up, "up")):
        here, there = places[side], places[~side]
        # A word is wider than it is high.
        across, down = map(np.subtract.outer, here.T, there.T)
        room = np.sqrt(((across / 1.6) ** 2 + down**2).min(axis=1))
        room[np.abs(here[:, 1] - dragged) < BESIDE] = 0
        for _ in range(2):
            best = int(room.argmax())
            if room[best] < 0.4:
                break
            found.append((float(here[best, 0]), float(here[best, 1]), word))
            room[np.hypot(*(here - here[best]).T) < 8] = 0
    return found


def bend_summary(maps: BendMaps) -> str:
    """How much of the plane bends down, and how far, with each loss."""
    squared, entropy = maps.bend["squared"], maps.bend["cross_entropy"]
    share = 100 * float((squared < 0).mean())
    return (
        f"On this part of the plane the squared error bends down at {share:.0f} % of "
        f"all places, by {readable(float(squared.min()))} at the strongest. "
        f"Cross-entropy bends down at {100 * float((entropy < 0).mean()):.0f} %: its "
        f"smallest bend here is {readable(float(entropy.min()))}, nearly flat where "
        "the model is sure, and never below 0. That is what *convex* says: no hills, "
        "so no second valley."
    )


# What the take-home script prints, and the inputs that it does so for.
SCRIPT_FUNCTIONS = (
    squared_error,
    cross_entropy,
    find_loss,
    every_start,
    hessian,
    OneFeature,
)
SCRIPT_PRINTS = (
    ("ℒ, squared error", "squared_error(y_hat, y)"),
    ("ℒ, cross-entropy", "cross_entropy(y_hat, y)"),
    ("squared error ends at w", "squared.endings[0].w"),
    ("cross-entropy ends at w", "entropy.endings[0].w"),
    ("smallest bend, squared error", "bends[0].smallest"),
    ("smallest bend, cross-entropy", "bends[1].smallest"),
)


def script_values(
    y_hat: float, y: int, data: str, start: float, w: float, b: float
) -> dict[str, object]:
    """The page's inputs by name, and what is made of them."""
    walk = "every_start(find_loss({!r}), examples, (start,))"
    bend = "hessian(find_loss({!r}), x, labels, np.array(w), b)"
    both = ", ".join(bend.format(key) for key in LOSSES)
    return {
        "y_hat": np.array(y_hat),
        "y": np.array(float(y)),
        "examples": EXAMPLES[data],
        "x": Source("np.array(examples.x)"),
        "labels": Source("np.array(examples.y)"),
        "start": start,
        "w": w,
        "b": b,
        "squared": Source(walk.format("squared")),
        "entropy": Source(walk.format("cross_entropy")),
        "bends": Source(f"({both})"),
    }
