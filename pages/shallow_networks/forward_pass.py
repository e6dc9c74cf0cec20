"""The forward pass (notes §5.2, §5.3): unit by unit, stacked, all examples at once."""

import streamlit as st

from charts import forward_pass as charts
from core.activations import sigmoid
from core.forward_pass import (
    layer_by_examples,
    layer_by_matrix,
    layer_by_neurons,
    neuron,
)
from core.shallow import forward
from ui import controls, frame, predict
from ui.cached import kept
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def forms() -> None:
    """Loop and product give the same numbers, and take different times."""
    st.subheader("Loop or product?", anchor="loops")
    st.markdown(charts.LOOPS)
    timing = controls.toggle("time", "Time them on this server", False)
    table = kept(charts.forms_table, timing)
    numbers(table, alt="The three forms give the same numbers", key="steps")
    if timing:
        st.caption(kept(charts.timing_words))


def layer() -> dict[str, object]:
    """One layer, unit by unit or for all examples; return what its script holds."""

    def drawing() -> None:
        """The figure of the view."""
        if view == "units":
            live_figure(
                draw(charts.units_chart, n_x, n_h, seed),
                key="step",
                default=1.0,
                alt="Each unit's weights, bias, z and a for one example; then the "
                "weight vectors are laid down as the rows of W, and one product gives "
                "every z.",
            )
        else:
            live_figure(
                draw(charts.examples_chart, n_x, n_h, m, seed, answered),
                key="cell",
                default=1.0,
                alt="X above, W at the left, Z where they meet: each entry is a row of "
                "W times a column of X, plus a bias; then A, and the output layer.",
            )

    figure, side = frame.figure_and_controls()
    with side:
        view = controls.choice("view", "Show", charts.VIEWS, "units", hide_label=True)
        question = st.container()
        with st.container(horizontal=True, gap="small"):
            n_x = controls.count("n_x", "Inputs n_x", 1, 4, 3)
            n_h = controls.count("n_h", "Units n_h", 1, 5, 4)
            m = controls.count("m", "Examples m", 1, 4, 3) if view == "examples" else 1
            seed = controls.count("seed", "Seed", 0, 99, 14)
    with question:
        if view == "units":
            predict.number("z", *kept(charts.unit_question, n_x, n_h, seed))
        else:
            asked = kept(charts.change_question, n_x, n_h, m, seed)
            answered = predict.choice("change", *asked)
    with figure:
        frame.section(drawing)

    if view == "units":
        st.latex(kept(charts.rows_formula, n_x, n_h, seed))
    else:
        st.latex(charts.FORMULA)
    st.markdown(charts.NOTICE[view])
    return charts.script_values(n_x, n_h, m, seed)


page = frame.begin("forward_pass")
values = frame.section(layer)
frame.section(forms)
frame.end(
    page,
    code=[neuron, layer_by_neurons, layer_by_examples, layer_by_matrix, forward],
    take_home=TakeHome(
        functions=[layer_by_neurons, layer_by_examples, layer_by_matrix, sigmoid],
        values=values,
        prints=charts.SCRIPT_PRINTS,
    ),
)
