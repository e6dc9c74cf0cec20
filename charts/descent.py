"""Figures of gradient descent over one parameter: through the steps, through α."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, FUNCTION, GRADIENT, PARAMETER
from charts.descent_words import REGIMES, alpha_sentence, end_words, step_sentence
from core.costs import from_expression, logistic_cost, parabola, squared_sigmoid
from core.descent import ONE_STEP, Descent, descend, ending, minima, regime
from core.literals import Source
from core.rounding import readable
from core.sweep import Readout, Sweep
from core.types import Array
from core.walks import Setting, Walks
from core.walks import walks as walks_of

COSTS: Mapping[str, str] = {
    "parabola": "parabola",
    "logistic": "logistic cost",
    "squared": "squared error",
    "own": "own …",
}
ALPHA = 0.1  # the page opens with it
# Walks worth a look: cost, start, steps, α.
CASES: Mapping[str, tuple[str, float, int, float]] = {
    "too timid": ("parabola", 2.0, 25, 0.01),
    "across and back": ("parabola", 2.0, 25, 0.9),
    "a step too long": ("parabola", 2.0, 25, 1.1),
    "the wrong valley": ("squared", -2.0, 100, 20.0),
}
# The two upper parts of the figure through α.
ON_STEPS: Mapping[str, str] = {"xaxis": "x2", "yaxis": "y2"}
ON_COST: Mapping[str, str] = {"xaxis": "x3", "yaxis": "y3"}
# Over the figure, where no line crosses its words.
LEGEND: Mapping[str, Any] = {
    "orientation": "h",
    "y": 1,
    "yanchor": "bottom",
    "x": 0,
    "font": {"size": 12},
}
LETTER = 0.024  # of the width of the strip on a phone
HUGE = 1e30  # the browser gets float32, which ends at 3 × 10³⁸


def steps_chart(setting: Setting, alpha: float) -> tuple[go.Figure, Sweep]:
    """The curve with the point walking down it: tangent, next step, path so far."""
    walks = walks_of(setting)
    path, view = walks.path(alpha), walks.view
    w, J, slope = (_tame(values) for values in _rows(path))
    frames = np.arange(len(w))
    edges = np.array([view.left, view.right])
    following = np.append(w[1:], np.nan)
    following_J = np.append(J[1:], np.nan)
    fine = np.linspace(view.left, view.right, 601)
    traces = [
        _line(FUNCTION, 3, x=fine, y=_tame(walks.cost.J(fine))),
        *minima_markers(walks),
        _line(
            PARAMETER,
            1,
            "dot",
            mode="lines+markers",
            marker={"color": PARAMETER, "size": 7 if setting.steps <= 40 else 4},
            x=w,
            y=J,
        ),
        _line(GRADIENT, 2.5),
        _line(GRADIENT, 2, "dot"),
        _point(15),
    ]
    moving = {
        4: {
            "x": np.tile(edges, (len(w), 1)),
            "y": _tame(J[:, None] + slope[:, None] * (edges - w[:, None])),
        },
        5: {
            "x": np.stack([w, following, following], axis=1),
            "y": np.stack([J, J, following_J], axis=1),
        },
        6: {"x": w[:, None], "y": J[:, None]},
    }
    fig = figure(
        traces,
        x="w",
        y="J(w)",
        x_range=(view.left, view.right),
        y_range=(view.bottom, view.top),
        height=330,
        uirevision=f"{setting.kind} {setting.typed}",
        margin={"l": 52, "r": 12, "t": 26, "b": 44},
        showlegend=True,
        legend=LEGEND,
    )
    sweep = Sweep(
        label="step",
        values=frames.astype(float),
        shown=tuple(str(t) for t in frames),
        moving=moving,
        growing={3: frames},
        readout=(
            Readout("w", _texts(path.w), "parameter"),
            Readout("J", _texts(path.J)),
            Readout("dJ/dw", _texts(path.slope), "gradient"),
        ),
        says=tuple(step_sentence(walks, alpha, t) for t in range(len(path.w)))
        or ("The cost has no value at the start: choose another one.",),
        run=True,
    )
    return fig, sweep


def minima_markers(walks: Walks, **axes: str) -> list[go.Scatter]:
    """A diamond at each minimum, filled at the lowest; their names in the legend.

    Beside the curve a tangent or a path would cross the names sooner or later.
    """
    found, low = walks.found, _lowest(walks)
    return [
        scatter(
            x=found.w[kind],
            y=found.J[kind],
            name=name,
            showlegend=bool(kind.any()) and not axes,
            mode="markers",
            marker={"color": FUNCTION, "size": 10, "symbol": symbol},
            **axes,
        )
        for kind, name, symbol in (
            (low, "minimum" if len(low) == 1 else "global minimum", "diamond"),
            (~low, "local minimum", "diamond-open"),
        )
    ]


def alpha_chart(setting: Setting) -> tuple[go.Figure, Sweep]:
    """All of the walk at the dragged α, on the cost and over the steps.

    Under it the regime at every α of the scale.
    """
    walks = walks_of(setting)
    alphas, view, sweep = walks.sweep.alpha, walks.view, walks.sweep
    rows = rows_of(walks)
    level = np.array([rows.index(_row(name)) for name in walks.regimes], dtype=float)
    steps = np.arange(setting.steps + 1)
    fine = np.linspace(view.left, view.right, 201)
    few = setting.steps <= 40
    dots = {"color": PARAMETER, "size": 6 if few else 3}
    on_cost = {"mode": "lines+markers" if few else "lines", "marker": dots, **ON_COST}
    traces = [
        *_minimum_lines(walks, setting.steps),
        _line(FUNCTION, 2, x=fine, y=_tame(walks.cost.J(fine)), **ON_COST),
        *minima_markers(walks, **ON_COST),
        _line(FAINT, 1.5, "dot", **_borders(walks, len(rows))),
        scatter(
            x=alphas,
            y=level,
            mode="markers",
            marker={"color": FUNCTION, "size": 4, "symbol": "square"},
            showlegend=False,
        ),
        _row_names(rows, level, alphas),
        _line(PARAMETER, 1, **on_cost),
        _line(PARAMETER, 1.5, mode="lines+markers", marker=dots, x=steps, **ON_STEPS),
        _point(13),
    ]
    last = len(traces) - 1
    low, high = np.log10(alphas[[0, -1]])
    fig = figure(
        traces,
        height=330,
        margin={"l": 44, "r": 12, "t": 26, "b": 42},
        showlegend=True,
        legend=LEGEND,
        uirevision=f"{setting.kind} {setting.typed} α",
        xaxis=axis("α", (low, high), type="log", dtick=1),
        yaxis=axis("", (-0.7, len(rows) - 0.3), domain=(0, 0.26), showticklabels=False)
        | {"tickvals": list(range(len(rows)))},
        xaxis2=axis(
            "step",
            (-0.02 * setting.steps, 1.02 * setting.steps),
            anchor="y2",
            domain=(0.59, 1),
        ),
        yaxis2=axis("w", (view.left, view.right), anchor="x2", domain=(0.5, 1)),
        xaxis3=axis("w", (view.left, view.right), anchor="y3", domain=(0, 0.43)),
        yaxis3=axis(
            "J",
            (view.bottom, view.top),
            anchor="x3",
            domain=(0.5, 1),
            showticklabels=False,
        ),
    )
    return fig, Sweep(
        label="α",
        values=alphas,
        shown=_texts(alphas),
        moving={
            last - 2: {"x": _tame(sweep.w), "y": _tame(sweep.J)},
            last - 1: {"y": _tame(sweep.w)},
            last: {"x": alphas[:, None], "y": level[:, None]},
        },
        readout=(
            Readout("walk", walks.regimes),
            Readout("end", tuple(end_words(walks, i) for i in range(len(alphas)))),
        ),
        says=tuple(alpha_sentence(walks, i) for i in range(len(alphas))),
        along_x=True,
    )


def rows_of(walks: Walks) -> list[str]:
    """The regimes that occur, from calm to wild: a row of the strip for each."""
    present = {_row(name) for name in walks.regimes}
    return [name for name in REGIMES if name in present]


def _row(name: str) -> str:
    """A walk that arrives in one step is the last of those on one side."""
    return "monotone" if name == ONE_STEP else name


def _borders(walks: Walks, rows: int) -> dict[str, Any]:
    """The learning rates 1/c and 2/c as upright lines with their names on top."""
    c = walks.curvature
    alphas = walks.sweep.alpha
    inside = [
        (times / c, f"{times}/c")
        for times in (1, 2)
        if c is not None and c > 0 and alphas[0] < times / c < alphas[-1]
    ]
    top = rows - 0.3
    return {
        "x": [x for at, _ in inside for x in (at, at, None)],
        "y": [y for _ in inside for y in (-0.7, top, None)],
        "text": [t for _, name in inside for t in ("", name, "")],
        "mode": "lines+text",
        "textposition": "top center",
        "textfont": {"size": 13, "color": FUNCTION},
        "cliponaxis": False,
    }


def _row_names(rows: list[str], level: Array, alphas: Array) -> go.Scatter:
    """Each row's name, at the end where it is free for longer; over a full row."""
    along = np.log(alphas / alphas[0]) / np.log(alphas[-1] / alphas[0])
    ends = [along[level == k][[0, -1]] for k in range(len(rows))]
    left = [first > 1 - last for first, last in ends]
    free = [max(first, 1 - last) for first, last in ends]
    full = [room < LETTER * len(name) for room, name in zip(free, rows, strict=True)]
    return scatter(
        x=[alphas[0] if is_left else alphas[-1] for is_left in left],
        y=[k + 0.45 * is_full for k, is_full in enumerate(full)],
        text=rows,
        mode="text",
        textposition=["middle right" if is_left else "middle left" for is_left in left],
        textfont={"size": 12 if len(rows) <= 5 else 10, "color": FUNCTION},
        showlegend=False,
    )


