"""The cost function (notes §3.4): what a mistake costs, and why that loss."""

import streamlit as st

from charts import cost as one
from charts import cost_valleys as many
from core.losses import (
    at_the_edge,
    cross_entropy,
    hessian,
    squared_error,
)
from ui import cached, controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

EDGES = {"exactly 0": 0.0, "exactly 1": 1.0}


def one_example() -> tuple[float, int]:
    """What each loss says of one prediction; return the prediction and its label."""

    def prediction() -> float:
        """Both losses against ŷ, and in numbers where it stands."""
        y_hat = live_figure(
            draw(one.loss_chart, y),
            key="yhat",
            default=0.7,
            alt=f"Two losses of one example with label {y} against its prediction. "
            "Squared error stays below one half; cross-entropy grows without end.",
        )
        formula.latex(one.loss_formula(y_hat, y))
        with table:
            alt = (
                "Loss and slopes of squared error and cross-entropy at this prediction"
            )
            numbers(one.loss_table(y_hat, y), key="steps-loss", alt=alt)
        story.markdown(one.loss_story(y_hat, y, asked=told))
        return y_hat

    figure, side = frame.figure_and_controls()
    with side:
        y = int(controls.choice("y", "The true label", one.LABELS, "1"))
        told = predict.choice(*one.tenfold_question(y))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption("Put ŷ at", width="content")
            for label, value in EDGES.items():
                st.button(label, on_click=inputs.move, args=("yhat", value))
    formula, table = st.columns([1.2, 1], gap="large", vertical_alignment="center")
    story = st.container()
    with figure:
        return frame.section(prediction), y


def landscapes() -> tuple[str, float, float, float]:
    """Many examples: walks down their cost, and which way it bends."""

    def walks() -> float:
        """A walk with each loss from the same start."""
        start = live_figure(
            draw(many.valley_chart, data, using=runs),
            key="start",
            default=4.0,
            alt="J over w with squared error above and cross-entropy below, each with "
            "a walk downhill from the same start. Cross-entropy has one valley.",
        )
        with ends:
            alt = "Where descent ends from each start, with each loss"
            numbers(
                many.ends_table(runs, start, asked=asked), key="steps-ends", alt=alt
            )
        return start

    st.markdown(
        "The cost J is the mean loss of all examples, and J is what descent walks on. "
        "The same examples, two landscapes. **Drag the start**, and see where the walk "
        "ends."
    )
    figure, side = frame.figure_and_controls()
    with side:
        data = controls.choice("data", "Examples", many.NAMES, "four")
        runs = cached.runs_from_every_start(data)
        asked = predict.choice("ends", *many.ends_question(data, runs))
    ends = st.container()
    with figure:
        start = frame.section(walks)

    maps = cached.bend_maps(data)

    def bends() -> tuple[float, float]:
        """Where on the map each loss bends down; return the place."""

        def squared() -> float:
            """The map on which w is dragged."""
            alt = "A map of how squared error bends over w and b: down in large parts."
            chart = draw(many.bend_chart, "squared", data, b, using=maps)
            return live_figure(chart, key="w", default=-2.0, alt=alt)

        left, right = st.columns(2, gap="large")
        left.markdown("**Squared error.**")
        b = controls.number(
            "b", "Height b of the line that w runs along", -5.5, 5.5, 0.0, 0.5
        )
        with left:
            w = frame.section(squared)
        with right:
            st.markdown("**Cross-entropy.** The same place, the same colours.")
            live_figure(
                draw(many.bend_chart, "cross_entropy", data, b, using=maps),
                key="entropy",
                follows="w",
                alt="The same map for cross-entropy: up everywhere.",
            )
        return w, b

    st.subheader("Which way does it bend?", anchor=False)
    st.markdown(
        "Now b may move as well. Stand at a place (w, b) and look all round: the map "
        "shows how J bends in the direction in which it bends least (the smallest "
        "eigenvalue of its Hessian). The line is at 0: on one side J bends **down** in "
        "some direction, as on a hilltop or a saddle, on the other it bends **up** all "
        "round."
    )
    w, b = frame.section(bends)
    st.markdown(f"**What to notice.** {many.bend_summary(maps)}")
    return data, start, w, b


page = frame.begin("cost")
seen = frame.section(one_example)
st.subheader("Many examples: the landscape to walk down", anchor=False)
values = many.script_values(*seen, *frame.section(landscapes))
frame.end(
    page,
    code=[squared_error, cross_entropy, at_the_edge, hessian],
    take_home=TakeHome(
        functions=many.SCRIPT_FUNCTIONS, values=values, prints=many.SCRIPT_PRINTS
    ),
)
