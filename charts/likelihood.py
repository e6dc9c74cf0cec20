"""Figures of the likelihood page: sticks as long as P, and three curves with one w."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_0, CLASS_1, FAINT, FUNCTION, PARAMETER
from charts.formulas import coloured
from charts.long_formulas import PHONE, aligned, ems, equation
from core.activations import sigmoid
from core.likelihood import (
    EXAMPLES,
    SUPERSCRIPT,
    LikelihoodCurve,
    likelihood,
    likelihood_curve,
    log_probability,
    many_labels,
    probability,
    underflow,
)
from core.literals import Source
from core.rounding import latex, readable
from core.sweep import Readout, Sweep
from core.types import Array

NAMES: Mapping[str, str] = {"overlap": "overlapping", "apart": "apart"}
W = np.round(np.arange(-3, 6.001, 0.05), 2)
SPAN = (-3.2, 3.2)
Y_HATS = np.round(np.arange(0, 1.001, 0.01), 2)
MAXIMUM: Mapping[str, str] = {
    "product": "largest",
    "log": "largest",
    "cost": "smallest",
}


def examples_of(data: str) -> tuple[Array, Array]:
    """x and y (m,) of a set of examples."""
    examples = EXAMPLES[data]
    return np.array(examples.x), np.array(examples.y, dtype=np.float64)


def curve_of(data: str, b: float) -> LikelihoodCurve:
    """Product, sum and cost for every w of the drag."""
    return likelihood_curve(*examples_of(data), W, b)


def best_of(curve: LikelihoodCurve) -> float | None:
    """The w that fits best; None where a still larger or smaller w would be better."""
    inside = 0 < curve.highest < len(W) - 1
    return float(W[curve.highest]) if inside else None


def titles(best: float | None) -> dict[str, str]:
    """The heading of each curve, by its name."""
    log = "Largest at the same w." if best is not None else "It rises with the product."
    return {
        "product": "**The product.** Make it as large as you can.",
        "log": f"**The sum of logs.** {log}",
        "cost": "**The cost.** The sum, divided by −m.",
    }


def stick_chart(data: str, b: float) -> tuple[go.Figure, Sweep]:
    """The examples, σ(wx + b), and a stick for each as long as its P(y|x)."""
    x, y = examples_of(data)
    at = curve_of(data, b).at
    fine = np.linspace(*SPAN, 97)
    curve = sigmoid(W[:, None] * fine + b)
    y_hat = sigmoid(W[:, None] * x + b)
    traces: list[go.Scatter] = []
    moving: dict[int, dict[str, object]] = {}
    looks = ((1.0, CLASS_1, "diamond", "0"), (0.0, CLASS_0, "circle", "1"))
    for label, colour, _, foot in looks:
        of = y == label
        feet = np.full((len(W), int(of.sum())), float(foot))
        gap = np.full(feet.shape, np.nan)
        ends = np.stack([feet, y_hat[:, of], gap], axis=2)
        moving[len(traces)] = {"y": ends.reshape(len(W), -1)}
        traces.append(
            scatter(
                x=np.repeat(x[of], 3),
                mode="lines",
                line={"color": colour, "width": 7},
                opacity=0.75,
            )
        )
    moving[len(traces)] = {"y": curve}
    traces.append(scatter(x=fine, mode="lines", line={"color": FUNCTION, "width": 3}))
    for label, colour, symbol, _ in looks:
        of = y == label
        traces.append(
            scatter(
                x=x[of],
                y=y[of],
                mode="markers",
                marker={"color": colour, "symbol": symbol, "size": 11, "line": halo()},
            )
        )
    traces.append(
        scatter(
            x=[-3.1, 3.1],
            y=[-0.11, 1.11],
            mode="text",
            text=["label 0: sticks hang from 1", "label 1: sticks stand on 0"],
            textposition=["middle right", "middle left"],
            textfont={"size": 13, "color": [CLASS_0, CLASS_1]},
        )
    )
    fig = figure(
        traces,
        x="x",
        y="ŷ = σ(wx + b)",
        x_range=SPAN,
        y_range=(-0.19, 1.19),
        height=320,
    )
    m = len(x)
    sweep = Sweep(
        label="w",
        values=W,
        shown=tuple(readable(v) for v in W),
        moving=moving,
        readout=(
            Readout("∏ P", _texts(at.product)),
            Readout("∑ log P", _texts(at.log_likelihood)),
            Readout("−mJ", _texts(-m * at.J)),
        ),
        says=tuple(
            f"All {m} labels together: {readable(float(p))}. "
            f"The least probable one alone: {readable(float(worst))}."
            for p, worst in zip(at.product, at.P.min(axis=1), strict=True)
        ),
    )
    return fig, sweep


def curve_chart(which: str, data: str, b: float) -> tuple[go.Figure, Sweep]:
    """Product, sum of logs or cost over w, with the best w marked and the present."""
    curve = curve_of(data, b)
    values, title = {
        "product": (curve.at.product, "product of all P"),
        "log": (curve.at.log_likelihood, "sum of all log P"),
        "cost": (curve.at.J, "J"),
    }[which]
    low, high = float(values.min()), float(values.max())
    room = 0.16 * (high - low)
    best = best_of(curve)
    i = curve.highest
    spot = W[i] if best is not None else W[0 if i == 0 else -1]
    words = (
        f"{MAXIMUM[which]}: w = {readable(best)}"
        if best is not None
        else f"{'falls' if which == 'cost' else 'rises'} on and on"
    )
    # The words stand beyond the best place. Where there is none, in a corner that the
    # curve leaves free: a product is small for long, a sum of logs soon near its end.
    place = f"{'bottom' if which == 'cost' else 'top'} center"
    words_x, words_y = spot, values[i]
    if best is None:
        ends = (W[-1], W[0]) if i == 0 else (W[0], W[-1])
        words_x = ends[0] if which == "product" else ends[1]
        words_y = low - room / 2 if which == "log" else high + room / 2
        side = "right" if words_x == W[0] else "left"
        place = f"{'top' if which == 'log' else 'bottom'} {side}"
    traces = [
        scatter(x=W, y=values, mode="lines", line={"color": FUNCTION, "width": 3}),
        scatter(
            x=[spot, spot],
            y=[values[i], high + room if which == "cost" else low - room],
            mode="lines",
            line={"color": FAINT, "width": 1.5, "dash": "dot"},
            visible=best is not None,
        ),
        scatter(
            x=[words_x],
            y=[words_y],
            mode="markers+text" if best is not None else "text",
            marker={"color": FUNCTION, "symbol": "diamond", "size": 10},
            text=[words],
            textposition=place,
            textfont={"size": 13},
        ),
        scatter(
            mode="markers", marker={"color": PARAMETER, "size": 14, "line": halo()}
        ),
    ]
    fig = figure(
        traces,
        x="w",
        height=240,
        margin={"l": 58, "r": 8, "t": 8, "b": 42},
        xaxis=axis("w", (-3.2, 6.2)),
        yaxis=axis("", (low - room, high + room), nticks=5, exponentformat="power"),
    )
    sweep = Sweep(
        label="w",
        values=W,
        shown=tuple(readable(v) for v in W),
        moving={3: {"x": W[:, None], "y": values[:, None]}},
        readout=(Readout(title, _texts(values)),),
    )
    return fig, sweep


def train_formula(data: str, w: float, b: float) -> str:
    """Product, sum and cost with the numbers put in: the first two, and the last."""
    x, y = examples_of(data)
    at = likelihood(w * x + b, y)
    P, logs = at.P, log_probability(w * x + b, y)
    m = len(x)
    factors = " \\cdot ".join([*_latex(P[:2]), r"\ldots", *_latex(P[-1:])])
    lost = [*_latex(-logs[:2]), r"\dots", *_latex(-logs[-1:])]
    terms = f"-{' - '.join(lost)}"
    total = latex(float(at.log_likelihood))
    J = latex(float(at.J))
    # All rows stand right of the widest name.
    room = PHONE - ems(r"\log P_{train}")
    parts = (
        [
            r"P_{train} &= \textstyle\prod_i P(y^{(i)} | x^{(i)})",
            *equation("", factors, widest=room),
            f"&= {latex(float(at.product))}",
        ],
        [
            r"\log P_{train} &= \textstyle\sum_i \log P(y^{(i)} | x^{(i)})",
            *equation("", terms, widest=room),
            f"&= {total}",
        ],
        equation("J", rf"-\tfrac{{1}}{{{m}}} \cdot ({total})", J, widest=room),
    )
    return aligned([r" \\ ".join(part) for part in parts], "0.6em")


def _latex(values: Array) -> list[str]:
    return [latex(float(v), 3) for v in values]


def example_table(data: str, w: float, b: float) -> pd.DataFrame:
    """Every example with its prediction, its P and its logarithm."""
    x, y = examples_of(data)
    y_hat = sigmoid(w * x + b)
    P = likelihood(w * x + b, y).P
    return pd.DataFrame(
        {
            "x": _texts(x),
            "y": [f"{label:.0f}" for label in y],
            "ŷ": _texts(y_hat),
            "P(y|x)": _texts(P),
            "log P(y|x)": _texts(log_probability(w * x + b, y)),
        }
    )


def story(data: str, b: float) -> str:
    """What to notice: one best w for all three, and why nobody gets their own."""
    curve = curve_of(data, b)
    best = best_of(curve)
    if best is None:
        return (
            "**What to notice.** These labels can be told apart without a mistake, and "
            "so no w on this scale is best: going on always makes all labels a little "
            "more probable. Product, sum and cost agree on this."
        )
    own = int(np.sum(np.argmax(curve.at.P, axis=0) == curve.highest)) or "none"
    return (
        f"**What to notice.** All three curves point to w = {readable(best)}. The "
        "logarithm only grows when its argument grows, so it moves no maximum; the "
        "minus turns the maximum into a minimum; and dividing by m changes the height, "
        f"not the place. Of the {len(curve.at.P[0])} examples, {own} have their own P "
        "highest there: the best w is a compromise, not everybody's wish."
    )


def half_question(data: str) -> tuple[str, float, str]:
    """Question, truth and explanation: what does a model know that says ½?"""
    x, y = examples_of(data)
    at = likelihood(0 * x, y)
    m = len(x)
    power = str(m).translate(SUPERSCRIPT)
    return (
        f"With w = 0 and b = 0 the model says ŷ = ½ for each of the {m} examples. How "
        "probable are all their labels together? (You can type a calculation.)",
        float(at.product),
        f"Each label has P = ½, and ½ times itself {m} times is ½{power}. As a sum of "
        f"logarithms: {m} · log ½ = {readable(float(at.log_likelihood))}, and "
        f"J = {readable(float(at.J))} = log 2.",
    )


def label_chart() -> tuple[go.Figure, Sweep]:
    """P(y|x) for both labels against ŷ: two straight lines out of one formula."""
    P = {label: probability(Y_HATS, np.full(Y_HATS.shape, label)) for label in (1, 0)}
    x = Y_HATS[:, None]
    looks = ((1, CLASS_1, "diamond", "solid"), (0, CLASS_0, "circle", "dash"))
    traces = [
        scatter(
            x=Y_HATS,
            y=P[label],
            mode="lines",
            line={"color": colour, "width": 3, "dash": dash},
        )
        for label, colour, _, dash in looks
    ]
    traces += [
        scatter(
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 12, "line": halo()},
        )
        for _, colour, symbol, _ in looks
    ]
    traces.append(
        scatter(
            x=[0.97, 0.03],
            y=[0.72, 0.72],
            mode="text",
            text=["y = 1", "y = 0"],
            textposition=["middle left", "middle right"],
            textfont={"size": 14, "color": [CLASS_1, CLASS_0]},
        )
    )
    fig = figure(
        traces,
        x="ŷ",
        y="P(y|x)",
        x_range=(-0.02, 1.02),
        y_range=(-0.06, 1.06),
        height=250,
    )
    sweep = Sweep(
        label="ŷ",
        values=Y_HATS,
        shown=tuple(readable(v) for v in Y_HATS),
        moving={
            2: {"x": x, "y": P[1][:, None]},
            3: {"x": x, "y": P[0][:, None]},
        },
        readout=(
            Readout("P(1|x)", _texts(P[1]), "class1"),
            Readout("P(0|x)", _texts(P[0]), "class0"),
        ),
        along_x=True,
    )
    return fig, sweep


def label_formula(y_hat: float) -> str:
    """ŷʸ (1 − ŷ)¹⁻ʸ for both labels, with the numbers put in."""
    rest = 1 - y_hat
    P = [float(probability(np.array(y_hat), np.array(v))) for v in (1.0, 0.0)]
    a, c = latex(y_hat), latex(rest)
    return (
        r"\begin{aligned}"
        r"&P(y|x) = \hat{y}^{y} \, (1 - \hat{y})^{1-y} \\[0.5em]"
        rf"&{coloured('y = 1', CLASS_1)}: \quad {a}^1 \cdot {c}^0 = {latex(P[0])}"
        r" \\[0.3em]"
        rf"&{coloured('y = 0', CLASS_0)}: \quad {a}^0 \cdot {c}^1 = {latex(P[1])}"
        r"\end{aligned}"
    )


def _texts(values: Array) -> tuple[str, ...]:
    return tuple(readable(float(v)) for v in values)


# What the take-home script prints, and the functions it needs for that.
SCRIPT_FUNCTIONS = (likelihood, many_labels, underflow)
SCRIPT_PRINTS = (
    ("product", "likelihood(w * x + b, y).product"),
    ("sum of logs", "likelihood(w * x + b, y).log_likelihood"),
    ("J", "likelihood(w * x + b, y).J"),
    ("product of the first m", "long.product[m - 1]"),
    ("sum of logs of the first m", "long.log_sum[m - 1]"),
)


def script_values(
    data: str, w: float, b: float, seed: int, m: int
) -> dict[str, object]:
    """The page's inputs by name, and what is made of them."""
    x, y = examples_of(data)
    return {
        "x": x,
        "y": y,
        "w": w,
        "b": b,
        "seed": seed,
        "m": m,
        "labels": Source("many_labels(2000, seed)"),
        "long": Source("underflow(labels.x, labels.y)"),
    }
