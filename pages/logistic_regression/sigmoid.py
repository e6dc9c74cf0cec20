"""The sigmoid (notes §3.3): from any number to a probability."""

import streamlit as st

from charts import sigmoid as charts
from core.activations import sigmoid
from core.odds import logit, naive_sigmoid, odds
from core.rounding import readable
from ui import controls, frame, inputs, predict
from ui.cached import kept
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"one": "one feature", "two": "two features"}


def weights() -> TakeHome:
    """How weights and bias bend σ, with one feature or two."""
    figure, side = frame.figure_and_controls()
    with side:
        view = controls.choice("view", "Data with", VIEWS, "one")
        predict.choice(
            "far",
            "z = wx + b is 4, and then 8. What happens to σ(z) from the one to the "
            "other?",
            {
                "double": "it doubles",
                "little": "it grows by less than 0.02",
                "half": "it grows by about a half",
            },
            "little",
            f"σ(4) = {readable(float(sigmoid(4.0)))} and σ(8) = "
            f"{readable(float(sigmoid(8.0)))}: the curve is flat out there. "
            "The odds are another story: they grow from 55 : 1 to 2,981 : 1.",
        )

    if view == "one":
        b_before = inputs.peek("b", 0.0, draw(charts.drag_b, 1.0).sweep)
        with figure:
            st.markdown("**w turns it.** Drag the weight: the larger, the steeper.")
            w = live_figure(
                draw(charts.drag_w, b_before),
                key="w",
                default=1.0,
                alt="A straight line leaves the band from 0 to 1; the sigmoid stays in "
                "it.",
            )
        left, right = st.columns([2.1, 1], gap="large", vertical_alignment="center")
        with left:
            st.markdown(
                "**b shifts it.** The green point is where σ(z) = ½: at x = −b / w."
            )
            b = live_figure(
                draw(charts.drag_b, w),
                key="b",
                default=0.0,
                alt="The bias moves the curve to the left or right without changing "
                "it.",
            )
        right.markdown(
            "**What to notice.** The dashed line is z = wx + b. It leaves the band "
            "from 0 to 1 on both sides, so it cannot be a probability. σ bends it into "
            "the band, keeps its order, and never quite reaches the edges."
        )
        st.latex(charts.logit_formula(w, b))
    else:
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
            st.markdown(
                "**Direction turns the line.** It stands at a right angle to w."
            )
            live_figure(
                draw(charts.drag_angle, length),
                key="angle",
                default=30.0,
                alt="Turning w turns the line where both classes are equally likely.",
            )
        right.markdown(
            "**What to notice.** The line wᵀx + b = 0 is where σ says ½ (b is 0). "
            "Which side a point is on depends on the direction of w alone; how sure "
            "the model is depends on its length."
        )
        w, b = length, 0.0
    return TakeHome(
        functions=[sigmoid, odds, naive_sigmoid],
        values={"w": w, "b": b, "x": charts.ASKED_AT},
        prints=[
            ("z at x = 2", "w * x + b"),
            ("σ(z)", "sigmoid(w * x + b)"),
            # With two features the page does not show them.
            *([("odds", "odds(w * x + b)")] if view == "one" else []),
        ],
    )


page = frame.begin("sigmoid")
take_home = frame.section(weights)
st.subheader("Far out", anchor=False)
numbers(kept(charts.limits_table), alt="σ goes to 0 and to 1, and never overflows")
st.markdown(
    "For z = −1000 the formula as it stands asks for e¹⁰⁰⁰, more than any float can "
    "hold. Ours only ever asks for e to a negative power."
)
frame.end(page, code=[sigmoid, odds, logit], take_home=take_home)
