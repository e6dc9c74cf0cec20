"""Figures of the cost page for one example: both losses, and what they pull with."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import figure, halo, scatter
from charts.colours import FAINT, FUNCTION, GRID, PARAMETER
from charts.formulas import coloured
from core.losses import LOSSES, at_the_edge
from core.odds import logit
from core.rounding import latex, readable
from core.sweep import Readout, Sweep

SQUARED, ENTROPY = LOSSES["squared"], LOSSES["cross_entropy"]
LABELS: Mapping[str, str] = {"1": "y = 1", "0": "y = 0"}
# Every half hundredth, and closer at the ends, where cross-entropy runs away.
EDGE = (0.0, 0.0001, 0.001, 0.002, 0.003)
Y_HATS = np.unique(
    np.round([*EDGE, *(1 - np.array(EDGE)), *np.arange(0.005, 0.9951, 0.005)], 6)
)
TOP = 6.0


def loss_chart(y: int) -> tuple[go.Figure, Sweep]:
    """Both losses of one example against its prediction ŷ, for a label y."""
    labels = np.full(Y_HATS.shape, float(y))
    entropy, squared = ENTROPY.L(Y_HATS, labels), SQUARED.L(Y_HATS, labels)
    fine = np.concatenate([np.linspace(0.0015, 0.0985, 98), np.linspace(0.1, 0.9, 81)])
    fine = np.sort(np.concatenate([fine, 1 - fine[:98]]))
    here = np.full(fine.shape, float(y))
    inside = np.where(entropy < TOP, entropy, np.nan)
    outside = np.where(entropy < TOP, np.nan, TOP)
    # The words stand where the curves leave room: on the wrong side of the label.
    places, anchor = ([0.24, 0.06], "right") if y == 1 else ([0.76, 0.94], "left")
    traces = [
        scatter(x=[y, y], y=[0, TOP], mode="lines", line=_hair()),
        scatter(
            x=fine,
            y=SQUARED.L(fine, here),
            mode="lines",
            line={"color": FAINT, "width": 3, "dash": "dash"},
        ),
        scatter(
            x=fine,
            y=ENTROPY.L(fine, here),
            mode="lines",
            line={"color": FUNCTION, "width": 3},
        ),
        scatter(
            x=places,
            y=[1.95, 0.86],
            mode="text",
            text=["cross-entropy", "squared error"],
            textposition=f"middle {anchor}",
            textfont={"size": 14, "color": [FUNCTION, FAINT]},
        ),
        scatter(mode="lines", line={"color": PARAMETER, "width": 1.5, "dash": "dot"}),
        _point("circle"),
        _point("square"),
        scatter(
            mode="markers+text",
            marker={"color": PARAMETER, "size": 14, "symbol": "triangle-up"},
            textfont={"color": PARAMETER, "size": 14},
            textposition=f"bottom {'right' if y == 1 else 'left'}",
            cliponaxis=False,
        ),
    ]
    reach = np.where(entropy < TOP, entropy, TOP)
    x = Y_HATS[:, None]
    moving = {
        4: {
            "x": np.stack([Y_HATS, Y_HATS], axis=1),
            "y": np.stack([0 * reach, reach], axis=1),
        },
        5: {"x": x, "y": inside[:, None]},
        6: {"x": x, "y": squared[:, None]},
        7: {
            "x": x,
            "y": outside[:, None],
            "text": [(f"{readable(v)}, far above",) for v in entropy],
        },
    }
    fig = figure(
        traces,
        x="ŷ, the prediction",
        y="loss",
        x_range=(-0.02, 1.02),
        y_range=(-0.15, TOP + 0.15),
        height=340,
    )
    sweep = Sweep(
        label="ŷ",
        values=Y_HATS,
        shown=tuple(readable(v) for v in Y_HATS),
        moving=moving,
        readout=(
            Readout("cross-entropy", tuple(readable(v) for v in entropy)),
            Readout("squared error", tuple(readable(v) for v in squared)),
        ),
        says=tuple(_sentence(float(a), y) for a in Y_HATS),
        along_x=True,
    )
    return fig, sweep


def _point(symbol: str) -> go.Scatter:
    marker = {"color": PARAMETER, "size": 14, "symbol": symbol, "line": halo()}
    return scatter(mode="markers", marker=marker)


def _hair() -> dict[str, object]:
    return {"color": GRID, "width": 2}


def _sentence(y_hat: float, y: int) -> str:
    """How wrong ŷ is, and which of the losses minds."""
    edge = at_the_edge(y_hat, y)
    if edge:
        return edge.split(": ")[0] + f": cross-entropy says {loss_of(y_hat, y)[1]}."
    squared, entropy = loss_of(y_hat, y)
    truth = y_hat if y == 1 else 1 - y_hat
    given = f"The model gives the truth {readable(100 * truth)} %"
    return f"{given}: squared error {squared}, cross-entropy {entropy}."


def loss_of(y_hat: float, y: int) -> tuple[str, str]:
    """Squared error and cross-entropy of one example, written for reading."""
    a, label = np.array(y_hat), np.array(float(y))
    return readable(float(SQUARED.L(a, label))), readable(float(ENTROPY.L(a, label)))


def loss_formula(y_hat: float, y: int) -> str:
    """Both losses with symbols and with the numbers put in."""
    a = coloured(r"\hat{y}", PARAMETER)
    seen = coloured(latex(y_hat), PARAMETER)
    given, label = np.array(y_hat), np.array(float(y))
    entropy = latex(float(ENTROPY.L(given, label)))
    squared = latex(float(SQUARED.L(given, label)))
    # For each label one of the two terms is 0 times something: only the other counts.
    term = rf"= -\log({seen if y == 1 else rf'1 - {seen}'})"
    if y_hat in (0, 1):
        near = "1 - 2^{-53}" if y_hat == y else "2^{-53}"
        term += rf" \\ &\quad \to -\log({near})"
    # Left-aligned and short lines, for a phone has room for no more.
    return (
        r"\begin{aligned}"
        rf"&-\left(y \log {a} + (1 - y) \log(1 - {a})\right) \\"
        rf"&\quad {term} = {entropy} \\[0.7em]"
        rf"&\tfrac{{1}}{{2}} ({a} - y)^2 = "
        rf"\tfrac{{1}}{{2}} ({seen} - {y})^2 = {squared}"
        r"\end{aligned}"
    )


def pull(y_hat: float, y: int) -> tuple[float, float]:
    """dℒ/dz, what the loss sends back to w and b: squared error, cross-entropy."""
    # A ŷ that was rounded to 0 or 1 comes from a z that is far out.
    z = (
        np.array(np.inf * (2 * y_hat - 1))
        if y_hat in (0, 1)
        else logit(np.array(y_hat))
    )
    label = np.array(float(y))
    return float(SQUARED.slope_z(z, label)), float(ENTROPY.slope_z(z, label))


def loss_table(y_hat: float, y: int) -> pd.DataFrame:
    """Value and slopes of both losses at ŷ."""
    a, label = np.array(y_hat), np.array(float(y))
    both = (SQUARED, ENTROPY)
    rows = (
        ("loss ℒ", [float(loss.L(a, label)) for loss in both]),
        ("slope dℒ/dŷ", [float(loss.dL(a, label)) for loss in both]),
        ("slope dℒ/dz", list(pull(y_hat, y))),
    )
    return pd.DataFrame(
        [(name, *(readable(v) for v in values)) for name, values in rows],
        columns=["", "squared error", "cross-entropy"],
    )


def loss_story(y_hat: float, y: int, *, asked: bool) -> str:
    """What stands at an edge; and, once it was asked for, what to notice."""
    edge = at_the_edge(y_hat, y)
    parts = [f"**At the edge.** {edge}"] if edge else []
    if asked:
        wrong = 0.01 if y == 1 else 0.99
        squared, entropy = (readable(abs(v)) for v in pull(wrong, y))
        parts.append(
            "**What to notice.** For each label only one of the two logarithms counts, "
            "and it grows without end towards the wrong side. What w and b learn from "
            f"is the slope over z = wx + b. At ŷ = {readable(wrong)}, sure and wrong, "
            f"it has the size {entropy} with cross-entropy, and {squared} with squared "
            "error: there, once the truth gets less than ⅓, a worse mistake teaches "
            "*less*."
        )
    return "\n\n".join(parts)


def tenfold_question(y: int) -> tuple[str, str, Mapping[str, str], str, str]:
    """Key, question, options, truth and explanation: ten times as wrong."""
    worse = (0.01, 0.001) if y == 1 else (0.99, 0.999)
    squared, entropy = (
        [float(loss.L(np.array(a), np.array(float(y)))) for a in worse]
        for loss in (SQUARED, ENTROPY)
    )
    grown = entropy[1] - entropy[0] > 100 * (squared[1] - squared[0])
    return (
        "tenfold",
        f"The label is {y}. A model says ŷ = {worse[0]}, another {worse[1]}: even "
        "surer, and wrong. Which loss charges the second one much more?",
        {
            "both": "both losses",
            "entropy": "only cross-entropy",
            "squared": "only squared error",
            "none": "neither: wrong is wrong",
        },
        "entropy" if grown else "both",
        f"Cross-entropy goes from {readable(entropy[0])} to {readable(entropy[1])}: "
        "each time the truth gets a tenth of what it had, log 10 = "
        f"{readable(float(np.log(10)))} is added. Squared error goes from "
        f"{readable(squared[0])} to {readable(squared[1])}, and can never pass ½.",
    )
