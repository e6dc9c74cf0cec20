"""Loops against NumPy (notes §4.1): a race on the machine that serves the page."""

import streamlit as st

from charts import loops, memory
from core.memory_order import all_rows, column_sums, row_sums
from core.race import (
    by_dot,
    by_generator,
    by_loop,
    duel_words,
    million,
    one_by_one,
    quick_race,
    sums,
)
from ui import controls, frame, inputs, predict, race
from ui.cached import kept
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers

MILLION = 1_000_000.0


def to_a_million() -> None:
    """What was asked about is what the race shows first."""
    inputs.move("n", MILLION)


def contest() -> Told:
    """The race, and below it the two ways through a matrix."""

    def at_n() -> float:
        """The race at one number of terms, in numbers and words; return it."""
        raced = loops.Raced(heat, results)
        n = live_figure(
            draw(loops.race_chart, heat.count, show, data, using=raced),
            key="n",
            default=1000.0,
            alt="Seconds over the number of terms, on logarithmic axes: a Python loop "
            "lies far above np.dot, and the gap grows with n.",
        )
        with times:
            alt = "Median and middle half of the times, for each way, at this n"
            numbers(loops.time_table(n, heat), alt=alt, key="steps-times")
        with added:
            alt = "The sum, by loop, by np.dot and exactly"
            numbers(loops.sum_table(n, results), alt=alt)
        words.markdown(f"{loops.WHY}\n\n{loops.notice(n, data, results)}")
        return n

    def along_memory() -> None:
        """Row sums against column sums, of the same race."""
        st.subheader("Along memory, or across it", anchor="memory")
        figure, side = frame.figure_and_controls()
        with side:
            order = controls.choice("order", "A is stored", memory.ORDERS, "C")
            known = predict.choice("order", *kept(memory.question, order))
            st.markdown(memory.NOTICE)
        with figure:
            live_figure(
                draw(memory.memory_chart, heat.count, order, known, using=heat),
                key="side",
                default=1600.0,
                alt="Time for each number over the size of the matrix: against the "
                "order of memory it grows once the matrix no longer fits the cache.",
            )

    figure, side = frame.figure_and_controls()
    with side:
        truth, why = kept(loops.verdict, kept(million))
        answered = predict.choice("faster", loops.QUESTION, loops.ANSWERS, truth, why)
        heat = race.controls(
            "dot", quick_race, ready=answered, label="Race", on_click=to_a_million
        )
        show = controls.choice("ways", "Who races", loops.SHOW, "two")
        data = controls.choice("data", "What is added", loops.DATA, "random")
    results = kept(loops.results_of, data)
    times, added = st.columns([1.5, 1], gap="large")
    words = st.container()
    with figure:
        n = frame.section(at_n)
    frame.section(along_memory)
    values = {"kind": data, "n": loops.terms_summed(n)}
    script = TakeHome([sums, duel_words], values, loops.PRINTS)
    adding = [by_loop, by_dot, by_generator, one_by_one]
    return Told([*adding, row_sums, column_sums, all_rows], script)


page = frame.begin("loops_vs_numpy")
frame.section(contest)
frame.end(page)
