"""Shapes (notes §5.1): every symbol of a network, where it is and what shape it has."""

import streamlit as st

from charts import network_shapes as charts
from charts import shape_words as words
from charts import transposed
from core.network_shapes import (
    both_ways,
    layer_shapes,
    network_shapes,
    parameter_count,
    product_error,
)
from ui import controls, frame, predict
from ui.cached import kept
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

HIDDEN = {"1": "1", "2": "2", "3": "3"}


def network() -> tuple[tuple[int, ...], int]:
    """A network of the sizes that are set, its symbols and their shapes."""

    def asked() -> None:
        """The shape of one product."""
        product = controls.choice("product", "A product", words.PRODUCTS, "WX")
        predict.shape("product", *kept(words.question, product, sizes, m))

    def drawing() -> None:
        """The network, with one symbol lit."""
        live_figure(
            draw(charts.network_chart, sizes, m),
            key="symbol",
            default=3.0,
            alt=f"A network with layers of {', '.join(map(str, sizes))} units. "
            "Dragging goes through its symbols: each lights what it stands for in the "
            "drawing, and beside it the array with its shape.",
        )

    def turned() -> None:
        """W X and Wᵀ X for 1 to 6 units."""
        live_figure(
            draw(transposed.transposed_chart, *transposed.shown_sizes(n_x, m)),
            key="units",
            default=transposed.shown_units(n_h),
            alt="W X and Wᵀ X for 1 to 6 units: the second is an error, except with as "
            "many units as inputs, where it gives other numbers in the right shape.",
        )

    figure, side = frame.figure_and_controls()
    with side:
        question = st.container()
        hidden = int(controls.choice("hidden", "Hidden layers", HIDDEN, "1"))
        with st.container(horizontal=True, gap="small"):
            n_x = controls.count("n_x", "Inputs n_x", 1, 12_288, 3)
            n_h = controls.count(
                "n_h", "Units " + ("n_h", "n[1]")[hidden > 1], 1, 1000, 4
            )
            more = [
                controls.count(f"n_{layer}", f"Units n[{layer}]", 1, 1000, 4)
                for layer in range(2, hidden + 1)
            ]
            n_y = controls.count("n_y", "Outputs n_y", 1, 100, 1)
            m = controls.count("m", "Examples m", 1, 1000, 5)
    sizes = (n_x, n_h, *more, n_y)
    with question:
        frame.section(asked)
    with figure:
        frame.section(drawing)

    st.latex(kept(words.formulas, sizes, m))
    st.markdown(kept(words.count_sentence, sizes, m))

    st.subheader("W X or Wᵀ X?", anchor="transpose")
    figure, side = frame.figure_and_controls(1.6)
    with figure:
        frame.section(turned)
    with side:
        st.markdown(kept(transposed.on_your_sizes, n_x, n_h, m))
        controls.examples(transposed.CASES, figure="units", start=None)

    st.subheader("Every symbol", anchor="symbols")
    st.caption(
        "Point at a row to see its symbol in the drawing; a click or a tap keeps it."
    )
    beside, table = st.columns([1, 1.25], gap="large")
    with beside.container(key="nudge-beside"):
        live_figure(
            draw(charts.network_chart, sizes, m),
            key="lit",
            follows="symbol",
            alt="The drawing again: a row of the table lights its symbol.",
        )
    with table:
        numbers(
            kept(words.shapes_table, sizes, m),
            alt="Every symbol of the network with its shape and its meaning",
            lights="symbol",
        )
    return sizes, m


page = frame.begin("network_shapes")
sizes, m = frame.section(network)
frame.end(
    page,
    code=[layer_shapes, network_shapes, parameter_count, both_ways],
    take_home=TakeHome(
        functions=[network_shapes, parameter_count, product_error],
        values={"sizes": sizes, "m": m},
        prints=words.script_prints(sizes),
    ),
)
