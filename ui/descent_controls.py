"""What a walk downhill needs to be told: its start, its steps, and more by its cost."""

from collections.abc import Sequence

import streamlit as st

from core.costs import from_expression
from core.walks import Setting
from ui import controls


def walk(kind: str) -> Setting:
    """Start and steps, and what the cost needs."""
    c, typed = 2.0, ""
    if kind == "own":
        typed = controls.formula(
            "own", "J(w) =", "w**2/4 + 2*sin(2*w)", from_expression
        )
    first, second = st.columns(2)
    with first:
        start = controls.number("start", "Start w", -6.0, 6.0, 2.0, 0.1)
    with second:
        steps = controls.whole("steps", "Steps", 1, 200, 25)
    if kind == "parabola":
        c = controls.number("c", "Curvature c of J = c/2 · w²", 0.5, 8.0, c, 0.5)
    return Setting(kind, c, typed, start, steps)


def plane_walk(alphas: Sequence[float]) -> tuple[float, float, float, int, bool]:
    """Start w and b, learning rate and steps, and whether the bug is shown."""
    left, right = st.columns(2)
    with left:
        w = controls.number("w0", "Start w", -4.5, 4.5, -3.0, 0.5)
        alpha = controls.steps_of("rate", "Learning rate α", alphas, 3.0)
    with right:
        b = controls.number("b0", "Start b", -3.0, 3.0, 3.0, 0.5)
        steps = controls.whole("steps", "Steps", 1, 200, 25)
    bug = controls.toggle("bug", "Beside it the classic bug: b uses the new w", False)
    return w, b, alpha, steps, bug
