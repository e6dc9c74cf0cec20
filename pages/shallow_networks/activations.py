"""Activation functions (notes §5.4): what each lets through, and what it lets learn."""

import streamlit as st

from charts import activations as charts
from core import side_by_side
from core.activations import ACTIVATIONS
from core.collapse import collapse
from core.rounding import readable
from core.spread import output, slope, spread
from ui import cached, controls, frame, predict
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure

NAMES = charts.labels()
DATA = {name: name for name in side_by_side.DATA}


def networks() -> None:
    """Five networks that differ only in the activation, trained side by side."""
    st.subheader("The same network with each of them", anchor=False)
    figure, words = frame.figure_and_controls(0.95)
    with words:
        data = controls.choice("data", "Data", DATA, "circles")
        st.markdown(
            "Four hidden units, the same start, the same learning rate. Drag the "
            "steps: all five train together."
        )
    lessons = {each: cached.lesson(each, data) for each in NAMES}
    with figure:
        step = live_figure(
            draw(charts.networks_chart, data, using=lessons),
            key="step",
            default=2000.0,
            alt=f"What five networks have learned of the {data}, with one activation "
            "each: the linear one draws a straight line.",
        )
    with words:
        st.markdown(charts.collapse_sentence(lessons["linear"], step))
        st.latex(charts.collapse_formula(lessons["linear"], step))


def unit() -> Told:
    """One unit: its curve, a crowd of z through it, and its code."""

    def curve() -> float:
        """The curve and its slope; return the z that was dragged to."""
        return live_figure(
            draw(charts.curve_chart, name, leak),
            key="z",
            default=1.0,
            alt=f"{NAMES[name]} and its slope, with a point that can be dragged along "
            "z.",
        )

    def crowd_of_z() -> None:
        """What comes out for 4,000 values of z."""
        st.subheader("A crowd of z", anchor=False)
        crowd, words = st.columns([2.1, 1], gap="large")
        with words:
            mu = controls.number("mu", "Mean μ of z", -3.0, 3.0, 0.0, 0.25)
            st.markdown(
                "4,000 values z ~ N(μ, s²) go through the unit. Outputs around 0 make "
                "the next layer's work easier: with μ = 0, tanh keeps them there, the "
                "sigmoid puts them around ½, ReLU above 0."
            )
        with crowd:
            live_figure(
                draw(charts.crowd_chart, name, leak, mu),
                key="s",
                default=1.0,
                alt="The outputs of 4,000 values of z: the wider z spreads, the more "
                "of them end at the flat parts.",
            )

    figure, side = frame.figure_and_controls()
    with side:
        name = controls.choice("g", "Activation", NAMES, "tanh")
        leak = 0.01
        if name == "leaky_relu":
            leak = controls.number("leak", "Slope below 0", 0.0, 0.5, 0.01, 0.01)
        steepest = float(slope("sigmoid", 0.0, leak))
        predict.number(
            "steepest",
            "What is the steepest slope that the sigmoid has anywhere?",
            steepest,
            f"It is at z = 0, where a = ½ and g′ = a(1 − a) = {readable(steepest)}. So "
            "a sigmoid multiplies what comes back by a quarter at most, and tanh by up "
            f"to {readable(float(slope('tanh', 0.0, leak)))}.",
            tolerance=0.02,
        )
    with figure:
        z = frame.section(curve)
    row, said = st.columns([1, 1.4], gap="large", vertical_alignment="center")
    for formula in charts.formulas(name, leak):
        row.latex(formula)
    said.markdown(
        "**What to notice.** Far from 0 the sigmoid and tanh are flat: hardly any "
        "gradient comes back, so the unit and the layers before it hardly learn. ReLU "
        "keeps the full slope for every z > 0 and none for z < 0. At z = 0 exactly it "
        "has no slope; we choose 0."
    )

    frame.section(crowd_of_z)
    frame.section(networks)
    return Told(
        code=[ACTIVATIONS[name].g, ACTIVATIONS[name].dg, spread, collapse],
        take_home=TakeHome(
            functions=[output, slope],
            values={"name": name, "leak": leak, "z": z},
            prints=[
                ("g(z)", "output(name, z, leak)"),
                ("g′(z)", "slope(name, z, leak)"),
            ],
        ),
    )


page = frame.begin("activations")
frame.section(unit)
frame.end(page)
