"""Figures of the one-neuron page: a neuron among t-shirt sales, dragged or learning."""

from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_1, FAINT, FUNCTION, GRADIENT, PARAMETER
from charts.formulas import coloured
from core.demand import (
    TRUE_B,
    TRUE_W,
    Shop,
    demand,
    free_from,
    is_dead,
    learn_demand,
    misfit,
    t_shirts,
)
from core.descent import Descent
from core.rounding import latex, readable
from core.sweep import Readout, Sweep
from core.training import kept_steps
from core.types import Array

SPAN = (0.0, 4.6)
HIGH, LOW = 11.0, -3.4
WEIGHTS = np.round(np.arange(-6, 2.001, 0.05), 2)
BIASES = np.round(np.arange(-2, 16.001, 0.1), 2)
STEPS = 400
START_W, START_B = -1.0, 6.0
ARRIVED = 1.5  # times the best J: as near as that, a run has found its w and b
ROUNDING = 1e-9  # a change of J or a slope that is smaller is none
ASKED_W, ASKED_B, ASKED_X = -3.0, 9.0, 4.0
QUESTION = (
    "A neuron has w = −3 and b = 9. The price is x = 4, that is €40. "
    "What demand ŷ does it predict?"
)
SCRIPT_PRINTS = (
    ("J by hand", "misfit(w, b, t_shirts())"),
    ("demand at x = 2", "float(demand(w, b, 2.0))"),
)
LEARNED_PRINTS = (
    ("w", "learn_demand(t_shirts(), w, b, alpha, step).w[-1, 0]"),
    ("b", "learn_demand(t_shirts(), w, b, alpha, step).w[-1, 1]"),
    ("J", "learn_demand(t_shirts(), w, b, alpha, step).J[-1]"),
)


def explanation() -> str:
    """Why the asked neuron says 0."""
    z = ASKED_W * ASKED_X + ASKED_B
    return (
        f"z = wx + b = −3 · 4 + 9 = {readable(z)}, and nobody buys a negative number "
        "of t-shirts: the ReLU makes every z below 0 a 0."
    )


def drag_w(b: float) -> tuple[go.Figure, Sweep]:
    """The neuron for every weight, its bias fixed."""
    return by_hand("w", WEIGHTS, WEIGHTS, np.full_like(WEIGHTS, b))


def drag_b(w: float) -> tuple[go.Figure, Sweep]:
    """The neuron for every bias, its weight fixed."""
    return by_hand("b", BIASES, np.full_like(BIASES, w), BIASES)


def by_hand(label: str, values: Array, w: Array, b: Array) -> tuple[go.Figure, Sweep]:
    """Sales, the neuron's curve and the line under its ReLU, over w or b."""
    shop = t_shirts()
    J = [misfit(each, other, shop) for each, other in zip(w, b, strict=True)]
    at_two = demand(w, b, 2.0)
    sweep = Sweep(
        label=label,
        values=values,
        shown=tuple(readable(v) for v in values),
        moving=curves(w, b, shop),
        readout=(
            Readout("J", tuple(readable(each, 3) for each in J)),
            Readout("at €20", tuple(shirts(float(y)) for y in at_two)),
        ),
        says=tuple(
            f"{label} = {readable(v)}. {sentence(each, other, shop)}"
            for v, each, other in zip(values, w, b, strict=True)
        ),
    )
    return sales_figure(shop), sweep


def curves(w: Array, b: Array, shop: Shop) -> dict[int, dict[str, Array]]:
    """Rows of the moving traces: misses, line, neuron, and the price where it ends."""
    x = np.linspace(*SPAN, 47)
    z = w[:, None] * x + b[:, None]
    ends = np.tile(SPAN, (len(w), 1))
    guesses = demand(w[:, None], b[:, None], shop.x)
    gaps = np.full_like(guesses, np.nan)
    misses_x = np.stack([np.tile(shop.x, (len(w), 1))] * 2 + [gaps], axis=2)
    misses_y = np.stack([np.tile(shop.y, (len(w), 1)), guesses, gaps], axis=2)
    return {
        1: {
            "x": misses_x.reshape(len(w), -1),
            "y": misses_y.reshape(len(w), -1),
        },
        2: {"x": ends, "y": w[:, None] * ends + b[:, None]},
        3: {"x": np.tile(x, (len(w), 1)), "y": np.maximum(z, 0)},
    }


def sales_figure(shop: Shop) -> go.Figure:
    """What is still: the shop's sales, and the axes."""
    return figure(
        [
            scatter(
                x=shop.x,
                y=shop.y,
                mode="markers",
                marker={"color": CLASS_1, "symbol": "diamond", "size": 9,
                        "line": halo(1)},
                name="sold",
            ),
            scatter(mode="lines", line={"color": GRADIENT, "width": 1.5},
                       name="miss"),
            scatter(mode="lines", name="z = wx + b",
                       line={"color": FAINT, "width": 2, "dash": "dash"}),
            scatter(mode="lines", name="ŷ = max(0, z)",
                       line={"color": PARAMETER, "width": 3.5}),
        ],
        height=380,
        margin={"l": 52, "r": 16, "t": 34, "b": 48},
        xaxis=axis("price x", SPAN, tickvals=[0, 1, 2, 3, 4],
                   ticktext=["0", "1 (€10)", "2", "3", "4 (€40)"]),
        yaxis=axis("hundreds sold in a week", (LOW, HIGH)),
        showlegend=True,
    )  # fmt: skip


def shirts(hundreds: float) -> str:
    """A demand in hundreds as whole t-shirts."""
    return f"{100 * hundreds:,.0f}"


