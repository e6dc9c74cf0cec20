"""Backpropagation (notes §5.5): six equations, every number, and a way to be sure."""

import streamlit as st

from charts import backprop as charts
from charts import broken
from core.backprop import (
    bias_slope,
    forward_of,
    gradients,
    hidden_error,
    nudged_gradients,
    output_error,
    small_example,
    way_back,
    weight_slope,
)
from core.broken import BUGS, examine
from core.literals import Source
from core.shallow import cost
from ui import controls, frame, predict
from ui.cached import kept
from ui.code_view import code_view
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def network() -> None:
    """A small network: its numbers there and back, and with a bug in it."""

    def walk() -> None:
        """The six equations, one after the other."""
        step = live_figure(
            draw(charts.walk_chart, n_h, m, g),
            key="step",
            alt=f"All arrays of a network with 2 inputs, {n_h} hidden units and one "
            "output as grids of numbers. Each equation fills one grid, forward and "
            "then back; every slope stands under the array that it belongs to.",
        )
        formula.latex(kept(charts.equation_formula, int(step), n_h, m, g))

    def broken_step() -> Told:
        """One bug, and who notices it."""
        x, alpha = "any", 0.5
        with bugs:
            bug = controls.choice("bug", "Bug", broken.LABELS, "slope_of_A")
            if bug == "transpose" and m == 2:
                x = controls.choice("x", "Examples", broken.X_KINDS, "any")
            if bug == "order":
                alpha = controls.steps_of(
                    "alpha", "Learning rate α of the step", broken.RATES, 0.5
                )
            lines = kept(broken.lines_of, bug)
            code_view(lines, key="bug.code", label="The bug", wrap=True)
        case = (bug, n_h, m, g, x, alpha)

        def followed() -> None:
            """The cost along one weight, with the step that the bug takes."""
            live_figure(
                draw(broken.claim_chart, *case, told),
                key="w",
                default=broken.present_weight(n_h),
                alt="The cost against one weight, with its slope and the slope that "
                "the broken step follows: where they differ, it goes astray.",
            )

        with asked:
            told = predict.choice("caught", *kept(broken.question, *case))
        with claim.container():
            frame.section(followed)
        if told:
            said = kept(broken.findings_sentence, *case)
            st.markdown(f"**Who notices?** {said}")
            numbers(kept(broken.findings_table, *case), alt=said, key="findings")
            st.markdown(broken.NOTICE)
        mirrored = f", mirror={x == 'mirror'}" if x == "mirror" else ""
        return Told(
            code=[
                output_error,
                weight_slope,
                bias_slope,
                hidden_error,
                way_back,
                nudged_gradients,
                BUGS[bug].wrong,
                examine,
            ],
            take_home=TakeHome(
                functions=[small_example, forward_of, cost, gradients, examine],
                values={
                    "example": Source(f"small_example({n_h}, {m}, {g!r})"),
                    "broken_on": Source(f"small_example({n_h}, {m}, {g!r}{mirrored})"),
                    "bug": bug,
                    "alpha": alpha,
                },
                prints=charts.script_prints(n_h, m)
                + (kept(broken.script_prints, *case) if told else ()),
            ),
        )

    figure, side = frame.figure_and_controls()
    with side:
        predict.shape("shape", *kept(charts.shape_question))
        g = controls.choice("g", "Activation g", charts.ACTIVATION_NAMES, "tanh")
        n_h = int(controls.choice("n_h", "Hidden units", charts.COUNTS, "2"))
        m = int(controls.choice("m", "Examples m", charts.COUNTS, "3"))
        st.markdown(charts.LEGEND)
    formula = st.container()
    with figure:
        frame.section(walk)
    st.markdown(charts.NOTICE)

    st.subheader("Is every number right?", anchor="check")
    table, words = st.columns([1.5, 1], gap="large", vertical_alignment="center")
    with table:
        alt = "Every slope by the six equations and by central differences"
        numbers(kept(charts.check_table, n_h, m, g), alt=alt, key="steps")
    words.markdown(kept(charts.check_sentence, n_h, m, g))

    st.subheader("Break it", anchor="break")
    st.markdown(
        "Six bugs that everybody writes once. Each is real code, put in the place of "
        "the right line and run with the network above."
    )
    bugs = st.container()
    claim, verdict = st.columns([1.35, 1], gap="large")
    with verdict:
        asked = st.container()
        st.caption("Or meet a bug where it can hide:")
        controls.examples(broken.CASES, figure="w")
    frame.section(broken_step)


page = frame.begin("backprop")
frame.section(network)
frame.end(page)
