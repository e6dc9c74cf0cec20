"""Rank-1 arrays (notes §4.4): neither row nor column, and where that bites."""

from collections.abc import Sequence

import streamlit as st

from charts import rank_one, silent_square
from core import rank_one as core
from core.numpy_box import NumpyError, evaluate
from core.safe_source import ExpressionError
from ui import cached, controls, frame, predict
from ui.code_view import printed
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def may_show(op: str, kind: str, seed: int) -> bool:
    """Ask which shape comes out of one kind of a; return whether it is answered."""
    asked, options = rank_one.question(op, kind)
    truth, because = rank_one.outcome(op, kind), rank_one.why(op, kind, seed)
    if options or truth is None:
        answer = "error" if truth is None else str(truth)
        return predict.choice(kind, asked, options, answer, because)
    return predict.shape(kind, asked, truth, because)


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
        alt = "The memory of A − Y against m on log axes, beside what was meant."
        taken = draw(silent_square.memory_chart, kind_Y, kind_A)
        m = live_figure(taken, key="m", default=silent_square.EXAMPLES, alt=alt)
    with cost:
        st.markdown("**The cost J** of the same m examples.")
        alt = "The cost against m: as meant, and from all pairs."
        costs = draw(silent_square.cost_chart, kind_Y, kind_A)
        live_figure(costs, key="cost", follows="m", alt=alt)
    with difference:
        st.markdown("**dZ = A − Y** for five examples.")
        alt = "dZ as it was meant, one row of five, and as it comes out."
        pairs = draw(silent_square.difference_chart, kind_Y, kind_A)
        live_figure(pairs, key="dZ", alt=alt)
    words, table = st.columns(2, gap="large")
    with words:
        st.markdown(silent_square.notice(kind_Y, kind_A))
        predict.number("GB", *silent_square.QUESTION)
    with table:
        alt = f"Meant, and what comes out, at m = {int(m)}"
        numbers(silent_square.bite_table(kind_Y, kind_A, int(m)), alt=alt, key="bites")
    values = silent_square.script_values(kind_Y, kind_A, int(m))
    return values, silent_square.script_prints(kind_Y, kind_A)


def shapes() -> tuple[dict[str, object], Sequence[tuple[str, str]]]:
    """Three kinds of a, and one's own line; return what a script holds of them."""

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
                printed(said)
            else:
                if rank_one.can_be_drawn(value):
                    drawing = draw(rank_one.box_chart, typed, kind_a, kind_b, x, seed)
                    live_figure(drawing, key="result", alt=rank_one.in_words(value))
                printed(rank_one.printed(value))

    figure, side = frame.figure_and_controls()
    with side:
        op = controls.pick("op", "Expression", rank_one.EXPRESSIONS, "dot")
        code = rank_one.EXPRESSIONS[op]
        questions = st.container()
        show = controls.toggle("show", "Show every answer", False)
        seed = controls.whole("seed", "Seed of the other four numbers", 0, 99, 0)
    seen: list[bool] = []
    with questions:
        for kind in rank_one.KINDS:
            seen.append(all(seen) and (show or may_show(op, kind, seed)))
    with figure:
        alt = (
            "The same five numbers with shape (5,), (5, 1) and (1, 5), and what "
            f"{code} makes of each. The third number is dragged."
        )
        three = draw(rank_one.three_shapes, op, seed, tuple(seen))
        x = live_figure(three, key="x", default=rank_one.START, alt=alt)
        st.caption(rank_one.BRACKETS)
        if all(seen):
            st.markdown(rank_one.NOTICE)
    if show:
        table = cached.kept(rank_one.all_shapes)
        numbers(table, alt="Shapes of every expression", key="shapes")
    frame.section(own_line)
    values = {"x": x, "seed": seed, "expression": code}
    return values, rank_one.script_prints(seen)


def arrays() -> Told:
    """What an array of rank 1 does, where it bites, and what to do about it."""
    values, prints = frame.section(shapes)
    of_bites, bites = frame.section(where_it_bites)
    st.subheader("Five ways out", anchor="fixes")
    fixes = cached.kept(rank_one.fixes_table)
    numbers(fixes, alt="Each fix gives a column, (5, 1)", key="fixes")
    st.markdown(rank_one.FIX_NOTICE)
    used = [core.vectors_around, core.attempt, core.costs_of_first, core.meeting]
    script = TakeHome([*used, core.examples], values | of_bites, [*prints, *bites])
    return Told([core.attempt, core.cost_with, core.dZ_with, core.meeting], script)


page = frame.begin("rank_one_arrays")
frame.section(arrays)
frame.end(page)
