"""Figures of gradient descent over two parameters: contours, surface, the data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import contour, figure, halo, scatter, scatter_3d, surface
from charts.colours import CLASS_0, CLASS_1, FAINT, FUNCTION, GRADIENT, GRID, PARAMETER
from charts.descent_words import NOTICE_WB, plane_formula, plane_sentence
from core.activations import sigmoid
from core.costs import (
    ONE_FEATURE,
    LogisticDescent,
    cost_plane,
    descend_logistic_1d,
    longest_step,
    lowest_point,
    settles,
)
from core.literals import Source
from core.rounding import readable
from core.sweep import Readout, Sweep
from core.types import Array

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y)
# What the figures show: a unit of w is as wide as a unit of b is high, so that right
# angles look right.
W, B = (-5.0, 5.0), (-3.25, 3.25)
RIGHT, WRONG = "both slopes first", "bug: b uses the new w"
ALPHAS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0)
LEGEND: Mapping[str, Any] = {
    "orientation": "h",
    "y": 1.02,
    "yanchor": "bottom",
    "x": 0,
}
# Close levels where the ground is nearly flat, then wider ones.
LEVELS = ((0.44, 0.44, 1.0), (0.5, 0.7, 0.1), (0.8, 12.0, 0.4))


@dataclass(frozen=True)
class Choices:
    """Where the walk starts, how it steps, and whether the bug's walk is shown."""

    w: float
    b: float
    alpha: float
    steps: int
    bug: bool


@lru_cache(maxsize=64)  # all figures, the table and the words of a run ask for it
def path_of(choices: Choices, *, bug: bool = False) -> LogisticDescent:
    """The right walk, or the one with the bug."""
    w, b, alpha, steps = choices.w, choices.b, choices.alpha, choices.steps
    return descend_logistic_1d(X, Y, w, b, alpha, steps, bug=bug)


def paths(choices: Choices) -> list[tuple[str, LogisticDescent]]:
    """The right walk, and the one with the bug if it is asked for."""
    right = [(RIGHT, path_of(choices))]
    return [*right, (WRONG, path_of(choices, bug=True))] if choices.bug else right


@cache
def best() -> tuple[float, float]:
    """Where J is lowest."""
    return lowest_point(X, Y)


@cache
def comes_to_rest(alpha: float, bug: bool) -> bool:
    """Whether a walk with this α, given time, ends in the minimum.

    It then does from every start on offer: a test walks from all over the plane.
    """
    return settles(X, Y, alpha, bug)


def contour_chart(choices: Choices) -> tuple[go.Figure, Sweep]:
    """J over the plane as lines of equal height, and the walk across them."""
    w, b = np.linspace(*W, 61), np.linspace(*B, 41)
    J = cost_plane(X, Y, w, b).astype("f4")
    walks = paths(choices)
    right = walks[0][1]
    frames = np.arange(choices.steps + 1)
    traces: list[Any] = [level_lines(w, b, J, *levels) for levels in LEVELS]
    traces.append(
        scatter(
            x=[best()[0]],
            y=[best()[1]],
            mode="markers",
            marker={"color": FUNCTION, "size": 10, "symbol": "diamond"},
            showlegend=False,
        )
    )
    growing, moving = {}, {}
    for name, path in walks[::-1]:
        growing[len(traces)] = frames
        traces.append(scatter(x=path.w, y=path.b, name=name, **_style(name)))
    ends = np.append(right.w[1:], np.nan), np.append(right.b[1:], np.nan)
    moving[len(traces)] = {
        "x": np.stack([right.w, ends[0]], axis=1),
        "y": np.stack([right.b, ends[1]], axis=1),
    }
    traces.append(
        scatter(mode="lines", line={"color": GRADIENT, "width": 2.5}, showlegend=False)
    )
    for name, path in walks[::-1]:
        moving[len(traces)] = {"x": path.w[:, None], "y": path.b[:, None]}
        traces.append(scatter(mode="markers", showlegend=False, **_point(name)))
    fig = figure(
        traces,
        x="w",
        y="b",
        x_range=W,
        y_range=B,
        height=332 if choices.bug else 310,
        showlegend=choices.bug,
        legend={**LEGEND, "traceorder": "reversed"},
        margin={"l": 44, "r": 12, "t": 30 if choices.bug else 8, "b": 42},
    )
    return fig, _sweep(choices, walks, moving, growing)


