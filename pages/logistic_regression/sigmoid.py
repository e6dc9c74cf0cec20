"""The sigmoid (notes §3.3): from any number to a probability."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from charts import sigmoid as charts
from core.activations import sigmoid
from core.direction import pointing
from core.logistic import accuracy
from core.odds import logit, naive_sigmoid, odds
from ui import controls, frame, inputs, predict
from ui.cached import kept
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"one": "one feature", "two": "two features"}


def weights() -> tuple[list[Callable[..., Any]], TakeHome]:
    """How weights and bias bend σ, with one feature or two; return code and script."""
    figure, side = frame.figure_and_controls()
    with side:
        view = controls.choice("view", "Data with", VIEWS, "one")
        predict.choice(*charts.QUESTIONS[view])

    if view == "one":
        b_before = inputs.peek("b", 0.0, draw(charts.drag_b, 1.0).sweep)
        with figure:
            st.markdown("**w turns it.** Drag w: the farther from 0, the steeper.")
            w = live_figure(
                draw(charts.drag_w, b_before),
                key="w",
                default=1.0,
                alt="A straight line leaves the band from 0 to 1; the sigmoid stays in "
                "it.",
            )
        left, right = st.columns([2.1, 1], gap="large", vertical_alignment="center")
        with left:
            st.markdown(charts.shift_words(w))
            b = live_figure(
                draw(charts.drag_b, w),
                key="b",
                default=0.0,
                alt="The bias moves the curve to the left or right without changing "
                "it.",
            )
        right.markdown(charts.notice(w, b))
        st.latex(charts.logit_formula(w, b))
        values = {"w": w, "b": b, "x": charts.ASKED_AT}
        functions = [sigmoid, odds, naive_sigmoid]
        script = TakeHome(functions, values, charts.ONE_PRINTS)
        return [sigmoid, odds, logit], script

    angle_before = inputs.peek("angle", 30.0, draw(charts.drag_angle, 1.0).sweep)
    with figure:
        st.markdown("**Length sharpens.** Drag ‖w‖: the line stays where it is.")
        length = live_figure(
            draw(charts.drag_length, angle_before),
            key="length",
            default=1.0,
            alt="A longer w makes the step from one class to the other sharper.",
        )
    left, right = st.columns([2.1, 1], gap="large", vertical_alignment="center")
    with left:
        st.markdown("**Direction turns the line.** It stands at a right angle to w.")
        angle = live_figure(
            draw(charts.drag_angle, length),
            key="angle",
            default=30.0,
            alt="Turning w turns the line where both classes are equally likely.",
        )
    right.markdown(
        "**What to notice.** The line wᵀx + b = 0 is where σ says ½ (b is 0). Which "
        "side a point is on depends on the direction of w alone; how sure the model is "
        "depends on its length."
    )
    values = charts.two_values(length, angle)
    script = TakeHome(charts.TWO_FUNCTIONS, values, charts.TWO_PRINTS)
    return [sigmoid, pointing, accuracy], script


page = frame.begin("sigmoid")
code, take_home = frame.section(weights)
st.subheader("Far out", anchor=False)
numbers(kept(charts.limits_table), alt="σ goes to 0 and to 1, and never overflows")
st.markdown(
    "For z = −1000 the formula as it stands asks for e¹⁰⁰⁰, more than any float can "
    "hold. Ours only ever asks for e to a negative power. At z = ±1000 float64 has no "
    "number left between σ(z) and the edge, so it rounds to 0 and to 1."
)
frame.end(page, code=code, take_home=take_home)
