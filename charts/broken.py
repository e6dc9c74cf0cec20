"""Figures of a broken way back: the slope that its step follows, and who notices."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import figure, halo, scatter
from charts.colours import FUNCTION, GRADIENT, PARAMETER
from core.activations import ACTIVATIONS
from core.backprop import Equations, Example, forward_of, small_example, way_back
from core.broken import BUGS, Findings, claimed_slope, examine
from core.loop import code_lines
from core.rounding import readable
from core.shallow import Parameters, cost
from core.sweep import Readout, Sweep
from core.types import Array

WEIGHTS = np.round(np.linspace(-3, 3, 121), 2)
REACH = 0.9  # how far the lines go to either side of the point
RATES = (0.001, 0.01, 0.1, 0.5, 1.0)
LABELS: Mapping[str, str] = {name: bug.label for name, bug in BUGS.items()}
X_KINDS: Mapping[str, str] = {"any": "any X", "mirror": "X = Xᵀ"}
OPTIONS: Mapping[str, str] = {
    "caught": "It finds wrong numbers",
    "missed": "It says all is well",
    "error": "NumPy stops before that",
}
# Bugs worth meeting where nobody notices them: the inputs by key.
USUAL: Mapping[str, object] = {"n_h": "2", "m": "3", "g": "tanh", "x": "any"}
CASES: Mapping[str, Mapping[str, object]] = {
    "1/m, one example": {**USUAL, "bug": "lost_m", "m": "1"},
    "g′(A) with ReLU": {**USUAL, "bug": "slope_of_A", "g": "relu"},
    "Square X": {**USUAL, "bug": "transpose", "m": "2"},
    "Square X = Xᵀ": {**USUAL, "bug": "transpose", "m": "2", "x": "mirror"},
}


def claim_chart(
    bug: str, n_h: int, m: int, activation: str, x: str, alpha: float, told: bool
) -> tuple[go.Figure, Sweep]:
    """J along a weight, with its slope, and the slope that the broken step follows.

    It is the first weight of the last hidden unit.
    """
    example = small_example(n_h, m, activation, mirror=x == "mirror")
    along = [with_weight(example, float(w)) for w in WEIGHTS]
    caches = [forward_of(each) for each in along]
    J = np.array([cost(cache.A2, example.Y) for cache in caches])
    backs = map(partial(way_back, Equations()), along, caches)
    true = np.array([back.dW1[-1, 0] for back in backs])
    claims = [claimed_slope(bug, each, alpha) if told else None for each in along]
    claimed = np.array([np.nan if c is None else c for c in claims])
    low, high = float(J.min()), float(J.max())
    room = 0.2 * (high - low) + 0.05
    fig = figure(
        [
            scatter(
                x=WEIGHTS,
                y=J,
                mode="lines",
                name="J",
                line={"color": FUNCTION, "width": 3},
            ),
            _line("its slope", "solid"),
            _line("what the step follows", "dash"),
            scatter(
                mode="markers",
                marker={"color": PARAMETER, "size": 14, "line": halo()},
                showlegend=False,
            ),
        ],
        x=f"W1[{n_h - 1}, 0]",
        y="J",
        x_range=(float(WEIGHTS[0]), float(WEIGHTS[-1])),
        y_range=(low - room, high + room),
        height=330,
        showlegend=True,
        margin={"l": 52, "r": 16, "t": 34, "b": 48},
    )
    across = WEIGHTS[:, None] + np.array([-REACH, REACH])
    readout = [Readout("slope of J", tuple(readable(float(v)) for v in true))]
    if told and not np.isnan(claimed).any():
        said = tuple(readable(float(v)) for v in claimed)
        readout.append(Readout("the step follows", said, "gradient"))
    return fig, Sweep(
        label=f"W1[{n_h - 1}, 0]",
        values=WEIGHTS,
        shown=tuple(readable(float(w)) for w in WEIGHTS),
        moving={
            1: {"x": across, "y": tangent(J, true)},
            2: {"x": across, "y": tangent(J, claimed)},
            3: {"x": WEIGHTS[:, None], "y": J[:, None]},
        },
        readout=tuple(readout),
        says=tuple(
            _sentence(float(a), float(b), told)
            for a, b in zip(true, claimed, strict=True)
        ),
        along_x=True,
    )


def present_weight(n_h: int) -> float:
    """The weight that `claim_chart` moves, as it is in the network above."""
    return float(small_example(n_h).parameters.W1[-1, 0])


def with_weight(example: Example, w: float) -> Example:
    """The example with another W1[-1, 0]."""
    W1 = example.parameters.W1.copy()
    W1[-1, 0] = w
    parts = {**vars(example.parameters), "W1": W1}
    return replace(example, parameters=Parameters(**parts))


def tangent(J: Array, slope: Array) -> Array:
    """The ends of the line with this slope through each point of the curve."""
    return J[:, None] + slope[:, None] * np.array([-REACH, REACH])


def _line(name: str, dash: str) -> go.Scatter:
    line = {"color": GRADIENT, "width": 3 if dash == "dash" else 2, "dash": dash}
    return scatter(mode="lines", name=name, line=line)


def _sentence(true: float, claimed: float, told: bool) -> str:
    if not told:
        return "Guess first: then the slope that the broken step follows is drawn."
    if np.isnan(claimed):
        return "There is no step: NumPy stops the broken code."
    if abs(true - claimed) <= 1e-9:
        return "Both lines are one: in this number the bug does not show."
    return (
        f"The curve has slope {readable(true)} here, the step follows "
        f"{readable(claimed)}: its line leaves the curve."
    )


# ---- words and tables ----------------------------------------------------------


def lines_of(bug: str) -> str:
    """The right lines over the broken ones."""
    right, wrong = (code_lines(f) for f in (BUGS[bug].right, BUGS[bug].wrong))
    if bug == "order":
        marked = (f"{w}  # broken" if w.startswith("dZ1 =") else w for w in wrong)
        return "\n".join((f"{right[0]}  # right", "", *marked))
    return f"{right[0]}  # right\n{wrong[0]}  # broken"


def question(
    bug: str, n_h: int, m: int, activation: str, x: str, alpha: float
) -> tuple[str, Mapping[str, str], str, str]:
    """What will the check say? For predict.choice, graded by running the bug."""
    units = "1 hidden unit" if n_h == 1 else f"{n_h} hidden units"
    count = "1 example" if m == 1 else f"{m} examples"
    where = f"{units}, {count}" + (", X = Xᵀ" if x == "mirror" else "")
    found = _found(bug, n_h, m, activation, x, alpha)
    return (
        f"Put in: **{LABELS[bug]}** ({BUGS[bug].where}). "
        f"{ACTIVATIONS[activation].label}, {where}. The gradient check compares every "
        "number with its central difference. What comes of it?",
        OPTIONS,
        found.verdict,
        explanation(bug, n_h, m, activation, found),
    )


def _found(
    bug: str, n_h: int, m: int, activation: str, x: str, alpha: float
) -> Findings:
    return examine(bug, small_example(n_h, m, activation, mirror=x == "mirror"), alpha)


def explanation(bug: str, n_h: int, m: int, activation: str, found: Findings) -> str:
    """Why the check says what it says, with the learner's own sizes."""
    label = ACTIVATIONS[activation].label
    worst = readable(found.worst, 3) if found.worst is not None else ""
    if bug == "lost_m":
        return (
            "With one example, dividing by m = 1 changes nothing: there is nothing to "
            "catch. **Check with more than one example.**"
            if found.harmless
            else f"dW is {m} times too large: a relative difference of 1 − 1/{m} = "
            f"{worst}. Training would still go downhill, with a secretly larger α."
        )
    if bug == "transpose":
        if found.stopped:
            return (
                f"`({n_h}, {m})` times `(2, {m})` does not fit. The kindest of bugs: "
                "it stops at once. Now make X square: m = 2."
            )
        return (
            "X = Xᵀ, so the transpose changes nothing. **Check with examples that "
            "have no such pattern.**"
            if found.harmless
            else f"X is square, so the shapes fit and NumPy is content: even dW1 has "
            f"the right shape. Only its numbers are wrong, by {worst}."
        )
    if bug == "sign":
        return (
            f"Each slope is minus what it should be: a relative difference of {worst}. "
            "Everything has the right shape and size, and the cost climbs."
        )
    if bug == "slope_of_A":
        return (
            f"For {label}, g′ is the same at A as at Z: "
            f"{'it is 1 everywhere' if activation == 'linear' else 'A > 0 where Z > 0'}"
            ". So here it is no bug. It becomes one on the day you change g."
            if found.harmless
            else f"For {label}, g′ asks for Z. At A = g(Z) it is another number: "
            f"wrong by {worst} at worst."
        )
    if bug == "keepdims":
        grows = (
            "With one hidden unit, (1, 1) − (1,) stays (1, 1), so nothing happens."
            if found.harmless
            else f"But db1 has shape ({n_h},), and in b1 − α db1 it is stretched: b1 "
            f"silently becomes ({n_h}, {n_h})."
        )
        return (
            f"The numbers are right, and the check compares only numbers. {grows} "
            "**Compare shapes too.**"
        )
    return (
        "The check evaluates the gradient once, at parameters that stand still, and "
        "there all is well. The bug is in the step. **Check the step itself**: "
        "(before − after) / α has to be the gradient"
        + (
            f", and is wrong by {readable(found.moved, 3)} at worst."
            if found.moved is not None and not found.harmless
            else ". (Here no error comes back through the unit, so it makes no "
            "difference.)"
        )
    )


