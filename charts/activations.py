"""Figures of the activations page: g and g′, a crowd of z, five networks."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1, FUNCTION, GRADIENT, GRID, PARAMETER
from core.activations import ACTIVATIONS, LEAK
from core.collapse import collapse
from core.rounding import readable
from core.side_by_side import REACH, Learned, gap_to_one_layer
from core.spread import crowd, output, slope, spread
from core.sweep import Map, Readout, Sweep
from core.types import Array

Z = np.round(np.arange(-6, 6.001, 0.05), 2)
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
        y="√ share",
        x_range=(float(edges[0]), float(edges[-1])),
        y_range=(0, 1.05),
        height=280,
    )
    n = len(SPREADS)
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
            Readout("hardly learn", tuple(f"{100 * f.saturated:.0f} %" for f in found)),
        ),
        says=tuple(
            f"z spreads by {readable(s)}: the outputs have mean {readable(f.mean, 3)}, "
            f"and {100 * f.saturated:.0f} % of them have hardly any slope left."
            for s, f in zip(SPREADS, found, strict=True)
        ),
    )
    return fig, sweep


def network_chart(name: str, data: str, learned: Learned) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """One of the five networks: its map over the points, step by step."""
    X, steps = learned.points.X, learned.history.steps
    one = learned.points.Y[0] == 1
    quiet = {"showgrid": False, "zeroline": False, "showticklabels": False}
    fig = figure(
        [
            _dots(X[:, ~one], CLASS_0, "circle"),
            _dots(X[:, one], CLASS_1, "diamond"),
        ],
        height=190,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=axis(span=(-REACH, REACH), fixedrange=True, **quiet),
        yaxis=axis(span=(-REACH, REACH), fixedrange=True, **quiet),
    )
    span = (-REACH, REACH)
    shares = tuple(f"{100 * share:.0f} %" for share in learned.right)
    sweep = Sweep(
        label="step",
        values=steps.astype(float),
        shown=tuple(f"{step:,}" for step in steps),
        readout=(Readout("right", shares),),
        maps=(Map(learned.surface, span, span, edge=0.5, cuts=learned.cuts),),
        run=True,
    )
    return fig, sweep


def collapse_table(data: str, learned: Learned) -> pd.DataFrame:  # noqa: ARG001
    """The trained linear network as one layer, and how far the two are apart."""
    one = collapse(learned.history.at(-1))
    return pd.DataFrame(
        [
            ("wᵀ = W2 W1", _row(one.w[:, 0])),
            ("b = W2 b1 + b2", readable(one.b)),
            ("largest difference over all points", readable(gap_to_one_layer(learned))),
        ],
        columns=["two linear layers as one", "value"],
    )


def formulas(name: str, leak: float) -> tuple[str, str]:
    """g and g′ as formulas, with the slope that the learner chose."""
    chosen = ACTIVATIONS[name]
    written = (chosen.g_latex, chosen.dg_latex)
    return tuple(each.replace(str(LEAK), f"{leak:g}") for each in written)


def labels() -> dict[str, str]:
    """The activations by key, as the page names them."""
    return {key: activation.label for key, activation in ACTIVATIONS.items()}


def _row(values: Array) -> str:
    return ", ".join(readable(float(v)) for v in values)


def _line(
    x: Array, y: Array, colour: str, width: float, dash: str = "solid", name: str = ""
) -> go.Scatter:
    line = {"color": colour, "width": width, "dash": dash}
    return scatter(x=x, y=y, mode="lines", line=line, name=name)


def _dots(X: Array, colour: str, symbol: str) -> go.Scatter:
    marker = {"color": colour, "symbol": symbol, "size": 5}
    return scatter(x=X[0], y=X[1], mode="markers", marker=marker)
