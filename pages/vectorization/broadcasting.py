"""Broadcasting (notes §4.3): how NumPy stretches one array to meet another."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from charts import broadcasting, shape_lab, share_bars
from core.broadcasting import align, decide, nudged, parse_shape, shares, stretch
from core.broadcasting import shape_lab as shape_lab_of_core
from ui import controls, frame, predict
from ui.cached import kept
from ui.code_view import printed
from ui.foods_table import AWAY, foods_table
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"calories": "A table of calories", "shapes": "Any two shapes"}
AXES = {"0": "axis=0, down", "1": "axis=1, across"}


def calories(top: Place, words: Place, rows: controls.Rows) -> TakeHome | None:
    """Sums and percentages of the notes' table, or of the learner's own."""

    def step_by_step() -> None:
        live_figure(
            draw(broadcasting.percentage_steps, *chosen, answered),
            key="step",
            alt="The table A, its sums, the sums stretched to the shape of A, and the "
            "percentages, computed one number at a time.",
        )

    def nudging() -> dict[str, object]:
        return nudge_cell(*chosen)

    with top:
        figure, side = frame.figure_and_controls()
    with side:
        question = st.container()
        axis = int(controls.choice("axis", "Sum along", AXES, "0"))
        keepdims = controls.toggle("keepdims", "keepdims=True", False)
        st.caption("Or try:")
        controls.examples(broadcasting.CASES, figure="step")
    if not rows:
        figure.info("The table is empty. Add a food, or put the notes' table back.")
        return None
    chosen = (rows, axis, keepdims)
    with question:
        answered = predict.shape("sum", *broadcasting.sum_question(*chosen))
    with figure:
        frame.section(step_by_step)
    with words:
        st.markdown(broadcasting.notice(*chosen, answered))
        if answered and (error := broadcasting.made_of(*chosen).error):
            printed(f"ValueError: {error}", wrap=True)
        alt = "The shape of the table, of its sums, and of the percentages"
        numbers(kept(broadcasting.shape_table, *chosen, answered), alt=alt)
    formula = broadcasting.share_formula(*chosen, answered)
    st.markdown(formula, text_alignment="center")
    values, prints = share_bars.script_values(*chosen), share_bars.SCRIPT_PRINTS
    if share_bars.are_shares(*chosen):
        values |= frame.section(nudging)
        prints += share_bars.NUDGED_PRINTS
    return TakeHome([shares, nudged], values, prints)


def nudge_cell(rows: controls.Rows, axis: int, keepdims: bool) -> dict[str, object]:
    """Drag one number of the table, and see which percentages it moves."""
    st.subheader("Nudge one number", anchor="nudge")
    figure, side = frame.figure_and_controls()
    with side:
        cells = share_bars.cells_of(rows)
        cell = controls.pick("cell", "Which number", cells, share_bars.usual_cell(rows))
        st.markdown(share_bars.bars_notice(axis, keepdims))
    with figure:
        st.text(share_bars.parts_of_a_bar(rows, axis))
        more = live_figure(
            draw(share_bars.share_bars, rows, axis, keepdims, cell),
            key="nudge",
            alt="Percentages as stacked bars; one number of the table can be dragged.",
        )
    return share_bars.nudge_values(cell, more)


def shapes() -> TakeHome:
    """Two shapes and an operator: what NumPy decides, stretches and computes."""

    def meeting() -> None:
        live_figure(
            draw(shape_lab.stretching, a, operator, b),
            key="stage",
            alt=f"Two arrays, a {lab.shape_a} over b {lab.shape_b}: NumPy compares "
            "their axes from the right, stretches them and combines them.",
        )

    figure, side = frame.figure_and_controls()
    with side:
        question = st.container()
        a = controls.formula("a", "Shape of a", "(3, 4)", parse_shape)
        operator = controls.choice("op", "Operator", shape_lab.SIGNS, "/")
        b = controls.formula("b", "Shape of b", "(4,)", parse_shape)
    lab = shape_lab.lab_of(a, operator, b)
    with question:
        predict.shape("shape", *shape_lab.shape_question(lab))
    with figure:
        frame.section(meeting)
        controls.examples(shape_lab.CASES, figure="stage")
    st.markdown(shape_lab.lesson(lab))
    if lab.error:
        printed(f"ValueError: {lab.error}", wrap=True)
    left, right = st.columns([1, 2.2], gap="large", vertical_alignment="center")
    left.latex(shape_lab.aligned(lab))
    with right:
        alt = "What NumPy decides for each axis, from the right"
        numbers(shape_lab.decision_table(lab), alt=alt, key="decisions")
    left, right = st.columns([1, 2.2], gap="large", vertical_alignment="center")
    left.markdown(shape_lab.memory_words(lab))
    with right:
        alt = "Shapes and strides of both arrays, as they are and stretched"
        numbers(shape_lab.memory_table(lab), alt=alt, key="memory")
    values, prints = shape_lab.script_values(lab), shape_lab.SCRIPT_PRINTS
    return TakeHome([shape_lab_of_core], values, prints)


def view() -> Told:
    """One of the two views; its end changes with it."""
    name = controls.choice("view", "What to show", VIEWS, "calories", hide_label=True)
    top = st.container()
    rows, words = foods_table(
        broadcasting.COLUMNS, broadcasting.NOTES, broadcasting.complaints
    )
    if name == "calories":
        return Told([shares], calories(top, words, rows))
    with st.container(key=AWAY):
        return Told([align, decide, stretch], shapes())


page = frame.begin("broadcasting")
frame.section(view)
frame.end(page)
