"""Figures of the sigmoid page: a line that leaves [0, 1], and a curve that stays."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1, FAINT, FUNCTION, GRID, PAPER, PARAMETER
from charts.formulas import coloured
from charts.long_formulas import aligned
from core.activations import sigmoid
from core.costs import ONE_FEATURE
from core.datasets import make
from core.direction import pointing, width_of_doubt
from core.literals import Source
from core.logistic import accuracy, forward
from core.odds import naive_sigmoid, odds, written
from core.rounding import latex, readable
from core.sweep import Map, Readout, Sweep
from core.types import Array

SPAN = (-4.0, 4.0)
ASKED_AT = 2.0
WEIGHTS = np.round(np.arange(-4, 6.001, 0.1), 2)
BIASES = np.round(np.arange(-6, 6.001, 0.1), 2)
WIDE, HIGH = 9.0, 4.2  # wider than any screen shows: both axes have one scale
# Finer where w is short: there a little more changes most.
LENGTHS = np.round(
    [*np.arange(0.05, 1, 0.05), *np.arange(1, 3, 0.1), *np.arange(3, 8.1, 0.25)], 2
)
ANGLES = np.arange(0.0, 360.1, 5.0)
DATA: Mapping[str, Any] = {"name": "blobs", "m": 120, "noise": 0.35, "seed": 4}

# The question of each view: key, question, options, truth and explanation.
FAR = (
    "far",
    "z = wx + b is 4, and then 8. What happens to σ(z) from the one to the other?",
    {
        "double": "it doubles",
        "little": "it grows by less than 0.02",
        "half": "it grows by about a half",
    },
    "little",
    f"σ(4) = {readable(float(sigmoid(np.array(4.0))))} and "
    f"σ(8) = {readable(float(sigmoid(np.array(8.0))))}: the curve is flat out there. "
    "The odds are another story: they grow from 55 : 1 to 2,981 : 1.",
)
STRIP = (
    "strip",
    "w gets twice as long and points where it did. How wide is the strip now in which "
    "the probability goes from 10 % to 90 %?",
    {"same": "as wide as before", "half": "half as wide", "double": "twice as wide"},
    "half",
    "Along w, z grows by ‖w‖ with each unit, and from 10 % to 90 % it always has to go "
    f"from −log 9 to log 9. That takes {readable(float(width_of_doubt(np.array(1.0))))}"
    f" units at ‖w‖ = 1, {readable(float(width_of_doubt(np.array(2.0))))} at ‖w‖ = 2.",
)
QUESTIONS: Mapping[str, tuple[str, str, Mapping[str, str], str, str]] = {
    "one": FAR,
    "two": STRIP,
}


def drag_w(b: float) -> tuple[go.Figure, Sweep]:
    """One feature, b fixed: the line wx + b and the curve σ(wx + b), over all w."""
    return _one_feature("w", WEIGHTS, WEIGHTS, np.full_like(WEIGHTS, b))


def drag_b(w: float) -> tuple[go.Figure, Sweep]:
    """The same with w fixed: b moves the curve to the side, and keeps its shape."""
    return _one_feature("b", BIASES, np.full_like(BIASES, w), BIASES)


def _one_feature(
    label: str, values: Array, w: Array, b: Array
) -> tuple[go.Figure, Sweep]:
    x = np.linspace(*SPAN, 97)
    z = w[:, None] * x + b[:, None]
    ends = np.array(SPAN)
    line = w[:, None] * ends + b[:, None]
    # σ(z) = ½ where z = 0; a flat line has no such place.
    flat = np.abs(w) < 1e-9
    middle = np.where(flat, np.nan, -b / np.where(flat, 1, w))
    here = w * ASKED_AT + b
    points_x, points_y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y)
    one = points_y == 1
    fig = figure(
        [
            _level(0.0),
            _level(1.0),
            _dots(points_x[~one], points_y[~one], CLASS_0, "circle"),
            _dots(points_x[one], points_y[one], CLASS_1, "diamond"),
            scatter(mode="lines", line={"color": FAINT, "width": 2, "dash": "dash"}),
            scatter(mode="lines", line={"color": FUNCTION, "width": 3}),
            scatter(
                mode="markers", marker={"color": PARAMETER, "size": 13, "line": halo()}
            ),
            scatter(
                x=[3.9, 3.9],
                y=[1.08, -0.08],
                mode="text",
                text=["certain: 1", "certain: 0"],
                textposition="middle left",
                textfont={"color": FAINT, "size": 13},
            ),
        ],
        x="x",
        y="ŷ",
        x_range=SPAN,
        y_range=(-0.75, 1.75),
        height=340,
    )
    n = len(values)
    sweep = Sweep(
        label=label,
        values=values,
        shown=tuple(readable(v) for v in values),
        moving={
            4: {"x": np.tile(ends, (n, 1)), "y": line},
            5: {"x": np.tile(x, (n, 1)), "y": sigmoid(z)},
            6: {"x": middle[:, None], "y": np.full((n, 1), 0.5)},
        },
        readout=(
            Readout("z at x = 2", tuple(readable(v) for v in here)),
            Readout("σ(z)", tuple(map(probability_text, here))),
        ),
        says=tuple(_sentence(v) for v in here),
    )
    return fig, sweep


def probability_text(z: float) -> str:
    """σ(z) for reading; 1 − σ(z) = σ(−z) keeps all its digits."""
    sure, doubt = sigmoid(np.array([z, -z]))
    return written(float(sure), float(doubt))


def _sentence(z: float) -> str:
    verdict = "could pass for a probability" if 0 <= z <= 1 else "is no probability"
    return (
        f"At x = 2 the line says {readable(z)}, which {verdict}; "
        f"σ makes it {probability_text(z)}."
    )


def drag_length(angle: float) -> tuple[go.Figure, Sweep]:
    """Two features: w points one way and grows. The line stays, the slope sharpens."""
    says = tuple(
        f"With ‖w‖ = {readable(r)} the probability goes from 10 % to 90 % within "
        f"{readable(width)} units."
        for r, width in zip(LENGTHS, width_of_doubt(LENGTHS), strict=True)
    )
    angles = np.full_like(LENGTHS, angle)
    return _two_features("‖w‖", LENGTHS, LENGTHS, angles, says)


def drag_angle(length: float) -> tuple[go.Figure, Sweep]:
    """Two features: w of one length turns, and the line turns with it."""
    says = tuple(
        f"w points to {a:.0f}°. The line wᵀx + b = 0 stands at a right angle to it."
        for a in ANGLES
    )
    lengths = np.full_like(ANGLES, length)
    return _two_features("angle", ANGLES, lengths, ANGLES, says)


def _two_features(
    label: str, values: Array, length: Array, angle: Array, says: tuple[str, ...]
) -> tuple[go.Figure, Sweep]:
    data = make(**DATA)
    w = pointing(length, angle).T
    x1, x2 = (_cells(reach, n) for reach, n in ((WIDE, 72), (HIGH, 36)))
    z = w[:, 0, None, None] * x1 + w[:, 1, None, None] * x2[:, None]
    unit = w / length[:, None]
    # The arrow is drawn no longer than the figure; the readout has the true length.
    tip = unit * np.minimum(length, 3.8)[:, None]
    right = [accuracy(forward(each[:, None], 0.0, data.X), data.Y) for each in w]
    one = data.Y[0] == 1
    fig = figure(
        [
            _dots(*data.X[:, ~one], CLASS_0, "circle"),
            _dots(*data.X[:, one], CLASS_1, "diamond"),
            scatter(mode="lines", line={"color": PARAMETER, "width": 4}),
            scatter(
                mode="markers+text",
                # The letter on its own disc: among the points it could not be read.
                marker={"color": PARAMETER, "size": 20, "line": halo()},
                text=["w"],
                textfont={"color": PAPER, "size": 14},
            ),
        ],
        height=360,
        yaxis=axis("x₂", (-HIGH, HIGH)),
        # One scale for both axes: what is a right angle has to look like one.
        xaxis=axis("x₁", (-HIGH, HIGH), scaleanchor="y"),
    )
    sweep = Sweep(
        label=label,
        values=values,
        shown=tuple(readable(v) + ("°" if label == "angle" else "") for v in values),
        moving={
            2: {
                "x": np.stack([0 * tip[:, 0], tip[:, 0]], axis=1),
                "y": np.stack([0 * tip[:, 1], tip[:, 1]], axis=1),
            },
            3: {"x": tip[:, :1], "y": tip[:, 1:]},
        },
        readout=(
            Readout("w₁", tuple(readable(v) for v in w[:, 0]), "parameter"),
            Readout("w₂", tuple(readable(v) for v in w[:, 1]), "parameter"),
            Readout("right", tuple(f"{readable(round(100 * r, 1))} %" for r in right)),
        ),
        says=says,
        maps=(Map(sigmoid(z), (-WIDE, WIDE), (-HIGH, HIGH), edge=0.5),),
    )
    return fig, sweep


def limits_table() -> pd.DataFrame:
    """σ far out on both sides, the formula as it is written, and the odds."""
    z = np.array([-1000.0, -20.0, -4.0, -1.0, 0.0, 1.0, 4.0, 20.0, 1000.0])
    return pd.DataFrame(
        {
            "z": [readable(v) for v in z],
            "σ(z), ours": [probability_text(v) for v in z],
            "1 / (1 + e⁻ᶻ), typed as it stands": [naive_sigmoid(v) for v in z],
            "odds σ : (1 − σ)": [readable(v) for v in odds(z)],
        }
    )


def shift_words(w: float) -> str:
    """What b does, and where the green point is."""
    if w == 0:
        return (
            "**b lifts it.** With w = 0 the curve is flat: σ is the same for every x, "
            "so there is no one place where it is ½, and no green point."
        )
    return "**b shifts it.** The green point is where σ(z) = ½: at x = −b / w."


def notice(w: float, b: float) -> str:
    """What to notice with one feature."""
    if w != 0:
        line = (
            "The dashed line is z = wx + b. It leaves the band from 0 to 1 on both "
            "sides, so it cannot be a probability."
        )
    elif 0 <= b <= 1:
        line = (
            f"With w = 0 the dashed line is flat at {readable(b)}: it stays in the "
            "band from 0 to 1, but says the same of every x. With any other w it "
            "leaves the band."
        )
    else:
        line = f"With w = 0 the dashed line is flat at {readable(b)}, outside the band."
    return (
        f"**What to notice.** {line} σ bends it into the band, keeps its order, and "
        "never quite reaches the edges."
    )


def logit_formula(w: float, b: float) -> str:
    """From probability to odds to logit, and back to the line: one row for each."""
    line = rf"{latex(w)}\,x {'-' if b < 0 else '+'} {latex(abs(b))}"
    says_the_same = r"&\Longleftrightarrow\quad &"
    return aligned(
        [
            r"&& \hat y &= \sigma(z)",
            rf"{says_the_same} \frac{{\hat y}}{{1 - \hat y}} &= e^{{z}}",
            rf"{says_the_same} \log\frac{{\hat y}}{{1 - \hat y}} &= z",
            rf"&& &= {coloured('w', PARAMETER)}x + b",
            rf"&& &= {line}",
        ]
    )


def _cells(reach: float, count: int) -> Array:
    """The middles of `count` cells between −reach and reach."""
    edges = np.linspace(-reach, reach, count + 1)
    return (edges[:-1] + edges[1:]) / 2


def _level(y: float) -> go.Scatter:
    return scatter(
        x=SPAN, y=[y, y], mode="lines", line={"color": GRID, "width": 2, "dash": "dot"}
    )


def _dots(x: Array, y: Array, colour: str, symbol: str) -> go.Scatter:
    marker = {"color": colour, "symbol": symbol, "size": 9, "line": halo(1)}
    return scatter(x=x, y=y, mode="markers", marker=marker)


# ---- the script ----------------------------------------------------------------

ONE_PRINTS = (
    ("z at x = 2", "w * x + b"),
    ("σ(z)", "sigmoid(w * x + b)"),
    ("odds", "odds(w * x + b)"),
)
TWO_FUNCTIONS = (pointing, width_of_doubt, make, forward, accuracy)
TWO_PRINTS = (
    ("w₁", "float(w[0, 0])"),
    ("w₂", "float(w[1, 0])"),
    ("right", "accuracy(forward(w, 0.0, data.X), data.Y)"),
    ("units from 10 % to 90 %", "float(width_of_doubt(length))"),
)


def two_values(length: float, angle: float) -> dict[str, object]:
    """The inputs of the view with two features, and what is made of them."""
    return {
        "length": length,
        "angle": angle,
        "w": Source("pointing(np.array([length]), np.array([angle]))"),
        "data": Source(f"make({', '.join(f'{k}={v!r}' for k, v in DATA.items())})"),
    }
