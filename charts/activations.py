"""Figures of the activations page: g and g′, a crowd of z, five networks."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1, FUNCTION, GRADIENT, GRID, PARAMETER
from charts.formulas import coloured, matrix
from charts.long_formulas import PHONE, aligned, ems, equal
from core.activations import ACTIVATIONS, LEAK
from core.collapse import collapse
from core.rounding import latex, readable
from core.side_by_side import REACH, Learned, gap_to_one_layer
from core.spread import crowd, output, slope, spread
from core.sweep import Map, Readout, Sweep
from core.types import Array

Z = np.round(np.arange(-6, 6.001, 0.05), 2)
# A map's share of the figure's width, and its title's of a row.
WIDTH, TITLE, ROWS = 0.485, 0.14, 3
SHARES = (0, 0.01, 0.05, 0.2, 0.5, 1)
SPREADS = np.round(2 ** np.linspace(-3, 4, 57), 3)


def curve_chart(name: str, leak: float) -> tuple[go.Figure, Sweep]:
    """g and g′ over z, with the dragged z on both."""
    g, dg = output(name, Z, leak), slope(name, Z, leak)
    tall = name in {"relu", "leaky_relu", "linear"}
    top = 3.2 if tall else 1.35
    bottom = {"linear": -3.2, "leaky_relu": -1.35, "relu": -0.6}.get(name, -1.35)
    fig = figure(
        [
            _line(Z, 0 * Z, GRID, 1),
            _line(Z, g, FUNCTION, 3, name="g(z)"),
            _line(Z, dg, GRADIENT, 2, "dash", name="g′(z)"),
            scatter(
                mode="lines", line={"color": GRADIENT, "width": 1.5}, showlegend=False
            ),
            scatter(
                mode="markers",
                marker={
                    "color": [PARAMETER, GRADIENT],
                    "size": [15, 11],
                    "symbol": ["circle", "diamond"],
                    "line": halo(),
                },
                showlegend=False,
            ),
        ],
        x="z",
        y="",
        x_range=(-6, 6),
        y_range=(bottom, top),
        showlegend=True,
        margin={"l": 40, "r": 16, "t": 34, "b": 48},
        uirevision=name,
    )
    fig.data[0].showlegend = False
    reach = np.array([-1.2, 1.2])
    sweep = Sweep(
        label="z",
        values=Z,
        shown=tuple(readable(v) for v in Z),
        moving={
            3: {"x": Z[:, None] + reach, "y": g[:, None] + dg[:, None] * reach},
            4: {"x": np.stack([Z, Z], 1), "y": np.stack([g, dg], 1)},
        },
        readout=(
            Readout("g(z)", tuple(readable(v) for v in g)),
            Readout("g′(z)", tuple(readable(v) for v in dg), "gradient"),
        ),
        says=tuple(
            f"At z = {readable(z)} the unit passes on {readable(a)}, and "
            f"{readable(100 * d, 3)} % of the gradient comes back through it."
            for z, a, d in zip(Z, g, dg, strict=True)
        ),
        along_x=True,
    )
    return fig, sweep


def crowd_chart(name: str, leak: float, mu: float) -> tuple[go.Figure, Sweep]:
    """How the outputs of 4,000 z ~ N(mu, s²) lie, as the spread s is dragged."""
    edges = np.linspace(-3, 3, 49) if name != "sigmoid" else np.linspace(-0.2, 1.2, 49)
    standard = crowd(0.0, 1.0)
    counts, found = [], []
    for s in SPREADS:
        z = mu + s * standard
        inside = np.clip(output(name, z, leak), edges[0], edges[-1])
        counts.append(np.histogram(inside, edges)[0] / z.size)
        found.append(spread(name, z, leak))
    heights = np.sqrt(np.array(counts))
    steps_x = np.repeat(edges, 2)[1:-1]
    mean = np.array([f.mean for f in found])
    fig = figure(
        [
            scatter(mode="lines", line={"color": FUNCTION, "width": 2}),
            scatter(
                mode="lines+text",
                line={"color": PARAMETER, "width": 2, "dash": "dash"},
                textposition="top right",
                textfont={"color": PARAMETER, "size": 13},
            ),
        ],
        x="g(z)",
        x_range=(float(edges[0]), float(edges[-1])),
        height=280,
        margin={"l": 68, "r": 16, "t": 16, "b": 48},
        # Drawn at their square roots: few outputs somewhere are still seen.
        yaxis=axis(
            "share of the outputs",
            (0, 1.05),
            tickvals=np.sqrt(SHARES),
            ticktext=[f"{100 * share:.0f} %" for share in SHARES],
        ),
    )
    n = len(SPREADS)
    flat = tuple(f"{100 * f.saturated:.0f} %" for f in found)
    sweep = Sweep(
        label="s",
        values=SPREADS,
        shown=tuple(readable(v) for v in SPREADS),
        moving={
            0: {"x": np.tile(steps_x, (n, 1)), "y": np.repeat(heights, 2, axis=1)},
            1: {
                "x": np.stack([mean, mean], 1),
                "y": np.tile([0.0, 0.9], (n, 1)),
                "text": [("", "mean")] * n,
            },
        },
        readout=(
            Readout("mean", tuple(readable(f.mean, 3) for f in found), "parameter"),
            Readout("spread", tuple(readable(f.std, 3) for f in found)),
            Readout("with hardly any slope", flat),
        ),
        says=tuple(
            f"z spreads by {readable(s)}: the outputs have mean {readable(f.mean, 3)}, "
            f"and {100 * f.saturated:.0f}\u00a0% of them have hardly any slope left."
            for s, f in zip(SPREADS, found, strict=True)
        ),
    )
    return fig, sweep


def networks_chart(
    data: str,  # noqa: ARG001
    lessons: Mapping[str, Learned],
) -> tuple[go.Figure, Sweep]:
    """The five networks' maps over the points, two in a row, step by step."""
    any_lesson = next(iter(lessons.values()))
    X, steps = any_lesson.points.X, any_lesson.history.steps
    one = any_lesson.points.Y[0] == 1
    traces: list[Any] = []
    axes: dict[str, Any] = {}
    moving, maps = {}, []
    span = (-REACH, REACH)
    for k, (name, lesson) in enumerate(lessons.items()):
        suffix = str(k + 1) if k else ""
        on = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        label = ACTIVATIONS[name].label
        axes |= _place(k, suffix)
        traces += [
            _dots(X[:, ~one], CLASS_0, "circle", on),
            _dots(X[:, one], CLASS_1, "diamond", on),
        ]
        moving[len(traces)] = {
            "x": np.zeros((len(steps), 1)),
            "y": np.full((len(steps), 1), REACH),
            "text": [[f"{label}: {100 * r:.0f} % right"] for r in lesson.right],
        }
        font = {"size": 14, "color": FUNCTION}
        look = {"mode": "text", "textfont": font, "textposition": "top center"}
        traces.append(scatter(**look, **on, cliponaxis=False))
        on_map = Map(lesson.surface, span, span, k + 1, edge=0.5, cuts=lesson.cuts)
        maps.append(on_map)
    fig = figure(traces, height=600, margin={"l": 4, "r": 4, "t": 0, "b": 0}, **axes)
    # Each map is as wide as high: two of them, and three with their titles.
    fig.layout.meta = {**fig.layout.meta, "square": ROWS * WIDTH / (0.98 - TITLE)}
    sweep = Sweep(
        label="step",
        values=steps.astype(float),
        shown=tuple(f"{step:,}" for step in steps),
        moving=moving,
        maps=tuple(maps),
        run=True,
    )
    return fig, sweep


