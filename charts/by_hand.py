"""Figures of one example by hand: the neuron as a graph, its loss, the derivation."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import figure, halo, scatter
from charts.colours import CLASS_1, FUNCTION, GRADIENT, PARAMETER
from charts.formulas import coloured
from charts.graphs import Box, Look, graph_figure, straight
from charts.long_formulas import UNFOLDED, aligned, ems, equation
from core.rounding import latex, readable
from core.single_example import (
    BackwardPass,
    DerivationStep,
    ForwardPass,
    OneExample,
    OneNeuron,
    backward_one,
    derivation,
    forward_one,
    update_one,
)
from core.sweep import Readout, Sweep

WEIGHTS = np.round(np.linspace(-4, 4, 161), 2)
ROW_PIXELS = 82
SUBSCRIPTS = str.maketrans("12", "₁₂")
BOXES = (
    Box("w1", "w₁", 0, 0),
    Box("x1", "x₁", 0, -1),
    Box("w2", "w₂", 0, -2),
    Box("x2", "x₂", 0, -3),
    Box("b", "b", 0, -4),
    Box("z", "z = wᵀx + b", 1, -2),
    Box("a", "a = σ(z)", 2, -2),
    Box("y", "y", 2, -3.5),
    Box("L", "L(a, y)", 3, -2),
)
ARROWS = (
    *((name, "z") for name in ("w1", "x1", "w2", "x2", "b")),
    ("z", "a"),
    ("a", "L"),
    ("y", "L"),
)
WAY = (("w1", "z", 0), ("z", "a", 0), ("a", "L", 0))

# Inputs worth seeing, by label: the neuron and its example.
CASES: Mapping[str, Mapping[str, float]] = {
    "unsure": {"w1": 0.0, "w2": 0.0, "b": 0.0, "x1": 2.0, "x2": -1.0, "y": 1},
    "nearly right": {"w1": 2.0, "w2": -1.0, "b": 0.0, "x1": 2.0, "x2": -1.0, "y": 1},
    "certain and wrong": {
        **{"w1": 2.0, "w2": 0.0, "b": 0.0},
        **{"x1": 20.0, "x2": 0.0, "y": 0},
    },
}
NOTICE = (
    "**What to notice.** The whole way back needs one difference: dz = a − y, how far "
    "the answer is off. Each weight's slope is that difference times its own input, "
    "so an input of 0 teaches its weight nothing, and b learns as from an input of 1."
)


def graph_chart(
    w2: float, b: float, x1: float, x2: float, y: int
) -> tuple[go.Figure, Sweep]:
    """The neuron while w1 is dragged: every value forward, every slope back."""
    example = OneExample(x1, x2, y)
    looks, says, forwards, backs = [], [], [], []
    for w1 in WEIGHTS:
        at = forward_one(OneNeuron(float(w1), w2, b), example)
        back = backward_one(example, at)
        # On a phone a box has no room for spaces.
        slopes = {
            name[1:]: f"{name.translate(SUBSCRIPTS)}={readable(v)}"
            for name, v in vars(back).items()
        }
        values = {
            "w1": float(w1),
            "x1": x1,
            "w2": w2,
            "x2": x2,
            "b": b,
            "y": float(y),
            **vars(at),
        }
        looks.append(
            Look(
                {name: f"= {readable(v)}" for name, v in values.items()},
                slopes,
                ("w1",),
                WAY,
            )
        )
        says.append(_sentence(at, back, y))
        forwards.append(at)
        backs.append(back)
    fig, moving = graph_figure(straight(BOXES, ARROWS), looks, ROW_PIXELS)
    return fig, Sweep(
        label="w₁",
        values=WEIGHTS,
        shown=tuple(readable(float(w1)) for w1 in WEIGHTS),
        moving=moving,
        readout=(
            Readout("ŷ = a", tuple(readable(at.a) for at in forwards), "class1"),
            Readout("L", tuple(readable(at.L) for at in forwards)),
            Readout("dw₁", tuple(readable(back.dw1) for back in backs), "gradient"),
        ),
        says=tuple(says),
    )


def _sentence(at: ForwardPass, back: BackwardPass, y: int) -> str:
    if not np.isfinite(back.da):
        return (
            f"a is {readable(at.a)} to the last digit and y = {y}: da is infinite, "
            f"but dz = a − y = {readable(back.dz)} is an ordinary number."
        )
    way = "up" if back.dw1 < 0 else "down"
    if back.dw1 == 0:
        return f"a − y = {readable(back.dz)}: dw₁ is 0, so w₁ stays as it is."
    return (
        f"a − y = {readable(at.a)} − {y} = {readable(back.dz)}. Times x₁ that is "
        f"dw₁ = {readable(back.dw1)}: gradient descent moves w₁ {way}."
    )


def loss_chart(
    w2: float, b: float, x1: float, x2: float, y: int
) -> tuple[go.Figure, Sweep]:
    """L against w1 with its tangent, of slope dw1."""
    example = OneExample(x1, x2, y)
    passes = [forward_one(OneNeuron(float(w1), w2, b), example) for w1 in WEIGHTS]
    slopes = np.array([backward_one(example, at).dw1 for at in passes])
    L = np.array([at.L for at in passes])
    ends = np.array([WEIGHTS[0], WEIGHTS[-1]])
    tangent = L[:, None] + slopes[:, None] * (ends - WEIGHTS[:, None])
    top = max(0.2, 1.08 * float(L.max()))
    fig = figure(
        [
            scatter(x=WEIGHTS, y=L, mode="lines", line={"color": FUNCTION, "width": 3}),
            scatter(mode="lines", line={"color": GRADIENT, "width": 2.5}),
            scatter(
                mode="markers", marker={"color": PARAMETER, "size": 14, "line": halo()}
            ),
        ],
        x="w₁",
        y="L",
        x_range=(float(ends[0]), float(ends[1])),
        y_range=(-0.04 * top, top),
        height=270,
    )
    return fig, Sweep(
        label="w₁",
        values=WEIGHTS,
        shown=tuple(readable(float(w1)) for w1 in WEIGHTS),
        moving={
            1: {"x": np.tile(ends, (len(WEIGHTS), 1)), "y": tangent},
            2: {"x": WEIGHTS[:, None], "y": L[:, None]},
        },
    )


# ---- words, formulas, tables ----------------------------------------------------


def question(x1: float, y: int) -> tuple[str, float, str]:
    """dw1 where all parameters are 0: a case that is not on the screen."""
    example = OneExample(x1, 0.0, y)
    back = backward_one(example, forward_one(OneNeuron(0.0, 0.0, 0.0), example))
    return (
        f"Suppose w₁ = w₂ = b = 0, and x₁ = {readable(x1)}, y = {y}. What is dw₁?",
        back.dw1,
        f"z = 0, so a = σ(0) = ½ and dz = a − y = {readable(back.dz)}. "
        f"Times x₁ = {readable(x1)} that is {readable(back.dw1)}.",
    )


def backward_formula(neuron: OneNeuron, example: OneExample) -> str:
    """Both ways with symbols and numbers, quantity by quantity."""
    at = forward_one(neuron, example)
    back = backward_one(example, at)
    one, two = map(_signed, (neuron.w2 * example.x2, neuron.b))
    y, dz = example.y, latex(back.dz)
    loss = r"-\log a" if y == 1 else r"-\log (1 - a)"
    by_a = r"-\frac{1}{a}" if y == 1 else r"\frac{1}{1 - a}"
    lines = (
        (
            "z",
            "w_1 x_1 + w_2 x_2 + b",
            f"{latex(neuron.w1 * example.x1)}{one}{two}",
            at.z,
            CLASS_1,
        ),
        ("a", r"\sigma(z)", rf"\sigma({latex(at.z)})", at.a, CLASS_1),
        ("L", loss, "", at.L, ""),
        ("da", by_a, "", back.da, GRADIENT),
        ("dz", "a - y", f"{latex(at.a)} - {y}", back.dz, GRADIENT),
        ("dw_1", r"x_1 \, dz", _times(example.x1, dz), back.dw1, GRADIENT),
        ("dw_2", r"x_2 \, dz", _times(example.x2, dz), back.dw2, GRADIENT),
        ("db", "dz", "", back.db, GRADIENT),
    )
    rows = []
    for left, symbols, numbers, value, colour in lines:
        result = coloured(latex(value), colour) if colour else latex(value)
        rows += equation(left, *filter(None, (symbols, numbers, result)))
    return aligned(rows, "0.25em")


def _signed(value: float) -> str:
    return f" - {latex(-value)}" if value < 0 else f" + {latex(value)}"


def _times(factor: float, dz: str) -> str:
    return rf"{latex(factor)} \cdot {f'({dz})' if dz.startswith('-') else dz}"


def update_table(neuron: OneNeuron, example: OneExample, alpha: float) -> pd.DataFrame:
    """w₁, w₂, b and L before and after one step of gradient descent."""
    back = backward_one(example, forward_one(neuron, example))
    update = update_one(neuron, example, alpha)
    before, after = vars(neuron), vars(update.neuron)
    slopes = {"w1": back.dw1, "w2": back.dw2, "b": back.db}
    rows = [
        (
            name.translate(SUBSCRIPTS),
            *map(readable, (before[name], slopes[name], after[name])),
        )
        for name in ("w1", "w2", "b")
    ]
    rows.append(("L", readable(update.L_before), "", readable(update.L_after)))
    return pd.DataFrame(rows, columns=["", "before", "slope of L", "after"])


def update_sentence(neuron: OneNeuron, example: OneExample, alpha: float) -> str:
    """What the step did to the loss."""
    update = update_one(neuron, example, alpha)
    before, after = readable(update.L_before), readable(update.L_after)
    if alpha == 0:
        return f"With α = 0 nothing moves, so the loss stays at {before}."
    if update.L_after == update.L_before:
        return f"The loss stays at {before}: there is nothing left to learn here."
    if before == after:
        return f"The loss stays at about {before}: this step hardly moves anything."
    if update.L_after < update.L_before:
        return f"The loss falls from {before} to {after}."
    return (
        f"The loss rises from {before} to {after}: this α steps over the lowest place."
    )


def derivation_parts(
    neuron: OneNeuron, example: OneExample
) -> dict[str, list[DerivationStep]]:
    """The lines of the derivation by the derivative that they are about."""
    parts: dict[str, list[DerivationStep]] = {}
    for step in derivation(neuron, example):
        parts.setdefault(step.part, []).append(step)
    return parts


def part_formula(steps: Sequence[DerivationStep]) -> str:
    """The lines of one part under each other."""
    first, *others = steps
    rows = equation(first.left, first.right, widest=UNFOLDED)
    for step in others:
        rows += equation("", step.right, widest=UNFOLDED - ems(first.left))
    return aligned(rows, "0.5em")


def part_table(steps: Sequence[DerivationStep]) -> pd.DataFrame:
    """Why each line is allowed, and the present value of both of its sides."""
    return pd.DataFrame(
        [
            (
                step.why,
                _side(step.left_value),
                _side(step.right_value),
                _agreement(step),
            )
            for step in steps
        ],
        columns=["line by line: why", "measured", "right side", "equal"],
    )


def part_trouble(steps: Sequence[DerivationStep]) -> str:
    """What float64 cannot do in the lines of one part: each thing once; '' if none."""
    troubled = (step.trouble for step in steps if not step.agrees)
    return " ".join(dict.fromkeys(filter(None, troubled)))


def _side(value: float) -> str:
    return "no value" if np.isnan(value) else readable(value, 6)


def _agreement(step: DerivationStep) -> str:
    if step.agrees:
        return "✓"
    both = np.isfinite([step.left_value, step.right_value]).all()
    return "digits lost" if both else "–"


SCRIPT_PRINTS = (
    *((name, f"forward_one(neuron, example).{name}") for name in ("z", "a")),
    *(
        (name, f"backward_one(example, forward_one(neuron, example)).{name}")
        for name in ("dz", "dw1", "dw2", "db")
    ),
    ("L before", "update_one(neuron, example, alpha).L_before"),
    ("L after", "update_one(neuron, example, alpha).L_after"),
)