def sentence(w: float, b: float, shop: Shop) -> str:
    """What a neuron says about its shop."""
    if is_dead(w, b, shop):
        return "This neuron says 0 at every price."
    if w >= 0:
        return "This neuron says that dearer t-shirts sell better, or just as well."
    stop = free_from(w, b)
    if stop > SPAN[1]:
        return "This neuron finds buyers at every price shown."
    return f"It finds buyers up to €{10 * stop:.0f}; from there on the ReLU says 0."


@lru_cache(maxsize=64)
def learned(w: float, b: float, alpha: float) -> tuple[Descent, Array]:
    """The descent from w and b, and which of its steps are shown."""
    path = learn_demand(t_shirts(), w, b, alpha, STEPS)
    return path, kept_steps(len(path.w) - 1)


def learning_chart(w: float, b: float, alpha: float) -> tuple[go.Figure, Sweep]:
    """The same picture while gradient descent moves w and b."""
    shop = t_shirts()
    path, steps = learned(w, b, alpha)
    ws, bs = path.w[steps].T
    sweep = Sweep(
        label="step",
        values=steps.astype(float),
        shown=tuple(f"{step:,}" for step in steps),
        moving=curves(ws, bs, shop),
        readout=(
            Readout("w", tuple(readable(v) for v in ws), "parameter"),
            Readout("b", tuple(readable(v) for v in bs), "parameter"),
            Readout("J", tuple(readable(float(J)) for J in path.J[steps])),
        ),
        says=tuple(
            f"After step {step}: {sentence(one, two, shop)}"
            for step, one, two in zip(steps, ws, bs, strict=True)
        ),
        run=True,
    )
    return sales_figure(shop), sweep


def misfit_chart(w: float, b: float, alpha: float) -> tuple[go.Figure, Sweep]:
    """J against the step, with the present one."""
    path, steps = learned(w, b, alpha)
    J = np.maximum(path.J[steps], 1e-6)
    low, high = np.log10([J.min(), J.max()])
    fig = figure(
        [
            scatter(x=steps, y=J, mode="lines",
                       line={"color": FUNCTION, "width": 2.5}),
            scatter(mode="markers",
                       marker={"color": PARAMETER, "size": 12, "line": halo()}),
        ],
        x="step",
        x_range=(-0.03 * steps[-1] - 0.5, 1.03 * steps[-1] + 0.5),
        height=250,
        margin={"l": 56, "r": 8, "t": 8, "b": 44},
        yaxis=axis("J", (low - 0.15, high + 0.15), type="log", dtick=1),
    )  # fmt: skip
    sweep = Sweep(
        label="step",
        values=steps.astype(float),
        shown=tuple(f"{step:,}" for step in steps),
        moving={1: {"x": steps[:, None].astype(float), "y": J[:, None]}},
    )
    return fig, sweep


def neuron_formula(w: float, b: float, x: float = 2.0) -> str:
    """ŷ with the numbers put in, at one price."""
    z = w * x + b
    sign = "-" if b < 0 else "+"
    return (
        r"\begin{aligned}"
        rf"\hat y &= \max(0,\; {coloured('w', PARAMETER)}\,x + "
        rf"{coloured('b', PARAMETER)}) \\[0.3em]"
        rf"&= \max(0,\; {latex(w)} \cdot {latex(x)} {sign} {latex(abs(b))}) = "
        rf"\max(0,\; {latex(z)}) = {latex(max(z, 0.0))}"
        r"\end{aligned}"
    )


def learned_notice(w: float, b: float, alpha: float) -> str:
    """What the run teaches, with its own numbers."""
    shop = t_shirts()
    path, _ = learned(w, b, alpha)
    if is_dead(w, b, shop):
        return (
            "**What to notice.** This start says 0 at every price, so z is below 0 "
            "everywhere and the ReLU sends no gradient back: the neuron is *dead* and "
            "stays so at any α. Go back to the hand and lift b."
        )
    end_w, end_b = (float(v) for v in path.w[-1])
    J, best = float(path.J[-1]), best_misfit()
    if J / best > ARRIVED:
        ends = f"J is {readable(J)}, the best is {readable(best, 3)}"
        if is_dead(end_w, end_b, shop) or np.diff(path.J).max() > ROUNDING:
            return (
                f"**What to notice.** With α = {readable(alpha)} the steps are too "
                f"long: the neuron is thrown past the good values. In the end {ends}. "
                "Try a smaller α."
            )
        if np.abs(path.slope[-1]).max() < ROUNDING:
            return (
                f"**What to notice.** It has come to rest, but {ends}: the prices "
                "where it says 0 send no gradient, and the few others pull no more. "
                "Go back to the hand and lift b."
            )
        return (
            f"**What to notice.** With α = {readable(alpha)} it is still on its way "
            f"after {STEPS} steps: {ends}. Try a larger α."
        )
    return (
        "**What to notice.** Nobody told it where demand ends. From 24 pairs of price "
        f"and sales it found w = {readable(end_w)} and b = {readable(end_b)}; the "
        f"sales were made with w = {readable(TRUE_W)} and b = {readable(TRUE_B)}, and "
        "a little chance. Prices where it says 0 send no gradient: the neuron learns "
        "from the others."
    )


def hand_notice(w: float, b: float) -> str:
    """How far the hand is from the best there is."""
    J = misfit(w, b, t_shirts())
    return (
        "**What to notice.** w tilts the line, b lifts it. The dashed line z goes on "
        "below 0; the ReLU cuts it off there. The thin strokes are the misses: J is "
        f"half their mean square, **{readable(J, 3)}** with your w and b. "
        f"Gradient descent reaches {readable(best_misfit(), 3)}."
    )


def best_misfit() -> float:
    """The lowest J that there is for this shop."""
    return float(learned(START_W, START_B, 0.3)[0].J[-1])
