"""One example by hand (notes §3.7.1, 3.7.2): every number, forward and back."""

import streamlit as st

from charts import by_hand as charts
from core.literals import Source
from core.single_example import (
    OneExample,
    OneNeuron,
    backward_one,
    derivation,
    forward_one,
    update_one,
)
from ui import controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def set_case(case: dict[str, float]) -> None:
    """A neuron and an example worth seeing."""
    for key in ("w2", "b", "x1", "x2"):
        inputs.put(key, case[key])
    inputs.put("y", str(case["y"]))
    inputs.move("w1", case["w1"])


def by_hand() -> dict[str, object]:
    """One neuron and one example; return what their script holds."""

    def dragged() -> float:
        """The graph with w₁, and every number that follows from it."""
        w1 = live_figure(
            draw(charts.graph_chart, w2, b, x1, x2, y),
            key="w1",
            default=0.4,
            alt="One neuron as a graph: w₁, w₂ and b with the features lead to z, a "
            "and the loss L. Under each value stands the slope of L in it. w₁ is "
            "dragged.",
        )
        neuron, example = OneNeuron(w1, w2, b), OneExample(x1, x2, y)
        backward.latex(charts.backward_formula(neuron, example))
        said = charts.update_sentence(neuron, example, alpha)
        setting.markdown(said)
        with table:
            numbers(charts.update_table(neuron, example, alpha), alt=said, key="steps")
        parts = charts.derivation_parts(neuron, example).items()
        for count, (part, steps) in enumerate(parts, start=1):
            with derivations, st.expander(f"Step {count}: {part}"):
                st.latex(charts.part_formula(steps))
                alt = f"Both sides of each line for {part}"
                numbers(charts.part_table(steps), alt=alt, key=f"steps-{count}")
                if trouble := charts.part_trouble(steps):
                    st.caption(trouble)
        return w1

    figure, side = frame.figure_and_controls()
    with side:
        row = st.columns(2, gap="small")
        with row[0]:
            x1 = controls.amount("x1", "Feature x₁", -50.0, 50.0, 2.0, 0.5)
            w2 = controls.amount("w2", "Weight w₂", -4.0, 4.0, -0.6, 0.1)
        with row[1]:
            x2 = controls.amount("x2", "Feature x₂", -50.0, 50.0, -1.0, 0.5)
            b = controls.amount("b", "Bias b", -10.0, 10.0, 0.1, 0.1)
        y = int(controls.choice("y", "Label y", {"1": "y = 1", "0": "y = 0"}, "1"))
        predict.number("dw1", *charts.question(x1, y))
        st.caption("Or start from:")
        row = st.container(horizontal=True, gap="small")
        for label, case in charts.CASES.items():
            row.button(label, on_click=set_case, args=(case,))
    backward, curve = st.columns(2, gap="large", vertical_alignment="center")
    st.markdown(charts.NOTICE)
    st.subheader("One step of gradient descent", anchor="update")
    setting, table = st.columns([1, 1.6], gap="large", vertical_alignment="center")
    with setting:
        alpha = controls.number("alpha", "Learning rate α", 0.0, 2.0, 0.1, 0.05)
    st.subheader("Why dz = a − y", anchor="derivation")
    st.markdown(
        "Three derivatives, each a few lines. Open one: beside every line stands what "
        "a small nudge measures at your present numbers, and what the line gives."
    )
    derivations = st.container()
    with figure:
        w1 = frame.section(dragged)
    with curve:
        st.markdown("**The loss against w₁.** Its slope where you stand is dw₁.")
        live_figure(
            draw(charts.loss_chart, w2, b, x1, x2, y),
            key="loss",
            follows="w1",
            alt="The loss against the first weight, with the tangent at the dragged "
            "place.",
        )
    return {
        "neuron": Source(f"OneNeuron({w1!r}, {w2!r}, {b!r})"),
        "example": Source(f"OneExample({x1!r}, {x2!r}, {y!r})"),
        "alpha": alpha,
    }


page = frame.begin("logistic_by_hand")
values = frame.section(by_hand)
st.markdown(
    "Where a is exactly 0 or 1 and wrong, step 1 is infinite and step 2 is 0: their "
    "product has no value in a computer. But a − y has. So code computes dz directly "
    "and never divides by a (1 − a). Try **certain and wrong** above."
)
frame.end(
    page,
    code=[forward_one, backward_one, update_one, derivation],
    take_home=TakeHome(
        functions=[forward_one, backward_one, update_one],
        values=values,
        prints=charts.SCRIPT_PRINTS,
    ),
)
