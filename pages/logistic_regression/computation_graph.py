"""Computation graphs (notes §3.6): values go forward, gradients come back."""

import streamlit as st

from charts import graph_walk as charts
from core.graph import (
    backward_steps,
    local_slope,
    names_e,
    node_slopes,
    node_values,
    numeric_slopes,
    parse,
)
from ui import controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def whole_graph() -> TakeHome:
    """A graph, forward and back, and one of its inputs nudged."""

    def walk() -> None:
        """The walk through the graph."""
        live_figure(
            draw(charts.walk_chart, text, at, told),
            key="step",
            default=charts.frame_of(graph, at, 0 if stop else told),
            alt=f"The computation graph of J = {charts.tidy(text)}: step by step the "
            "values go forward, then the gradients come back.",
        )

    def nudged() -> None:
        """The change that travels from one input to J."""
        moved, about = st.columns([2.1, 1], gap="large")
        with about:
            names = {name: name for name in graph.variables}
            name = controls.choice("nudge", "Nudge", names, graph.variables[0])
            st.markdown(
                "Only what depends on it moves. A small nudge arrives at J multiplied "
                "by the gradient; a large one does so only where the graph is a "
                "straight line."
            )
            predict.number("square", *charts.SQUARE)
        with moved:
            live_figure(
                draw(charts.nudge_chart, text, at, name, told >= len(asked)),
                key="by",
                default=0.001,
                alt=f"The same graph while {name} is nudged: the nodes that depend on "
                "it move along, the others stay.",
            )

    figure, side = frame.figure_and_controls()
    with side:
        text = controls.formula("formula", "J =", charts.DEFAULT, parse)
        graph = parse(text)
        if names_e(text):
            st.caption("e is the number 2.718…, not a variable.")
        values = []
        for first in range(0, len(graph.variables), 3):
            row = st.columns(3, gap="small")
            for place, name in enumerate(graph.variables[first : first + 3]):
                with row[place]:
                    start = charts.VALUES[first + place]
                    most = charts.LARGEST
                    values.append(controls.amount(name, name, -most, most, start, 1.0))
        at = tuple(values)
        stop = charts.stop(graph, at)
        asked = charts.questions(graph, at) if not stop else []
        place_of_question = st.container()
        show = controls.toggle("reveal", "Show every gradient", False)
        st.caption("Or another graph:")
        controls.examples(charts.CASES, "step", None)
    told = 0
    with place_of_question:
        if stop:
            st.markdown(f":material/block: {stop} Try other values, or another graph.")
        while not show and told < len(asked) and predict.answered("d", asked[told][0]):
            told += 1
        if show or stop:
            told = len(graph.nodes)
        else:
            for question in asked[max(told - 1, 0) : told + 1]:
                predict.number("d", *question)
    inputs.follow("step", (text, told))
    with figure:
        frame.section(walk)
        st.markdown("**The chain rule**, along every way from J back to a variable.")
        if told and not stop:
            st.latex(charts.chain_formula(graph, at, told))
        else:
            none = "There is none to write at these values."
            st.caption(none if stop else "It is written here as you answer.")
    table, words = st.columns([1.5, 1], gap="large", vertical_alignment="center")
    with table:
        numbers(
            charts.node_table(graph, at, told),
            alt="Every node with its value and its gradient",
            key="steps",
        )
    words.markdown(charts.NOTICE)
    st.subheader("Nudge one input, watch the change travel", anchor="nudge")
    frame.section(nudged)
    return TakeHome(
        functions=[parse, node_values, node_slopes],
        values={"formula": text, "given": charts.given(graph, at)},
        prints=charts.script_prints(graph, told if not stop else 0),
    )


page = frame.begin("computation_graph")
take_home = frame.section(whole_graph)
frame.end(
    page,
    code=[node_values, local_slope, backward_steps, numeric_slopes],
    take_home=take_home,
)