def _sweep(
    choices: Choices,
    walks: list[tuple[str, LogisticDescent]],
    moving: dict[int, dict[str, Array]],
    growing: dict[int, Array],
) -> Sweep:
    """The frames of the figure that leads, with its numbers and sentences."""
    right = walks[0][1]
    frames = range(choices.steps + 1)
    return Sweep(
        label="step",
        values=np.arange(choices.steps + 1.0),
        shown=tuple(str(t) for t in frames),
        moving=moving,
        growing=growing,
        readout=(
            Readout("w", _texts(right.w), "parameter"),
            Readout("b", _texts(right.b), "parameter"),
            Readout("J", _texts(right.J)),
            *(Readout("J, bug", _texts(path.J)) for _, path in walks[1:]),
        ),
        says=tuple(
            plane_sentence(right, t, seen=bool(seen))
            for t, seen in enumerate(_in_figure(right))
        ),
        run=True,
    )


def surface_chart(choices: Choices) -> tuple[go.Figure, Sweep]:
    """The same cost as a landscape, to be turned by hand, with the same walk."""
    w, b = np.linspace(*W, 31), np.linspace(*B, 31)
    J = cost_plane(X, Y, w, b)
    top = float(J.max())
    traces: list[Any] = [
        surface(
            x=w,
            y=b,
            z=J.astype("f4"),
            showscale=False,
            opacity=0.92,
            colorscale=[[0, GRID], [1, FAINT]],
            lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.02},
            contours={
                "z": {
                    "show": True,
                    "start": 1.0,
                    "end": top,
                    "size": 1.0,
                    "color": FAINT,
                    "width": 1,
                }
            },
            hoverinfo="skip",
        )
    ]
    growing, moving = {}, {}
    frames = np.arange(choices.steps + 1)
    for name, path in paths(choices)[::-1]:
        x, y, z = (_on_surface(path)[k] for k in range(3))
        growing[len(traces)] = frames
        traces.append(scatter_3d(x=x, y=y, z=z, **_style(name)))
        moving[len(traces)] = {"x": x[:, None], "y": y[:, None], "z": z[:, None]}
        traces.append(scatter_3d(mode="markers", **_point(name)))
    fig = figure(
        traces,
        height=330,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene={
            "xaxis": _axis_3d("w", W),
            "yaxis": _axis_3d("b", B),
            "zaxis": _axis_3d("J", (0, top)),
            "camera": {
                "eye": {"x": 1.15, "y": -1.6, "z": 1.05},
                "center": {"x": 0, "y": 0, "z": -0.15},
            },
            "aspectratio": {"x": 1.2, "y": 0.8, "z": 0.7},
            "dragmode": "turntable",
            "hovermode": False,
        },
        dragmode="turntable",
    )
    sweep = Sweep(
        label="step",
        values=frames.astype(float),
        shown=tuple(str(t) for t in frames),
        moving=moving,
        growing=growing,
    )
    return fig, sweep


def _in_figure(path: LogisticDescent) -> Array:
    """Which steps stand within the axes of the figure through the steps. (k,)"""
    return (np.abs(path.w) <= W[1]) & (np.abs(path.b) <= B[1])


def _on_surface(path: LogisticDescent) -> tuple[Array, Array, Array]:
    """w, b and J; what is outside of the box is left out."""
    inside = (np.abs(path.w) <= W[1]) & (np.abs(path.b) <= B[1])
    return tuple(  # type: ignore[return-value]
        np.where(inside, values, np.nan) for values in (path.w, path.b, path.J)
    )