def findings_table(
    bug: str, n_h: int, m: int, activation: str, x: str, alpha: float
) -> pd.DataFrame:
    """Each way of looking at the broken code, and what it sees."""
    found = _found(bug, n_h, m, activation, x, alpha)
    if found.stopped:
        rows = [("NumPy, while it computes", f"✗ {found.stopped}")]
        rows += [(who, "it does not come to that") for who in WATCHERS]
    else:
        rows = [
            ("NumPy, while it computes", "✓ no complaint"),
            *zip(WATCHERS, _seen(found), strict=True),
        ]
    return pd.DataFrame(rows, columns=["who looks", "what they see"])


WATCHERS = (
    "gradient check: all numbers",
    "shape of each gradient = shape of its parameter",
    "the step taken, (before − after) / α",
    "W1 X + b1 after the step",
)


def _seen(found: Findings) -> tuple[str, str, str, str]:
    worst = 0.0 if found.worst is None else found.worst
    caught = found.verdict == "caught"
    difference = f"worst difference {readable(worst, 3)}"
    shapes = (
        f"✗ {' and '.join(found.misshapen)}: not the same"
        if found.misshapen
        else "✓ the same"
    )
    if found.moved is None:
        step = f"✗ {' and '.join(found.grown)} changed its shape"
    else:
        fine = found.harmless or found.moved <= worst
        step = f"{'✓' if fine and not caught else '✗'} worst difference "
        step += readable(found.moved, 3)
    fits = found.next_Z1.startswith("(")
    after = f"shape {found.next_Z1}" if fits else found.next_Z1.strip()
    mark = "✓" if fits and not found.grown else "✗"
    return f"{'✗' if caught else '✓'} {difference}", shapes, step, f"{mark} {after}"


def findings_sentence(
    bug: str, n_h: int, m: int, activation: str, x: str, alpha: float
) -> str:
    """Who noticed, in one sentence."""
    found = _found(bug, n_h, m, activation, x, alpha)
    if found.stopped:
        return "NumPy stops the broken code before anything is compared."
    if found.harmless:
        return "Nobody notices, for with these sizes and this g nothing is wrong."
    if found.verdict == "caught":
        return "The gradient check catches it; nothing else needs to be looked at."
    return "The gradient check passes, and yet the step is wrong: look further."


NOTICE = (
    "A passed check is a promise about one point, one set of sizes and one g, and "
    "about the gradient function alone. So check with several examples, n_h ≠ n_x ≠ m, "
    "the g that you use, random parameters; compare shapes as well as numbers; and "
    "check one step once."
)


def script_prints(
    bug: str, n_h: int, m: int, activation: str, x: str, alpha: float
) -> tuple[tuple[str, str], ...]:
    """What the script prints about the broken code: what the check sees."""
    found = _found(bug, n_h, m, activation, x, alpha)
    if found.stopped:
        return (("NumPy says", "examine(bug, broken_on, alpha).stopped"),)
    return (("with the bug, worst difference", "examine(bug, broken_on, alpha).worst"),)
