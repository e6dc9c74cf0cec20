"""Rank-1 arrays (notes §4.4): neither row nor column, and where that bites."""

from collections.abc import Sequence

import streamlit as st

from charts import rank_one, silent_square
from core import rank_one as core
from core.numpy_box import NumpyError, evaluate
from core.safe_source import ExpressionError
from ui import controls, frame, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def may_show(op: str, kind: str, seed: int) -> bool:
    """Ask which shape comes out of one kind of a; return whether it is answered."""
    code = rank_one.EXPRESSIONS[op]
    question = f"`a` has shape `{rank_one.KINDS[kind]}`. What is the shape of `{code}`?"
    truth, because = rank_one.outcome(op, kind), rank_one.why(op, kind, seed)
    if truth is None or rank_one.can_fail(op):
        options = rank_one.outcomes(op)
        answer = "error" if truth is None else str(truth)
        return predict.choice(kind, question, options, answer, because)
    if kind == "rank_one":
        question += " (A single number has the shape `()`.)"
    return predict.shape(kind, question, truth, because)


def where_it_bites() -> tuple[dict[str, object], Sequence[tuple[str, str]]]:
    """The memory and the cost of A − Y; return what the script holds of them."""
    st.subheader("Where it bites", anchor="bites")
    st.markdown(silent_square.INTRODUCTION)
    row, formula = st.columns([1.2, 1], gap="large", vertical_alignment="center")
    with row.container(horizontal=True, gap="medium"):
        kind_Y = controls.choice("Y", "Shape of Y", silent_square.KINDS, "rank_one")
        kind_A = controls.choice("A", "Shape of A", silent_square.KINDS, "column")
    formula.latex(silent_square.meeting_formula(kind_Y, kind_A))
    memory, cost, difference = st.columns([1.15, 1, 1], gap="medium")
    with memory:
        st.markdown("**The memory of dZ.** Drag m.")
        m = live_figure(
            draw(silent_square.memory_chart, kind_Y, kind_A),
            key="m",
            default=silent_square.EXAMPLES,
            alt="The memory of A − Y against m on log axes, beside what was meant.",
        )
    with cost:
        st.markdown("**The cost J** of the same m examples.")
        live_figure(
            draw(silent_square.cost_chart, kind_Y, kind_A),
            key="cost",
            follows="m",
            alt="The cost against m: as meant, and from all pairs.",
        )
    with difference:
        st.markdown("**dZ = A − Y** for five examples.")
        live_figure(
            draw(silent_square.difference_chart, kind_Y, kind_A),
            key="dZ",
            alt="dZ as it was meant, one row of five, and as it comes out.",
        )
    words, table = st.columns(2, gap="large")
    with words:
        st.markdown(silent_square.notice(kind_Y, kind_A))
        predict.number("GB", *silent_square.QUESTION)
    with table:
        alt = f"Meant, and what comes out, at m = {int(m)}"
        numbers(silent_square.bite_table(kind_Y, kind_A, int(m)), alt=alt, key="bites")
    shape_Y, shape_A, _ = silent_square.shapes_of(kind_Y, kind_A, int(m))
    values = {"m": int(m), "shape_Y": shape_Y, "shape_A": shape_A}
    return values, silent_square.script_prints(kind_Y, kind_A)


def shapes() -> TakeHome:
    """Three kinds of a, and below it what stands between them and one's own line."""

    def own_line() -> None:
        """One line of NumPy on two arrays, drawn or refused."""
        st.subheader("Try your own line", anchor="box")
        given, result = st.columns([1, 1.6], gap="large")
        with given:
            kind_a = controls.choice("a", "Shape of a", rank_one.KINDS, "rank_one")
            kind_b = controls.choice("b", "Shape of b", rank_one.KINDS, "column")
            names = draw(rank_one.box_names_chart, kind_a, kind_b, x, seed)
            live_figure(names, key="names", alt="The arrays a and b, cell by cell.")
        with result:
            typed = controls.text("box", "One line of NumPy", "a + b")
            st.caption(rank_one.ALLOWED)
            try:
                value = evaluate(typed, rank_one.box_arrays(kind_a, kind_b, x, seed))
            except ExpressionError as error:
                st.text("NumPy says:" if isinstance(error, NumpyError) else "Not yet:")
                said = rank_one.complaint(error.pointer(), error.message)
                st.code(said, language=None)
            else:
                if rank_one.can_be_drawn(value):
                    drawing = draw(rank_one.box_chart, typed, kind_a, kind_b, x, seed)
                    live_figure(drawing, key="result", alt=rank_one.in_words(value))
                st.code(rank_one.printed(value), language=None)

    figure, side = frame.figure_and_controls()
    with side:
        op = controls.pick("op", "Expression", rank_one.EXPRESSIONS, "dot")
        questions = st.container()
        show = controls.toggle("show", "Show every answer", False)
        seed = controls.whole("seed", "Seed of the other four numbers", 0, 99, 0)
    seen: list[bool] = []
    with questions:
        for kind in rank_one.KINDS:
            seen.append(all(seen) and (show or may_show(op, kind, seed)))
    with figure:
        x = live_figure(
            draw(rank_one.three_shapes, op, seed, tuple(seen)),
            key="x",
            default=rank_one.START,
            alt="The same five numbers with shape (5,), (5, 1) and (1, 5), and what "
            f"{rank_one.EXPRESSIONS[op]} makes of each. The third number is dragged.",
        )
        st.caption(rank_one.BRACKETS)
        if all(seen):
            st.markdown(rank_one.NOTICE)
    if show:
        numbers(rank_one.all_shapes(), alt="Shapes of every expression", key="shapes")
    of_bites, prints = frame.section(where_it_bites)
    st.subheader("Five ways out", anchor="fixes")
    numbers(rank_one.fixes_table(), alt="Each fix gives a column, (5, 1)", key="fixes")
    st.markdown(rank_one.FIX_NOTICE)
    frame.section(own_line)
    used = [core.vectors_around, core.attempt, core.costs_of_first, core.meeting]
    values = {"x": x, "seed": seed, "expression": rank_one.EXPRESSIONS[op], **of_bites}
    prints = [*rank_one.script_prints(seen), *prints]
    return TakeHome([*used, core.examples], values, prints)


page = frame.begin("rank_one_arrays")
take_home = frame.section(shapes)
code = [core.attempt, core.cost_with, core.dZ_with, core.meeting]
frame.end(page, code=code, take_home=take_home)