def data_chart(choices: Choices) -> tuple[go.Figure, Sweep]:
    """The twelve examples with the sigmoid that w and b make of each step."""
    fine = np.linspace(-3.5, 3.5, 71)
    traces: list[Any] = [
        scatter(
            x=X[kind == Y],
            y=Y[kind == Y],
            name=f"y = {kind}",
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 11, "line": halo(1)},
        )
        for kind, colour, symbol in ((1, CLASS_1, "diamond"), (0, CLASS_0, "circle"))
    ]
    moving = {}
    frames = np.arange(choices.steps + 1)
    for name, path in paths(choices)[::-1]:
        z = np.multiply.outer(path.w, fine) + path.b[:, None]
        moving[len(traces)] = {"y": sigmoid(z)}
        wide = 3 if name == RIGHT else 2
        dash = "solid" if name == RIGHT else "dash"
        traces.append(
            scatter(
                x=fine,
                name="ŷ = σ(wx + b)" if name == RIGHT else "ŷ with the bug",
                mode="lines",
                line={"color": FUNCTION, "width": wide, "dash": dash},
            )
        )
    fig = figure(
        traces,
        x="x",
        y="y and ŷ",
        x_range=(-3.5, 3.5),
        y_range=(-0.1, 1.1),
        height=300,
        showlegend=True,
        margin={"l": 48, "r": 12, "t": 34, "b": 42},
    )
    sweep = Sweep(
        label="step",
        values=frames.astype(float),
        shown=tuple(str(t) for t in frames),
        moving=moving,
    )
    return fig, sweep


def plane_table(choices: Choices, t: int) -> pd.DataFrame:
    """Six steps around step t and the last one; the bug's w, b and J beside them."""
    right = path_of(choices)
    last = choices.steps
    first = max(0, min(t - 1, last - 5))
    rows = sorted({*range(first, min(first + 6, last + 1)), last})
    columns = {
        "step": [str(k) for k in rows],
        "w": right.w,
        "b": right.b,
        "dw": right.dw,
        "db": right.db,
        "J": right.J,
    }
    if choices.bug:
        wrong = path_of(choices, bug=True)
        columns |= {"b, bug": wrong.b, "J, bug": wrong.J}
    return pd.DataFrame(
        {
            name: v if name == "step" else [readable(float(v[k])) for k in rows]
            for name, v in columns.items()
        }
    )


def formula(choices: Choices, t: int) -> str:
    """Both updates of step t on the right walk."""
    return plane_formula(path_of(choices), choices.alpha, t)


def story(choices: Choices) -> str:
    """Where the walk has come to, and whether it settles; the one with the bug too."""
    right = path_of(choices)
    text = (
        f"{_regime(choices.alpha, right)} After {choices.steps} steps: "
        f"{_place(right)}. The minimum is at w = {readable(best()[0])}, "
        f"b = {readable(best()[1])}."
    )
    if not comes_to_rest(choices.alpha, bug=False):
        text += (
            " It never rests there: at the minimum J bends like a parabola with c = "
            f"{readable(2 / longest_step(X, Y))} in its steepest direction, so the "
            f"border 2/c is {readable(longest_step(X, Y))}."
        )
    if not choices.bug:
        return text
    wrong = path_of(choices, bug=True)
    named = _regime(choices.alpha, wrong, bug=True)
    return f"{text}\n\n**With the bug:** {named} {_place(wrong)}."


def _regime(alpha: float, path: LogisticDescent, *, bug: bool = False) -> str:
    """In bold, whether the walk has settled, is on its way, or never will."""
    if not comes_to_rest(alpha, bug):
        return "**Jumping around.**"
    away = max(abs(path.w[-1] - best()[0]), abs(path.b[-1] - best()[1]))
    return "**Settled.**" if away < 0.01 else "**Settling**, not there yet."


def _place(path: LogisticDescent) -> str:
    w, b, J = (float(values[-1]) for values in (path.w, path.b, path.J))
    return f"w = {readable(w)}, b = {readable(b)}, J = {readable(J)}"


def script(choices: Choices) -> dict[str, Any]:
    """What the take-home script is made of: functions, values, prints."""
    call = "descend_logistic_1d(x, y, w, b, alpha, steps"
    bug = {"wrong": Source(f"{call}, True)")} if choices.bug else {}
    walks = [("", "path"), (" with the bug", "wrong")][: 1 + choices.bug]
    return {
        "functions": [descend_logistic_1d, lowest_point],
        "values": {
            "x": X,
            "y": Y,
            "w": choices.w,
            "b": choices.b,
            "alpha": choices.alpha,
            "steps": choices.steps,
            "path": Source(f"{call})"),
            **bug,
        },
        "prints": (
            *(
                (f"{name} at each step{which}", f"{path}.{name}")
                for which, path in walks
                for name in ("w", "b", "J", "dw", "db")
            ),
            ("the lowest point", "lowest_point(x, y)"),
        ),
    }