def _minimum_lines(walks: Walks, steps: int) -> list[go.Scatter]:
    """Each minimum as a level line over the steps, dashed if only a local one."""
    low = _lowest(walks)
    one = "minimum" if len(low) == 1 else "global minimum"
    return [
        _line(
            FAINT,
            1.5,
            "solid" if is_low else "dash",
            x=[-steps, 2 * steps],
            y=[w, w],
            name=one if is_low else "local minimum",
            showlegend=k in (np.argmax(low), np.argmin(low)),
            **ON_STEPS,
        )
        for k, (w, is_low) in enumerate(zip(walks.found.w, low, strict=True))
    ]


def _lowest(walks: Walks) -> Array:
    """Which of the minima are as low as the lowest one. (k,)"""
    J = walks.found.J
    low: Array = np.isclose(J, np.min(J, initial=np.inf), rtol=1e-9, atol=1e-12)
    return low


def path_table(path: Descent, alpha: float, t: int) -> pd.DataFrame:
    """Six steps around step t and the last one, a row each."""
    first = max(0, min(t - 1, len(path.w) - 6))
    shown = sorted({*range(first, min(first + 6, len(path.w))), len(path.w) - 1})
    return pd.DataFrame(
        [
            (
                f"{k}",
                *(
                    readable(float(v))
                    for v in (
                        path.w[k],
                        path.J[k],
                        path.slope[k],
                        -alpha * path.slope[k],
                    )
                ),
            )
            for k in shown
            if k >= 0
        ],
        columns=["step", "w", "J(w)", "dJ/dw", "moves w by"],
    )


