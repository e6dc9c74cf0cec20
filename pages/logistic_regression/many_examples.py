"""Many examples (notes §3.7.3): the training loop, one line at a time."""

import streamlit as st

from charts import loop as charts
from core.loop import gradients_by_loop, gradients_by_matrix, loss, sigma
from ui import controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def training_loop() -> dict[str, object]:
    """The loop over the examples, line by line; return what its script holds."""

    def listing() -> None:
        """The lines of the loop."""
        live_figure(
            draw(charts.listing_chart, examples, w, b),
            key="step",
            default=1.0,
            alt="The lines of the loop over all examples; the line that has just run "
            "is marked and explained.",
        )

    figure, side = frame.figure_and_controls(3.0)
    with side:
        predict.number("runs", *charts.QUESTION, tolerance=1e-9)
        w1 = controls.amount("w1", "Weight w[0]", -3.0, 3.0, 0.5, 0.1)
        w2 = controls.amount("w2", "Weight w[1]", -3.0, 3.0, -0.3, 0.1)
        b = controls.amount("b", "Bias b", -3.0, 3.0, 0.1, 0.1)
    w = (w1, w2)
    # The table stands below, where there is room, but the figure is drawn from it.
    st.subheader("Your own examples", anchor="data")
    editor, about = st.columns([1.3, 1], gap="large")
    with editor:
        rows = controls.table(
            "data", "Examples", charts.COLUMNS, charts.DEFAULT, most=charts.MOST
        )
    examples = charts.read_examples(rows, w, b)
    with about:
        if examples.problem:
            st.warning(charts.USUAL_ROWS, icon=":material/edit:")
            st.text(examples.problem)  # it may quote what was typed: no Markdown
            back = {"on_click": inputs.put, "args": ("data", charts.DEFAULT)}
            st.button("Put the usual rows back", **back)
        st.markdown(charts.NOTICE)
    with figure:
        code, sums = st.columns(2, gap="small")
        with code:
            frame.section(listing)
        with sums:
            live_figure(
                draw(charts.sums_chart, examples, w, b),
                key="sums",
                follows="step",
                alt="The examples with z, a and dz as far as they are computed, and "
                "the sums J, dw and db as they fill.",
            )

    st.subheader("The same without a loop", anchor="matrices")
    formula, table = st.columns([1, 1.4], gap="large", vertical_alignment="center")
    formula.latex(charts.MATRICES)
    with table:
        said = charts.compare_sentence(examples, w, b)
        numbers(charts.compare_table(examples, w, b), alt=said, key="steps")
        st.markdown(said)
    X, Y, weights = charts.arrays(examples, w)
    return {"X": X, "Y": Y, "w": weights, "b": b}


page = frame.begin("many_examples")
values = frame.section(training_loop)
frame.end(
    page,
    code=[gradients_by_loop, sigma, loss, gradients_by_matrix],
    take_home=TakeHome(
        functions=[gradients_by_loop, gradients_by_matrix],
        values=values,
        prints=charts.SCRIPT_PRINTS,
    ),
)