def bug_question(choices: Choices) -> tuple[str, Mapping[str, str], str, str]:
    """Question, options, truth and explanation: where does the bug lead?"""
    alpha = choices.alpha
    arrives = comes_to_rest(alpha, bug=True)
    question = (
        "A program updates w first, and takes db with the *new* w. Given time, "
        "where does its walk end?"
    )
    # So for every α below the border: who changes such an α is not asked again.
    if not comes_to_rest(alpha, bug=False):
        question = (
            f"With α = {readable(alpha)} the right walk never settles. {question}"
        )
    return (
        question,
        {"same": "same minimum", "other": "elsewhere", "nowhere": "nowhere"},
        "same" if arrives else "nowhere",
        f"{_why(choices)} {_first_step(choices)}",
    )


def _why(choices: Choices) -> str:
    """Why the walk with the bug ends where it ends."""
    same_zero = "both slopes are 0, whichever w they are taken with"
    if not comes_to_rest(choices.alpha, bug=True):
        calm = max(a for a in ALPHAS if comes_to_rest(a, bug=False))
        return (
            f"With α = {readable(choices.alpha)} neither walk comes to rest: the steps "
            f"are too long. With an α up to {readable(calm)} both end in the same "
            f"minimum, for there {same_zero}."
        )
    if not comes_to_rest(choices.alpha, bug=False):
        return (
            f"In the minimum {same_zero}: here only the walk with the bug gets there."
        )
    return f"In the minimum {same_zero}. That is why nobody notices."


def _first_step(choices: Choices) -> str:
    """What both walks make of b in the first step."""
    first = replace(choices, steps=1)
    right, wrong = path_of(first), path_of(first, bug=True)
    return (
        "But the ways differ: after your first step b is "
        f"{readable(float(right.b[1]))} on the right walk, and "
        f"{readable(float(wrong.b[1]))} with the bug."
    )


def notice(choices: Choices, told: bool) -> str:
    """What to notice; where the bug leads only when its question is answered."""
    if not told:
        return NOTICE_WB
    if comes_to_rest(choices.alpha, bug=True):
        return f"{NOTICE_WB} Here it even arrives, which is why such a bug lives long."
    return (
        f"{NOTICE_WB} With smaller steps it even arrives, which is why such a bug "
        "lives long."
    )


def level_lines(
    w: Array, b: Array, J: Array, start: float, end: float, size: float
) -> go.Contour:
    """Lines of equal J, with their heights."""
    return contour(
        x=w,
        y=b,
        z=J,
        contours={
            "start": start,
            "end": end,
            "size": size,
            "coloring": "none",
            "showlabels": True,
            "labelfont": {"size": 11, "color": FAINT},
        },
        line={"color": FAINT, "width": 1},
        autocontour=False,
        showscale=False,
        showlegend=False,
    )


def _style(name: str) -> dict[str, Any]:
    """The look of a walk: the right one solid and round, the bug's dashed, square."""
    right = name == RIGHT
    colour = PARAMETER if right else FUNCTION
    return {
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2, "dash": "solid" if right else "dash"},
        "marker": {
            "color": colour,
            "size": 6,
            "symbol": "circle" if right else "square-open",
        },
    }


def _point(name: str) -> dict[str, Any]:
    """Where a walk stands now."""
    right = name == RIGHT
    look = {"symbol": "circle" if right else "square", "size": 14 if right else 12}
    colour = PARAMETER if right else FUNCTION
    return {"marker": {"color": colour, "line": halo(), **look}}


def _axis_3d(title: str, span: tuple[float, float]) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "range": span,
        "nticks": 5,
        "tickfont": {"size": 11},
        "gridcolor": GRID,
        "zerolinecolor": GRID,
        "backgroundcolor": "rgba(0,0,0,0)",
        "showspikes": False,
    }


def _texts(values: Array) -> tuple[str, ...]:
    return tuple(readable(float(v)) for v in values)