def _place(k: int, suffix: str) -> dict[str, Any]:
    """The axes of the k-th map: row after row, two in each, under their titles."""
    row, column = divmod(k, 2)
    left, top = column * (1 - WIDTH), 1 - row / ROWS
    quiet = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "showline": False,
        "fixedrange": True,
        "constrain": "domain",
    }
    across = {"domain": [left, left + WIDTH], "anchor": f"y{suffix}"}
    up = {"domain": [top - 0.98 / ROWS, top - TITLE / ROWS]}
    up |= {"anchor": f"x{suffix}", "scaleanchor": f"x{suffix}"}
    return {
        f"xaxis{suffix}": axis(span=(-REACH, REACH), **quiet, **across),
        f"yaxis{suffix}": axis(span=(-REACH, REACH), **quiet, **up),
    }


def collapse_formula(learned: Learned, step: float) -> str:
    """W2 W1 = wᵀ and W2 b1 + b2 = b with the linear network's numbers at a step."""
    now = learned.history.at(frame_at(learned, step))
    one = collapse(now)
    w = coloured(r"w^{T}", PARAMETER), coloured(matrix(one.w.T), PARAMETER)
    b = coloured("b", PARAMETER), coloured(latex(one.b, 3), PARAMETER)
    W2 = matrix(now.W2)
    bias = float(now.b2[0, 0])
    signed = latex(bias, 3) if bias < 0 else f"+ {latex(bias, 3)}"
    widest = PHONE - ems(w[0])
    rows = [
        rf"{w[0]} &= W^{{[2]}} W^{{[1]}}",
        *equal([W2, matrix(now.W1), f"= {w[1]}"], widest=widest),
        rf"{b[0]} &= W^{{[2]}} b^{{[1]}} + b^{{[2]}}",
        *equal([W2, matrix(now.b1), signed, f"= {b[1]}"], widest=widest),
    ]
    return aligned(rows, space="0.5em")


def collapse_sentence(learned: Learned, step: float) -> str:
    """What the one layer is, and how near it comes."""
    kept = frame_at(learned, step)
    gap = readable(gap_to_one_layer(learned, kept), 3)
    return (
        "The **linear** network draws one straight line, however long it trains: its "
        f"two layers multiply into one. At step {learned.history.steps[kept]:,} they "
        "are the w and b below. A logistic regression with this w and b gives the same "
        f"answer for every x: over the {learned.points.X.shape[1]} points the two "
        f"differ by {gap} at most, which is rounding."
    )


def frame_at(learned: Learned, step: float) -> int:
    """The index of the kept step where the slider stands."""
    return int(np.abs(learned.history.steps - step).argmin())


def formulas(name: str, leak: float) -> tuple[str, str]:
    """g and g′ as formulas, with the slope that the learner chose."""
    chosen = ACTIVATIONS[name]
    written = (chosen.g_latex, chosen.dg_latex)
    return tuple(each.replace(str(LEAK), f"{leak:g}") for each in written)


def labels() -> dict[str, str]:
    """The activations by key, as the page names them."""
    return {key: activation.label for key, activation in ACTIVATIONS.items()}


def _line(
    x: Array, y: Array, colour: str, width: float, dash: str = "solid", name: str = ""
) -> go.Scatter:
    line = {"color": colour, "width": width, "dash": dash}
    return scatter(x=x, y=y, mode="lines", line=line, name=name)


def _dots(X: Array, colour: str, symbol: str, on: Mapping[str, str]) -> go.Scatter:
    marker = {"color": colour, "symbol": symbol, "size": 4}
    return scatter(x=X[0], y=X[1], mode="markers", marker=marker, **on)