def script(setting: Setting, alpha: float, walks: Walks) -> dict[str, Any]:
    """What the take-home script is made of: functions, values, prints."""
    maker, call = {
        "parabola": (parabola, "parabola(c)"),
        "logistic": (logistic_cost, "logistic_cost()"),
        "squared": (squared_sigmoid, "squared_sigmoid()"),
        "own": (from_expression, "from_expression(typed)"),
    }[setting.kind]
    chosen = {"parabola": {"c": setting.c}, "own": {"typed": setting.typed}}
    view = walks.view
    return {
        "functions": [descend, regime, minima, ending, maker],
        "values": {
            **chosen.get(setting.kind, {}),
            "cost": Source(call),
            "start": setting.start,
            "alpha": alpha,
            "steps": setting.steps,
            "path": Source("descend(cost.J, cost.dJ, start, alpha, steps)"),
            "found": Source(f"minima(cost.J, cost.dJ, {view.left!r}, {view.right!r})"),
        },
        "prints": (
            ("w at each step", "path.w"),
            ("J at each step", "path.J"),
            ("dJ/dw at each step", "path.slope"),
            ("stopped at step", "path.diverged_at"),
            ("regime", "regime(path, cost.dJ, found)"),
            ("minima", "found.w"),
            ("J at the minima", "found.J"),
            ("end", "ending(path, found, cost.dJ).kind"),
        ),
    }


def _rows(path: Descent) -> tuple[Array, Array, Array]:
    """w, J and slope; one row without numbers where the start has no value."""
    if not len(path.w):
        empty = np.array([np.nan])
        return empty, empty, empty
    return path.w, path.J, path.slope


def _tame(values: Array) -> Array:
    """What is far out stays far out, but within float32."""
    return np.clip(values, -HUGE, HUGE)


def _texts(values: Array) -> tuple[str, ...]:
    return tuple(readable(float(v)) for v in values) or ("not defined",)


def _line(colour: str, width: float, dash: str = "solid", **more: Any) -> go.Scatter:
    """A line in one colour, in no legend unless it is asked for."""
    style = {"color": colour, "width": width, "dash": dash, "simplify": False}
    return scatter(**{"mode": "lines", "line": style, "showlegend": False, **more})


def _point(size: float) -> go.Scatter:
    """Where the walk, or the hand, is now."""
    marker = {"color": PARAMETER, "size": size, "line": halo()}
    return scatter(mode="markers", marker=marker, showlegend=False)
